"""The page of an office: who held it when, where it sat, and the letters that its holders sent in those days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kgpub.publish.pages.about import about, described, held, listed_in
from kgpub.publish.pages.asking import questions
from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.chart import Chart, Strip, chart
from kgpub.publish.pages.entity import entity_page
from kgpub.publish.pages.evidence import where
from kgpub.publish.pages.letters import Letter, by_iri, by_recipient, by_sender
from kgpub.publish.pages.listing import Year, by_year
from kgpub.publish.pages.names import Names, names
from kgpub.publish.pages.otherwise import Indexed
from kgpub.publish.pages.outside import Outside, outside
from kgpub.publish.pages.page import Link, Page
from kgpub.publish.pages.tenures import Tenure, of_office, within
from kgpub.vocabulary import expand

__all__ = ["Office", "named_by", "pages"]


@dataclass(frozen=True, slots=True)
class Office:
    """All that the page of an office shows."""

    gloss: str
    body: tuple[Link, ...]
    seat: tuple[Link, ...]
    accredited_to: tuple[Link, ...]
    single: bool
    names: Names
    holders: tuple[Tenure, ...]
    chart: Chart | None
    years: tuple[Year, ...]
    """Letters that a holder sent in those days."""
    received: tuple[Year, ...]
    named: tuple[Year, ...]
    """Letters whose print names a party by the office."""
    indexed: tuple[Indexed, ...]
    questions: tuple[Link, ...]
    outside: tuple[Outside, ...]


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of each office."""
    for iri in book.facts.things("cwc:Office"):
        if book.path(iri):
            yield _page(book, iri)


@once
def named_by(book: Book) -> dict[str, tuple[Letter, ...]]:
    """Return the letters that name a party by each office in print, as their readings have it."""
    facts, known = book.facts, by_iri(book)
    found: dict[str, set[str]] = {}
    for reading in facts.things("cwc:Reading"):
        if facts.node(reading, "cwc:onProperty") == expand("cwc:office"):
            for office in facts.nodes(reading, "cwc:onValue"):
                found.setdefault(office, set()).add(reading.partition("#")[0])
    return {
        office: tuple(sorted((known[one] for one in found[office] if one in known), key=lambda one: one.order))
        for office in sorted(found)
    }


def _page(book: Book, iri: str) -> Page:
    facts, holders = book.facts, of_office(book).get(iri, ())
    sent = _meanwhile(holders, by_sender(book))
    received = _meanwhile(holders, by_recipient(book))
    named = named_by(book).get(iri, ())
    strips = (Strip("Sent by its holders", "sent", True, sent), Strip("Received by them", "received", False, received))
    own = Office(
        gloss=facts.text(iri, "dcterms:description"),
        body=book.links(facts.nodes(iri, "cwc:officeOf")),
        seat=book.links(facts.nodes(iri, "cwc:seat")),
        accredited_to=book.links(facts.nodes(iri, "cwc:accreditedTo")),
        single=facts.text(iri, "cwc:singleHolder") == "true",
        names=names(book, iri),
        holders=holders,
        chart=chart(book, "years", "Holders and their letters", [(one, one.holder_link) for one in holders], strips),
        years=by_year(book, sent),
        received=by_year(book, received),
        named=by_year(book, named),
        indexed=_indexed(book, iri),
        questions=questions(book, iri, (("who-held-an-office", "office", holders),)),
        outside=outside(book, iri),
    )
    provenance = (listed_in(book, "offices"), held(holders))
    common = about(book, iri, "Office", filter(None, provenance))
    return entity_page(book, common, "site/office.html", "people", described(book, iri, "Occupation"), own)


def _meanwhile(holders: Iterable[Tenure], letters: Mapping[str, tuple[Letter, ...]]) -> tuple[Letter, ...]:
    """Return the letters of the holders, each of the days in which they held the office."""
    found = {one.iri: one for held_by in holders for one in letters.get(held_by.holder, ()) if within(held_by, one)}
    return tuple(sorted(found.values(), key=lambda one: one.order))


def _indexed(book: Book, iri: str) -> tuple[Indexed, ...]:
    """Return the entries of printed indexes that say that somebody held the office."""
    facts, found = book.facts, []
    for node in facts.pointing(iri, "cwc:office"):
        if facts.is_a(node, "cwc:IndexEntry"):
            place = where(facts.text(node, "cwc:page"), facts.text(node, "cwc:lines"))
            words = (facts.text(node, "cwc:printedForm"), facts.text(node, "cwc:identifiedAs"))
            found.append(Indexed(*words, place, book.link(node.partition("#")[0])))
    return tuple(sorted(found, key=lambda one: (one.publication.text, one.place, one.printed)))
