"""Where a place lies: a grid of latitude and longitude around it with the places of the publication that are near."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.drawing import Picture, Shape, circle, line, linked, rect, text

__all__ = ["Spot", "locator", "spots"]

_WIDTH: Final = 560
_HEIGHT: Final = 400
_SPANS: Final = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
"""How many degrees of latitude a picture may cover: the first that holds enough neighbours, or all there are."""
_NEIGHBOURS: Final = 6
_NAMED: Final = 14


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its coordinates."""

    iri: str
    lat: float
    long: float


@once
def spots(book: Book) -> tuple[Spot, ...]:
    """Return all places with coordinates."""
    facts, found = book.facts, []
    for iri in facts.things("cwc:Place"):
        lat, long = facts.text(iri, "geo:lat"), facts.text(iri, "geo:long")
        if lat and long and book.path(iri):
            found.append(Spot(iri, float(lat), float(long)))
    return tuple(found)


class _Grid:
    """A window of the earth, flat: a degree of longitude as wide as it is at the middle."""

    def __init__(self, middle: Spot, span: float) -> None:
        self.scale = _HEIGHT / span
        self.across = self.scale * max(0.2, math.cos(math.radians(middle.lat)))
        self.middle = middle
        self.high, self.wide = span / 2, _WIDTH / self.across / 2

    def holds(self, spot: Spot) -> bool:
        return abs(spot.lat - self.middle.lat) < self.high and abs(spot.long - self.middle.long) < self.wide

    def x(self, long: float) -> float:
        return _WIDTH / 2 + (long - self.middle.long) * self.across

    def y(self, lat: float) -> float:
        return _HEIGHT / 2 - (lat - self.middle.lat) * self.scale


def locator(book: Book, iri: str) -> Picture | None:
    """Return the picture of where a place lies; None where its coordinates are not known."""
    here = next((spot for spot in spots(book) if spot.iri == iri), None)
    if here is None:
        return None
    others = [spot for spot in spots(book) if spot.iri != iri and (spot.lat, spot.long) != (here.lat, here.long)]
    grids = [_Grid(here, span) for span in _SPANS]
    held = [sum(map(one.holds, others)) for one in grids]
    grid = next(one for one, number in zip(grids, held, strict=True) if number >= min(_NEIGHBOURS, held[-1]))
    near = sorted(filter(grid.holds, others), key=lambda one: (_far(here, one), one.iri))
    shapes = (*_lines(grid), *(circle(grid.x(one.long), grid.y(one.lat), 3, "near") for one in near))
    name = book.facts.label(iri)
    return Picture("place", f"Where {name} lies", _WIDTH, _HEIGHT, (*shapes, *_names(book, grid, here, near)))


def _far(one: Spot, other: Spot) -> float:
    return math.hypot(one.lat - other.lat, (one.long - other.long) * math.cos(math.radians(one.lat)))


def _lines(grid: _Grid) -> Iterable[Shape]:
    step = next(one for one in (0.5, 1, 2, 5, 10, 20) if grid.high * 2 / one <= 5)
    for number in range(
        math.ceil((grid.middle.lat - grid.high) / step), math.floor((grid.middle.lat + grid.high) / step) + 1
    ):
        lat = number * step
        y = grid.y(lat)
        yield line(0, y, _WIDTH, y, "rule")
        yield text(4, y - 4, _degrees(lat, "N", "S"), "faint", 11)
    for number in range(
        math.ceil((grid.middle.long - grid.wide) / step), math.floor((grid.middle.long + grid.wide) / step) + 1
    ):
        long = number * step
        x = grid.x(long)
        yield line(x, 0, x, _HEIGHT, "rule")
        yield text(x + 4, _HEIGHT - 5, _degrees(long, "E", "W"), "faint", 11)


def _names(book: Book, grid: _Grid, here: Spot, near: Sequence[Spot]) -> Iterable[Shape]:
    """Return the names of the nearest places that do not run into each other, and of the place itself."""
    taken: list[tuple[float, float, float, float]] = []
    named = 0
    for spot in (here, *near):
        link = book.link(spot.iri)
        size = 15 if spot is here else 12
        x, y, wide = grid.x(spot.long), grid.y(spot.lat), len(link.text) * size * 0.58
        left = x + 8 if x + 8 + wide < _WIDTH else x - 8 - wide
        box = (left, y - size, left + wide, y + size / 2)
        if spot is here:
            yield circle(x, y, 6, "here")
            yield text(left, y + 5, link.text, "name", size)
        elif named < _NAMED and left > 0 and 12 < y < _HEIGHT - 16 and not any(_meet(box, one) for one in taken):
            yield linked(link, rect(left - 2, y - 12, wide + 4, 24, "hit"), text(left, y + 4, link.text, "", size))
            named += 1
        else:
            continue
        taken.append(box)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _degrees(value: float, plus: str, minus: str) -> str:
    # Longitudes are the same a full turn away.
    value = (value + 180) % 360 - 180 if plus == "E" else value
    return f"{abs(value):g}°{plus if value > 0 else minus if value < 0 else ''}"
