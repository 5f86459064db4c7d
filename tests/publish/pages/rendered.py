"""Pages as HTML, and what a strict policy and a reader of screens ask of each."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.page import Page
from kgpub.publish.pages.write import _environment, _rendered

__all__ = ["HOSTILE", "Seen", "assert_sound", "rendered"]

HOSTILE = "<script>alert(1)</script><b onclick=x>&amp;"


class Seen(HTMLParser):
    """What a page holds: its elements, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.parts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with its attributes."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.parts.append(data)

    @property
    def text(self) -> str:
        """All text, its spaces made one."""
        return " ".join(" ".join(self.parts).split())

    def named(self, attribute: str) -> list[str]:
        """Return the values of an attribute."""
        return [value for _, name, value in self.attributes if name == attribute]


def rendered(book: Book, pages: Iterable[Page]) -> dict[str, str]:
    """Return each page's HTML by its path."""
    env = _environment()
    return {page.path: _rendered(env, page, {"site": book.publication, "nav": ()}).decode() for page in pages}


def assert_sound(html: str, scripts: int) -> None:
    """Nothing that the policy forbids, no markup from the data, unique ids, anchors and labels that lead to them."""
    seen = Seen(html)
    assert not [name for _, name, _ in seen.attributes if name.startswith("on") or name == "style"]
    assert seen.tags.count("script") == scripts
    assert "b" not in {tag for tag, name, _ in seen.attributes if name == "onclick"}
    ids = seen.named("id")
    assert len(ids) == len(set(ids))
    pointed = {
        one
        for name in ("aria-labelledby", "aria-describedby", "for")
        for value in seen.named(name)
        for one in value.split()
    }
    assert pointed <= set(ids)
    assert {value[1:] for value in seen.named("href") if value.startswith("#")} <= set(ids)
