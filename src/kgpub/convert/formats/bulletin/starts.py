"""Where documents begin: numbered headings in the styles of journals, told from points, notes and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.formats.bulletin.layout import Series
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.source import source_positions

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
# Between heading and source note a document has a text: at least this many lines, blank ones not counted.
_TEXT = 3


def find_starts(
    lines: Sequence[Line], series: Series, last: int, barred: set[int]
) -> tuple[str, list[tuple[int, int]]]:
    """Return style, and number and first line of each document, in the style named, or in the one that finds most."""
    if series.heading in STYLES:
        return series.heading, list(_starts(lines, series.first, last, series.heading, barred))
    best: tuple[str, list[tuple[int, int]]] = ("number-date", [])
    sources = [position + 1 for position in source_positions(lines)]
    for style in STYLES:
        starts = [
            each for each in _starts(lines, series.first, last, style, barred) if _is_heading(lines, each[1], style)
        ]
        kept = _with_sources(lines, starts, sources)
        if len(kept) > len(best[1]):
            best = (style, kept)
    return best


def _starts(lines: Sequence[Line], first: int, last: int, style: str, barred: set[int]) -> Iterator[tuple[int, int]]:
    seen: set[int] = set()
    highest = 0
    for line in lines[first - 1 : last]:
        match = STYLES[style].match(line.text)
        if not match or line.number in barred:
            continue
        number = _unglued(match["number"], highest)
        fits = not seen or highest - _BACK <= number <= highest + _LEAP
        if (
            number
            and number not in seen
            and fits
            and (style != "number-alone" or _is_heading(lines, line.number, style))
        ):
            seen.add(number)
            highest = max(highest, number)
            yield number, line.number


def _unglued(printed: str, highest: int) -> int:
    """Return a heading's number; a page number glued before it is taken off where what is left is the next number."""
    expected = str(highest + 1)
    if len(printed) > len(expected) and printed.endswith(expected) and int(printed) > highest + _LEAP and highest:
        return highest + 1
    return int(printed)


def _is_heading(lines: Sequence[Line], number: int, style: str) -> bool:
    """Whether the lines at a number show what a heading has: a form and a date, and not only the words of a point."""
    start = number if style == "number-alone" else number - 1
    following = [line.text.strip() for line in lines[start : start + _WITHIN] if not line.blank][:3]
    text = " ".join(following)
    named = re.search(rf"\b{_FORM}", text, re.IGNORECASE) or re.search(r"\b(?:to|from)\s+[A-Z]", text)
    return bool(named) and bool(find_dates(text))


def _with_sources(lines: Sequence[Line], starts: list[tuple[int, int]], sources: list[int]) -> list[tuple[int, int]]:
    """Keep the headings that a text and a source note follow before the next: a list of telegrams in a note has none."""
    kept = []
    position = 0
    for order, (number, start) in enumerate(starts):
        following = starts[order + 1][1] if order + 1 < len(starts) else len(lines) + 1
        while position < len(sources) and sources[position] <= start:
            position += 1
        if position < len(sources) and sources[position] < following and _has_text(lines, start, sources[position]):
            kept.append((number, start))
    return kept


def _has_text(lines: Sequence[Line], start: int, source: int) -> bool:
    return sum(not line.blank for line in lines[start : min(source - 1, start + 20)]) >= _TEXT
