"""An answer drawn, as the header of its query says (`chart:`).

    bar VALUE by NAME            bars, longest first
    months VALUE by MONTH        a column for each month from the first to the last (`1950-07`)
    months of DAY                the same, of the number of letters (rows, where there is no column `document`) by their day
    matrix VALUE from NAME to NAME
    map VALUE at LATITUDE LONGITUDE by NAME

NAME, VALUE … are columns. A bar and a table are HTML, which fits any width; only columns by month are a picture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kgpub.errors import BadQuery
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.drawing import Picture, Shape, line, rect, text
from kgpub.publish.pages.page import Link
from kgpub.results import Result, Term, bare

__all__ = ["Bar", "Chart", "Matrix", "chart"]

_SPECS: Final = (
    re.compile(r"(?P<kind>bar) (?P<value>\w+) by (?P<name>\w+)"),
    re.compile(r"(?P<kind>months) (?P<value>\w+) by (?P<name>\w+)"),
    re.compile(r"(?P<kind>months) of (?P<name>\w+)"),
    re.compile(r"(?P<kind>matrix) (?P<value>\w+) from (?P<name>\w+) to (?P<other>\w+)"),
    re.compile(r"(?P<kind>map) (?P<value>\w+) at (?P<latitude>\w+) (?P<longitude>\w+) by (?P<name>\w+)"),
)
_BARS: Final = 25
_SIDE: Final = 14
"""How many bars, and how many names on a side of a matrix, are shown at most."""
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_MONTHS_MOST: Final = 240


@dataclass(frozen=True, slots=True)
class Bar:
    """A name, its number, and how long the bar is in parts of a thousand of the longest."""

    name: Link
    number: str
    length: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who has how many with whom: names down and across, numbers with their shade (0 to 5)."""

    down: tuple[Link, ...]
    across: tuple[Link, ...]
    cells: tuple[tuple[tuple[str, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing: of three kinds, one is there; `says` is what it shows, `left` what it leaves out."""

    kind: str
    says: str
    left: str = ""
    bars: tuple[Bar, ...] = ()
    matrix: Matrix | None = None
    picture: Picture | None = None
    value: str = ""
    name: str = ""


def chart(book: Book, spec: str, result: Result, name: str) -> Chart | None:
    """Return the drawing of an answer; None without a spec or with nothing to draw. Raises BadQuery for a wrong spec."""
    if not spec:
        return None
    found = next(filter(None, (one.fullmatch(spec) for one in _SPECS)), None)
    names = [column.name for column in result.columns]
    said = {key: value for key, value in (found.groupdict().items() if found else ()) if key != "kind" and value}
    if found is None or (wrong := [one for one in said.values() if one not in names]):
        what = f"{', '.join(wrong)}: no such column" if found else "it is not understood"
        raise BadQuery(f"query {name}: chart {spec!r}: {what}", advice=f"Columns: {', '.join(names)}.")
    columns = {key: names.index(value) for key, value in said.items()}
    if not result.rows:
        return None
    kind, labels = found["kind"], {key: _called(result, value) for key, value in said.items()}
    if kind == "months":
        return _months(result, columns, labels, name)
    if kind == "matrix":
        return _matrix(book, result, columns, labels)
    return _bars(book, result, columns, labels, said)


def _bars(
    book: Book, result: Result, columns: dict[str, int], labels: dict[str, str], said: dict[str, str]
) -> Chart | None:
    rows: dict[Link, float] = {}
    for row in result.rows:
        link = _linked(book, result, row, columns["name"])
        rows[link] = rows.get(link, 0) + _number(row[columns["value"]])
    ordered = sorted(rows.items(), key=lambda item: (-item[1], item[0].text))
    most = ordered[0][1] or 1
    bars = tuple(Bar(link, _said(number), round(1000 * number / most)) for link, number in ordered[:_BARS])
    left = f"The {_BARS} longest of {len(ordered)}." if len(ordered) > _BARS else ""
    says = f"{labels['value']} by {_lower(labels['name'])}"
    return Chart("bar", says, left, bars=bars, value=said["value"], name=said["name"])


def _matrix(book: Book, result: Result, columns: dict[str, int], labels: dict[str, str]) -> Chart:
    numbers: Counter[tuple[Link, Link]] = Counter()
    for row in result.rows:
        pair = (_linked(book, result, row, columns["name"]), _linked(book, result, row, columns["other"]))
        numbers[pair] += int(_number(row[columns["value"]]))
    down, across = _first(numbers, 0), _first(numbers, 1)
    most = max(numbers.values())
    cells = tuple(
        tuple((str(numbers[one, other] or ""), -(-5 * numbers[one, other] // most)) for other in across) for one in down
    )
    shown = sum(numbers[one, other] for one in down for other in across)
    whole = sum(numbers.values())
    left = f"The {len(down)} and {len(across)} with most; {shown} of {whole}." if shown < whole else ""
    says = f"{labels['value']}: {_lower(labels['name'])} down, {_lower(labels['other'])} across"
    return Chart("matrix", says, left, matrix=Matrix(down, across, cells))


def _first(numbers: Counter[tuple[Link, Link]], side: int) -> tuple[Link, ...]:
    sums: Counter[Link] = Counter()
    for pair, number in numbers.items():
        sums[pair[side]] += number
    return tuple(sorted(sums, key=lambda link: (-sums[link], link.text))[:_SIDE])


def _months(result: Result, columns: dict[str, int], labels: dict[str, str], name: str) -> Chart | None:
    counted: Counter[int] = Counter()
    undated = 0
    names = [column.name for column in result.columns]
    letter = names.index("document") if "document" in names and "value" not in columns else None
    # A letter that stands in several rows is one letter.
    rows = result.rows if letter is None else {row[letter]: row for row in reversed(result.rows)}.values()
    for row in rows:
        number = int(_number(row[columns["value"]])) if "value" in columns else 1
        if found := _MONTH.match(bare(row[columns["name"]])):
            counted[int(found[1]) * 12 + int(found[2]) - 1] += number
        else:
            undated += number
    if not counted or max(counted) - min(counted) >= _MONTHS_MOST:
        return None
    what = labels.get("value", "Rows" if letter is None else "Letters")
    left = f"{undated} of no known month {'is' if undated == 1 else 'are'} left out." if undated else ""
    return Chart("months", f"{what} by month", left, picture=_columns(counted, f"{name}-months", f"{what} by month"))


def _columns(counted: Counter[int], id_: str, title: str) -> Picture:
    """Return columns over a line of months, with the years below and the number on each."""
    first, last, most = min(counted) // 12 * 12, max(counted) // 12 * 12 + 11, max(counted.values())
    # Seven years and more are drawn narrower, to fit a wide screen.
    step, high, left = 15 if last - first < 72 else 13, 120, 8
    shapes: list[Shape] = []
    for month in range(first, last + 1):
        x = left + (month - first) * step
        if month % 12 == 0:
            shapes += [line(x - 1, 8, x - 1, high + 44, "rule"), text(x + 4, high + 40, str(month // 12), "faint", 13)]
        if number := counted[month]:
            tall = max(2, round(high * number / most))
            shapes.append(rect(x + 1, 20 + high - tall, step - 3, tall, "mark"))
            shapes.append(text(x + step / 2 - 0.5, 16 + high - tall, str(number), "", 10, "middle"))
    width = left * 2 + (last - first + 1) * step
    shapes.append(line(left - 1, 20 + high, width - left, 20 + high, "line"))
    return Picture(id_, title, width, high + 52, tuple(shapes))


def _linked(book: Book, result: Result, row: Sequence[Term | None], index: int) -> Link:
    """Return a name, linked to the thing whose label it is."""
    names, name = [column.name for column in result.columns], result.columns[index].name
    thing = name.removesuffix("Label")
    term = row[names.index(thing)] if thing != name and thing in names else row[index]
    words = bare(row[index])
    return book.link(term.value, words) if isinstance(term, NamedNode) else Link(words or "not known")


def _called(result: Result, name: str) -> str:
    """Return what a column is called; that of the names of things, as the things are."""
    called = {column.name: column.label for column in result.columns}
    return called.get(name.removesuffix("Label"), called[name])


def _number(term: Term | None) -> float:
    try:
        return float(bare(term))
    except ValueError:
        return 0


def _said(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
