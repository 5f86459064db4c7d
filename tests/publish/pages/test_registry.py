"""The pages of all letters, made of the real corpus: what they weigh, and where they lead."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from kgpub.project import Project

PAGES = ("index", "letters", "timeline", "places", "network", "search")


class _Links(HTMLParser):
    def __init__(self, file: Path) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.ids: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attrs}
        self.hrefs += [value or "" for name, value in attrs if name == "href"]
        self.ids |= {value or "" for name, value in attrs if name == "id"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_all_letters_is_light_and_its_links_resolve(publication: Project, name: str) -> None:
    """What is narrowed is named by values that the list has."""
    dist = publication.outputs.dist
    file = dist / f"{name}.html"
    assert file.stat().st_size < 150_000
    page, listed = _Links(file), (dist / "letters.html").read_text(encoding="utf-8")
    assert not {one for one in page.attributes if one == "style" or one.startswith("on")}
    for href in page.hrefs:
        if "://" in href:
            continue
        path, _, fragment = href.partition("#")
        assert not path or (dist / unquote(path)).is_file(), href
        if path == "letters.html" and fragment.startswith("/?"):
            for facet, _, value in (pair.partition("=") for pair in fragment[2:].split("&")):
                assert f'name="{facet}" value="{value}"' in listed, href
        elif path in ("", "letters.html") and fragment:
            assert f'id="{fragment}"' in (listed if path else file.read_text(encoding="utf-8")), href


def test_the_index_of_the_search_is_small_and_the_start_leads_to_a_cover_name(publication: Project) -> None:
    dist = publication.outputs.dist
    assert (dist / "assets" / "search-index.js").stat().st_size < 250_000
    start = (dist / "index.html").read_text(encoding="utf-8")
    assert "Every letter that Joseph Stalin signed as Filippov in 1951" in start
    assert 'href="letters.html#/?signed=person/joseph-stalin%23filippov&amp;year=1951"' in start
