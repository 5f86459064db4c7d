"""The pages of letters that are not published here and known only from those who speak of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kgpub.publish.pages import merged
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.cite import cited
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.entity import entity, entity_page
from kgpub.publish.pages.evidence import evidence
from kgpub.publish.pages.leaves import Copy, copies_of
from kgpub.publish.pages.mentioned import Citing, citing
from kgpub.publish.pages.page import Link, Page
from kgpub.publish.pages.threads import Thread, cited_day, known_of, thread

__all__ = ["Known", "Speaking", "pages"]


@dataclass(frozen=True, slots=True)
class Speaking:
    """A letter that speaks of the missing one: whether it answers it, what it says, and where it is read."""

    letter: Link
    answers: bool
    said: str
    read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a letter that is not here."""

    known: str
    date: str
    senders: tuple[Link, ...]
    recipients: tuple[Link, ...]
    form: Link | None
    number: str
    printed_in: tuple[tuple[Link, str], ...]
    """Publications that print it, each with its number there."""
    copies: tuple[Copy, ...]
    speaking: tuple[Speaking, ...]
    citing: tuple[Citing, ...]
    thread: Thread


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of each letter that is known only from others."""
    for iri in book.facts.things("cwc:AttestedDocument"):
        if book.path(iri):
            yield _page(book, iri)
    yield from merged.pages(book, "attested", "Letter", "letters")


def _page(book: Book, iri: str) -> Page:
    facts = book.facts
    number, end = facts.text(iri, "cwc:citedNumber"), facts.text(iri, "cwc:citedNumberEnd")
    form = facts.node(iri, "cwc:form")
    own = Known(
        known=known_of(book, iri),
        date=in_words(cited_day(book, iri)),
        senders=book.links(facts.nodes(iri, "cwc:citedSender")),
        recipients=book.links(facts.nodes(iri, "cwc:citedRecipient")),
        form=book.link(form) if form else None,
        number=f"{number}–{end}" if end else number,
        printed_in=tuple(
            (book.link(one, facts.text(one, "dcterms:title")), facts.text(iri, "cwc:numberInEdition"))
            for one in facts.nodes(iri, "dcterms:isPartOf")
        ),
        copies=copies_of(book, iri),
        speaking=_speaking(book, iri),
        citing=citing(book, iri),
        thread=thread(book, iri),
    )
    said = tuple(f"Gathered from {one.by}, “{one.article.text}”." for one in own.citing if one.by)
    derived = bool(facts.nodes(iri, "cwc:citedIn"))
    provenance = (
        ("Made by the rules that match references: what citing letters say, put together.", *said) if derived else said
    )
    citation = cited(book, iri, facts.label(iri))
    common = entity(book, iri, "Letter not published here", provenance=provenance, citation=citation)
    return entity_page(book, common, "site/attested.html", "letters", _schema(book, iri, own), own)


def _speaking(book: Book, iri: str) -> tuple[Speaking, ...]:
    facts = book.facts
    found = []
    for node in facts.pointing(iri, "cwc:resolvedTo"):
        for letter in facts.pointing(node, "cwc:refersTo"):
            found.append(
                Speaking(
                    letter=book.link(letter),
                    answers=facts.text(node, "cwc:referenceKind") == "answers",
                    said=known_of(book, node),
                    read=evidence(book, letter).words("cwc:refersTo", node),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.letter.href, one.said)))


def _schema(book: Book, iri: str, own: Known) -> dict[str, Any]:
    named: dict[str, Any] = {
        "@type": "CreativeWork",
        "description": f"Not published here; known: {own.known}",
        "dateCreated": cited_day(book, iri),
        "author": [{"name": one.text} for one in own.senders],
    }
    return {name: value for name, value in named.items() if value}
