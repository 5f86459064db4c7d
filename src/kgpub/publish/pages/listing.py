"""Letters as short lists by year: the day, what somebody did with each, and its title."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.dates import in_words, month_name
from kgpub.publish.pages.letters import Letter
from kgpub.publish.pages.page import Link

__all__ = ["Line", "Year", "by_year", "chips", "line"]


@dataclass(frozen=True, slots=True)
class Line:
    """A letter in a list: its day without the year, its role ("from", "via", "to" or none) in words, its title."""

    day: str
    role: str
    words: str
    letter: Link


@dataclass(frozen=True, slots=True)
class Year:
    """The letters of a year, or those without a date."""

    name: str
    lines: tuple[Line, ...]


def by_year(
    book: Book, letters: Iterable[Letter], role: Callable[[Letter], tuple[str, str]] | None = None
) -> tuple[Year, ...]:
    """Return letters, which stand by day, in their years; `role` gives the class and the words of each."""
    lines = groupby(letters, key=lambda one: str(one.day.year) if one.day else "Undated")
    return tuple(
        Year(name, tuple(line(book, one, *(role(one) if role else ("", ""))) for one in found)) for name, found in lines
    )


def line(book: Book, letter: Letter, role: str = "", words: str = "", *, year: bool = False) -> Line:
    """Return a letter as a line of a list."""
    return Line(_short(letter, year), role, words, book.link(letter.iri, letter.title))


def chips(book: Book, letters: Iterable[Letter]) -> tuple[Link, ...]:
    """Return letters by their identifiers only, the date as a hint: a title would weigh more than all the rest of a long row."""
    return tuple(
        Link(one.id, book.path(one.iri), title=in_words(one.date) if one.date else "undated") for one in letters
    )


def _short(letter: Letter, year: bool) -> str:
    """Return the day as lists have it: "5 Jul", "Jul" where no day is known; with the year where it is asked for."""
    day = letter.day
    if day is None:
        return "undated" if year else ""
    exact = len(letter.date) >= 10 and "/" not in letter.date
    month = month_name(day.month)[:3] if len(letter.date) >= 7 else ""
    said = f"{day.day} {month}" if exact else month
    return f"{said} {day.year}".strip() if year else said
