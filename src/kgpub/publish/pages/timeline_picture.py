"""The timeline drawn twice: a strip for each year for wide pages, a row for each month for narrow ones."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kgpub.publish.pages.dates import month_name
from kgpub.publish.pages.drawing import Picture, Shape, circle, line, linked, rect, text
from kgpub.publish.pages.page import Link

__all__ = ["Band", "Mark", "tall", "wide"]

_LEFT: Final = 56
_ACROSS: Final = 1000
_DOT: Final = 4.5
_BAND: Final = 19
_LETTER: Final = 6.3
"""About how wide a letter of a band's name is."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A letter: its day, its page, its identifier."""

    link: Link
    day: date
    id: str


@dataclass(frozen=True, slots=True)
class Band:
    """A dated event."""

    link: Link
    first: date
    last: date


def wide(years: tuple[int, int], marks: Sequence[Mark], bands: Sequence[Band]) -> Picture:
    """Return a strip for each year: months across, a dot for each letter stacked on its day, the events below."""
    shapes: list[Shape] = []
    y = 8.0
    for year in range(years[0], years[1] + 1):
        own = [mark for mark in marks if mark.day.year == year]
        some = [band for band in bands if band.first.year <= year <= band.last.year]
        strip, y = _strip(year, own, some, y)
        shapes += strip
    return Picture("timeline-wide", _title(years, marks), _ACROSS, round(y), tuple(shapes))


def _strip(year: int, marks: Sequence[Mark], bands: Sequence[Band], top: float) -> tuple[list[Shape], float]:
    piles: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        # Days that stand closer than a dot is wide share a pile.
        piles[round((_x(mark.day) - _LEFT) / (2 * _DOT + 0.6))].append(mark)
    high = max([len(pile) for pile in piles.values()], default=0) * (2 * _DOT + 1) + 16
    base = top + max(high, 26.0)
    shapes = [text(0, base, str(year), "year", 17), line(_LEFT, base, _ACROSS, base, "line")]
    for month in range(1, 13):
        x = _x(date(year, month, 1))
        shapes.append(line(x, base - 6 if month > 1 else base - 18, x, base + 5, "rule"))
        shapes.append(text(x + 4, base + 15, month_name(month)[:3], "faint", 11))
    if not marks:
        shapes.append(text(_LEFT + 8, base - 8, "no letter", "gap", 12))
    for slot, pile in sorted(piles.items()):
        x = _LEFT + slot * (2 * _DOT + 0.6)
        for number, mark in enumerate(pile):
            shapes.append(linked(mark.link, circle(x, base - 7 - number * (2 * _DOT + 1), _DOT, "mark")))
    return _banded(shapes, year, bands, base + 22)


def _banded(shapes: list[Shape], year: int, bands: Sequence[Band], top: float) -> tuple[list[Shape], float]:
    """Lay the events of a year below its line, each in the first row that is free."""
    ends: list[float] = []
    for band in bands:
        start = _x(max(band.first, date(year, 1, 1)))
        end = max(_x(min(band.last, date(year, 12, 31))) + 2.6, start + 3)
        words = band.link.text
        fits_right = end + 5 + len(words) * _LETTER < _ACROSS
        inside = end - start > len(words) * _LETTER + 12
        low = start if inside or fits_right else start - 5 - len(words) * _LETTER
        reach = end if inside or not fits_right else end + 5 + len(words) * _LETTER
        row = next((number for number, taken in enumerate(ends) if taken + 8 < low), len(ends))
        ends[row : row + 1] = [reach]
        y = top + row * _BAND
        bar = rect(start, y, end - start, 14, "band")
        if inside:
            name = text(start + 6, y + 11, words, "on", 11)
        elif fits_right:
            name = text(end + 4, y + 11, words, "", 11)
        else:
            name = text(start - 4, y + 11, words, "", 11, "end")
        shapes.append(linked(band.link, bar, name))
    return shapes, top + len(ends) * _BAND + 20


def tall(years: tuple[int, int], marks: Sequence[Mark], bands: Sequence[Band]) -> Picture:
    """Return a row for each month: days across, a dot for each letter, the days of events as a wash."""
    days: dict[date, list[Mark]] = defaultdict(list)
    for mark in marks:
        days[mark.day].append(mark)
    left, step, y = 40.0, 10.0, 20.0
    shapes: list[Shape] = [text(left + (n - 0.5) * step, 12, str(n), "faint", 11, "middle") for n in (1, 10, 20, 31)]
    silent = 0
    for year in range(years[0], years[1] + 1):
        shapes.append(text(0, y + 16, str(year), "year", 15))
        y += 24
        for month in range(1, 13):
            own = {day: pile for day, pile in days.items() if (day.year, day.month) == (year, month)}
            silent = 0 if own else silent + 1
            if silent > 1:
                y += 5
                continue
            high = max([len(pile) for pile in own.values()], default=1) * 9.0 + 7
            shapes += _washes(bands, year, month, left, step, y, high)
            shapes.append(text(0, y + high - 6, month_name(month)[:3], "faint", 12))
            shapes.append(line(left, y + high, left + 31 * step, y + high, "rule"))
            for day, pile in sorted(own.items()):
                for number, mark in enumerate(pile):
                    x = left + (day.day - 0.5) * step
                    link = Link(mark.id, mark.link.href, title=f"{mark.id}, {day.day} {month_name(month)} {year}")
                    shapes.append(linked(link, circle(x, y + high - 6 - number * 9, 4, "mark")))
            y += high + 3
        y += 8
    return Picture("timeline-tall", _title(years, marks), round(left + 31 * step + 2), round(y), tuple(shapes))


def _washes(
    bands: Sequence[Band], year: int, month: int, left: float, step: float, y: float, high: float
) -> list[Shape]:
    """Return the days of a month on which an event went on, those shorter than a season only: longer ones would fill all."""
    last = date(year, month, monthrange(year, month)[1])
    found: set[int] = set()
    for band in bands:
        if band.first <= last and band.last >= date(year, month, 1) and (band.last - band.first).days < 90:
            start = max(band.first, date(year, month, 1)).day
            found |= set(range(start, min(band.last, last).day + 1))
    return [rect(left + (day - 1) * step, y, step, high, "wash") for day in sorted(found)]


def _x(day: date) -> float:
    """Where a day stands across a strip."""
    of = (day - date(day.year, 1, 1)).days / (366 if isleap(day.year) else 365)
    return _LEFT + of * (_ACROSS - _LEFT)


def _title(years: tuple[int, int], marks: Sequence[Mark]) -> str:
    return f"{len(marks)} letters by day, {years[0]} to {years[1]}; a table below says the same"
