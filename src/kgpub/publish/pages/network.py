"""The network: who wrote to whom and through whom, as a picture of flows and as a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.drawing import Picture
from kgpub.publish.pages.facets import narrowed
from kgpub.publish.pages.letters import Letter, letters
from kgpub.publish.pages.network_picture import Flow, Node, flows
from kgpub.publish.pages.page import Link, Page

__all__ = ["Network", "Pair", "correspondence", "pages"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One who wrote and one who was written to."""

    sender: Link
    recipient: Link
    letters: Link
    relays: tuple[tuple[Link, int], ...]
    """Through whom, and how many of the letters."""
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Network:
    """What the page shows."""

    picture: Picture
    pairs: tuple[Pair, ...]
    senders: int
    recipients: int
    relays: int
    several: int
    """How many letters have several senders, recipients or relays, and so are drawn more than once."""
    without: tuple[Link, ...]
    """Letters without a sender or without a recipient."""


@once
def correspondence(book: Book) -> Mapping[tuple[str, str], tuple[Letter, ...]]:
    """Return the letters of each (sender, recipient), most first."""
    found: defaultdict[tuple[str, str], list[Letter]] = defaultdict(list)
    for letter in letters(book):
        for sender in letter.senders:
            for recipient in letter.recipients:
                found[sender, recipient].append(letter)
    return {key: tuple(found[key]) for key in sorted(found, key=lambda one: (-len(found[one]), one))}


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of the network, where anybody wrote to anybody."""
    pairs = correspondence(book)
    if not pairs:
        return
    known = letters(book)
    sent = [one for one in known if one.senders and one.recipients]
    own = Network(
        picture=_drawn(book),
        pairs=tuple(_pair(book, key, some) for key, some in pairs.items()),
        senders=len({sender for sender, _ in pairs}),
        recipients=len({recipient for _, recipient in pairs}),
        relays=len({relay for one in sent for relay in one.via}),
        several=sum(1 for one in sent if len(one.senders) > 1 or len(one.recipients) > 1 or len(one.via) > 1),
        without=tuple(book.link(one.iri) for one in known if one not in sent),
    )
    words = "Who wrote to whom in these letters, how often, and who passed them on."
    yield Page("network.html", "site/network.html", "Network", own, words, "network")


def _pair(book: Book, key: tuple[str, str], some: tuple[Letter, ...]) -> Pair:
    sender, recipient = key
    relays: defaultdict[str, int] = defaultdict(int)
    for letter in some:
        for relay in letter.via:
            relays[relay] += 1
    dated = [one.date for one in some if one.date]
    return Pair(
        sender=book.link(sender),
        recipient=book.link(recipient),
        letters=Link(str(len(some)), narrowed(book, sender=sender, recipient=recipient)),
        relays=tuple((book.link(one), relays[one]) for one in sorted(relays, key=lambda one: (-relays[one], one))),
        first=dated[0] if dated else "",
        last=dated[-1] if dated else "",
    )


def _drawn(book: Book) -> Picture:
    """Return the picture: a letter without a relay flows from sender to recipient, one with relays through each of them."""
    counts: defaultdict[tuple[str, str, str, str], int] = defaultdict(int)
    weight: defaultdict[tuple[str, str], int] = defaultdict(int)
    for (sender, recipient), some in correspondence(book).items():
        for letter in some:
            if not letter.via:
                counts["from", sender, "to", recipient] += 1
            for relay in letter.via:
                counts["from", sender, "via", relay] += 1
                counts["via", relay, "to", recipient] += 1
    for letter in letters(book):
        if letter.senders and letter.recipients:
            for role, some_of in (("from", letter.senders), ("via", letter.via), ("to", letter.recipients)):
                for actor in some_of:
                    weight[role, actor] += 1
    nodes = {key: Node(key[0], key[1], book.link(key[1]), weight[key]) for key in sorted(weight)}
    known = [
        Flow(nodes[start, one], nodes[end, other], count, *_said(book, (start, one), (end, other), count))
        for (start, one, end, other), count in sorted(counts.items())
    ]
    return flows(tuple(nodes.values()), known)


def _said(book: Book, start: tuple[str, str], end: tuple[str, str], count: int) -> tuple[str, str]:
    """Return where the letters of a flow are listed, and what it is in words."""
    names = {"from": "sender", "via": "via", "to": "recipient"}
    href = narrowed(book, **{names[start[0]]: start[1], names[end[0]]: end[1]})
    one, other = book.facts.label(start[1]), book.facts.label(end[1])
    words = f"{count} letter{'s' if count != 1 else ''}"
    if end[0] == "via":
        return href, f"{one}, passed on by {other}: {words}"
    if start[0] == "via":
        return href, f"Passed on by {one} to {other}: {words}"
    whole = len(correspondence(book)[start[1], end[1]])
    more = f", and {whole - count} through a relay" if whole > count else ""
    return href, f"{one} to {other}: {words} without a relay{more}"
