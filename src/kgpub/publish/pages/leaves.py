"""Where the copies of a letter lie in the archives, and what lies before and behind each in its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.evidence import Evidence
from kgpub.publish.pages.page import Link

__all__ = ["Copy", "Neighbour", "Sheet", "copies_of", "file_of", "leaf_words", "numbers", "reference"]


class Sheet(NamedTuple):
    """A copy in a file: its first and last leaf, the letter, and the leaves as printed."""

    first: int
    last: int
    letter: str
    listy: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The letter before or behind in the same file, its leaves, and what is between."""

    name: Link
    leaves: str
    between: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a letter in an archive."""

    archive: Link
    unit: Link
    reference: str
    leaves: str
    before: tuple[Neighbour, ...]
    behind: tuple[Neighbour, ...]
    others: tuple[Neighbour, ...]
    """Letters on the very same leaves, on some of them, or between them."""
    certainty: str
    read: tuple[str, ...]


def copies_of(book: Book, iri: str, read: Evidence | None = None) -> tuple[Copy, ...]:
    """Return the copies of a letter in the order in which the source note has them."""
    nodes = sorted(book.facts.nodes(iri, "cwc:heldAs"), key=lambda one: _place(book, one))
    return tuple(_copy(book, iri, node, read) for node in nodes)


@once
def _files(book: Book) -> Mapping[str, tuple[Sheet, ...]]:
    """Return the sheets of each archival unit by their leaves."""
    facts = book.facts
    found: dict[str, list[Sheet]] = {}
    for kind in ("cwc:Document", "cwc:AttestedDocument"):
        for iri in facts.things(kind):
            for node in facts.nodes(iri, "cwc:heldAs"):
                unit, listy = facts.node(node, "cwc:inUnit"), facts.text(node, "cwc:listy")
                if unit and (leaves := numbers(listy)):
                    found.setdefault(unit, []).append(Sheet(leaves[0], leaves[-1], iri, listy))
    return {unit: tuple(sorted(found[unit])) for unit in sorted(found)}


def file_of(book: Book, unit: str) -> tuple[Sheet, ...]:
    """Return the sheets in a file (delo, papka …), by leaves."""
    return _files(book).get(unit, ())


def numbers(listy: str) -> list[int]:
    """Return the numbers in a statement of leaves ("5-6, 10-11"), smallest first."""
    return sorted(int(one) for one in re.findall(r"\d+", listy))


def leaf_words(listy: str) -> str:
    """Say leaves: "leaf 79", "leaves 105–107", or that none is printed."""
    several = len(numbers(listy)) > 1
    return f"lea{'ves' if several else 'f'} {listy.replace('-', '–')}" if listy else "leaves not printed"


def reference(book: Book, node: str) -> str:
    """Return a copy's reference as archives are cited: "APRF, fond 45, opis 1, delo 346, listy 105–107"."""
    facts = book.facts
    parts = [facts.text(node, "cwc:archive")]
    for step in ("fond", "opis", "delo", "papka"):
        if value := facts.text(node, f"cwc:{step}"):
            parts.append(f"{step} {value}")
    if listy := facts.text(node, "cwc:listy"):
        parts.append(f"list{'y' if len(numbers(listy)) > 1 else ''} {listy.replace('-', '–')}")
    return ", ".join(filter(None, parts))


def _copy(book: Book, iri: str, node: str, read: Evidence | None) -> Copy:
    facts = book.facts
    unit, listy = facts.node(node, "cwc:inUnit"), facts.text(node, "cwc:listy")
    before, others, behind = _around(book, unit, iri, listy)
    return Copy(
        archive=book.link(_top(book, unit)) if unit else Link(facts.text(node, "cwc:archive")),
        unit=book.link(unit) if unit else Link(""),
        reference=reference(book, node),
        leaves=leaf_words(listy),
        before=before,
        behind=behind,
        others=others,
        certainty=read.sure("cwc:heldAs", node) if read else "",
        read=read.words("cwc:heldAs", node) if read else (),
    )


def _around(
    book: Book, unit: str, iri: str, listy: str
) -> tuple[tuple[Neighbour, ...], tuple[Neighbour, ...], tuple[Neighbour, ...]]:
    """Return the nearest letters before, those on the same leaves, and the nearest behind."""
    own = numbers(listy)
    if not own:
        return (), (), ()
    first, last = own[0], own[-1]
    sheets = [sheet for sheet in file_of(book, unit) if sheet.letter != iri]
    earlier = [sheet for sheet in sheets if sheet.last < first]
    later = [sheet for sheet in sheets if sheet.first > last]
    same = [sheet for sheet in sheets if sheet.first <= last and sheet.last >= first]
    end = max((sheet.last for sheet in earlier), default=0)
    start = min((sheet.first for sheet in later), default=0)
    before = tuple(_neighbour(book, sheet, end + 1, first - 1) for sheet in earlier if sheet.last == end)
    behind = tuple(_neighbour(book, sheet, last + 1, start - 1) for sheet in later if sheet.first == start)
    others = tuple(Neighbour(book.link(sheet.letter), leaf_words(sheet.listy), "") for sheet in same)
    return before, others, behind


def _neighbour(book: Book, sheet: Sheet, start: int, end: int) -> Neighbour:
    return Neighbour(book.link(sheet.letter), leaf_words(sheet.listy), _gap(start, end))


def _gap(start: int, end: int) -> str:
    if end < start:
        return "directly next to it"
    count = end - start + 1
    if count == 1:
        return f"leaf {start} between them is not in this collection"
    return f"leaves {start}–{end} between them ({count}) are not in this collection"


def _top(book: Book, unit: str) -> str:
    seen = [unit]
    while (wider := book.facts.node(seen[-1], "dcterms:isPartOf")) and wider not in seen:
        seen.append(wider)
    return seen[-1]


def _place(book: Book, node: str) -> tuple[int, str]:
    return (int(book.facts.text(node, "cwc:position") or 0), node)
