"""The page of a place: names through time, where it lies and how sure that is, letters from it and to it, offices there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kgpub.publish.pages import merged
from kgpub.publish.pages.about import about, counted, described, listed_in
from kgpub.publish.pages.asking import questions
from kgpub.publish.pages.bodies import wider
from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.chart import Chart, Strip, chart
from kgpub.publish.pages.drawing import Picture
from kgpub.publish.pages.entity import entity_page
from kgpub.publish.pages.letters import Letter, by_iri, by_mention, letters
from kgpub.publish.pages.listing import Year, by_year
from kgpub.publish.pages.locator import locator
from kgpub.publish.pages.names import Names, names
from kgpub.publish.pages.outside import Outside, outside
from kgpub.publish.pages.page import Link, Page
from kgpub.vocabulary import expand

__all__ = ["Place", "from_and_to", "pages"]


@dataclass(frozen=True, slots=True)
class Place:
    """All that the page of a place shows."""

    gloss: str
    unidentified: bool
    certainty: str
    """How sure it is that the printed forms mean this place: "inferred" or "conjectured"."""
    reason: str
    wider: tuple[Link, ...]
    parts: tuple[Link, ...]
    names: Names
    counts: tuple[tuple[str, str, int], ...]
    coordinates: str
    coordinate_source: str
    picture: Picture | None
    chart: Chart | None
    years: tuple[Year, ...]
    inferred: int
    """How many of these are from or to the place by inference only."""
    stations: tuple[Year, ...]
    """Letters with a station on their way here."""
    mentioned: tuple[Year, ...]
    seats: tuple[Link, ...]
    """Offices that sat here."""
    envoys: tuple[Link, ...]
    """Offices of envoys to it."""
    archives: tuple[Link, ...]
    questions: tuple[Link, ...]
    outside: tuple[Outside, ...]


@once
def from_and_to(book: Book) -> dict[str, tuple[tuple[Letter, ...], tuple[Letter, ...]]]:
    """Return the letters sent from each place, and those sent to it."""
    found: dict[str, tuple[list[Letter], list[Letter]]] = {}
    for letter in letters(book):
        for side, places in enumerate((letter.sent_from, letter.sent_to)):
            for place in places:
                found.setdefault(place, ([], []))[side].append(letter)
    return {place: (tuple(sent), tuple(got)) for place, (sent, got) in sorted(found.items())}


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of each place, and of each identifier of one that was merged into another."""
    for iri in book.facts.things("cwc:Place"):
        if book.path(iri):
            yield _page(book, iri)
    yield from merged.pages(book, "place", "Place", "places")


def _page(book: Book, iri: str) -> Page:
    facts = book.facts
    sent, received = from_and_to(book).get(iri, ((), ()))
    mentioned, stations = by_mention(book).get(iri, ()), _stations(book, iri, {*sent, *received})
    certainty = facts.text(iri, "cwc:certainty")
    counts = (
        ("letters", "sent from here", len(sent)),
        ("letters", "sent to here", len(received)),
        ("stations", "came by here", len(stations)),
        ("mentioned", "mention it", len(mentioned)),
    )
    strips = (Strip("Sent from here", "sent", True, sent), Strip("Sent to here", "received", False, received))
    own = Place(
        gloss=facts.text(iri, "dcterms:description"),
        unidentified=facts.text(iri, "cwc:unidentified") == "true",
        certainty="" if certainty == "printed" else certainty,
        reason=facts.text(iri, "cwc:reason"),
        wider=book.links(wider(book, iri)),
        parts=_named(book, facts.pointing(iri, "dcterms:isPartOf")),
        names=names(book, iri),
        counts=tuple(one for one in counts if one[2]),
        coordinates=_coordinates(facts.text(iri, "geo:lat"), facts.text(iri, "geo:long")),
        coordinate_source=facts.text(iri, "cwc:coordinateSource"),
        picture=locator(book, iri),
        chart=chart(book, "years", "Letters from here and to here", (), strips),
        years=_years(book, sent, received),
        inferred=_inferred(book, iri),
        stations=by_year(book, stations),
        mentioned=by_year(book, mentioned),
        seats=_named(book, [one for one in facts.pointing(iri, "cwc:seat") if facts.is_a(one, "cwc:Office")]),
        envoys=_named(book, facts.pointing(iri, "cwc:accreditedTo")),
        archives=_named(book, [one for one in facts.pointing(iri, "cwc:seat") if not facts.is_a(one, "cwc:Office")]),
        questions=questions(book, iri, (("mentions-of", "who", mentioned),)),
        outside=outside(book, iri),
    )
    kind = "Place, not identified" if own.unidentified else "Place"
    common = about(book, iri, kind, filter(None, _provenance(book, own)))
    return entity_page(book, common, "site/place.html", "places", _schema(book, iri), own)


def _years(book: Book, sent: tuple[Letter, ...], received: tuple[Letter, ...]) -> tuple[Year, ...]:
    out = {one.iri for one in sent}
    got = {one.iri for one in received}
    both = {one.iri: one for one in (*sent, *received)}

    def role(letter: Letter) -> tuple[str, str]:
        if letter.iri in out and letter.iri in got:
            return "via", "from and to"
        return ("from", "from here") if letter.iri in out else ("to", "to here")

    return by_year(book, sorted(both.values(), key=lambda one: one.order), role)


def _stations(book: Book, iri: str, but: set[Letter]) -> tuple[Letter, ...]:
    """Return the letters that have a station here, and were not sent from here or to here."""
    known = by_iri(book)
    found = {node.partition("#")[0] for node in book.facts.pointing(iri, "cwc:place")}
    return tuple(
        sorted((known[one] for one in found if one in known and known[one] not in but), key=lambda one: one.order)
    )


def _named(book: Book, iris: list[str]) -> tuple[Link, ...]:
    return book.links(sorted(set(iris), key=lambda one: (book.facts.label(one).casefold(), one)))


def _coordinates(lat: str, long: str) -> str:
    if not lat or not long:
        return ""
    north, east = float(lat) >= 0, float(long) >= 0
    return f"{lat.lstrip('-')}° {'N' if north else 'S'}, {long.lstrip('-')}° {'E' if east else 'W'}"


def _provenance(book: Book, own: Place) -> Iterator[str]:
    yield listed_in(book, "places")
    if own.coordinates:
        yield f"Coordinates: {own.coordinate_source or 'no source is given'}."
    if own.inferred:
        said = "it is" if own.inferred == 1 else "they are"
        yield f"{counted(own.inferred, 'letter')} of those from and to here stand so by inference: {said} not printed so."


def _inferred(book: Book, iri: str) -> int:
    """Return how many letters are from or to a place by inference only: no reading has the place in print."""
    facts, ends = book.facts, {expand("cwc:sentFrom"), expand("cwc:sentTo")}
    read: dict[tuple[str, str], set[str]] = {}
    for reading in facts.pointing(iri, "cwc:onValue"):
        stated = facts.node(reading, "cwc:onProperty")
        if stated in ends:
            key = (reading.partition("#")[0], stated)
            read.setdefault(key, set()).add(facts.text(reading, "cwc:certainty"))
    return len({letter for (letter, _), sure in read.items() if "printed" not in sure})


def _schema(book: Book, iri: str) -> dict[str, Any]:
    facts = book.facts
    lat, long = facts.text(iri, "geo:lat"), facts.text(iri, "geo:long")
    geo = {"@type": "GeoCoordinates", "latitude": float(lat), "longitude": float(long)} if lat and long else None
    whole = [{"@type": "Place", "@id": one, "name": facts.label(one)} for one in facts.nodes(iri, "dcterms:isPartOf")]
    return described(book, iri, "Place", geo=geo, containedInPlace=whole)
