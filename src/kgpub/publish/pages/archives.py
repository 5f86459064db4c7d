"""The pages of archives and of their units: where one stands in the tree, and its letters in the order of their leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.cite import cited
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.drawing import Picture
from kgpub.publish.pages.entity import entity, entity_page
from kgpub.publish.pages.leaves import Sheet, file_of, leaf_words
from kgpub.publish.pages.letters import by_iri, by_unit
from kgpub.publish.pages.page import Link, Page
from kgpub.publish.pages.strip import Block, blocks, strip

__all__ = ["Branch", "Item", "LinkEvidence", "Unit", "pages"]

_LEVELS: Final = {
    "archive": "Archive",
    "fond": "Fond: the papers of one body",
    "opis": "Opis: an inventory of a fond",
    "papka": "Papka: a folder",
    "delo": "Delo: a file",
}
_FILES: Final = ("delo", "papka")
"""Levels within which leaves are counted through."""


@dataclass(frozen=True, slots=True)
class Item:
    """A letter in a file, or a gap between two (`letter` is empty): its leaves in words, its day, what is to be said of it."""

    leaves: str
    letter: Link
    when: str = ""
    id: str = ""
    remark: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree, with how many letters lie in it and what is below it."""

    unit: Link
    level: str
    letters: int
    below: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """A link to another collection's entry, and why it was taken or refused."""

    target: Link
    status: str
    words: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An archive or a unit of one."""

    level: str
    description: str
    names: tuple[Link, ...]
    path: tuple[Link, ...]
    """What it is part of, widest first."""
    seat: tuple[Link, ...]
    links: tuple[LinkEvidence, ...]
    letters: int
    below: tuple[Branch, ...]
    items: tuple[Item, ...]
    """Its own letters: in a file with the gaps between them."""
    is_file: bool
    picture: Picture | None


def pages(book: Book) -> Iterator[Page]:
    """Yield the tree of all archives and the page of each unit."""
    units = [iri for iri in book.facts.things("cwc:ArchivalUnit") if book.path(iri)]
    if not units:
        return
    trees = tuple(_branch(book, iri) for iri in _sorted(book, [one for one in units if not _wider(book, one)]))
    yield Page(
        "archives.html",
        "site/archives.html",
        "Archives",
        description="The archives and files in which the letters lie.",
        section="letters",
        body=trees,
    )
    for iri in units:
        own = _unit(book, iri)
        words = f"{own.level or 'Archival unit'} with {own.letters} letters of this collection"
        common = entity(book, iri, own.level or "Archival unit", citation=cited(book, iri, book.facts.label(iri)))
        schema = {"@type": "ArchiveOrganization" if not own.path else "ArchiveComponent", "description": words}
        yield entity_page(book, common, "site/archive.html", "letters", schema, own)


def _unit(book: Book, iri: str) -> Unit:
    facts = book.facts
    level = facts.text(iri, "cwc:level")
    is_file = level in _FILES
    sheets = file_of(book, iri)
    all_ = [one for sheet in sheets for one in _blocks(book, sheet)] if is_file else []
    title = f"The leaves of {facts.label(iri)}: letters as blocks, in the order in which they lie"
    return Unit(
        level=_LEVELS.get(level, level),
        description=facts.text(iri, "dcterms:description"),
        names=tuple(book.shown(one) for one in facts.values(iri, "skos:altLabel")),
        path=tuple(book.link(one, _step(book, one)) for one in reversed(_above(book, iri))),
        seat=book.links(facts.nodes(iri, "cwc:seat")),
        links=_links(book, iri),
        letters=len(by_unit(book).get(iri, ())),
        below=tuple(_branch(book, one) for one in _parts(book, iri)),
        items=tuple(_items(book, iri, sheets, is_file)),
        is_file=is_file,
        picture=strip("leaves", title, all_),
    )


def _blocks(book: Book, sheet: Sheet) -> list[Block]:
    letter = by_iri(book).get(sheet.letter)
    name = letter.id if letter else "cited"
    return blocks(sheet, book.link(sheet.letter), name, letter is None)


def _items(book: Book, iri: str, sheets: tuple[Sheet, ...], is_file: bool) -> Iterator[Item]:
    """Yield the letters by their leaves; in a file, with the gaps between; those without leaves last."""
    end = 0
    for sheet in sheets:
        if is_file and sheet.first > end + 1:
            yield Item(_span(end + 1, sheet.first - 1), Link(""), remark=_gap(sheet.first - end - 1))
        remark = ""
        if is_file and end and sheet.first <= end:
            remark = "on leaves of the one before"
        yield _item(book, sheet.letter, leaf_words(sheet.listy), remark)
        end = max(end, sheet.last)
    listed = {sheet.letter for sheet in sheets}
    for letter in _own(book).get(iri, ()):
        if letter not in listed:
            yield _item(book, letter, "leaves not printed", "")


def _item(book: Book, iri: str, leaves: str, remark: str) -> Item:
    letter = by_iri(book).get(iri)
    if letter is None:
        return Item(
            leaves, book.link(iri), remark="; ".join(filter(None, (remark, "not published here"))), missing=True
        )
    return Item(leaves, book.link(iri), in_words(letter.date), letter.id, remark)


@once
def _own(book: Book) -> dict[str, tuple[str, ...]]:
    """Return the letters that are said to lie in each unit itself, by the unit."""
    found: dict[str, dict[str, None]] = {}
    for iri in book.facts.things("cwc:ArchivalUnit"):
        for copy in book.facts.pointing(iri, "cwc:inUnit"):
            owner = copy.partition("#")[0]
            if owner in book.facts:
                found.setdefault(iri, {})[owner] = None
    return {iri: tuple(found[iri]) for iri in sorted(found)}


def _span(first: int, last: int) -> str:
    return f"leaf {first}" if first == last else f"leaves {first}–{last}"


def _gap(count: int) -> str:
    return f"{count} lea{'f' if count == 1 else 'ves'} of which nothing is published here"


def _branch(book: Book, iri: str, seen: frozenset[str] = frozenset()) -> Branch:
    seen |= {iri}
    below = tuple(_branch(book, one, seen) for one in _parts(book, iri) if one not in seen)
    level = book.facts.text(iri, "cwc:level")
    return Branch(book.link(iri, _step(book, iri)), level, len(by_unit(book).get(iri, ())), below)


def _step(book: Book, iri: str) -> str:
    """Return what a unit is called below its archive: "delo 346" says enough there."""
    words = book.facts.label(iri)
    return words.rpartition(", ")[2] if _wider(book, iri) else words


def _parts(book: Book, iri: str) -> list[str]:
    return _sorted(book, book.facts.pointing(iri, "dcterms:isPartOf"))


def _sorted(book: Book, iris: list[str]) -> list[str]:
    """Return units in the order of the numbers in their names: delo 346 before delo 1000."""

    def order(iri: str) -> tuple[tuple[tuple[int, str], ...], str]:
        parts = re.findall(r"\d+|\D+", book.facts.label(iri))
        return tuple((int(one), "") if one.isdigit() else (-1, one) for one in parts), iri

    return sorted((one for one in iris if book.facts.is_a(one, "cwc:ArchivalUnit")), key=order)


def _wider(book: Book, iri: str) -> str:
    return book.facts.node(iri, "dcterms:isPartOf")


def _above(book: Book, iri: str) -> list[str]:
    """Return what a unit is part of, narrowest first."""
    found: list[str] = []
    at = iri
    while (at := _wider(book, at)) and at not in (iri, *found):
        found.append(at)
    return found


def _links(book: Book, iri: str) -> tuple[LinkEvidence, ...]:
    facts = book.facts
    found = []
    for node in facts.pointing(iri, "cwc:linkSubject"):
        agreed = facts.texts(node, "cwc:agreedOn")
        said = (
            facts.text(node, "cwc:reason"),
            f"Agrees in: {', '.join(sorted(agreed))}." if agreed else "",
            f"Seen: {facts.text(node, 'dcterms:source')}." if facts.text(node, "dcterms:source") else "",
        )
        target = book.link(facts.node(node, "cwc:linkTarget"))
        found.append(LinkEvidence(target, facts.text(node, "cwc:linkStatus"), " ".join(filter(None, said))))
    return tuple(found)
