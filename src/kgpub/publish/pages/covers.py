"""Cover names by channel: which name somebody used towards whom, as signature or address, in what days, in which letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.letters import Letter, by_cover_name
from kgpub.publish.pages.listing import chips
from kgpub.publish.pages.names import Names, names, span_words
from kgpub.publish.pages.page import Link

__all__ = ["Channel", "Cover", "covers", "towards"]


@dataclass(frozen=True, slots=True)
class Channel:
    """A use of a cover name between two people."""

    owner: Link
    name: Link
    partner: Link
    signed: bool
    """Whether the owner signs with it; else the partner addresses the owner by it."""
    when: str
    direct: tuple[Link, ...]
    """Letters between the two with the name in them."""
    passed: tuple[Link, ...]
    """Letters with the name that the partner passed on."""
    source: str


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover name and its channels."""

    anchor: str
    name: str
    names: Names
    letters: int
    signed: tuple[Channel, ...]
    addressed: tuple[Channel, ...]
    others: tuple[Link, ...]
    """Letters that bear it and stand in none of the channels."""


def covers(book: Book, iri: str) -> tuple[Cover, ...]:
    """Return the cover names of a person, the one of most letters first."""
    found = []
    for cover in book.facts.pointing(iri, "cwc:pseudonymOf"):
        used = [_channel(book, node) for node in book.facts.pointing(cover, "cwc:useOf")]
        used.sort(key=lambda one: (-len(one.direct) - len(one.passed), one.partner.text))
        bearing = by_cover_name(book).get(cover, ())
        placed = {link.href for one in used for link in (*one.direct, *one.passed)}
        told = Cover(
            anchor=cover.partition("#")[2],
            name=book.facts.label(cover),
            names=names(book, cover),
            letters=len(bearing),
            signed=tuple(one for one in used if one.signed),
            addressed=tuple(one for one in used if not one.signed),
            others=tuple(link for link in chips(book, bearing) if link.href not in placed),
        )
        found.append(told)
    return tuple(sorted(found, key=lambda one: (-one.letters, one.name)))


def towards(book: Book, iri: str) -> tuple[Channel, ...]:
    """Return the uses of others' cover names with a person: who signed so to them, whom they addressed so."""
    found = [_channel(book, node) for node in book.facts.pointing(iri, "cwc:usedWith")]
    return tuple(sorted(found, key=lambda one: (one.owner.text, -len(one.direct) - len(one.passed), one.name.text)))


def _channel(book: Book, node: str) -> Channel:
    facts = book.facts
    cover, partner = facts.node(node, "cwc:useOf"), facts.node(node, "cwc:usedWith")
    owner = facts.node(cover, "cwc:pseudonymOf")
    signed = facts.text(node, "cwc:usedAs") == "signature"
    bearing = [
        one for one in by_cover_name(book).get(cover, ()) if cover in (one.signed_as if signed else one.addressed_as)
    ]
    direct = [one for one in bearing if partner in (one.recipients if signed else _writers(one))]
    return Channel(
        owner=book.link(owner),
        name=book.link(cover),
        partner=book.link(partner),
        signed=signed,
        when=span_words(facts.text(node, "cwc:from"), facts.text(node, "cwc:until")),
        direct=chips(book, direct),
        passed=chips(book, _passed(bearing, partner, direct)),
        source=facts.text(node, "dcterms:source"),
    )


def _writers(letter: Letter) -> list[str]:
    """Return who wrote a letter: its senders, and signers who did not merely pass it on."""
    return [*letter.senders, *(one for one in letter.signers if one not in letter.via)]


def _passed(letters: Iterable[Letter], partner: str, but: Iterable[Letter]) -> list[Letter]:
    found = {one.iri for one in but}
    return [one for one in letters if partner in one.via and one.iri not in found]
