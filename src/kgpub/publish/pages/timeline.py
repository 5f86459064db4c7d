"""The timeline: every letter as a mark on its day, with the dated events of the graph as bands; a table says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.browse import anchor_of
from kgpub.publish.pages.dates import in_words, month_name, span
from kgpub.publish.pages.drawing import Picture
from kgpub.publish.pages.facets import LIST
from kgpub.publish.pages.letters import Letter, by_mention, letters
from kgpub.publish.pages.months import calendar
from kgpub.publish.pages.page import Link, Page
from kgpub.publish.pages.timeline_picture import Band, Mark, tall, wide

__all__ = ["Happening", "Line", "Times", "pages"]


@dataclass(frozen=True, slots=True)
class Line:
    """A month in the table; `silent` is how many months without a letter it stands for, zero where it has some."""

    name: Link
    letters: tuple[Link, ...]
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """A dated event."""

    name: Link
    what: str
    days: str
    mentions: int
    """How many letters mention it."""


@dataclass(frozen=True, slots=True)
class Times:
    """What the page shows."""

    wide: Picture
    tall: Picture
    lines: tuple[Line, ...]
    events: tuple[Happening, ...]
    before: tuple[Happening, ...]
    """Events outside the years of the letters."""
    undated: tuple[Link, ...]
    total: int


def pages(book: Book) -> Iterator[Page]:
    """Yield the timeline, where any letter has a date."""
    dated = [one for one in letters(book) if one.day]
    if not dated:
        return
    days = [one.day for one in dated if one.day]
    years = (min(days).year, max(days).year)
    events = _events(book)
    inside = [one for one in events if one[1].year <= years[1] and one[2].year >= years[0]]
    bands = [Band(book.link(iri), first, last) for iri, first, last in inside]
    marks = [_mark(book, one) for one in dated]
    own = Times(
        wide=wide(years, marks, bands),
        tall=tall(years, marks, bands),
        lines=tuple(_lines(book, dated)),
        events=tuple(_happening(book, *one) for one in inside),
        before=tuple(_happening(book, *one) for one in events if one not in inside),
        undated=tuple(book.link(one.iri) for one in letters(book) if not one.day),
        total=len(dated),
    )
    title = f"Timeline {years[0]}–{years[1]}" if years[0] != years[1] else f"Timeline {years[0]}"
    words = f"{len(dated)} letters by day, with the events that they tell of."
    yield Page("timeline.html", "site/timeline.html", title, own, words, "timeline")


def _mark(book: Book, letter: Letter) -> Mark:
    assert letter.day
    link = book.link(letter.iri)
    return Mark(Link(link.text, link.href, title=f"{in_words(letter.date)}: {link.text}"), letter.day, letter.id)


def _events(book: Book) -> list[tuple[str, date, date]]:
    found = []
    for iri in book.facts.things("cwc:Event"):
        first, last = span(book.facts.text(iri, "cwc:from")), span(book.facts.text(iri, "cwc:until"))
        if first:
            found.append((iri, first[0], (last or first)[1]))
    return sorted(found, key=lambda one: (one[1], one[2], one[0]))


def _happening(book: Book, iri: str, first: date, last: date) -> Happening:
    start, end = book.facts.text(iri, "cwc:from"), book.facts.text(iri, "cwc:until")
    days = f"{in_words(start)} – {in_words(end)}" if end else in_words(start)
    return Happening(
        book.link(iri), book.facts.text(iri, "dcterms:description"), days, len(by_mention(book).get(iri, ()))
    )


def _lines(book: Book, dated: list[Letter]) -> Iterator[Line]:
    found = {month: tuple(some) for month, some in groupby(dated, lambda one: str(one.day)[:7])}
    months = [f"{year}-{month:02}" for year, month in calendar([one.day for one in dated if one.day])]
    # The months before the first letter and after the last are no gaps of the record.
    months = [one for one in months if min(found) <= one <= max(found)]
    for there, some in groupby(months, lambda one: one in found):
        run = list(some)
        if there:
            for month in run:
                link = Link(_month(month), f"{LIST}#{anchor_of(month)}")
                yield Line(link, tuple(_short(book, one) for one in found[month]))
        else:
            words = _month(run[0]) if len(run) == 1 else f"{_month(run[0])} – {_month(run[-1])}"
            yield Line(Link(words), (), len(run))


def _short(book: Book, letter: Letter) -> Link:
    link = book.link(letter.iri)
    return Link(letter.id, link.href, title=link.text)


def _month(month: str) -> str:
    return f"{month_name(int(month[5:]))} {month[:4]}"
