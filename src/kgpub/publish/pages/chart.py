"""Offices as bars over a row of years, and under them a block for each letter in its month: sent up, received down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.dates import month_name
from kgpub.publish.pages.drawing import Shape, line, linked, rect, text, wrapped
from kgpub.publish.pages.letters import Letter, letters
from kgpub.publish.pages.page import Link
from kgpub.publish.pages.tenures import Tenure

__all__ = ["Chart", "Mark", "Month", "Strip", "chart"]

_WIDTH: Final = 1000
_PAD: Final = 10
_CELL: Final = 9
"""How high a letter's block is, with the gap to the next."""
_YEARS: Final = 5
"""How many years a picture has at least, so that a month of few years does not fill it."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Letters in one role: what is written beside them, the class that colours them, and whether they stack up or down."""

    words: str
    css: str
    up: bool
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The block of a letter."""

    box: Shape
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Month:
    """A row of the table beside the picture: how many letters in each strip."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture, and the same as a table."""

    id: str
    title: str
    width: int
    height: int
    shapes: tuple[Shape, ...]
    marks: tuple[Mark, ...]
    columns: tuple[str, ...]
    months: tuple[Month, ...]
    outside: int
    """How many terms of office lie before or after the years that are drawn."""
    undated: int
    """How many letters have no known month."""
    signs: tuple[str, ...]
    """Which signs are in it: "bar", "arrow" (held before or after), "dashed" (inferred), "dotted" (date not known), "pale"
    (month or year only)."""


class _Axis:
    """The years drawn, and where a day is."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.start, self.end = date(first, 1, 1), date(last, 12, 31)
        self._days = (self.end - self.start).days + 1
        self.month = (_WIDTH - 2 * _PAD) / (12 * (last - first + 1))

    def x(self, day: date) -> float:
        return _PAD + (min(max(day, self.start), self.end) - self.start).days / self._days * (_WIDTH - 2 * _PAD)

    def after(self, day: date) -> float:
        """Return where a day ends."""
        return self.x(day + timedelta(1)) if day < self.end else _WIDTH - _PAD


def chart(
    book: Book, id: str, title: str, tenures: Sequence[tuple[Tenure, Link]], strips: Sequence[Strip]
) -> Chart | None:
    """Return the picture of tenures, each under its label, and of letters; None where there is neither."""
    used = [strip for strip in strips if any(map(_month, strip.letters))]
    axis = _axis(book, used)
    drawn = [(one, label) for one, label in tenures if (one.first or axis.start) <= axis.end]
    drawn = [(one, label) for one, label in drawn if (one.last or axis.end) >= axis.start]
    if not drawn and not used:
        return None
    shapes, y = _bars(axis, drawn, 22.0)
    marks: list[Mark] = []
    up = [strip for strip in used if strip.up]
    for strip in [*up, *(strip for strip in used if not strip.up)]:
        placed, beside, y = _strip(book, axis, strip, y)
        marks += placed
        shapes += beside
    return Chart(
        id=id,
        title=title,
        width=_WIDTH,
        height=int(y) + 8,
        shapes=(*_years(axis, y), *shapes),
        marks=tuple(marks),
        columns=tuple(strip.words for strip in used),
        months=_table(used),
        outside=len(tenures) - len(drawn),
        undated=len({one.iri for strip in strips for one in strip.letters if not _month(one)}),
        signs=_signs(axis, [one for one, _ in drawn]),
    )


@once
def _first_year(book: Book) -> int:
    """Return the year before the first letter of the publication."""
    years = [one.day.year for one in letters(book) if one.day]
    return min(years, default=1950) - 1


def _axis(book: Book, strips: Sequence[Strip]) -> _Axis:
    years = [one.day.year for strip in strips for one in strip.letters if one.day and _month(one)]
    first = min([_first_year(book), *years])
    return _Axis(first, max([first + _YEARS - 1, *years]))


def _years(axis: _Axis, low: float) -> Iterator[Shape]:
    for year in range(axis.first, axis.last + 1):
        x = axis.x(date(year, 1, 1))
        yield line(x, 0, x, low, "rule")
        yield text(x + 5, 12, str(year), "faint", 12)
    yield line(_WIDTH - _PAD, 0, _WIDTH - _PAD, low, "rule")


def _bars(axis: _Axis, tenures: Sequence[tuple[Tenure, Link]], y: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    for tenure, label in tenures:
        left = axis.x(tenure.first or axis.start)
        right = axis.after(tenure.last or axis.end)
        shapes.append(_label(label, left, y + 13))
        shapes += _bar(axis, tenure, left, max(right, left + 3), y + 19)
        y += 40
    return shapes, y


def _label(label: Link, left: float, y: float) -> Shape:
    """Return the label of a bar: from its left end, or up to the right edge where it has no room there."""
    fits = left + len(label.text) * 13 * 0.56 < _WIDTH - _PAD
    words = wrapped(label.text, _WIDTH - 2 * _PAD, 13, 1)[0]
    x, anchor = (left, "") if fits else (_WIDTH - _PAD, "end")
    wide = len(words) * 13 * 0.56
    # The field behind the words makes the link tall enough to be hit.
    field = rect(x if fits else x - wide, y - 15, wide, 24, "hit")
    return linked(label, field, text(x, y, words, "", 13, anchor))


def _bar(axis: _Axis, tenure: Tenure, left: float, right: float, y: float) -> list[Shape]:
    """Return a bar: solid where surely held, pale where only the year or month is known, dotted where nothing is."""
    unsure = " unsure" if tenure.certainty else ""
    known_from, known_until = tenure.first is not None, tenure.last is not None
    if not known_from and not known_until:
        return [line(left, y + 6, right, y + 6, "open")]
    shapes = []
    if not known_from:
        shapes.append(line(left, y + 6, right, y + 6, "open"))
        left = max(left, right - 8)
    if not known_until:
        shapes.append(line(left, y + 6, right, y + 6, "open"))
        right = min(right, left + 8)
    shapes.append(rect(left, y, right - left, 12, f"held{unsure}"))
    sure = _sure(axis, tenure)
    if sure and known_from and known_until:
        shapes.append(rect(sure[0], y, sure[1] - sure[0], 12, f"held sure{unsure}"))
    if tenure.first and tenure.first < axis.start:
        shapes.append(Shape("path", "beyond", (("d", f"M{_PAD} {y + 1:.1f}l-8 5 8 5z"),)))
    if tenure.last and tenure.last > axis.end:
        shapes.append(Shape("path", "beyond", (("d", f"M{_WIDTH - _PAD} {y + 1:.1f}l8 5-8 5z"),)))
    return shapes


def _sure(axis: _Axis, tenure: Tenure) -> tuple[float, float] | None:
    if tenure.sure_from is None or tenure.sure_until is None or tenure.sure_from > tenure.sure_until:
        return None
    left, right = axis.x(tenure.sure_from), axis.after(tenure.sure_until)
    return (left, right) if right > left else None


def _signs(axis: _Axis, drawn: Sequence[Tenure]) -> tuple[str, ...]:
    """Return which signs the bars have, for the words below the picture."""
    seen = {
        "bar": bool(drawn),
        "arrow": any((one.first or axis.start) < axis.start or (one.last or axis.end) > axis.end for one in drawn),
        "dashed": any(one.certainty for one in drawn),
        "dotted": any(one.first is None or one.last is None for one in drawn),
        "pale": any(one.first != one.sure_from or one.last != one.sure_until for one in drawn),
    }
    return tuple(sign for sign, there in seen.items() if there)


def _strip(book: Book, axis: _Axis, strip: Strip, y: float) -> tuple[list[Mark], list[Shape], float]:
    """Return the blocks of a strip, its base line with the numbers, and where the next begins."""
    columns = [(month, list(found)) for month, found in groupby(filter(_month, strip.letters), key=_month)]
    tall = max(len(found) for _, found in columns) * _CELL
    base = round(y + tall + 18 if strip.up else y)
    wide = round(axis.month) - 2
    marks, shapes = [], [line(_PAD, base, _WIDTH - _PAD, base, "line")]
    # The year before the first letter leaves room for the words.
    shapes.append(
        text(_PAD + 5, base - 6 if strip.up else base + 15, f"{strip.words} ({len(strip.letters)})", "head", 12)
    )
    for month, found in columns:
        assert month is not None
        x = round(axis.x(month)) + 1
        for row, letter in enumerate(found):
            top = base - (row + 1) * _CELL if strip.up else base + row * _CELL + 1
            box = Shape("path", strip.css, (("d", f"M{x} {top}h{wide}v{_CELL - 1}h-{wide}z"),))
            marks.append(Mark(box, book.path(letter.iri), letter.title))
        if len(found) > 1:
            high = len(found) * _CELL
            low = base - high - 4 if strip.up else base + high + 11
            shapes.append(text(x + wide / 2, low, str(len(found)), "faint", 11, "middle"))
    return marks, shapes, base if strip.up else base + tall + 20


def _month(letter: Letter) -> date | None:
    """Return the first day of a letter's month; None where no month is known."""
    return letter.day.replace(day=1) if letter.day and len(letter.date) >= 7 else None


def _table(strips: Sequence[Strip]) -> tuple[Month, ...]:
    counted = [{month: len(list(found)) for month, found in _grouped(strip.letters)} for strip in strips]
    months = sorted({month for one in counted for month in one})
    return tuple(
        Month(f"{month_name(month.month)} {month.year}", tuple(one.get(month, 0) for one in counted))
        for month in months
    )


def _grouped(found: Iterable[Letter]) -> Iterator[tuple[date, Iterator[Letter]]]:
    for month, group in groupby(filter(_month, found), key=_month):
        assert month is not None
        yield month, group
