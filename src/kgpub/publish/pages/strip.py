"""The leaves of a file as a line: letters as blocks, what lies between as gaps, what overlaps above one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.drawing import Picture, Shape, line, linked, rect, text
from kgpub.publish.pages.leaves import Sheet
from kgpub.publish.pages.page import Link

__all__ = ["Block", "blocks", "strip"]

_LEAF: Final = 36
_HIGH: Final = 28
_WIDTH: Final = 1080
_GAP: Final = 74
_EDGE: Final = 6


@dataclass(frozen=True, slots=True)
class Block:
    """A letter's leaves without a break: first and last, where it leads, its short name, and whether it is published here."""

    first: int
    last: int
    link: Link
    name: str
    missing: bool = False


def blocks(sheet: Sheet, link: Link, name: str, missing: bool) -> list[Block]:
    """Return the runs of leaves of a copy ("5-6, 10-11" are two)."""
    runs = [(int(start), int(end or start)) for start, end in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", sheet.listy)]
    return [Block(min(run), max(run), link, name, missing) for run in runs]


def strip(id_: str, title: str, all_: Sequence[Block]) -> Picture | None:
    """Return the picture of a file; None where there is nothing to draw."""
    if not all_:
        return None
    rows: list[list[tuple[int, list[list[Block]]]]] = [[]]
    # A cluster are blocks that touch each other's leaves; it is never broken over two lines.
    x = _EDGE
    end = 0
    for cluster in _clusters(sorted(all_, key=lambda one: (one.first, one.last, one.name))):
        gap = _GAP if cluster[0].first > end + 1 else 0
        wide = (max(one.last for one in cluster) - cluster[0].first + 1) * _LEAF
        if rows[-1] and x + gap + wide > _WIDTH:
            rows.append([])
            x = _EDGE
        rows[-1].append((x + gap, _lanes(cluster)))
        x += gap + wide
        end = max(one.last for one in cluster)
    return _drawn(id_, title, rows)


def _clusters(ordered: Sequence[Block]) -> list[list[Block]]:
    found: list[list[Block]] = []
    end = -1
    for one in ordered:
        if found and one.first <= end:
            found[-1].append(one)
        else:
            found.append([one])
        end = max(end, one.last)
    return found


def _lanes(cluster: Sequence[Block]) -> list[list[Block]]:
    lanes: list[list[Block]] = []
    for one in cluster:
        free = next((lane for lane in lanes if lane[-1].last < one.first), None)
        if free is None:
            lanes.append([one])
        else:
            free.append(one)
    return lanes


def _drawn(id_: str, title: str, rows: Sequence[Sequence[tuple[int, list[list[Block]]]]]) -> Picture:
    shapes: list[Shape] = []
    top, width, end = 4, 0, 0
    for row in rows:
        lanes = max(len(lanes) for _, lanes in row)
        base = top + lanes * (_HIGH + 3)
        for x, found in row:
            first = min(lane[0].first for lane in found)
            last = max(one.last for lane in found for one in lane)
            shapes += _before(x, base, end, first)
            shapes += [
                shape for at, lane in enumerate(found) for one in lane for shape in _block(one, x, first, base, at)
            ]
            shapes += _scale(x, base, first, last)
            width, end = max(width, x + (last - first + 1) * _LEAF), last
        top = base + 34
    return Picture(id_, title, width + _EDGE, top - 8, tuple(shapes))


def _before(x: int, base: int, end: int, first: int) -> list[Shape]:
    """Return the gap before a cluster, with how many leaves it is."""
    if first <= end + 1:
        return []
    count = first - end - 1
    middle = x - _GAP / 2
    words = f"{count} lea{'f' if count == 1 else 'ves'}"
    dots = line(x - _GAP + 6, base - _HIGH / 2, x - 6, base - _HIGH / 2, "gap")
    return [dots, text(middle, base - _HIGH / 2 - 5, words, "faint", 11, "middle")]


def _block(one: Block, x: int, first: int, base: int, lane: int) -> list[Shape]:
    left, wide = x + (one.first - first) * _LEAF, (one.last - one.first + 1) * _LEAF
    top = base - (lane + 1) * (_HIGH + 3)
    css = " ".join(filter(None, ("leaf", "missing" if one.missing else "", "overlap" if lane else "")))
    size = 12 if len(one.name) * 7.4 < wide else 10
    label = text(left + wide / 2, top + _HIGH / 2 + 4, one.name, "leaf-name", size, "middle")
    return [linked(one.link, rect(left + 1, top, wide - 2, _HIGH, css), label)]


def _scale(x: int, base: int, first: int, last: int) -> list[Shape]:
    shapes = [line(x, base + 1, x + (last - first + 1) * _LEAF, base + 1, "line")]
    return shapes + [
        text(x + (leaf - first + 0.5) * _LEAF, base + 14, str(leaf), "faint", 10, "middle")
        for leaf in range(first, last + 1)
    ]
