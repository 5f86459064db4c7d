"""The page of a letter: head, path, thread, enclosures, archives, editions, corrections, mentions, citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages import leaves, merged
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.corrections import (
    Claim,
    Correction,
    Remark,
    Vouched,
    archive_pages,
    claims_of,
    corrections_of,
    remarks_of,
)
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.drawing import Picture
from kgpub.publish.pages.entity import entity, entity_page
from kgpub.publish.pages.evidence import Evidence, evidence
from kgpub.publish.pages.letters import Letter, letters
from kgpub.publish.pages.mentioned import Citing, Group, citing, mentioned
from kgpub.publish.pages.page import Link, Page
from kgpub.publish.pages.path import Route, route
from kgpub.publish.pages.path_picture import draw
from kgpub.publish.pages.printed import Compared, Printed, compared, editions_of
from kgpub.publish.pages.sources import citation, provenance, schema
from kgpub.publish.pages.threads import Thread, thread

__all__ = ["Head", "Sheet", "pages"]

_NUMBERS: Final = {
    "protocol": "Protocol",
    "protocol-item": "Item of the protocol",
    "special": "Special number",
    "copy": "Number of the copy",
    "document": "Document number",
    "incoming": "Incoming number",
    "ministry": "Number of the ministry",
}


@dataclass(frozen=True, slots=True)
class Head:
    """What the page says first."""

    ids: tuple[str, ...]
    abstract: str
    form: Link
    form_certainty: str
    date: str
    date_certainty: str
    date_read: tuple[str, ...]
    heading_date: str
    """The date of the edition's heading, where it is another."""
    stamps: tuple[tuple[Link, str, str], ...]
    """Secrecy and urgency: the term, which of the two, and how sure."""
    numbers: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Which number, what it is, where it was read."""
    topics: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the page of a letter shows."""

    head: Head
    route: Route
    picture: Picture
    thread: Thread
    encloses: tuple[Link, ...]
    """Letters inside this one."""
    enclosed_in: Link | None
    beside: tuple[Link, ...]
    """Other letters inside the same carrier."""
    copies: tuple[leaves.Copy, ...]
    editions: tuple[Printed, ...]
    compared: tuple[Compared, ...]
    corrections: tuple[Correction, ...]
    claims: tuple[Claim, ...]
    remarks: tuple[Remark, ...]
    archive_pages: tuple[Vouched, ...]
    mentioned: tuple[Group, ...]
    citing: tuple[Citing, ...]
    earlier: Link | None
    later: Link | None
    """The letters before and after by day; none where it is undated."""


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of each letter, and of each identifier of one that was merged into another."""
    dated = [letter for letter in letters(book) if letter.day]
    nearby = {
        letter.iri: (dated[number - 1] if number else None, dated[number + 1] if number + 1 < len(dated) else None)
        for number, letter in enumerate(dated)
    }
    for letter in letters(book):
        if book.path(letter.iri):
            yield _page(book, letter, *nearby.get(letter.iri, (None, None)))
    yield from merged.pages(book, "document", "Document", "letters")


def _page(book: Book, letter: Letter, earlier: Letter | None, later: Letter | None) -> Page:
    iri = letter.iri
    read = evidence(book, iri)
    way = route(book, iri, read)
    editions = editions_of(book, iri)
    copies = leaves.copies_of(book, iri, read)
    corrected = corrections_of(book, iri)
    own = Sheet(
        head=_head(book, letter, read),
        route=way,
        picture=draw(way),
        thread=thread(book, iri, read),
        encloses=book.links(book.facts.nodes(iri, "cwc:encloses")),
        enclosed_in=book.link(letter.enclosed_in) if letter.enclosed_in else None,
        beside=book.links(one for one in book.facts.nodes(letter.enclosed_in, "cwc:encloses") if one != iri),
        copies=copies,
        editions=editions,
        compared=compared(book, editions, read),
        corrections=corrected,
        claims=claims_of(book, iri),
        remarks=remarks_of(book, iri),
        archive_pages=archive_pages(book, iri),
        mentioned=mentioned(book, iri),
        citing=citing(book, iri),
        earlier=book.link(earlier.iri) if earlier else None,
        later=book.link(later.iri) if later else None,
    )
    common = entity(
        book,
        iri,
        own.head.form.text[:1].upper() + own.head.form.text[1:] or "Document",
        provenance=provenance(book, letter, editions, read, corrected),
        citation=citation(book, letter, editions, copies),
    )
    return entity_page(book, common, "site/document.html", "letters", schema(book, letter, editions, copies), own)


def _head(book: Book, letter: Letter, read: Evidence) -> Head:
    facts, iri = book.facts, letter.iri
    heading = facts.text(iri, "cwc:headingDate")
    stamps = [("cwc:classification", "secrecy"), ("cwc:urgency", "urgency")]
    return Head(
        ids=tuple(sorted(facts.texts(iri, "dcterms:identifier"), key=lambda one: (one != letter.id, one))),
        abstract=facts.text(iri, "dcterms:abstract"),
        form=book.link(letter.form) if letter.form else Link(""),
        form_certainty=read.sure("cwc:form", letter.form),
        date=in_words(letter.date) if letter.date else "",
        date_certainty=read.sure("dcterms:date", letter.date),
        date_read=read.words("dcterms:date", letter.date),
        heading_date=in_words(heading) if heading and heading != letter.date else "",
        stamps=tuple(
            (book.link(one), what, read.sure(prefixed, one))
            for prefixed, what in stamps
            for one in facts.nodes(iri, prefixed)
        ),
        numbers=_numbers(book, iri, read),
        topics=book.links(letter.topics),
    )


def _numbers(book: Book, iri: str, read: Evidence) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    facts = book.facts
    named = (
        ("cwc:telegramNumber", "Telegram number"),
        ("cwc:outgoingNumber", "Outgoing number"),
    )
    found = [
        (words, value, read.words(prefixed, value)) for prefixed, words in named for value in facts.texts(iri, prefixed)
    ]
    if marks := sorted(facts.texts(iri, "cwc:seriesMark")):
        places = tuple(dict.fromkeys(one for mark in marks for one in read.words("cwc:seriesMark", mark)))
        found.append(("Series mark" if len(marks) == 1 else "Series marks", ", ".join(marks), places))
    for node in facts.nodes(iri, "cwc:registryNumber"):
        kind = facts.text(node, "cwc:numberKind")
        value = facts.text(node, "rdf:value")
        found.append((_NUMBERS.get(kind, kind), value, read.words("cwc:registryNumber", node)))
    return tuple(found)
