"""Days known more or less exactly, as the earliest and the latest that they may be: of ours (EDTF) and of Wikidata's."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

__all__ = ["Span", "apart", "joined", "read_edtf", "read_wikidata", "years_between"]

_EDTF = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?")
_TIME = re.compile(r"\+?(\d{4})-(\d{2})-(\d{2})T[\d:.]+Z?")


@dataclass(frozen=True, slots=True)
class Span:
    """From the earliest to the latest day that is meant; both are ISO days, which sort as text."""

    first: str
    last: str

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first}…{self.last}"


def read_edtf(text: str) -> Span | None:
    """Return the days that one of our dates may mean (`1905`, `1953-03`, `190X`, `1878-12-18?`), or None."""
    parts = [one.rstrip("?~%") for one in text.split("/")]
    read = [span for one in parts if (span := _one(one))]
    return Span(read[0].first, read[-1].last) if len(read) == len(parts) else None


def read_wikidata(text: str) -> Span | None:
    """Return the days that a time of Wikidata's `wdt:` may mean, or None.

    There a year alone is written as its 1 January and a month as its first day, so these days stand for the whole of it.
    """
    found = _TIME.fullmatch(text)
    if not found:
        return None
    year, month, day = found.groups()
    if day in ("01", "00"):
        return _one(year if month in ("01", "00") else f"{year}-{month}")
    return _one(f"{year}-{month}-{day}")


def apart(one: Span, other: Span) -> int:
    """Return how many days lie between two dates, 0 where they may be the same day."""
    if one.first <= other.last and other.first <= one.last:
        return 0
    earlier, later = (one, other) if one.last < other.first else (other, one)
    return (date.fromisoformat(later.first) - date.fromisoformat(earlier.last)).days


def joined(spans: Iterable[Span]) -> Span | None:
    """Return the span from the earliest first day to the latest last day, or None where there is none."""
    all_ = list(spans)
    return Span(min(one.first for one in all_), max(one.last for one in all_)) if all_ else None


def years_between(earlier: str, later: str) -> int:
    """Return the whole years from one ISO day to another."""
    return int(later[:4]) - int(earlier[:4]) - (later[5:] < earlier[5:])


def _one(text: str) -> Span | None:
    found = _EDTF.fullmatch(text)
    if not found:
        return None
    year, month, day = found.groups()
    if month in (None, "XX"):
        return Span(f"{year.replace('X', '0')}-01-01", f"{year.replace('X', '9')}-12-31")
    if "X" in year or not 1 <= int(month) <= 12:
        return None
    length = calendar.monthrange(int(year), int(month))[1]
    if day in (None, "XX"):
        return Span(f"{year}-{month}-01", f"{year}-{month}-{length:02}")
    return Span(text, text) if 1 <= int(day) <= length else None
