"""The coast of the base map: land outlines of Natural Earth (public domain), cropped to the region of the letters and thinned.

`python -m kgpub.publish.pages.land land-50m.json` makes `land.json` anew from the file of that name in the npm package
`world-atlas` (TopoJSON, https://github.com/topojson/topojson-specification).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from math import hypot
from pathlib import Path
from typing import Any, Final

__all__ = ["Ring", "land", "make", "rings", "thinned", "within"]

Ring = list[tuple[float, float]]
_NAME: Final = "land.json"
_WIDE: Final = (15.0, 12.0, 165.0, 76.0)
_NEAR: Final = (117.0, 32.0, 134.0, 45.0)
"""West, south, east, north: of the whole map, and of the part that is kept finer."""
_COARSE: Final = 0.3
_FINE: Final = 0.04
"""How far, in degrees, a thinned line may lie beside the true one."""
_ORIGIN: Final = (
    "Natural Earth 4.1.0, 1:50m land (https://www.naturalearthdata.com/), public domain, "
    "from land-50m.json of the npm package world-atlas 2.0.2"
)
_COMMAND: Final = "npm pack world-atlas@2.0.2 && python -m kgpub.publish.pages.land package/land-50m.json"


@cache
def land(part: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the outlines of the land as rings of (longitude, latitude): of the whole region ("wide") or round Korea ("near")."""
    kept = json.loads((files("kgpub.publish.pages") / _NAME).read_text(encoding="utf-8"))
    return tuple(tuple((x, y) for x, y in zip(ring[::2], ring[1::2], strict=True)) for ring in kept[part])


def rings(topology: dict[str, Any]) -> list[Ring]:
    """Return the rings of all polygons of a TopoJSON file's `land`."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x, y, points = 0, 0, []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        found += [_joined(arcs, ring) for polygon in polygons for ring in polygon]
    return found


def _joined(arcs: Sequence[Ring], numbers: Iterable[int]) -> Ring:
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return _unwrapped(ring)


def _unwrapped(ring: Ring) -> Ring:
    """Return a ring whose longitudes run on where it crosses the 180th meridian."""
    found: Ring = []
    for x, y in ring:
        found.append((x + 360 * round((found[-1][0] - x) / 360) if found else x, y))
    middle = (min(x for x, _ in found) + max(x for x, _ in found)) / 2
    return [(x - 360 * round(middle / 360), y) for x, y in found]


def within(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """Return the part of a ring inside a box (Sutherland–Hodgman: each edge of the box cuts in turn); empty where none is."""
    west, south, east, north = box
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        cut: Ring = []
        for before, here in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            came, is_in = sign * (before[axis] - limit) >= 0, sign * (here[axis] - limit) >= 0
            if came != is_in:
                share = (limit - before[axis]) / (here[axis] - before[axis])
                x, y = (before[i] + share * (here[i] - before[i]) for i in (0, 1))
                cut.append((x, y))
            if is_in:
                cut.append(here)
        ring = cut
    return ring


def thinned(ring: Ring, away: float) -> Ring:
    """Return a line with the points left out that lie no farther than `away` from it (Douglas–Peucker)."""
    keep, open_ = {0, len(ring) - 1}, [(0, len(ring) - 1)]
    while open_:
        first, last = open_.pop()
        far, at = max(((_off(ring, first, last, i), i) for i in range(first + 1, last)), default=(0.0, 0))
        if far > away:
            keep.add(at)
            open_ += [(first, at), (at, last)]
    return [ring[i] for i in sorted(keep)]


def _off(ring: Ring, first: int, last: int, i: int) -> float:
    """How far a point lies from the line between two others; from the first, where the line closes a ring."""
    (ax, ay), (bx, by), (px, py) = ring[first], ring[last], ring[i]
    length = hypot(bx - ax, by - ay)
    if not length:
        return hypot(px - ax, py - ay)
    return abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length


def make(topology: dict[str, Any]) -> dict[str, Any]:
    """Return what `land.json` holds: rings as flat lists of longitude and latitude, and where they are from."""
    known = rings(topology)
    return {"origin": _ORIGIN, "command": _COMMAND} | {
        part: [[round(n, 2) for point in ring for n in point] for ring in _kept(known, box, away, least)]
        for part, box, away, least in (("wide", _WIDE, _COARSE, 1.0), ("near", _NEAR, _FINE, 0.01))
    }


def _kept(known: Iterable[Ring], box: tuple[float, float, float, float], away: float, least: float) -> Iterable[Ring]:
    for ring in known:
        cut = within(ring, box)
        if len(cut) > 3 and _area(cut) >= least:
            thin = thinned(cut, away)
            if len(thin) > 3:
                yield thin


def _area(ring: Ring) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


if __name__ == "__main__":
    source = Path(sys.argv[1])
    text = json.dumps(make(json.loads(source.read_text(encoding="utf-8"))), separators=(",", ":"))
    (Path(__file__).parent / _NAME).write_text(text.replace('],"', '],\n"') + "\n", encoding="utf-8")
