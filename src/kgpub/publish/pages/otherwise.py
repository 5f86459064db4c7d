"""What else an actor has to do with the letters: lost letters, notes, deciphering, translation, articles, indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.dates import day_of, in_words
from kgpub.publish.pages.evidence import where
from kgpub.publish.pages.letters import Letter, by_iri
from kgpub.publish.pages.listing import chips
from kgpub.publish.pages.page import Link

__all__ = ["Indexed", "Lost", "Otherwise", "otherwise"]


@dataclass(frozen=True, slots=True)
class Lost:
    """A letter that is known only from being cited."""

    letter: Link
    when: str
    sent: bool


@dataclass(frozen=True, slots=True)
class Indexed:
    """An entry of a printed index that means somebody."""

    printed: str
    said: str
    place: str
    publication: Link


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What an actor does beside sending and receiving."""

    lost: tuple[Lost, ...]
    noted: tuple[Link, ...]
    """Letters with a note in this hand."""
    handled: tuple[tuple[str, tuple[Link, ...]], ...]
    """Steps on the way of letters, each with the letters."""
    translated: tuple[Link, ...]
    wrote: tuple[Link, ...]
    """Articles and editions."""
    indexed: tuple[Indexed, ...]

    def __bool__(self) -> bool:
        """Whether there is any but lost letters."""
        return any((self.noted, self.handled, self.translated, self.wrote, self.indexed))


def otherwise(book: Book, iri: str) -> Otherwise:
    """Return what else an actor has to do with the letters."""
    facts = book.facts
    stages: defaultdict[str, list[str]] = defaultdict(list)
    for node in facts.pointing(iri, "cwc:agent"):
        stages[facts.label(facts.node(node, "cwc:stage"))].append(node.partition("#")[0])
    editions = facts.pointing(iri, "cwc:translator")
    translated = (letter for edition in editions for letter in facts.pointing(edition, "cwc:edition"))
    return Otherwise(
        lost=_lost(book, iri),
        noted=_letters(book, (node.partition("#")[0] for node in facts.pointing(iri, "cwc:noteBy"))),
        handled=tuple((stage, _letters(book, stages[stage])) for stage in sorted(stages)),
        translated=_letters(book, translated),
        wrote=book.links(sorted(facts.pointing(iri, "dcterms:creator"), key=facts.label)),
        indexed=_indexed(book, iri),
    )


def _lost(book: Book, iri: str) -> tuple[Lost, ...]:
    facts, found = book.facts, []
    for prefixed in ("cwc:citedSender", "cwc:citedRecipient"):
        for one in facts.pointing(iri, prefixed):
            if facts.is_a(one, "cwc:AttestedDocument"):
                when = facts.text(one, "cwc:citedDate")
                lost = Lost(book.link(one), in_words(when) if when else "", prefixed == "cwc:citedSender")
                found.append((str(day_of(when) or "9"), one, lost))
    return tuple(lost for *_, lost in sorted(found, key=lambda row: row[:2]))


def _letters(book: Book, iris: Iterable[str]) -> tuple[Link, ...]:
    known = by_iri(book)
    wanted: list[Letter] = [known[one] for one in sorted(set(iris)) if one in known]
    return chips(book, sorted(wanted, key=lambda one: one.order))


def _indexed(book: Book, iri: str) -> tuple[Indexed, ...]:
    facts, found = book.facts, []
    for node in facts.pointing(iri, "cwc:identifies"):
        publication = node.partition("#")[0]
        found.append(
            Indexed(
                printed=facts.text(node, "cwc:printedForm"),
                said=facts.text(node, "cwc:identifiedAs"),
                place=where(facts.text(node, "cwc:page"), facts.text(node, "cwc:lines")),
                publication=book.link(publication),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.publication.text, one.place, one.printed)))
