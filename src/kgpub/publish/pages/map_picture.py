"""The maps drawn: routes as arcs between places, and places as dots as large as they are often named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Final

from kgpub.publish.pages.drawing import Picture, Shape, circle, linked, rect, text
from kgpub.publish.pages.land import land
from kgpub.publish.pages.page import Link
from kgpub.publish.pages.projection import Frame, outline

__all__ = ["Named", "Road", "Spot", "named_map", "route_map"]

_REGION: Final = (20.0, 18.0, 150.0, 70.0)
"""West, south, east, north of what the map of routes can show; other places stand in its list."""
_KOREA: Final = (123.4, 33.9, 131.2, 43.2)
_Point = tuple[float, float]
_Box = tuple[float, float, float, float]
_SAME: Final = 5
"""Places closer than this many pixels are drawn as one."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place and where it lies."""

    iri: str
    link: Link
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Road:
    """How many letters went from one place to another, and where they are listed."""

    start: Spot
    end: Spot
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Named:
    """A place and how many letters name it."""

    spot: Spot
    count: int


def route_map(roads: Sequence[Road], hub: str) -> Picture | None:
    """Return the map of routes; None where no route lies in the region."""
    inside = [road for road in roads if _within(road.start, _REGION) and _within(road.end, _REGION)]
    if not inside:
        return None
    spots = {spot.iri: spot for road in inside for spot in (road.start, road.end)}
    # A map of one place would be a map of nothing: it is shown with what lies ten degrees around.
    seen = [(one.longitude, one.latitude) for one in spots.values()]
    seen = seen if len(seen) > 1 else [(x + dx, y + dy) for x, y in seen for dx, dy in ((-10, -5), (10, 5))]
    frame = Frame.round(seen, (35, 58), 1000, (0.13, 0.2, 0.26, 0.17))
    points = _merged({iri: frame.at(one.longitude, one.latitude) for iri, one in spots.items()})
    shapes = [Shape("path", "land", (("d", outline(frame, land("wide"))),))]
    names = _dots(inside, spots, points, frame)
    shapes += _arcs(inside, points, hub, [*(_box(x, y, 9, 9) for x, y in points.values()), *(box for _, box in names)])
    shapes += [shape for shape, _ in names]
    shapes += _outside([road for road in roads if road not in inside], frame)
    most = max(inside, key=lambda one: one.count)
    title = f"Routes of the letters; most, {most.count}, went from {most.start.link.text} to {most.end.link.text}"
    return Picture("routes", title, frame.width, frame.height, tuple(shapes))


def _merged(points: dict[str, _Point]) -> dict[str, _Point]:
    found: dict[str, _Point] = {}
    for iri, (x, y) in points.items():
        same = (there for there in found.values() if hypot(there[0] - x, there[1] - y) < _SAME)
        found[iri] = next(same, (x, y))
    return found


def _arcs(roads: Sequence[Road], points: dict[str, _Point], hub: str, taken: list[_Box]) -> list[Shape]:
    ways: dict[tuple[_Point, _Point], list[Road]] = defaultdict(list)
    for road in roads:
        ways[points[road.start.iri], points[road.end.iri]].append(road)
    most = max(sum(road.count for road in some) for some in ways.values())
    shapes, numbers = list[Shape](), list[Shape]()
    for (start, end), some in sorted(ways.items(), key=lambda one: (-sum(r.count for r in one[1]), one[0])):
        count = sum(road.count for road in some)
        css = "in" if points.get(hub) == end else "out" if points.get(hub) == start else "aside"
        says = "; ".join(f"{road.start.link.text} to {road.end.link.text}: {_letters(road.count)}" for road in some)
        # One address for several routes: values of one facet are alternatives.
        href = some[0].href + "".join(
            f"&{pair}" for road in some[1:] for pair in road.href.partition("?")[2].split("&")
        )
        loop = start == end
        drawn, spots = _loop(start, css, taken) if loop else _arc(start, end, 1.2 + 8.8 * count / most, css)
        half = 5 + 4 * len(str(count))
        x, y = next((at for at in spots if _clear(_box(*at, half, 10), taken)), spots[0])
        taken.append(_box(x, y, half, 10))
        link = Link(says, href, title=says)
        shapes.append(linked(link, *drawn))
        plate = rect(x - half, y - 9, 2 * half, 18, "plate")
        numbers.append(linked(link, plate, text(x, y + 4.5, str(count), "count", 13, "middle")))
    return [*shapes, *numbers]


def _arc(start: _Point, end: _Point, wide: float, css: str) -> tuple[list[Shape], list[_Point]]:
    """Return an arc with its head, and where its number may stand, the best first."""
    (ax, ay), (bx, by) = start, end
    length = hypot(bx - ax, by - ay) or 1.0
    ux, uy = (bx - ax) / length, (by - ay) / length
    bow = 0.16 * length + 6
    # To the right of the way, so that there and back lie apart.
    cx, cy = (ax + bx) / 2 - uy * bow, (ay + by) / 2 + ux * bow
    tx, ty = bx - cx, by - cy
    reach = hypot(tx, ty) or 1.0
    tx, ty = tx / reach, ty / reach
    size = 4.5 + wide
    stop = (bx - tx * (7 + size), by - ty * (7 + size))
    tip = (bx - tx * 7, by - ty * 7)
    sides = [(stop[0] + s * ty * size * 0.75, stop[1] - s * tx * size * 0.75) for s in (1, -1)]
    arc = f"M{_p(ax, ay)}Q{_p(cx, cy)} {_p(*stop)}"
    head = f"M{_p(*tip)}L{_p(*sides[0])}L{_p(*sides[1])}Z"
    along = [
        ((1 - t) ** 2 * ax + 2 * t * (1 - t) * cx + t * t * bx, (1 - t) ** 2 * ay + 2 * t * (1 - t) * cy + t * t * by)
        for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
    ]
    return [
        Shape("path", f"route {css}", (("d", arc), ("stroke-width", f"{wide:.1f}"))),
        Shape("path", f"head {css}", (("d", head),)),
    ], along


def _loop(point: _Point, css: str, taken: Sequence[_Box]) -> tuple[list[Shape], list[_Point]]:
    """Return a loop from a place to itself, above it or, where that is taken, below."""
    x, y = point
    up = -1 if _clear(_box(x, y - 35, 12, 12), taken) else 1
    loop = f"M{_p(x - 3, y + up * 4)}C{_p(x - 34, y + up * 46)} {_p(x + 34, y + up * 46)} {_p(x + 3, y + up * 4)}"
    return [Shape("path", f"route {css}", (("d", loop), ("stroke-width", "2")))], [(x, y + up * 35)]


def _dots(
    roads: Sequence[Road], spots: dict[str, Spot], points: dict[str, _Point], frame: Frame
) -> list[tuple[Shape, _Box]]:
    """Return the places, each with the room that its name takes."""
    weight: dict[str, int] = defaultdict(int)
    for road in roads:
        weight[road.start.iri] += road.count
        weight[road.end.iri] += road.count
    found, done = list[tuple[Shape, _Box]](), list[_Point]()
    for iri in sorted(spots, key=lambda one: (-weight[one], one)):
        x, y = points[iri]
        if (x, y) in done:
            continue
        crowd = [other for other in points.values() if other != (x, y) and hypot(other[0] - x, other[1] - y) < 140]
        west = bool(crowd) and all(x < other[0] for other in crowd)
        drop = 16 if crowd and all(y > other[1] - 1 for other in crowd) else 4
        drop = -8 if crowd and all(y < other[1] for other in crowd) else drop
        if not crowd:
            west, drop = x < frame.width / 2, 4
        shift, anchor = (-11, "end") if west else (11, "")
        name = text(x + shift, y + drop, spots[iri].link.text, "name", 15, anchor)
        long = 8.2 * len(spots[iri].link.text)
        box = _box(x + shift + (-long if west else long) / 2, y + drop - 5, long / 2, 9)
        found.append((linked(spots[iri].link, circle(x, y, 5.5, "spot"), name), box))
        done.append((x, y))
    return found


def _outside(roads: Sequence[Road], frame: Frame) -> list[Shape]:
    """Return a list, in the south-west corner, of routes that lead beyond the map."""
    if not roads:
        return []
    top = frame.height - 16 - 19 * len(roads)
    shapes: list[Shape] = [text(14, top, "BEYOND THIS MAP", "faint", 11)]
    for number, road in enumerate(roads):
        words = f"{road.start.link.text} → {road.end.link.text}: {road.count}"
        shapes.append(linked(Link(words, road.href), text(14, top + 19 * (number + 1), words, "", 13)))
    return shapes


def named_map(places: Iterable[Named]) -> Picture | None:
    """Return the map of Korea with the places there that letters name, most of them labelled; None where there are none."""
    inside = [one for one in places if _within(one.spot, _KOREA)]
    if not inside:
        return None
    west, south, east, north = _KOREA
    frame = Frame.round([(west, south), (east, north), (west, north), (east, south)], (35, 42), 620, (0.01,) * 4)
    order = sorted(inside, key=lambda one: (-one.count, one.spot.iri))
    most = order[0].count
    shapes = [Shape("path", "land", (("d", outline(frame, land("near"))),))]
    taken: list[_Box] = []
    drawn = [(one, *frame.at(one.spot.longitude, one.spot.latitude)) for one in order]
    sizes = {one.spot.iri: 2.6 + 10 * sqrt(one.count / most) for one in order}
    names: list[Shape] = []
    for one, x, y in drawn:
        size, words = sizes[one.spot.iri], one.spot.link.text
        says = f"{words}: named in {_letters(one.count)}"
        dot = linked(Link(says, one.spot.link.href, title=says), circle(x, y, size, "named"))
        shapes.append(dot)
        if place := _free(words, x, y, size, taken, frame):
            taken.append(place[1])
            names.append(linked(one.spot.link, text(*place[0], words, "", 12, place[2])))
    title = f"{len(inside)} places in and round Korea that letters name; the larger, the more letters"
    return Picture("named", title, frame.width, frame.height, (*shapes, *names))


def _free(
    words: str, x: float, y: float, size: float, taken: list[_Box], frame: Frame
) -> tuple[_Point, _Box, str] | None:
    """Return where a name can stand without touching another: right, left, above or below its dot."""
    wide = len(words) * 6.6
    for dx, dy, anchor in (
        (size + 3, 4, ""),
        (-size - 3, 4, "end"),
        (0, -size - 4, "middle"),
        (0, size + 12, "middle"),
    ):
        left = x + dx - {"": 0, "end": wide, "middle": wide / 2}[anchor]
        box = (left, y + dy - 11, left + wide, y + dy + 3)
        inside = box[0] > 2 and box[2] < frame.width - 2 and box[1] > 2 and box[3] < frame.height - 2
        if inside and _clear(box, taken):
            return (x + dx, y + dy), box, anchor
    return None


def _within(spot: Spot, box: _Box) -> bool:
    return box[0] <= spot.longitude <= box[2] and box[1] <= spot.latitude <= box[3]


def _box(x: float, y: float, across: float, down: float) -> _Box:
    return x - across, y - down, x + across, y + down


def _clear(box: _Box, taken: Iterable[_Box]) -> bool:
    return not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)


def _letters(count: int) -> str:
    return f"{count} letter{'s' if count != 1 else ''}"


def _p(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"
