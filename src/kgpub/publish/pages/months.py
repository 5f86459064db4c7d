"""Letters by month as a small picture: one bar a month, each leading to the month in the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.browse import anchor_of
from kgpub.publish.pages.dates import month_name
from kgpub.publish.pages.drawing import Picture, Shape, line, linked, rect, text
from kgpub.publish.pages.facets import LIST
from kgpub.publish.pages.letters import letters
from kgpub.publish.pages.page import Link

__all__ = ["by_month", "calendar", "draw"]

_STEP = 8
_HIGH = 84
_TOP = 20


@once
def by_month(book: Book) -> Counter[str]:
    """Return how many letters each month has (`1951-06`)."""
    return Counter(str(one.day)[:7] for one in letters(book) if one.day)


def calendar(days: list[date]) -> Iterator[tuple[int, int]]:
    """Yield (year, month) from the first January to the last December in which a day falls."""
    for year in range(min(days).year, max(days).year + 1) if days else ():
        for month in range(1, 13):
            yield year, month


def draw(book: Book) -> Picture | None:
    """Return the picture; None where no letter has a date."""
    counts, days = by_month(book), [one.day for one in letters(book) if one.day]
    if not days:
        return None
    months, most = list(calendar(days)), max(counts.values())
    shapes: list[Shape] = [line(0, _TOP + _HIGH, len(months) * _STEP, _TOP + _HIGH, "line")]
    for number, (year, month) in enumerate(months):
        x = number * _STEP
        if month == 1:
            shapes.append(line(x, _TOP, x, _TOP + _HIGH + 20, "rule"))
            shapes.append(text(x + 4, _TOP + _HIGH + 17, str(year), "faint", 12))
        if count := counts[f"{year}-{month:02}"]:
            high = max(3.0, _HIGH * count / most)
            words = f"{month_name(month)} {year}: {count} letter{'s' if count > 1 else ''}"
            link = Link(words, f"{LIST}#{anchor_of(f'{year}-{month:02}')}", title=words)
            # The whole column can be hit, not the bar alone.
            column = rect(x, _TOP, _STEP, _HIGH, "hit")
            shapes.append(linked(link, column, rect(x + 1, _TOP + _HIGH - high, _STEP - 2, high, "mark")))
        if count == most:
            shapes.append(text(x + _STEP / 2, _TOP + _HIGH - high - 4, str(count), "", 12, "middle"))
    first, last = months[0][0], months[-1][0]
    return Picture("months", f"Letters by month, {first}–{last}", len(months) * _STEP, _TOP + _HIGH + 24, tuple(shapes))
