"""The places: a map of the routes of the letters, a map of Korea with what they name, and the list of all places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.drawing import Picture
from kgpub.publish.pages.facets import narrowed
from kgpub.publish.pages.letters import Letter, by_mention, letters
from kgpub.publish.pages.map_picture import Named, Road, Spot, named_map, route_map
from kgpub.publish.pages.page import Link, Page

__all__ = ["Atlas", "Place", "Route", "pages", "routes"]


@dataclass(frozen=True, slots=True)
class Route:
    """From where to where, and how many letters went that way."""

    start: Link
    end: Link
    letters: Link
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: how many letters were sent from it, to it, and name it."""

    name: Link
    part_of: Link
    sent: Link
    received: Link
    named: int
    located: bool


@dataclass(frozen=True, slots=True)
class Atlas:
    """What the page shows."""

    routes: Picture | None
    named: Picture | None
    table: tuple[Route, ...]
    hub: str
    """The place that most letters went to or from."""
    without: int
    """How many letters lack a place at one end."""
    places: tuple[Place, ...]
    nowhere: tuple[Link, ...]
    """Places without coordinates."""


@once
def routes(book: Book) -> Mapping[tuple[str, str], tuple[Letter, ...]]:
    """Return the letters of each route (place sent from, place sent to), most first."""
    found: defaultdict[tuple[str, str], list[Letter]] = defaultdict(list)
    for letter in letters(book):
        for start in letter.sent_from:
            for end in letter.sent_to:
                found[start, end].append(letter)
    return {key: tuple(found[key]) for key in sorted(found, key=lambda one: (-len(found[one]), one))}


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of places, where there are any."""
    known = book.facts.things("cwc:Place")
    if not known:
        return
    places = sorted((_place(book, iri) for iri in known), key=lambda one: (one.name.text.casefold(), one.name.href))
    hub = _hub(book)
    own = Atlas(
        routes=_routes_drawn(book, hub),
        named=_named_drawn(book),
        table=tuple(_route(book, key, some) for key, some in routes(book).items()),
        hub=book.facts.label(hub) if hub else "",
        without=sum(1 for one in letters(book) if not (one.sent_from and one.sent_to)),
        places=tuple(places),
        nowhere=tuple(one.name for one in places if not one.located),
    )
    words = (
        f"The routes of the letters on a map, and all {len(places)} places that they were sent from, sent to or name."
    )
    yield Page("places.html", "site/places.html", "Places", own, words, "places")


def spot(book: Book, iri: str) -> Spot | None:
    """Return where a place lies; None where the graph has no coordinates of it."""
    latitude, longitude = book.facts.text(iri, "geo:lat"), book.facts.text(iri, "geo:long")
    try:
        return Spot(iri, book.link(iri), float(longitude), float(latitude))
    except ValueError:
        return None


def _hub(book: Book) -> str:
    ends: defaultdict[str, int] = defaultdict(int)
    for key, some in routes(book).items():
        for place in set(key):
            ends[place] += len(some)
    return min(ends, key=lambda one: (-ends[one], one), default="")


def _route(book: Book, key: tuple[str, str], some: tuple[Letter, ...]) -> Route:
    start, end = key
    link = Link(str(len(some)), narrowed(book, from_=start, to=end))
    dated = [one.date for one in some if one.date]
    return Route(book.link(start), book.link(end), link, dated[0] if dated else "", dated[-1] if dated else "")


def _routes_drawn(book: Book, hub: str) -> Picture | None:
    roads = []
    for (start, end), some in routes(book).items():
        ends = (spot(book, start), spot(book, end))
        if ends[0] and ends[1]:
            roads.append(Road(ends[0], ends[1], len(some), narrowed(book, from_=start, to=end)))
    return route_map(roads, hub) if roads else None


def _named_drawn(book: Book) -> Picture | None:
    found = []
    for iri, some in by_mention(book).items():
        if book.facts.is_a(iri, "cwc:Place") and (here := spot(book, iri)):
            found.append(Named(here, len(some)))
    return named_map(found)


def _place(book: Book, iri: str) -> Place:
    wider = book.facts.node(iri, "dcterms:isPartOf")
    sent = sum(1 for one in letters(book) if iri in one.sent_from)
    received = sum(1 for one in letters(book) if iri in one.sent_to)
    return Place(
        name=book.link(iri),
        part_of=book.link(wider) if wider else Link(""),
        sent=Link(str(sent), narrowed(book, from_=iri) if sent else ""),
        received=Link(str(received), narrowed(book, to=iri) if received else ""),
        named=len(by_mention(book).get(iri, ())),
        located=spot(book, iri) is not None,
    )
