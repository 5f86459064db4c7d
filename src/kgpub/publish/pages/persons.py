"""The page of a person: names, offices over the years with the letters under them, correspondents, cover names, relays, lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kgpub.publish.pages.about import about, described, held, listed_in
from kgpub.publish.pages.asking import questions
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.chart import Chart, Strip, chart
from kgpub.publish.pages.covers import Channel, Cover, covers, towards
from kgpub.publish.pages.dates import day_of, in_words
from kgpub.publish.pages.entity import entity_page
from kgpub.publish.pages.letters import Letter, by_copy, by_mention, by_recipient, by_sender, by_via, letters
from kgpub.publish.pages.listing import Year, by_year
from kgpub.publish.pages.names import Names, names
from kgpub.publish.pages.otherwise import Otherwise, otherwise
from kgpub.publish.pages.outside import Outside, outside
from kgpub.publish.pages.page import Link, Page
from kgpub.publish.pages.partners import Partner, Relay, partners, relayed_by, relayed_for
from kgpub.publish.pages.tenures import Tenure, of_holder

__all__ = ["Person", "Roles", "asking", "life", "numbers", "own_years", "pages", "plain_date", "roles", "strips"]


@dataclass(frozen=True, slots=True)
class Roles:
    """The letters that somebody had to do with, by role; each tuple stands by day."""

    sent: tuple[Letter, ...]
    received: tuple[Letter, ...]
    relayed: tuple[Letter, ...]
    signed: tuple[Letter, ...]
    """Signed, and sent by somebody else."""
    copied: tuple[Letter, ...]
    mentioned: tuple[Letter, ...]

    @property
    def own(self) -> tuple[Letter, ...]:
        """Return all but copies and mentions, each once."""
        found = {one.iri: one for one in (*self.sent, *self.received, *self.relayed, *self.signed)}
        return tuple(sorted(found.values(), key=lambda one: one.order))


@dataclass(frozen=True, slots=True)
class Person:
    """All that the page of a person shows."""

    gloss: str
    life: str
    unidentified: bool
    names: Names
    counts: tuple[tuple[str, str, int], ...]
    """Anchor, words and number of what the page lists."""
    tenures: tuple[Tenure, ...]
    chart: Chart | None
    partners: tuple[Partner, ...]
    covers: tuple[Cover, ...]
    towards: tuple[Channel, ...]
    relayed_for: tuple[Relay, ...]
    relayed_by: tuple[Relay, ...]
    years: tuple[Year, ...]
    copied: tuple[Year, ...]
    mentioned: tuple[Year, ...]
    otherwise: Otherwise
    questions: tuple[Link, ...]
    outside: tuple[Outside, ...]


def roles(book: Book, iri: str) -> Roles:
    """Return the letters of an actor by role."""
    sent, relayed = by_sender(book).get(iri, ()), by_via(book).get(iri, ())
    seen = {one.iri for one in (*sent, *relayed)}
    return Roles(
        sent=sent,
        received=by_recipient(book).get(iri, ()),
        relayed=relayed,
        signed=tuple(one for one in letters(book) if iri in one.signers and one.iri not in seen),
        copied=by_copy(book).get(iri, ()),
        mentioned=by_mention(book).get(iri, ()),
    )


def strips(found: Roles) -> tuple[Strip, ...]:
    """Return the letters of an actor as the strips of a chart."""
    return (
        Strip("Sent", "sent", True, found.sent),
        Strip("Received", "received", False, found.received),
        Strip("Passed on", "passed", False, found.relayed),
    )


def numbers(found: Roles) -> tuple[tuple[str, str, int], ...]:
    """Return what an actor's page lists, with how many; what there is none of is left out."""
    all_ = (
        ("letters", "sent", len(found.sent)),
        ("letters", "received", len(found.received)),
        ("letters", "passed on", len(found.relayed)),
        ("letters", "signed for others", len(found.signed)),
        ("copies", "received as a copy", len(found.copied)),
        ("mentioned", "mention the name", len(found.mentioned)),
    )
    return tuple(one for one in all_ if one[2])


def own_years(book: Book, iri: str, found: Roles) -> tuple[Year, ...]:
    """Return the letters that an actor sent, received, relayed or signed, in years, each with the cover name used."""
    pseudonyms = {one: book.facts.label(one) for one in book.facts.pointing(iri, "cwc:pseudonymOf")}
    groups = (
        ("from", "sent", found.sent),
        ("via", "passed on", found.relayed),
        ("to", "received", found.received),
        ("from", "signed", found.signed),
    )
    in_role = [(css, words, {one.iri for one in group}) for css, words, group in groups]

    def role(letter: Letter) -> tuple[str, str]:
        had = [(css, words) for css, words, group in in_role if letter.iri in group]
        borne = letter.signed_as if had[0][0] == "from" else letter.addressed_as if had[0][0] == "to" else ()
        name = next((pseudonyms[one] for one in borne if one in pseudonyms), "")
        words = ", ".join(words for _, words in had)
        return had[0][0], f"{words} as {name}" if name else words

    return by_year(book, found.own, role)


def asking(found: Roles, tenures: Sequence[Tenure], pseudonyms: Sequence[str]) -> tuple[tuple[str, str, object], ...]:
    """Return which queries have something to say of an actor: name, parameter, and whether they have."""
    return (
        ("cover-names-in-use", "person", pseudonyms),
        ("letters-and-offices", "person", found.sent and tenures),
        ("through-a-relay", "relay", found.relayed),
        ("copied-to", "reader", found.copied),
        ("seen-by-a-day", "reader", found.own or found.copied),
        ("mentions-of", "who", found.mentioned),
    )


def life(born: str, died: str) -> str:
    """Return the dates of a life in words."""
    if born and died:
        return f"{in_words(born)} – {in_words(died)}"
    return f"born {in_words(born)}" if born else f"died {in_words(died)}" if died else ""


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of each person."""
    for iri in book.facts.things("cwc:Person"):
        if book.path(iri):
            yield _page(book, iri)


def _page(book: Book, iri: str) -> Page:
    facts = book.facts
    found, tenures = roles(book, iri), of_holder(book).get(iri, ())
    own = Person(
        gloss=facts.text(iri, "dcterms:description"),
        life=life(facts.text(iri, "cwc:born"), facts.text(iri, "cwc:died")),
        unidentified=facts.text(iri, "cwc:unidentified") == "true",
        names=names(book, iri),
        counts=numbers(found),
        tenures=tenures,
        chart=chart(book, "years", "Offices and letters", [(one, one.office_link) for one in tenures], strips(found)),
        partners=partners(book, iri),
        covers=covers(book, iri),
        towards=towards(book, iri),
        relayed_for=relayed_for(book, iri),
        relayed_by=relayed_by(book, iri),
        years=own_years(book, iri, found),
        copied=by_year(book, found.copied),
        mentioned=by_year(book, found.mentioned),
        otherwise=otherwise(book, iri),
        questions=questions(book, iri, asking(found, tenures, book.facts.pointing(iri, "cwc:pseudonymOf"))),
        outside=outside(book, iri),
    )
    anchored = {*(one.anchor for one in own.covers), *(one.anchor for one in tenures)}
    kind = "Person, known by a printed name only" if own.unidentified else "Person"
    common = about(book, iri, kind, _provenance(book, own), anchored=anchored, plain=own.life)
    return entity_page(book, common, "site/person.html", "people", _schema(book, iri, tenures), own)


def _provenance(book: Book, own: Person) -> tuple[str, ...]:
    listed = sum(count for _, _, count in own.counts)
    letters_said = (
        "Who sent, received, passed on or mentions is counted from the letters; the page of each says where it was read."
        if listed
        else "No letter here names this person as sender, recipient, relay or in its text."
    )
    return tuple(filter(None, (listed_in(book, "persons"), held(own.tenures), letters_said)))


_DAY: Final = 10
"""How long a date is that schema.org takes: a full day (ISO 8601); years pass too."""


def _schema(book: Book, iri: str, tenures: Sequence[Tenure]) -> Mapping[str, Any]:
    facts = book.facts
    born, died = facts.text(iri, "cwc:born"), facts.text(iri, "cwc:died")
    return described(
        book,
        iri,
        "Person",
        birthDate=plain_date(born),
        deathDate=plain_date(died),
        hasOccupation=[occupied(one) for one in tenures],
    )


def occupied(tenure: Tenure) -> dict[str, Any]:
    """Return a tenure as schema.org's role of an occupation."""
    found: dict[str, Any] = {
        "@type": "Role",
        "hasOccupation": {"@type": "Occupation", "@id": tenure.office, "name": tenure.office_link.text},
        "startDate": plain_date(tenure.start),
        "endDate": plain_date(tenure.end),
    }
    return {name: value for name, value in found.items() if value}


def plain_date(text: str) -> str:
    """Return a date as ISO 8601 has it; nothing for one that is about, uncertain or a span."""
    return text if text and day_of(text) and len(text) <= _DAY and not set(text) & set("~?%/.") else ""
