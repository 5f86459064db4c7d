"""All documents of a publication as short records by day: what lists, pictures and pages of people draw on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a letter has a field of that name
from typing import Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.dates import day_of

__all__ = [
    "Letter",
    "by_actor",
    "by_copy",
    "by_cover_name",
    "by_iri",
    "by_mention",
    "by_place",
    "by_recipient",
    "by_sender",
    "by_unit",
    "by_via",
    "letters",
]

_NEVER: Final = Day.max
"""Where the undated stand: after all others."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A document in short; actors, places, concepts and units are IRIs, sorted."""

    iri: str
    id: str
    """Its identifier, the first of two where editions were merged ("W018")."""
    title: str
    date: str
    """As the graph has it: a day, EDTF or empty."""
    day: Day | None
    """The first day that its date may mean."""
    form: str
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signed_as: tuple[str, ...] = ()
    addressed_as: tuple[str, ...] = ()
    sent_from: tuple[str, ...] = ()
    sent_to: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    classification: tuple[str, ...] = ()
    urgency: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """The archival units that hold a copy, the narrowest of each."""
    archives: tuple[str, ...] = ()
    """Their archives as printed ("APRF"), in the order of the copies."""
    numbers: tuple[str, ...] = ()
    """Telegram number, then outgoing number, as printed."""
    enclosed_in: str = ""
    editions: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[Day, str]:
        """What letters are sorted by: the day, the undated last, then the identifier."""
        return (self.day or _NEVER, self.id)

    @property
    def path(self) -> str:
        """Return what follows the last step of its IRI: its name in file names and anchors."""
        return self.iri.rpartition("/")[2]


@once
def letters(book: Book) -> tuple[Letter, ...]:
    """Return all documents by day and identifier, the undated last."""
    return tuple(sorted((_letter(book, iri) for iri in book.facts.things("cwc:Document")), key=lambda one: one.order))


@once
def by_iri(book: Book) -> Mapping[str, Letter]:
    """Return each document by its IRI."""
    return {letter.iri: letter for letter in letters(book)}


@once
def by_actor(book: Book) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters that a person or body sent, signed, relayed or received, by the actor's IRI."""
    return _by(book, lambda one: (*one.senders, *one.signers, *one.via, *one.recipients))


@once
def by_sender(book: Book) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters of each sender."""
    return _by(book, lambda one: one.senders)


@once
def by_recipient(book: Book) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters to each recipient."""
    return _by(book, lambda one: one.recipients)


@once
def by_via(book: Book) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters that each relay passed on."""
    return _by(book, lambda one: one.via)


@once
def by_copy(book: Book) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters of which an actor got a copy."""
    return _by(book, lambda one: one.copies)


@once
def by_mention(book: Book) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters that mention a person, body, place or event."""
    return _by(book, lambda one: one.mentions)


@once
def by_cover_name(book: Book) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters that are signed or addressed with a cover name."""
    return _by(book, lambda one: (*one.signed_as, *one.addressed_as))


@once
def by_place(book: Book) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters sent from or to a place."""
    return _by(book, lambda one: (*one.sent_from, *one.sent_to))


@once
def by_unit(book: Book) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters in each archival unit, those of its parts (delo in opis in fond) included."""
    return _by(book, lambda one: (wider for unit in one.units for wider in _within(book, unit)))


def _by(book: Book, of: Callable[[Letter], Iterable[str]]) -> Mapping[str, tuple[Letter, ...]]:
    found: defaultdict[str, list[Letter]] = defaultdict(list)
    for letter in letters(book):
        for key in dict.fromkeys(of(letter)):
            found[key].append(letter)
    return {key: tuple(found[key]) for key in sorted(found)}


def _within(book: Book, unit: str) -> list[str]:
    """Return a unit and all that it is part of, narrowest first."""
    found = [unit]
    while (wider := book.facts.node(found[-1], "dcterms:isPartOf")) and wider not in found:
        found.append(wider)
    return found


def _letter(book: Book, iri: str) -> Letter:
    facts = book.facts

    def nodes(prefixed: str) -> tuple[str, ...]:
        return tuple(facts.nodes(iri, prefixed))

    when = facts.text(iri, "dcterms:date")
    copies = sorted(facts.nodes(iri, "cwc:heldAs"), key=lambda one: int(facts.text(one, "cwc:position") or 0))
    numbers = [*facts.texts(iri, "cwc:telegramNumber"), *facts.texts(iri, "cwc:outgoingNumber")]
    return Letter(
        iri=iri,
        id=_identifier(facts.texts(iri, "dcterms:identifier"), iri),
        title=facts.label(iri),
        date=when,
        day=day_of(when),
        form=facts.node(iri, "cwc:form"),
        senders=nodes("cwc:sender"),
        recipients=nodes("cwc:recipient"),
        via=nodes("cwc:via"),
        signers=nodes("cwc:signer"),
        copies=nodes("cwc:copyTo"),
        signed_as=nodes("cwc:signedAs"),
        addressed_as=nodes("cwc:addressedAs"),
        sent_from=nodes("cwc:sentFrom"),
        sent_to=nodes("cwc:sentTo"),
        topics=nodes("dcterms:subject"),
        classification=nodes("cwc:classification"),
        urgency=nodes("cwc:urgency"),
        mentions=nodes("cwc:mentions"),
        units=tuple(dict.fromkeys(unit for one in copies for unit in facts.nodes(one, "cwc:inUnit"))),
        archives=tuple(dict.fromkeys(name for one in copies for name in facts.texts(one, "cwc:archive"))),
        numbers=tuple(numbers),
        enclosed_in=facts.node(iri, "cwc:enclosedIn"),
        editions=nodes("cwc:edition"),
    )


def _identifier(found: list[str], iri: str) -> str:
    """Return the identifier that the IRI ends with, where there are several; else the first."""
    own = iri.rpartition("/")[2]
    return own if own in found or not found else min(found)
