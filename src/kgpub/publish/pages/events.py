"""The page of an event: its days, the letters of those days and of the days around, and the letters that mention it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kgpub.publish.pages.about import about, described, listed_in
from kgpub.publish.pages.asking import questions
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.dates import span
from kgpub.publish.pages.entity import entity_page
from kgpub.publish.pages.letters import Letter, by_mention, letters
from kgpub.publish.pages.listing import Line, Year, by_year, line
from kgpub.publish.pages.names import Names, names, span_words
from kgpub.publish.pages.outside import Outside, outside
from kgpub.publish.pages.page import Link, Page
from kgpub.publish.pages.persons import plain_date

__all__ = ["Event", "pages"]

_AROUND: Final = 7
"""How many days before and after an event its page looks for letters."""


@dataclass(frozen=True, slots=True)
class Event:
    """All that the page of an event shows."""

    gloss: str
    when: str
    open: bool
    """Whether only the beginning is known."""
    names: Names
    counts: tuple[tuple[str, str, int], ...]
    before: tuple[Line, ...]
    during: tuple[Year, ...]
    after: tuple[Line, ...]
    around: int
    mentioned: tuple[Year, ...]
    questions: tuple[Link, ...]
    outside: tuple[Outside, ...]


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of each event."""
    for iri in book.facts.things("cwc:Event"):
        if book.path(iri):
            yield _page(book, iri)


def _page(book: Book, iri: str) -> Page:
    facts = book.facts
    start, end = facts.text(iri, "cwc:from"), facts.text(iri, "cwc:until")
    first, last = span(start) if start else None, span(end or start) if end or start else None
    before, during, after = _days(book, first[0], last[1]) if first and last else ((), (), ())
    mentioned = by_mention(book).get(iri, ())
    counts = (("days", "written in its days", len(during)), ("mentioned", "mention it", len(mentioned)))
    own = Event(
        gloss=facts.text(iri, "dcterms:description"),
        when=span_words(start, end),
        open=bool(start) and not end,
        names=names(book, iri),
        counts=tuple(one for one in counts if one[2]),
        before=tuple(line(book, one, year=True) for one in before),
        during=by_year(book, during),
        after=tuple(line(book, one, year=True) for one in after),
        around=_AROUND,
        mentioned=by_year(book, mentioned),
        questions=questions(book, iri, (("mentions-of", "who", mentioned),)),
        outside=outside(book, iri),
    )
    provenance = (
        listed_in(book, "events"),
        "Letters of its days are found by date alone; whether they speak of it is not said by that." if start else "",
    )
    common = about(book, iri, "Event", filter(None, provenance), plain=own.when)
    schema = described(book, iri, "Event", startDate=plain_date(start), endDate=plain_date(end))
    return entity_page(book, common, "site/event.html", "timeline", schema, own)


def _days(book: Book, first: date, last: date) -> tuple[tuple[Letter, ...], tuple[Letter, ...], tuple[Letter, ...]]:
    """Return the letters of the days before, of the days of an event, and of the days after; only letters whose day is known."""
    near = timedelta(_AROUND)
    dated = [(one, one.day) for one in letters(book) if one.day and len(one.date) >= len("1950-07-01")]
    before = tuple(one for one, day in dated if first - near <= day < first)
    during = tuple(one for one, day in dated if first <= day <= last)
    return before, during, tuple(one for one, day in dated if last < day <= last + near)
