"""Who held which office when: each tenure with its certainty and source, and the letters of those days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.dates import span
from kgpub.publish.pages.letters import Letter, by_sender
from kgpub.publish.pages.names import span_words
from kgpub.publish.pages.page import Link

__all__ = ["Tenure", "of_holder", "of_office", "tenures", "within"]

_OPEN: Final = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in an office; `first` and `last` are the widest days that the dates may mean, None where an end is not known."""

    iri: str
    holder: str
    office: str
    holder_link: Link
    office_link: Link
    when: str
    start: str
    end: str
    first: date | None
    last: date | None
    sure_from: date | None
    """The last day on which it may have begun."""
    sure_until: date | None
    """The first day on which it may have ended."""
    certainty: str
    """"inferred" or "conjectured"; empty where it is printed or looked up."""
    source: str
    letters: int
    """How many letters the holder sent in those days."""

    @property
    def anchor(self) -> str:
        """Return the fragment of its IRI."""
        return self.iri.partition("#")[2]


@once
def tenures(book: Book) -> tuple[Tenure, ...]:
    """Return all tenures by their start, those of unknown start first."""
    found = (_tenure(book, iri) for iri in book.facts.things("cwc:Tenure"))
    return tuple(sorted(found, key=lambda one: (one.first or date.min, one.last or date.max, one.iri)))


@once
def of_holder(book: Book) -> Mapping[str, tuple[Tenure, ...]]:
    """Return the tenures of each person."""
    return _by((one.holder, one) for one in tenures(book))


@once
def of_office(book: Book) -> Mapping[str, tuple[Tenure, ...]]:
    """Return the tenures of each office."""
    return _by((one.office, one) for one in tenures(book))


def within(tenure: Tenure, letter: Letter) -> bool:
    """Say whether the first day that a letter's date may mean is in a tenure; an end that is not known bounds nothing."""
    if letter.day is None:
        return False
    return (tenure.first or _OPEN[0]) <= letter.day <= (tenure.last or _OPEN[1])


def _tenure(book: Book, iri: str) -> Tenure:
    facts = book.facts
    holder, office = facts.node(iri, "cwc:holder"), facts.node(iri, "cwc:office")
    start, end = facts.text(iri, "cwc:from"), facts.text(iri, "cwc:until")
    certainty = facts.text(iri, "cwc:certainty")
    bounds = [span(one) if one else None for one in (start, end)]
    found = Tenure(
        iri=iri,
        holder=holder,
        office=office,
        holder_link=book.link(holder),
        office_link=book.link(office),
        when=span_words(start, end, known="dates not known"),
        start=start,
        end=end,
        first=bounds[0][0] if bounds[0] else None,
        last=bounds[1][1] if bounds[1] else None,
        sure_from=bounds[0][1] if bounds[0] else None,
        sure_until=bounds[1][0] if bounds[1] else None,
        certainty="" if certainty == "printed" else certainty,
        source=facts.text(iri, "dcterms:source"),
        letters=0,
    )
    return _counted(found, by_sender(book).get(holder, ()))


def _counted(tenure: Tenure, letters: Iterable[Letter]) -> Tenure:
    return replace(tenure, letters=sum(within(tenure, letter) for letter in letters))


def _by(pairs: Iterable[tuple[str, Tenure]]) -> Mapping[str, tuple[Tenure, ...]]:
    found: defaultdict[str, list[Tenure]] = defaultdict(list)
    for key, tenure in pairs:
        found[key].append(tenure)
    return {key: tuple(one) for key, one in sorted(found.items())}
