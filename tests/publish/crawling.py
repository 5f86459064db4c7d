"""Every HTML file of a publication as a parser reads it: its links, its ids, its parts, and what is wrong with them."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

__all__ = ["Crawled", "crawl", "weight"]

ENGINE: Final = frozenset(
    {"engine.js", "engine-wasm.js", "data.js", "sparql.js", "sparql.css", "vocabulary.js", "server.js", "gallery.js"}
)
"""What a page weighs without is the engine and the editor, and what they are told."""
_PARTS: Final = {"script": "src", "img": "src", "link": "href", "image": "href", "use": "href", "iframe": "src"}
_VOID: Final = frozenset({"stylesheet", "icon", "modulepreload", "preload"})


@dataclass
class Crawled(HTMLParser):
    """One page: its links and ids, the files it loads, and its data for machines."""

    path: str
    text: str
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    lang: str = ""
    title: str = ""
    data: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside = ""
        self.feed(self.text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name.removeprefix("xlink:"): value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in given.items()]
        if "id" in given:
            self.ids[given["id"]] += 1
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag in ("a", "area") and "href" in given:
            self.links.append(given["href"])
        if tag == "form" and "action" in given:
            self.links.append(given["action"])
        if tag == "link" and given.get("rel") not in _VOID:
            self.links.append(given.get("href", ""))
        elif tag in _PARTS and given.get(_PARTS[tag]):
            self.loads.append(given[_PARTS[tag]])
        self._inside = "data" if tag == "script" and given.get("type") == "application/ld+json" else tag

    def handle_data(self, data: str) -> None:
        if self._inside == "data":
            self.data.append(data)
        elif self._inside == "title" and not self.tags["svg"]:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def faults(self) -> Iterator[str]:
        """Yield what each page must have and has not, or has and must not."""
        for tag in ("h1", "main", "nav"):
            if self.tags[tag] < 1 or (self.tags[tag] != 1 and tag != "nav"):
                yield f"{self.tags[tag]} {tag}"
        if not self.lang or not self.title.strip():
            yield "no language or no title"
        yield from (f"id {one} {number} times" for one, number in self.ids.items() if number > 1)
        for tag, name, value in self.attributes:
            if name == "style" or name.startswith("on"):
                yield f"{name} of {tag}, which the policy of the service forbids"
            if name in ("href", "src", "action") and value.startswith(("/", "file:", "javascript:", "data:")):
                yield f"{tag} to {value}"
        yield from (f"loads {one} from elsewhere" for one in self.loads if "://" in one or one.startswith("//"))
        yield from (f"data that is none: {text[:60]}" for text in self.data if not _is_json(text))

    def inside(self) -> Iterator[tuple[str, str, str]]:
        """Yield the links and parts that stay in the publication: as written, the file's path, the anchor."""
        for link in (*self.links, *self.loads):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            path = _joined(self.path, unquote(parts.path)) if parts.path else self.path
            yield link, path, unquote(parts.fragment)


def crawl(folder: Path) -> dict[str, Crawled]:
    """Return every HTML file below a folder, by its path."""
    files = sorted(folder.rglob("*.html"))
    paths = [file.relative_to(folder).as_posix() for file in files]
    return {path: Crawled(path, file.read_text("utf-8")) for path, file in zip(paths, files, strict=True)}


def weight(folder: Path, page: Crawled, *, packed: bool = False) -> int:
    """Return the bytes of a page and of what it loads before anybody asks anything of it, without the engine."""
    loaded = {_joined(page.path, one) for one in page.loads}
    parts = [(folder / path).read_bytes() for path in loaded if PurePosixPath(path).name not in ENGINE]
    return sum(len(gzip.compress(one) if packed else one) for one in (page.text.encode(), *parts))


def _joined(page: str, link: str) -> str:
    steps = list(PurePosixPath(page).parent.parts)
    for step in link.split("/"):
        if step == "..":
            if not steps:
                return f"above the root: {link}"
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
