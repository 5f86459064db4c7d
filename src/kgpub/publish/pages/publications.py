"""The pages of editions (each leads to its letter) and of publications: what one prints, cites and lists in its index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from kgpub.publish.pages import merged
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.cite import cited
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.entity import entity, entity_page
from kgpub.publish.pages.evidence import where
from kgpub.publish.pages.letters import by_iri
from kgpub.publish.pages.mentioned import Quoted, quoted
from kgpub.publish.pages.page import Link, Page
from kgpub.publish.pages.printed import Printed, in_publication, page_words, printed

__all__ = ["Cited", "Indexed", "Item", "Volume", "pages"]

_MANY: Final = 60
"""With more citations and entries than this, a page leaves the table of every statement to the data."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: where it prints which letter."""

    edition: Printed
    letters: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """What a publication prints under a number."""

    number: str
    letter: Link
    day: str
    pages: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A letter that an article cites, with the places."""

    letter: Link
    missing: bool
    places: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Indexed:
    """An entry of the printed index."""

    printed: str
    is_: tuple[Link, ...]
    identified_as: tuple[str, ...]
    offices: tuple[Link, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Volume:
    """A publication."""

    words: str
    creators: tuple[Link, ...]
    publisher: str
    issued: str
    pages: str
    within: Link | None
    parts: tuple[Link, ...]
    prints: tuple[Item, ...]
    missing: tuple[tuple[Link, str], ...]
    """What it prints of letters that are not in this collection, with its number there."""
    cites: tuple[Cited, ...]
    index: tuple[Indexed, ...]
    shortened: bool


def pages(book: Book) -> Iterator[Page]:
    """Yield the pages of editions and publications."""
    facts = book.facts
    for iri in facts.things("cwc:Edition"):
        if book.path(iri):
            yield _edition_page(book, iri)
    for iri in facts.things("cwc:Publication"):
        if book.path(iri):
            yield _publication_page(book, iri)
    yield from merged.pages(book, "edition", "Edition", "letters")


def _edition_page(book: Book, iri: str) -> Page:
    one = printed(book, iri)
    letters = book.links(book.facts.pointing(iri, "cwc:edition"))
    title = f"Edition {one.name.text}: no. {one.number} of “{one.publication.text}”"
    said = (
        (f"Read from lines {one.lines.replace('-', '–')} of the text, {page_words(one.pages)}.",) if one.lines else ()
    )
    common = entity(book, iri, "Edition", provenance=said, citation=cited(book, iri, title, plain=one.words))
    schema = {"@type": "CreativeWork", "isPartOf": {"@id": book.facts.node(iri, "dcterms:isPartOf")}}
    return entity_page(
        book, replace(common, title=title), "site/edition.html", "letters", schema, Edition(one, letters)
    )


def _publication_page(book: Book, iri: str) -> Page:
    facts = book.facts
    own = _volume(book, iri)
    title = facts.text(iri, "dcterms:title") or facts.label(iri)
    common = replace(entity(book, iri, "Publication", citation=cited(book, iri, title, plain=own.words)), title=title)
    if own.shortened:
        common = replace(common, statements=(), parts=(), incoming=())
    schema: dict[str, Any] = {
        "@type": "ScholarlyArticle" if own.within else "PublicationIssue",
        "author": [{"@id": one, "name": facts.label(one)} for one in facts.nodes(iri, "dcterms:creator")],
        "datePublished": own.issued,
        "pagination": own.pages,
        "isPartOf": facts.nodes(iri, "dcterms:isPartOf"),
    }
    filled = {name: value for name, value in schema.items() if value}
    return entity_page(book, common, "site/publication.html", "letters", filled, own)


def _volume(book: Book, iri: str) -> Volume:
    facts = book.facts
    within = facts.node(iri, "dcterms:isPartOf")
    issued, pages = facts.text(iri, "dcterms:issued"), facts.text(iri, "cwc:pages").replace("-", "–")
    creators = book.links(facts.nodes(iri, "dcterms:creator"))
    title = facts.text(iri, "dcterms:title") or facts.label(iri)
    by = " and ".join(one.text for one in creators)
    inside = facts.label(within) if within else ""
    words = [by, f"“{title}”" if within else title, inside]
    parts = facts.pointing(iri, "dcterms:isPartOf")
    cites, index = _cites(book, iri), _index(book, iri)
    return Volume(
        words=", ".join(filter(None, words))
        + (f" ({issued})" if issued else "")
        + (f", {page_words(pages)}" if pages else ""),
        creators=creators,
        publisher=facts.text(iri, "dcterms:publisher"),
        issued=issued,
        pages=pages,
        within=book.link(within) if within else None,
        parts=tuple(
            book.link(one, facts.text(one, "dcterms:title")) for one in parts if facts.is_a(one, "cwc:Publication")
        ),
        prints=tuple(_item(book, one) for one in in_publication(book, iri)),
        missing=tuple(
            (book.link(one), facts.text(one, "cwc:numberInEdition"))
            for one in parts
            if facts.is_a(one, "cwc:AttestedDocument")
        ),
        cites=cites,
        index=index,
        shortened=len(cites) + len(index) + len(parts) > _MANY,
    )


def _item(book: Book, edition: str) -> Item:
    facts = book.facts
    letter = next(iter(facts.pointing(edition, "cwc:edition")), edition)
    when = facts.text(letter, "dcterms:date")
    return Item(
        number=facts.text(edition, "cwc:numberInEdition"),
        letter=book.link(letter),
        day=in_words(when) if when else "undated",
        pages=facts.text(edition, "cwc:pages").replace("-", "–"),
    )


def _cites(book: Book, iri: str) -> tuple[Cited, ...]:
    facts = book.facts
    found: dict[str, list[tuple[int, Quoted]]] = {}
    for node in facts.nodes(iri, "cwc:citation"):
        place = _first(facts.text(node, "cwc:lines"))
        found.setdefault(facts.node(node, "cito:hasCitedEntity"), []).append((place, quoted(book, node)))
    return tuple(
        Cited(
            book.link(letter),
            facts.is_a(letter, "cwc:AttestedDocument"),
            tuple(one for _, one in sorted(found[letter], key=lambda pair: (pair[0], repr(pair[1])))),
        )
        for letter in sorted(found, key=lambda one: _order(book, one))
    )


def _order(book: Book, letter: str) -> tuple[bool, date, str]:
    """Return what cited letters are sorted by: those that are here first, by day."""
    known = by_iri(book).get(letter)
    return (known is None, known.order[0] if known else date.max, letter)


def _index(book: Book, iri: str) -> tuple[Indexed, ...]:
    facts = book.facts
    nodes = facts.nodes(iri, "cwc:indexEntry")
    return tuple(
        Indexed(
            printed=facts.text(node, "cwc:printedForm"),
            is_=book.links(facts.nodes(node, "cwc:identifies")),
            identified_as=tuple(facts.texts(node, "cwc:identifiedAs")),
            offices=book.links(facts.nodes(node, "cwc:office")),
            place=where(facts.text(node, "cwc:page"), ""),
        )
        for node in sorted(nodes, key=lambda one: (int(facts.text(one, "cwc:position") or 0), one))
    )


def _first(lines: str) -> int:
    first = lines.split(",")[0].split("-")[0]
    return int(first) if first.isdigit() else 0
