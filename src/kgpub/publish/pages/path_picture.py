"""The path of a message drawn: actors from left to right, places below them, then stations in order, then copies."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from kgpub.publish.pages.drawing import Picture, Shape, circle, curve, line, linked, rect, text, wrapped
from kgpub.publish.pages.page import Link
from kgpub.publish.pages.path import Allotment, Party, Route, Spot, Station

__all__ = ["draw"]

_WIDTH: Final = 1000
_PAD: Final = 12
_GAP: Final = 14
_HEADS: Final = {"from": "FROM", "via": "THROUGH", "to": "TO"}


def draw(route: Route) -> Picture:
    """Return the picture of a route."""
    shapes, low = _actors(route)
    if route.carrier:
        shapes += _carried(route.carrier, low + 6)
        low += 46
    if route.stations:
        drawn, low = _stations(route.stations, low + 10)
        shapes += drawn
    if route.copies:
        drawn, low = _copies(route, low + 10)
        shapes += drawn
    return Picture("path", "The path of the message", _WIDTH, int(low) + 6, tuple(shapes))


def _actors(route: Route) -> tuple[list[Shape], float]:
    roles = [role for role in ("from", "via", "to") if route.role(role)]
    width = 260 if len(roles) == 3 else 330
    step = (_WIDTH - 2 - width) / max(1, len(roles) - 1)
    lefts = {role: 1 + step * number for number, role in enumerate(roles)}
    blocks = {role: [_block(party, route, width) for party in route.role(role)] for role in roles}
    heights = {role: sum(high for _, high in blocks[role]) + _GAP * (len(blocks[role]) - 1) for role in roles}
    tall = max(heights.values(), default=0)
    shapes: list[Shape] = []
    middles: dict[str, list[float]] = {}
    for role in roles:
        x, y = lefts[role], 24 + (tall - heights[role]) / 2
        shapes.append(text(x, 14, _HEADS[role], f"head {role}", 11))
        for party, (lines, high) in zip(route.role(role), blocks[role], strict=True):
            css = f"party {role}{' unsure' if party.certainty else ''}"
            placed = [replace(one, attributes=_moved(one, x + _PAD, y)) for one in lines]
            shapes.append(linked(party.name, rect(x, y, width, high, css), *placed))
            middles.setdefault(role, []).append(y + high / 2)
            y += high + _GAP
    ways = _ways(roles, middles, lefts, width, 24 + tall / 2)
    low = 24 + tall
    for role, spots in (("from", route.sent_from), ("to", route.sent_to)):
        if spots and role in lefts:
            shapes += _places(spots, lefts[role], 24 + tall + 22)
            low = max(low, 24 + tall + 8 + 26 * len(spots))
    return ways + shapes, low + 8


def _ways(
    roles: list[str], middles: dict[str, list[float]], lefts: dict[str, float], width: float, middle: float
) -> list[Shape]:
    """Return the lines between neighbouring columns: all of one flow together, then out to all of the next."""
    shapes: list[Shape] = []
    for left, right in pairwise(roles):
        x1, x2 = lefts[left] + width, lefts[right]
        half = (x1 + x2) / 2
        shapes += [curve(x1, y, half, middle, "way") for y in middles[left]]
        for y in middles[right]:
            shapes.append(curve(half, middle, x2 - 9, y, "way"))
            shapes.append(Shape("path", "tip", (("d", f"M{x2:.0f} {y:.1f}l-10 -5v10z"),)))
    return shapes


def _block(party: Party, route: Route, width: float) -> tuple[list[Shape], float]:
    """Return the words in an actor's box, placed from its corner, and how high it is."""
    room, shapes, y = width - 2 * _PAD, list[Shape](), 22.0
    for words in wrapped(party.name.text, room, 15, 3):
        shapes.append(text(0, y, words, "name", 15, lang=party.name.lang))
        y += 19
    notes = [f"{_covered(party)} {party.cover.text}"] if party.cover else []
    notes += [f"as {office.text}" for office in party.offices]
    if party.role == "from":
        notes += [f"signed by {signer.name.text}" for signer in _other_signers(route)]
    if party.certainty:
        notes.append(party.certainty)
    for note in notes:
        for words in wrapped(note, room, 12, 2):
            shapes.append(text(0, y, words, "faint", 12))
            y += 16
    return shapes, y - 6


def _other_signers(route: Route) -> list[Party]:
    """Return the signers that are not drawn as a sender or a relay."""
    drawn = {party.name.text for party in route.parties}
    return [signer for signer in route.signers if signer.name.text not in drawn]


def _covered(party: Party) -> str:
    return "signed as" if party.role == "from" else "addressed as"


def _places(spots: tuple[Spot, ...], x: float, y: float) -> list[Shape]:
    shapes: list[Shape] = []
    for number, spot in enumerate(spots):
        low = y + 26 * number
        words = f"{spot.name.text} ({spot.certainty})" if spot.certainty else spot.name.text
        dot = circle(x + 5, low - 4, 4, "dot unsure" if spot.certainty else "dot")
        shapes.append(linked(spot.name, rect(x, low - 16, 240, 24, "hit"), dot, text(x + 16, low, words, "place", 13)))
    return shapes


def _carried(carrier: Link, y: float) -> list[Shape]:
    words = wrapped(f"Carried inside: {carrier.text}", _WIDTH - 40, 13, 1)[0]
    return [linked(carrier, rect(1, y, _WIDTH - 2, 30, "carrier"), text(14, y + 20, words, "", 13))]


def _stations(stations: tuple[Station, ...], y: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = [text(1, y + 12, "STATIONS, BY THE PRINTED CLOCKS", "head", 11)]
    step = _WIDTH / max(3, len(stations))
    axis, low = y + 44, y + 44
    if len(stations) > 1:
        shapes.append(line(7, axis, 7 + step * (len(stations) - 1), axis, "way"))
    for number, station in enumerate(stations):
        x = 7 + step * number
        shapes.append(circle(x, axis, 6, "dot unsure" if station.certainty else "dot"))
        if station.since:
            shapes.append(text(x - step / 2 + 3, axis - 8, station.since, "since", 12, "middle"))
        down = axis + 22
        for words, css in _told(station):
            for part in wrapped(words, step - 16, 13 if css == "name" else 12, 3):
                shapes.append(text(x - 6, down, part, css, 13 if css == "name" else 12))
                down += 16
        low = max(low, down)
    return shapes, low - 6


def _told(station: Station) -> list[tuple[str, str]]:
    """Return what stands below a station's dot, each with its class."""
    when = f"{station.day}, {station.time}" if station.time else station.day or "time not printed"
    faint = [
        f"at {station.place.text}" if station.place else "",
        f"by {station.agent.text}" if station.agent else "",
        f"by {station.means}" if station.means else "",
        f"{station.copies} copies made" if station.copies else "",
        station.certainty,
    ]
    return [(station.stage.text, "name"), (when, ""), *((words, "faint") for words in faint if words)]


def _copies(route: Route, y: float) -> tuple[list[Shape], float]:
    one = route.sheets == 1
    shapes: list[Shape] = [text(1, y + 12, f"COPY LIST: {route.sheets} COP{'Y' if one else 'IES'}", "head", 11)]
    x, top = 1.0, y + 22
    for copy in route.copies:
        words = _listed(copy)
        wide = len(words) * 12 * 0.58 + 22
        if x > 1 and x + wide > _WIDTH:
            x, top = 1.0, top + 34
        name = text(x + 10, top + 17, words, "" if copy.known else "gap", 12, lang=copy.name.lang)
        shapes.append(linked(copy.name, rect(x, top, wide, 26, "copy"), name))
        x += wide + 8
    return shapes, top + 34


def _listed(copy: Allotment) -> str:
    words = wrapped(copy.name.text, 420, 12, 1)[0]
    words = words if copy.known else f"{words} (not identified)"
    return f"{words} × {copy.count}" if copy.count > 1 else words


def _moved(shape: Shape, x: float, y: float) -> tuple[tuple[str, str], ...]:
    """Return a text's attributes with its place moved."""
    by = {"x": x, "y": y}
    return tuple((name, f"{float(value) + by[name]:.1f}" if name in by else value) for name, value in shape.attributes)
