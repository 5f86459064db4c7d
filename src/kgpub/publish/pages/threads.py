"""What a letter answers and what answers it: the chain around it with its missing letters, and what it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.dates import day_of, in_words
from kgpub.publish.pages.evidence import Evidence
from kgpub.publish.pages.letters import by_iri
from kgpub.publish.pages.page import Link

__all__ = ["Cited", "Step", "Thread", "cited_day", "known_of", "thread"]

_AGREED: Final = {"number": "its number", "parties": "its sender and recipient", "date": "its date"}
_LAST: Final = date.max


@dataclass(frozen=True, slots=True)
class Step:
    """A letter of a chain; a missing one is known only from what others say of it."""

    name: Link
    id: str
    date: str
    here: bool
    missing: bool
    cited_in: tuple[Link, ...]
    """The letters that a missing one is known from."""
    answers: tuple[Link, ...]
    after: str
    """The time since the step before ("2 days later")."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference: what the letter says of another, what that one is taken to be, and by what."""

    answers: bool
    said: str
    to: Link | None
    missing: bool
    by: str
    read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """The chain around a letter in the order of its days, its references, and who refers to it."""

    steps: tuple[Step, ...]
    references: tuple[Cited, ...]
    referred: tuple[Link, ...]


def thread(book: Book, iri: str, read: Evidence | None = None) -> Thread:
    """Return the chain around a letter."""
    chain = _chains(book).get(iri, ())
    found: list[Step] = []
    before: date | None = None
    for one in chain:
        day = _day(book, one)
        found.append(_step(book, one, iri, day, before))
        before = day or before
    return Thread(tuple(found), _references(book, iri, read), _referred(book, iri))


@once
def _chains(book: Book) -> Mapping[str, tuple[str, ...]]:
    """Return for each letter that answers or is answered the whole chain, by day, what is answered before its answer."""
    facts = book.facts
    near: dict[str, set[str]] = {}
    for one in (*facts.things("cwc:Document"), *facts.things("cwc:AttestedDocument")):
        for other in facts.nodes(one, "cwc:inReplyTo"):
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    chains: dict[str, tuple[str, ...]] = {}
    for start in sorted(near):
        if start in chains:
            continue
        reached, open_ends = {start}, [start]
        while open_ends:
            new = near[open_ends.pop()] - reached
            reached |= new
            open_ends += sorted(new)
        ordered = _ordered(book, reached)
        chains |= dict.fromkeys(ordered, ordered)
    return chains


def _ordered(book: Book, chain: set[str]) -> tuple[str, ...]:
    facts = book.facts

    @cache
    def depth(one: str, left: int) -> int:
        # `left` ends a circle, which only wrong data has.
        told = [other for other in facts.nodes(one, "cwc:inReplyTo") if other in chain] if left else []
        return 1 + max((depth(other, left - 1) for other in told), default=0)

    def key(one: str) -> tuple[date, int, str]:
        deep = depth(one, len(chain))
        # A missing letter without a date stands right before the first that answers it.
        answers = [day for other in facts.pointing(one, "cwc:inReplyTo") if (day := _day(book, other))]
        return (_day(book, one) or min(answers, default=_LAST), deep, one)

    return tuple(sorted(chain, key=key))


def _step(book: Book, one: str, here: str, day: date | None, before: date | None) -> Step:
    facts = book.facts
    missing = facts.is_a(one, "cwc:AttestedDocument")
    letter = by_iri(book).get(one)
    when = letter.date if letter else cited_day(book, one)
    days = (day - before).days if day and before else 0
    return Step(
        name=_named(book, one) if missing else book.link(one),
        date=in_words(when) if when else "undated",
        here=one == here,
        missing=missing,
        id=letter.id if letter else "",
        cited_in=tuple(_short(book, other) for other in facts.nodes(one, "cwc:citedIn")),
        answers=tuple(_short(book, other) for other in facts.nodes(one, "cwc:inReplyTo")),
        after=f"{days} day{'s' if days > 1 else ''} later" if days > 0 else "",
    )


def _named(book: Book, one: str) -> Link:
    """Return a link to a missing letter: by what is known of it where no one has given it a title of its own."""
    known = known_of(book, one) if book.facts.nodes(one, "cwc:citedIn") else ""
    return book.link(one, f"{known[:1].upper()}{known[1:]}")


def _short(book: Book, one: str) -> Link:
    """Return a link to a letter of the chain by its identifier and date; to a missing one by its number or date."""
    facts = book.facts
    if letter := by_iri(book).get(one):
        return book.link(one, f"{letter.id} of {in_words(letter.date)}" if letter.date else letter.id)
    number, end, day = facts.text(one, "cwc:citedNumber"), facts.text(one, "cwc:citedNumberEnd"), cited_day(book, one)
    numbered = f"Nos. {number}–{end}" if end else f"No. {number}" if number else f"of {in_words(day)}" if day else ""
    return book.link(one, f"the missing letter {numbered}".strip())


def cited_day(book: Book, one: str) -> str:
    """Return the date that citations give a letter not published here; empty where they give none."""
    return book.facts.text(one, "cwc:citedDate")


def known_of(book: Book, one: str) -> str:
    """Say what citations tell of a letter: "No. 3153 from Mao Zedong to Joseph Stalin of 7 October 1950"."""
    facts = book.facts

    def named(prefixed: str) -> str:
        return " and ".join(facts.label(actor) for actor in facts.nodes(one, prefixed))

    number, end = facts.text(one, "cwc:citedNumber"), facts.text(one, "cwc:citedNumberEnd")
    sender, recipient, day = named("cwc:citedSender"), named("cwc:citedRecipient"), cited_day(book, one)
    numbered = f"Nos. {number}–{end}" if end else f"No. {number}" if number else ""
    parts = (
        numbered or "a letter",
        f"from {sender}" if sender else "",
        f"to {recipient}" if recipient else "",
        f"of {in_words(day)}" if day else "",
    )
    return " ".join(filter(None, parts))


def _day(book: Book, one: str) -> date | None:
    letter = by_iri(book).get(one)
    return letter.day if letter else day_of(cited_day(book, one))


def _references(book: Book, iri: str, read: Evidence | None) -> tuple[Cited, ...]:
    facts = book.facts
    found: dict[tuple[str, str], Cited] = {}
    for node in facts.nodes(iri, "cwc:refersTo"):
        to = facts.node(node, "cwc:resolvedTo")
        answers = facts.text(node, "cwc:referenceKind") == "answers"
        said = known_of(book, node)
        missing = bool(to) and facts.is_a(to, "cwc:AttestedDocument")
        derived = missing and bool(facts.nodes(to, "cwc:citedIn"))
        one = Cited(
            answers=answers,
            said=said,
            to=book.link(to, "what is known of it" if derived else "") if to else None,
            missing=missing,
            by=_found_by(book, node),
            read=read.words("cwc:refersTo", node) if read else (),
        )
        # Two editions of one letter print the same reference: it is told once, the fuller way.
        key = (to or node, "answers" if answers else "refers")
        if key not in found or len(said) > len(found[key].said):
            found[key] = one
    return tuple(sorted(found.values(), key=lambda one: (not one.answers, one.said)))


def _found_by(book: Book, reference: str) -> str:
    """Say how a reference was matched."""
    facts = book.facts
    for match in facts.pointing(reference, "cwc:matchOf"):
        if reason := facts.text(match, "cwc:reason"):
            return f"matched by an editor: {reason}"
        agreed = [_AGREED.get(one, one) for one in sorted(facts.texts(match, "cwc:agreedOn"))]
        if agreed:
            return f"found by {' and '.join(agreed)}"
        return "the only letter between them in the ten days before" if _undated(book, match) else ""
    return ""


def _undated(book: Book, match: str) -> bool:
    return book.facts.text(match, "cwc:rule") == "references-undated"


def _referred(book: Book, iri: str) -> tuple[Link, ...]:
    """Return the letters that refer to this one without answering it."""
    facts = book.facts
    found = set()
    for node in facts.pointing(iri, "cwc:resolvedTo"):
        if facts.text(node, "cwc:referenceKind") != "answers":
            found |= set(facts.pointing(node, "cwc:refersTo"))
    return book.links(sorted(found))
