"""Which module makes which pages. A new kind of page is its module, its template, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kgpub.publish.pages import (
    archives,
    atlas,
    attested,
    bodies,
    browse,
    concepts,
    documents,
    downloads,
    editor,
    events,
    network,
    offices,
    ontology,
    people,
    persons,
    placed,
    publications,
    questions,
    search,
    start,
    things,
    timeline,
)
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.page import Page

__all__ = ["NAVIGATION", "all_pages"]

NAVIGATION: Final = (
    ("letters", "letters.html", "Letters"),
    ("people", "people.html", "People"),
    ("places", "places.html", "Places"),
    ("timeline", "timeline.html", "Timeline"),
    ("network", "network.html", "Network"),
    ("questions", "queries.html", "Questions"),
    ("sparql", "sparql.html", "SPARQL"),
    ("downloads", "downloads.html", "Downloads"),
)
"""Section, its first page, its name; an entry whose page is not made is not shown."""

_OF_KINDS: Final[dict[str, Callable[[Book], Iterator[Page]]]] = {
    "archive": archives.pages,
    "attested": attested.pages,
    "concept": concepts.pages,
    "document": documents.pages,
    "edition": publications.pages,
    "person": persons.pages,
    "organisation": bodies.pages,
    "office": offices.pages,
    "place": placed.pages,
    "event": events.pages,
}
"""First step of a thing's path -> what makes the pages of that kind; other kinds get the page that all things share."""

_OTHERS: Final[tuple[Callable[[Book], Iterator[Page]], ...]] = (
    *(browse.pages, people.pages, timeline.pages, atlas.pages, network.pages, search.pages),
    *(questions.pages, downloads.pages, ontology.pages, editor.pages),
)
"""What makes pages that are of no one thing: the start page, lists, pictures, questions, downloads."""


def all_pages(book: Book) -> Iterator[Page]:
    """Yield every page of a publication, last the start page, which leads to those that there are."""
    there = set[str]()
    for page in _pages(book):
        there.add(page.path)
        yield page
    if "index.html" not in there:
        yield start.page(book, frozenset(there))


def _pages(book: Book) -> Iterator[Page]:
    for make in dict.fromkeys(_OF_KINDS.values()):
        yield from make(book)
    yield from things.pages(book, frozenset(_OF_KINDS))
    for make in _OTHERS:
        yield from make(book)
