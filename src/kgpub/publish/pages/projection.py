"""From longitude and latitude to points of a picture: Lambert's conformal cone, fitted to what is to be seen.

The formulae are those for a sphere (Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987, pp. 104–110).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import cos, log, pi, radians, sin, tan

from kgpub.publish.pages.land import Ring, within

__all__ = ["Frame", "conic", "outline"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of a region: how points are projected, and how what is projected fits the picture."""

    project: Callable[[float, float], tuple[float, float]]
    scale: float
    left: float
    top: float
    width: int
    height: int

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a place stands in the picture."""
        x, y = self.project(longitude, latitude)
        return (x - self.left) * self.scale, (self.top - y) * self.scale

    def shows(self, point: tuple[float, float], margin: float = 0) -> bool:
        """Say whether a point of the picture lies inside it."""
        return margin <= point[0] <= self.width - margin and margin <= point[1] <= self.height - margin

    @classmethod
    def round(
        cls,
        places: Iterable[tuple[float, float]],
        parallels: tuple[float, float],
        width: int,
        margins: tuple[float, ...],
    ) -> Frame:
        """Return the frame round places (longitude, latitude); margins left, top, right, bottom in parts of their extent."""
        some = list(places)
        meridian = (min(x for x, _ in some) + max(x for x, _ in some)) / 2
        project = conic(parallels, meridian)
        points = [project(*one) for one in some]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        across = max(east - west, north - south, 0.01)
        left, right = west - margins[0] * across, east + margins[2] * across
        top, bottom = north + margins[1] * across, south - margins[3] * across
        scale = width / (right - left)
        return cls(project, scale, left, top, width, round((top - bottom) * scale))


def conic(parallels: tuple[float, float], meridian: float) -> Callable[[float, float], tuple[float, float]]:
    """Return Lambert's conformal conic projection true at two parallels."""
    first, second = (radians(one) for one in parallels)

    def steep(latitude: float) -> float:
        return tan(pi / 4 + latitude / 2)

    n = log(cos(first) / cos(second)) / log(steep(second) / steep(first)) if first != second else sin(first)
    f = cos(first) * steep(first) ** n / n

    def project(longitude: float, latitude: float) -> tuple[float, float]:
        rho, theta = f / steep(radians(latitude)) ** n, n * radians(longitude - meridian)
        return rho * sin(theta), -rho * cos(theta)

    return project


def outline(frame: Frame, rings: Sequence[Sequence[tuple[float, float]]]) -> str:
    """Return the land inside a frame as the data of an SVG path."""
    box = (-4.0, -4.0, frame.width + 4.0, frame.height + 4.0)
    parts = []
    for ring in rings:
        cut = within([frame.at(*point) for point in _dense(ring)], box)
        steps = _whole(cut)
        if len(steps) > 2:
            parts.append("M" + "L".join(f"{x} {y}" for x, y in steps) + "Z")
    return "".join(parts)


def _dense(ring: Sequence[tuple[float, float]]) -> Ring:
    """Return a ring with points along its long straight edges, which a cone bends."""
    found: Ring = []
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        parts = max(1, int(abs(bx - ax) // 4))
        found += [(ax + (bx - ax) * i / parts, ay + (by - ay) * i / parts) for i in range(parts)]
    return found


def _whole(points: Ring) -> list[tuple[int, int]]:
    """Return points as whole pixels, without repeats."""
    found: list[tuple[int, int]] = []
    for x, y in points:
        here = (round(x), round(y))
        if not found or found[-1] != here:
            found.append(here)
    return found
