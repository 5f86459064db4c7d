"""Who wrote to whom, seen from one actor: correspondents with counts, and those who passed letters on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kgpub.publish.pages.asking import asked
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.letters import Letter, by_recipient, by_sender, by_via
from kgpub.publish.pages.listing import chips
from kgpub.publish.pages.page import Link

__all__ = ["Partner", "Relay", "partners", "relayed_by", "relayed_for"]


@dataclass(frozen=True, slots=True)
class Partner:
    """A correspondent: letters to and from them, and the question that lists the letters between the two."""

    name: Link
    sent: int
    received: int
    width_sent: int
    """The bar in percent of the longest."""
    width_received: int
    between: Link | None


@dataclass(frozen=True, slots=True)
class Relay:
    """A way through somebody else."""

    sender: Link
    recipient: Link
    via: Link
    letters: tuple[Link, ...]


def partners(book: Book, iri: str) -> tuple[Partner, ...]:
    """Return an actor's correspondents, the one of most letters first."""
    sent: defaultdict[str, int] = defaultdict(int)
    received: defaultdict[str, int] = defaultdict(int)
    for one in by_sender(book).get(iri, ()):
        for actor in one.recipients:
            sent[actor] += 1
    for one in by_recipient(book).get(iri, ()):
        for actor in one.senders:
            received[actor] += 1
    label = book.facts.label
    order = sorted({*sent, *received}, key=lambda one: (-sent[one] - received[one], label(one), one))
    longest = max((max(sent[one], received[one]) for one in order), default=1)
    return tuple(
        Partner(
            name=book.link(one),
            sent=sent[one],
            received=received[one],
            width_sent=round(100 * sent[one] / longest),
            width_received=round(100 * received[one] / longest),
            between=asked(book, "letters-between", f"{sent[one] + received[one]}", one=iri, other=one),
        )
        for one in order
    )


def relayed_for(book: Book, iri: str) -> tuple[Relay, ...]:
    """Return whose letters to whom an actor passed on, the most first."""
    found: defaultdict[tuple[str, str, str], list[Letter]] = defaultdict(list)
    for one in by_via(book).get(iri, ()):
        for sender in one.senders:
            for recipient in one.recipients:
                found[(sender, recipient, iri)].append(one)
    return _relays(book, found)


def relayed_by(book: Book, iri: str) -> tuple[Relay, ...]:
    """Return who passed on the letters from and to an actor, the most first."""
    found: defaultdict[tuple[str, str, str], list[Letter]] = defaultdict(list)
    for one in by_sender(book).get(iri, ()):
        for via in one.via:
            for recipient in one.recipients:
                found[(iri, recipient, via)].append(one)
    for one in by_recipient(book).get(iri, ()):
        for via in one.via:
            for sender in one.senders:
                found[(sender, iri, via)].append(one)
    return _relays(book, found)


def _relays(book: Book, found: Mapping[tuple[str, str, str], list[Letter]]) -> tuple[Relay, ...]:
    label = book.facts.label
    order = sorted(found, key=lambda key: (-len(found[key]), *map(label, key), key))
    return tuple(
        Relay(book.link(sender), book.link(recipient), book.link(via), chips(book, found[sender, recipient, via]))
        for sender, recipient, via in order
    )
