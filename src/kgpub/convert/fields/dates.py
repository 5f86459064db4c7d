"""Printed dates to ISO 8601 dates or EDTF (https://www.loc.gov/standards/datetime/): Russian, English and American forms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

__all__ = ["ROMAN_MONTHS", "FoundDate", "find_dates", "parse_date", "without_overlaps"]

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
ROMAN_MONTHS = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}
_MONTH_NAME = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?:1[89]\d\d|20\d\d)"
# A flipped reading (month before day) is taken only where the plain one lies further off than this: half a season.
_FAR = 60

_NAMED = re.compile(
    rf"[“\"]?(?P<day>\d{{1,2}})[”\"]?(?:\s*\[\d{{1,2}}\])?[.\s]+(?P<month>{_MONTH_NAME})\b\.?"
    rf"(?:,?\s*(?P<year>{_YEAR})|,?\s+(?P<this>of this year))?"
)
_AMERICAN = re.compile(
    rf"\b(?P<month>{_MONTH_NAME})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)"
    rf"(?:,?\s*(?P<year>{_YEAR})\b|,?\s+(?P<this>of this year))?"
)
_RANGE = re.compile(
    r"(?<![\d.,/])(?P<day>\d{1,2})/(?P<last>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d{2})(?![\d])"
)
_NUMERIC = re.compile(
    rf"(?<![\d.,/#-])(?P<day>[0-3]?\d|(?<!\w)[0-3]?[IlO])(?P<sep>[./])\s?(?P<month>[0-3]?\d|[XVI]{{1,4}})"
    rf"(?:\s?[./-]\s?(?P<year>{_YEAR}|\d{{2}})(?![\d:])|\s(?P<spaced>{_YEAR})(?!\d)|\.?\s+(?P<this>of this year)"
    rf"|(?P<open>(?![\d])))"
)
# Most lines hold no figure, and so no date; looking for one first saves a third of the time.
_ANY = re.compile(r"\d|[IlO][./]")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH_NAME})\.?,?\s+(?P<year>{_YEAR})\b")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date read in a text: its value (ISO or EDTF), the printed form, and where it stands in the text."""

    value: str
    printed: str
    start: int
    end: int
    dated: bool = True
    """Whether the year is printed; False where it was taken from the date given as near."""


def parse_date(text: str, near: str | None = None) -> str | None:
    """Return the ISO or EDTF value of a text that is a date and nothing else, or None; `near` settles what it leaves open."""
    stripped = text.strip().strip("“”\"'[]().,; ")
    for found in find_dates(stripped, near):
        if found.start == 0 and found.end == len(stripped):
            return found.value
    return None


def find_dates(text: str, near: str | None = None) -> list[FoundDate]:
    """Return the dates in a text in their order; those without a year only where `near` (an ISO date) supplies it."""
    if not _ANY.search(text):
        return []
    anchor = _anchor(near)
    return without_overlaps(_candidates(text, anchor))


def without_overlaps(candidates: Iterable[FoundDate]) -> list[FoundDate]:
    """Return the candidates in the order of the text, of two that overlap the one given first; n log n for n candidates."""
    taken: list[FoundDate] = []
    for found in candidates:
        position = bisect_left(taken, found.start, key=lambda other: other.start)
        free_before = position == 0 or taken[position - 1].end <= found.start
        if free_before and (position == len(taken) or taken[position].start >= found.end):
            taken.insert(position, found)
    return taken


def _candidates(text: str, anchor: date | None) -> Iterator[FoundDate]:
    for match in _RANGE.finditer(text):
        first, last = (_iso(_year(match["year"]), match["month"], match[part]) for part in ("day", "last"))
        if first and last:
            yield _found(match, f"{first}/{last}")
    for pattern in (_NAMED, _AMERICAN):
        for match in pattern.finditer(text):
            year = _year(match["year"]) or (anchor.year if anchor else None)
            value = _iso(year, _month_number(match["month"]), match["day"])
            if value:
                yield _found(match, value, dated=bool(match["year"]))
    for match in _NUMERIC.finditer(text):
        value = _numeric(match, anchor)
        if value:
            yield _found(match, value, dated=bool(match["year"] or match["spaced"]))
    for match in _MONTH_YEAR.finditer(text):
        yield _found(match, f"{match['year']}-{_month_number(match['month']):02d}")


def _found(match: re.Match[str], value: str, *, dated: bool = True) -> FoundDate:
    return FoundDate(value, match.group(0), match.start(), match.end(), dated)


def _numeric(match: re.Match[str], anchor: date | None) -> str | None:
    printed_year = match["year"] or match["spaced"]
    if not printed_year and (anchor is None or match["sep"] == "/"):
        return None
    year = _year(printed_year) if printed_year else (anchor.year if anchor else None)
    day = match["day"].replace("I", "1").replace("l", "1").replace("O", "0")
    month = match["month"]
    if month in ROMAN_MONTHS:
        return _iso(year, ROMAN_MONTHS[month], day)
    if not month.isdigit():
        return None
    plain, flipped = _iso(year, month, day), _iso(year, day, month)
    if plain is None or flipped is None or anchor is None or not printed_year:
        return plain or (flipped if printed_year else None)
    if match["sep"] == "/" or _distance(plain, anchor) > _FAR:
        return flipped if _distance(flipped, anchor) < _distance(plain, anchor) else plain
    return plain


def _distance(value: str, anchor: date) -> int:
    return abs((date.fromisoformat(value) - anchor).days)


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3]))


def _year(printed: str | None) -> int | None:
    if printed is None:
        return None
    return int(printed) if len(printed) == 4 else 1900 + int(printed)


def _iso(year: int | None, month: int | str, day: int | str) -> str | None:
    if year is None:
        return None
    try:
        return date(year, int(month), int(day)).isoformat()
    except ValueError:
        return None


def _anchor(near: str | None) -> date | None:
    if near is None:
        return None
    try:
        return date.fromisoformat(near[:10])
    except ValueError:
        return None
