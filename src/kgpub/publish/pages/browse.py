"""The list of all letters: by day under months, with what narrows it, and the anchors of months and years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.dates import in_words, month_name
from kgpub.publish.pages.facets import LIST, Facet, facets, values_of
from kgpub.publish.pages.letters import Letter, letters
from kgpub.publish.pages.page import Link, Page

__all__ = ["Catalogue", "Entry", "Month", "Year", "pages"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter in the list."""

    id: str
    link: Link
    date: str
    """As the graph has it, for the file to download."""
    day: str
    """In words."""
    form: str
    stamps: tuple[str, ...]
    numbers: tuple[str, ...]
    inside: str
    """The identifier of the letter that it lies in."""
    values: str
    """What it has of each facet, for the script: `year=1951 sender=person/mao-zedong …`."""


@dataclass(frozen=True, slots=True)
class Month:
    """The letters of a month."""

    anchor: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The months of a year; the undated stand in one without months."""

    anchor: str
    name: str
    count: int
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the page shows."""

    total: int
    enclosed: int
    years: tuple[Year, ...]
    facets: tuple[Facet, ...]
    base: str
    file: str
    """The name of the file to download."""


def pages(book: Book) -> Iterator[Page]:
    """Yield the list of all letters."""
    known = letters(book)
    own = Catalogue(
        total=len(known),
        enclosed=sum(1 for one in known if one.enclosed_in),
        years=tuple(_years(book)),
        facets=facets(book),
        base=book.publication.base,
        file="letters.csv",
    )
    words = f"All {len(known)} letters, to narrow by sender, recipient, place, date, form and archive."
    yield Page(LIST, "site/letters.html", "Letters", own, words, "letters", scripts=("letters.js",))


def _years(book: Book) -> Iterator[Year]:
    for year, found in groupby(letters(book), lambda one: one.day.year if one.day else 0):
        own = tuple(found)
        months = tuple(
            Month(
                anchor_of(month), month_name(int(month[5:])) if month else "", tuple(_entry(book, one) for one in some)
            )
            for month, some in groupby(own, lambda one: str(one.day)[:7] if one.day else "")
        )
        yield Year(f"y-{year}" if year else "undated", str(year or "Undated"), len(own), months)


def anchor_of(month: str) -> str:
    """Return the anchor of a month (`1951-06`) in the list."""
    return f"m-{month}" if month else "m-undated"


def _entry(book: Book, letter: Letter) -> Entry:
    values = [f"{one.name}={value}" for one in facets(book) for value, _ in values_of(book, letter, one.name)]
    inside = letter.enclosed_in.rpartition("/")[2]
    return Entry(
        id=letter.id,
        link=book.link(letter.iri),
        date=letter.date,
        day=in_words(letter.date) if letter.date else "undated",
        form=book.facts.label(letter.form) if letter.form else "",
        stamps=tuple(book.facts.label(one) for one in (*letter.classification, *letter.urgency)),
        numbers=letter.numbers,
        inside=inside,
        values=" ".join(values),
    )
