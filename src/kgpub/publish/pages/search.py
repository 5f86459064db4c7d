"""The search: a small index of all names, titles, numbers and abstracts for the reader's browser, and all names by alphabet."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.facts import Value
from kgpub.publish.pages.letters import Letter, by_actor, by_iri, by_mention, by_place, letters
from kgpub.publish.pages.page import Link, Page

__all__ = ["Heading", "Name", "Names", "index", "pages"]

_KINDS: Final = (
    ("document", "Letters"),
    ("person", "Persons"),
    ("organisation", "Organisations"),
    ("place", "Places"),
    ("office", "Offices"),
    ("event", "Events"),
    ("attested", "Letters known only from being cited"),
    ("archive", "Archival units"),
    ("edition", "Publications"),
    ("concept", "Terms"),
)
"""First step of a path -> the group of results, in their order."""
_NAMED: Final = ("person", "organisation", "place", "event")
"""What stands in the alphabet; an office is found by the search and on the pages of those who held it."""
_OTHER_NAMES: Final = ("skos:altLabel", "skos:hiddenLabel")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the alphabet: what bears it, what that is, and its other names."""

    link: Link
    kind: str
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A letter of the alphabet."""

    anchor: str
    letter: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What the page shows."""

    headings: tuple[Heading, ...]
    total: int


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of the search."""
    names = [
        Name(book.link(book.thing(path)), path.partition("/")[0], _others(book, book.thing(path)))
        for path in sorted(book.paths)
        if path.partition("/")[0] in _NAMED and _stands(book, book.thing(path))
    ]
    names.sort(key=lambda one: (_letter(one.link.text), fold(one.link.text), one.link.href))
    headings = tuple(
        Heading(f"n-{letter if letter.isalnum() else 'other'}", letter, tuple(some))
        for letter, some in groupby(names, lambda one: _letter(one.link.text))
    )
    words = "Search letters, people and places by any name in any script, by number, or by a word of a title."
    yield Page("search.html", "site/search.html", "Search", Names(headings, len(names)), words, scripts=("search.js",))


def fold(text: str) -> str:
    """Return text without marks and case, as it is sorted."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return bare.casefold().lstrip("‘’'ʻ“\"")


def _letter(text: str) -> str:
    first = fold(text)[:1].upper()
    return first if "A" <= first <= "Z" else "0–9" if first.isdigit() else "…"


def _others(book: Book, iri: str) -> tuple[Link, ...]:
    """Return the names of each script's languages together; those that are kept for searching alone are not shown.

    Names in Latin letters bear no language: they are names, whichever system wrote them so.
    """
    spoken = [Value(one.text, "" if _latin(one.lang) else one.lang) for one in book.facts.values(iri, "skos:altLabel")]
    known = sorted(spoken, key=lambda one: (one.lang, one.text))
    return tuple(
        Link(", ".join(dict.fromkeys(one.text for one in some)), lang=lang)
        for lang, some in groupby(known, lambda one: one.lang)
    )


def _latin(lang: str) -> bool:
    return "latn" in lang.casefold() or lang in ("", "en")


def _stands(book: Book, iri: str) -> bool:
    """Say whether a thing is there and has not been merged into another."""
    return iri in book.facts and not book.facts.nodes(iri, "dcterms:isReplacedBy")


def index(book: Book) -> bytes:
    """Return `search-index.js`: for each thing kind, path, name, other names, words about it, number of letters it is in."""
    entries = [entry for number, (kind, _) in enumerate(_KINDS) for entry in _entries(book, kind, number)]
    kept = {"kinds": [words for _, words in _KINDS], "entries": entries}
    # A script is read as text, never as markup; what ends a script element must not stand in it all the same.
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("],[", "],\n[")
    return f"window.kgpubIndex={text};\n".encode()


def _entries(book: Book, kind: str, number: int) -> Iterator[list[Any]]:
    known = by_iri(book)
    # Letters stand by day, so that of equally good ones the earlier is shown first.
    dated = {one.iri: place for place, one in enumerate(letters(book))}
    own = (path for path in book.paths if path.partition("/")[0] == kind)
    for path in sorted(own, key=lambda one: (dated.get(book.thing(one), 0), one)):
        iri = book.thing(path)
        # An edition of a single letter has that letter's page to be found by.
        if not _stands(book, iri) or (kind == "edition" and not book.facts.text(iri, "dcterms:title")):
            continue
        page = book.path(iri).removesuffix(".html")
        names = _numbers(book, known[iri]) if iri in known else _names(book, iri)
        about = book.facts.text(iri, "dcterms:abstract") or book.facts.text(iri, "dcterms:description")
        yield [number, page, book.facts.label(iri), names, about, _weight(book).get(iri, 0)]


def _names(book: Book, iri: str) -> list[str]:
    label = book.facts.label(iri)
    found = [text for prefixed in ("skos:prefLabel", *_OTHER_NAMES) for text in book.facts.texts(iri, prefixed)]
    for cover in book.facts.pointing(iri, "cwc:pseudonymOf"):
        found += [
            text for prefixed in ("skos:prefLabel", "skos:altLabel") for text in book.facts.texts(cover, prefixed)
        ]
    found += book.facts.texts(iri, "cwc:citedNumber")
    return [one for one in dict.fromkeys(found) if one != label]


def _numbers(book: Book, letter: Letter) -> list[str]:
    """Return what a letter is found by beside its title: identifiers, numbers, cover names, the files that hold it."""
    identifiers = book.facts.texts(letter.iri, "dcterms:identifier")
    registry = [book.facts.text(one, "rdf:value") for one in book.facts.nodes(letter.iri, "cwc:registryNumber")]
    named = [book.facts.label(one) for one in (*letter.signed_as, *letter.addressed_as, *letter.units)]
    return list(dict.fromkeys(filter(None, (*identifiers, *letter.numbers, *registry, *named))))


@once
def _weight(book: Book) -> dict[str, int]:
    """Return in how many letters a person, body, place or event is."""
    found: dict[str, set[str]] = {}
    for some in (by_actor(book), by_place(book), by_mention(book)):
        for iri, own in some.items():
            found.setdefault(iri, set()).update(one.iri for one in own)
    return {iri: len(own) for iri, own in found.items()}
