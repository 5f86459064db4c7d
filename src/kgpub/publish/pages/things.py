"""The pages of things that have no page of their own kind: names, data, statements, and what points there."""

from __future__ import annotations

from collections.abc import Iterator

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.cite import cited
from kgpub.publish.pages.entity import entity, entity_page
from kgpub.publish.pages.page import Page

__all__ = ["KINDS", "pages"]

KINDS = {
    "attested": ("Known only from being cited", "letters", "CreativeWork"),
    "document": ("Document", "letters", "Message"),
    "edition": ("Edition", "letters", "CreativeWork"),
    "person": ("Person", "people", "Person"),
    "organisation": ("Organisation", "people", "Organization"),
    "office": ("Office", "people", "Role"),
    "place": ("Place", "places", "Place"),
    "event": ("Event", "timeline", "Event"),
    "archive": ("Archival unit", "letters", "ArchiveComponent"),
    "concept": ("Term of the vocabulary", "downloads", "DefinedTerm"),
}
"""First step of the path -> what it is in words, its section of the navigation, its class in schema.org."""


def pages(book: Book, done: frozenset[str]) -> Iterator[Page]:
    """Yield a page for each thing whose kind has none of its own among `done` (first steps of paths)."""
    for path in sorted(book.paths):
        kind = path.partition("/")[0]
        if kind not in done and kind in KINDS:
            words, section, schema = KINDS[kind]
            iri = book.thing(path)
            common = entity(book, iri, words, citation=cited(book, iri, book.facts.label(iri)))
            yield entity_page(book, common, "site/thing.html", section, {"@type": schema}, None)
