"""The editions of a letter: where each prints it, and what the two print where there are two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.evidence import Evidence, Read, property_words
from kgpub.publish.pages.page import Link
from kgpub.vocabulary import expand

__all__ = ["Compared", "Printed", "compared", "editions_of", "in_publication"]

_COMPARED: Final = (
    *(
        "cwc:form",
        "cwc:headingDate",
        "dcterms:date",
        "cwc:sender",
        "cwc:signer",
        "cwc:via",
        "cwc:recipient",
        "cwc:sentFrom",
    ),
    *("cwc:sentTo", "cwc:telegramNumber", "cwc:outgoingNumber", "cwc:classification", "cwc:urgency", "cwc:seriesMark"),
    *("cwc:transmission", "cwc:refersTo", "cwc:copyTo", "cwc:registryNumber"),
)
"""What two editions are compared by."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One edition of a letter."""

    iri: str
    name: Link
    """The edition's own page, under its identifier."""
    number: str
    pages: str
    lines: str
    translators: tuple[Link, ...]
    publication: Link
    within: Link | None
    """The journal or volume that the publication is part of."""
    creators: tuple[Link, ...]
    issued: str

    @property
    def words(self) -> str:
        """Return the edition as it is cited in words."""
        by = " and ".join(creator.text for creator in self.creators)
        where = f", {self.within.text}" if self.within else ""
        year = f" ({self.issued})" if self.issued else ""
        number = f", no. {self.number}" if self.number else ""
        pages = f", {page_words(self.pages)}" if self.pages else ""
        return f"{by}{', ' if by else ''}“{self.publication.text}”{where}{year}{number}{pages}"


@dataclass(frozen=True, slots=True)
class Compared:
    """What each of two editions prints of one thing; nothing in a column is "not printed there"."""

    property: Link
    cells: tuple[tuple[str, ...], ...]


def editions_of(book: Book, iri: str) -> tuple[Printed, ...]:
    """Return the editions of a letter, first the one that it has its own identifier from."""
    own = iri.rpartition("/")[2]
    found = sorted(book.facts.nodes(iri, "cwc:edition"), key=lambda one: (one.rpartition("/")[2] != own, one))
    return tuple(printed(book, one) for one in found)


def printed(book: Book, edition: str) -> Printed:
    """Return what is known of an edition."""
    facts = book.facts
    publication = facts.node(edition, "dcterms:isPartOf")
    within = facts.node(publication, "dcterms:isPartOf")
    return Printed(
        iri=edition,
        name=book.link(edition, facts.text(edition, "dcterms:identifier")),
        number=facts.text(edition, "cwc:numberInEdition"),
        pages=facts.text(edition, "cwc:pages").replace("-", "–"),
        lines=facts.text(edition, "cwc:lines"),
        translators=book.links(facts.nodes(edition, "cwc:translator")),
        publication=book.link(publication, facts.text(publication, "dcterms:title")),
        within=book.link(within) if within else None,
        creators=book.links(facts.nodes(publication, "dcterms:creator")),
        issued=facts.text(publication, "dcterms:issued"),
    )


def in_publication(book: Book, publication: str) -> tuple[str, ...]:
    """Return the editions that a publication prints, by their numbers."""
    found = [one for one in book.facts.pointing(publication, "dcterms:isPartOf") if book.facts.is_a(one, "cwc:Edition")]

    def number(one: str) -> tuple[int, str]:
        text = book.facts.text(one, "cwc:numberInEdition")
        return (int(text) if text.isdigit() else 10**6, one)

    return tuple(sorted(found, key=number))


def page_words(pages: str) -> str:
    """Say pages: "p. 42", "pp. 41–42"."""
    return f"pp. {pages}" if any(mark in pages for mark in "-–,") else f"p. {pages}"


def compared(book: Book, editions: tuple[Printed, ...], read: Evidence) -> tuple[Compared, ...]:
    """Return what each edition prints, property by property; nothing where there is one edition only."""
    if len(editions) < 2:
        return ()
    spans = [_span(edition.lines) for edition in editions]
    rows = []
    for prefixed in _COMPARED:
        cells: list[list[Read]] = [[] for _ in editions]
        for _, one in read.values(prefixed):
            for cell, (first, last) in zip(cells, spans, strict=True):
                if one.printed and first <= _first(one.lines) <= last:
                    cell.append(one)
        if any(cells):
            shown = tuple(tuple(dict.fromkeys(one.printed for one in sorted(cell, key=_order))) for cell in cells)
            rows.append(Compared(property_words(book, expand(prefixed)), shown))
    return tuple(rows)


def _order(read: Read) -> tuple[int, str]:
    return (_first(read.lines), read.printed)


def _first(lines: str) -> int:
    first = lines.split(",")[0].split("-")[0]
    return int(first) if first.isdigit() else 0


def _span(lines: str) -> tuple[int, int]:
    found = [int(one) for piece in lines.split(",") for one in piece.split("-") if one.strip().isdigit()]
    return (min(found), max(found)) if found else (0, -1)
