"""Where documents begin: numbered headings in the styles of journals, told from points, notes and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.formats.bulletin.headings import number_of
from kgpub.convert.formats.bulletin.layout import Series
from kgpub.convert.formats.bulletin.lines import Line

__all__ = ["STYLES", "find_starts"]

_FORM = r"(?:telegram|letter|message|note|memorandum|report|cable|decision|resolution|protocol|directive)"
STYLES: dict[str, re.Pattern[str]] = {
    # 16. 1 July 1950, ciphered telegram, …
    "number-date": re.compile(r"^\s?(?P<number>\d{1,6})\.\s+(?=\d{1,2}\s+[A-Z][a-z]+\s+\d{4}[,.:;])"),
    # Document 7: …
    "document-number": re.compile(r"^\s?(?P<page>\d{0,3})(?i:document)\s+(?:No\.?\s*|#\s*)?(?P<number>\d{1,4})\s*[:.]"),
    # 7. Ciphered telegram from …
    "number-form": re.compile(
        r"^\s?(?:No\.?\s*)?(?P<number>\d{1,6})\.\s+(?=(?:Ciphered|Coded|Draft|Handwritten)?\s?(?i:" + _FORM + r")\b)"
    ),
    # the number alone on its line, the heading on the next
    "number-alone": re.compile(r"^\s?(?:(?i:document|doc\.)\s+)?(?:No\.?\s*|#\s*)?(?P<number>\d{1,4})\.?\s*$"),
}
# A number that runs ahead of the last by more than this is a point of a list or a page, not the next document.
_LEAP = 25
# Headings of neighbours change places in flattened columns, by this many at most.
_BACK = 3
# Lines within which a heading shows its date and form.
_WITHIN = 5


def find_starts(lines: Sequence[Line], series: Series, last: int, barred: set[int]) -> Iterator[tuple[int, str, int]]:
    """Yield number, printed number and first line of each document of a series in the style or pattern of its layout."""
    pattern = re.compile(series.pattern) if series.pattern else STYLES[series.heading]
    seen: set[int] = set()
    highest = 0
    for line in lines[series.first - 1 : last]:
        match = pattern.search(line.text) if line.number not in barred else None
        if not match:
            continue
        printed = match.groupdict().get("number") or str(highest + 1)
        number = _unglued(printed, highest) if printed.isdigit() else number_of(printed)
        fits = not seen or highest - _BACK <= number <= highest + _LEAP
        alone = series.heading == "number-alone" and not series.pattern
        if number and number not in seen and fits and (not alone or _is_heading(lines, line.number)):
            seen.add(number)
            highest = max(highest, number)
            yield number, str(number) if printed.isdigit() else printed, line.number


def _unglued(printed: str, highest: int) -> int:
    """Return a heading's number; a page number glued before it is taken off where what is left is the next number."""
    expected = str(highest + 1)
    if len(printed) > len(expected) and printed.endswith(expected) and int(printed) > highest + _LEAP and highest:
        return highest + 1
    return int(printed)


def _is_heading(lines: Sequence[Line], number: int) -> bool:
    """Whether the lines after a number show what a heading has: a form and a date."""
    following = [line.text.strip() for line in lines[number : number + _WITHIN] if not line.blank][:3]
    text = " ".join(following)
    named = re.search(rf"\b{_FORM}", text, re.IGNORECASE) or re.search(r"\b(?:to|from)\s+[A-Z]", text)
    return bool(named) and bool(find_dates(text))
