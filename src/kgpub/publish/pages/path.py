"""The path of a message: who sent it under which name, through whom, by which stations, to whom, and who got copies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.evidence import Evidence, where
from kgpub.publish.pages.page import Link

__all__ = ["Allotment", "Party", "Route", "Spot", "Station", "route"]

_MINUTE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor on the way: `role` is "from", "via" or "to"."""

    role: str
    name: Link
    cover: Link | None = None
    """The cover name that it signs or is addressed by."""
    offices: tuple[Link, ...] = ()
    """The office that the print names it by."""
    signs: bool = False
    certainty: str = ""
    """"inferred" or "conjectured"; empty where it is printed."""
    read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that it was sent from or to."""

    name: Link
    certainty: str
    read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Station:
    """A step on the way, as stamped or told."""

    stage: Link
    day: str
    time: str
    place: Link | None
    agent: Link | None
    means: str
    copies: str
    """How many copies were made there, where that is printed."""
    since: str
    """The time since the station before, by the printed clocks; empty where one is not known to the minute."""
    certainty: str
    read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allotment:
    """A line of the copy list."""

    name: Link
    count: int
    known: bool
    """Whether the one who got it is known by name."""


@dataclass(frozen=True, slots=True)
class Route:
    """All that is known of the way of a message."""

    parties: tuple[Party, ...]
    signers: tuple[Party, ...]
    """Those who sign and are not the sender."""
    sent_from: tuple[Spot, ...]
    sent_to: tuple[Spot, ...]
    stations: tuple[Station, ...]
    copies: tuple[Allotment, ...]
    carrier: Link | None
    """The letter that it lies inside."""
    copies_read: tuple[str, ...] = ()
    """Where the copy list stands."""

    def role(self, name: str) -> tuple[Party, ...]:
        """Return the parties of a role."""
        return tuple(party for party in self.parties if party.role == name)

    @property
    def timed(self) -> bool:
        """Whether a time between two stations is said."""
        return any(station.since for station in self.stations)

    @property
    def backwards(self) -> bool:
        """Whether a station is printed with an earlier time than the one before it."""
        return any(station.since.endswith("earlier") for station in self.stations)

    @property
    def unsure(self) -> bool:
        """Whether any part is inferred or conjectured."""
        spots = (*self.sent_from, *self.sent_to)
        return bool(
            any(party.certainty for party in self.parties)
            or any(spot.certainty for spot in spots)
            or any(station.certainty for station in self.stations)
        )

    @property
    def sheets(self) -> int:
        """Return how many copies the list gives out."""
        return sum(copy.count for copy in self.copies)


def route(book: Book, iri: str, read: Evidence) -> Route:
    """Return the way of a document."""
    facts = book.facts
    senders = facts.nodes(iri, "cwc:sender")
    signers = facts.nodes(iri, "cwc:signer")
    carrier = facts.node(iri, "cwc:enclosedIn")
    return Route(
        parties=(
            *(_party(book, iri, read, "from", one) for one in senders),
            *(_party(book, iri, read, "via", one) for one in facts.nodes(iri, "cwc:via")),
            *(_party(book, iri, read, "to", one) for one in facts.nodes(iri, "cwc:recipient")),
        ),
        signers=tuple(_party(book, iri, read, "signer", one) for one in signers if one not in senders),
        sent_from=_spots(book, iri, read, "cwc:sentFrom"),
        sent_to=_spots(book, iri, read, "cwc:sentTo"),
        stations=_stations(book, iri, read),
        copies=_copies(book, iri),
        carrier=book.link(carrier) if carrier else None,
        copies_read=_together(read, "cwc:copyTo"),
    )


_SAID: Final = {"from": "cwc:sender", "via": "cwc:via", "to": "cwc:recipient", "signer": "cwc:signer"}


def _party(book: Book, iri: str, read: Evidence, role: str, actor: str) -> Party:
    facts, said = book.facts, _SAID[role]
    named = {"from": "cwc:signedAs", "signer": "cwc:signedAs", "to": "cwc:addressedAs"}.get(role, "")
    covers = [one for one in facts.nodes(iri, named) if actor in facts.nodes(one, "cwc:pseudonymOf")] if named else []
    places = {(one.lines, one.printed) for one in read.of(said, actor)}
    offices = sorted({value for value, one in read.values("cwc:office") if (one.lines, one.printed) in places})
    return Party(
        role=role,
        name=book.link(actor),
        cover=book.link(covers[0]) if covers else None,
        offices=book.links(offices),
        signs=actor in facts.nodes(iri, "cwc:signer"),
        certainty=read.sure(said, actor),
        read=read.words(said, actor),
    )


def _spots(book: Book, iri: str, read: Evidence, said: str) -> tuple[Spot, ...]:
    return tuple(
        Spot(book.link(place), read.sure(said, place), read.words(said, place)) for place in book.facts.nodes(iri, said)
    )


def _stations(book: Book, iri: str, read: Evidence) -> tuple[Station, ...]:
    facts = book.facts
    nodes = sorted(facts.nodes(iri, "cwc:transmission"), key=lambda one: _place(book, one))
    found, before = [], ""
    for node in nodes:
        at, place, agent = facts.text(node, "cwc:at"), facts.node(node, "cwc:place"), facts.node(node, "cwc:agent")
        day, _, time = at.partition("T")
        stage = facts.node(node, "cwc:stage")
        found.append(
            Station(
                stage=book.link(stage),
                day=in_words(day) if day else "",
                time=time[:5],
                place=book.link(place) if place else None,
                agent=book.link(agent) if agent else None,
                means=facts.text(node, "cwc:means"),
                copies=facts.text(node, "cwc:copyCount"),
                since=between(before, at),
                certainty=read.sure("cwc:transmission", node),
                read=read.words("cwc:transmission", node),
            )
        )
        before = at
    return tuple(found)


def between(earlier: str, later: str) -> str:
    """Say the time between two stations ("1 h 47 min"); empty where either is not known to the minute."""
    if not (_MINUTE.fullmatch(earlier) and _MINUTE.fullmatch(later)):
        return ""
    minutes = int((datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()) // 60
    if minutes == 0:
        return "same minute"
    days, rest = divmod(abs(minutes), 1440)
    hours, left = divmod(rest, 60)
    parts = [f"{days} d" if days else "", f"{hours} h" if hours else "", f"{left} min" if left else ""]
    words = " ".join(filter(None, parts))
    return words if minutes > 0 else f"{words} earlier"


def _copies(book: Book, iri: str) -> tuple[Allotment, ...]:
    facts = book.facts
    found = []
    for node in sorted(facts.nodes(iri, "cwc:distribution"), key=lambda one: _place(book, one)):
        actor, count = facts.node(node, "cwc:copyRecipient"), facts.text(node, "cwc:copyCount")
        name = book.link(actor) if actor else Link(facts.text(node, "cwc:printedForm") or "not named")
        found.append(Allotment(name, int(count or 1), bool(actor)))
    return tuple(found)


def _together(read: Evidence, said: str) -> tuple[str, ...]:
    """Return where all values of a property stand, page by page ("p. 42, lines 1653–1655")."""
    lines: dict[str, set[int]] = {}
    for _, one in read.values(said):
        lines.setdefault(one.page, set()).update(int(number) for number in re.findall(r"\d+", one.lines))
    spans = sorted((min(found), max(found), page) for page, found in lines.items() if found)
    return tuple(where(page, f"{first}-{last}" if last > first else str(first)) for first, last, page in spans)


def _place(book: Book, node: str) -> tuple[int, str]:
    return (int(book.facts.text(node, "cwc:position") or 0), node)
