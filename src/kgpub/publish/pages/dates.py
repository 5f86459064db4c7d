"""Dates of the graph (xsd:date, xsd:dateTime, EDTF) as people read them, and as days to sort and draw by.

EDTF: Library of Congress, Extended Date/Time Format, level 1, as far as the corpus uses it
(`1950-07`, `1950`, `~`, `?`, `/`, `..`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

__all__ = ["day_of", "in_words", "month_name", "span"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_PART = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}):(\d{2})(?::\d{2})?)?([?~%]?)")


def month_name(number: int) -> str:
    """Return the English name of a month, 1 to 12."""
    return _MONTHS[number - 1]


def in_words(text: str) -> str:
    """Return a date in words ("1 July 1950, 04:00", "about October 1949"); what is no date comes back as it is."""
    if "/" in text:
        start, _, end = text.partition("/")
        words = [in_words(one) if one not in ("", "..") else "" for one in (start, end)]
        return " to ".join(words) if all(words) else f"from {words[0]}" if words[0] else f"until {words[1]}"
    found = _PART.fullmatch(text)
    if found is None:
        return text
    year, month, day, hour, minute, mark = found.groups()
    said = f"{_MONTHS[int(month) - 1]} {year}" if month else year
    said = f"{int(day)} {said}" if day else said
    said = f"{said}, {hour}:{minute}" if hour else said
    return {"~": f"about {said}", "?": f"{said} (uncertain)", "%": f"about {said} (uncertain)"}.get(mark, said)


def span(text: str) -> tuple[date, date] | None:
    """Return the first and last day that a date may mean; None for what is no date, or open at an end."""
    start, _, end = text.partition("/")
    bounds = [_bounds(one) for one in (start, end or start)]
    if bounds[0] is None or bounds[1] is None:
        return None
    return bounds[0][0], bounds[1][1]


def day_of(text: str) -> date | None:
    """Return the first day that a date may mean: what to sort and draw by."""
    found = span(text) or span(text.partition("/")[0])
    return found[0] if found else None


def _bounds(text: str) -> tuple[date, date] | None:
    found = _PART.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(one) if one else 0 for one in found.group(1, 2, 3))
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return first, last
