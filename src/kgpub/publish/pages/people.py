"""The lists of all persons and bodies: by name, by number of letters, by the first letter that has them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.dates import month_name
from kgpub.publish.pages.letters import Letter
from kgpub.publish.pages.names import names
from kgpub.publish.pages.page import Page
from kgpub.publish.pages.persons import Roles, life, roles

__all__ = ["Entry", "Listing", "Section", "filed_under", "pages"]

_ORDERS: Final = (
    ("people.html", "By name", "People"),
    ("people-by-letters.html", "By number of letters", "People by number of letters"),
    ("people-by-first-letter.html", "By first letter", "People by their first letter"),
)
"""File, name of the order, title of the page."""
_COLUMNS: Final = ("sent", "received", "passed on", "copied", "mentioned")


@dataclass(frozen=True, slots=True)
class Entry:
    """A person or body in a list."""

    href: str
    name: tuple[str, str, str]
    """The name in three pieces, of which the middle is what it is filed under."""
    gloss: str
    life: str
    covers: tuple[str, ...]
    found_by: str
    """Names in other scripts, for the filter."""
    unidentified: bool
    counts: tuple[int, ...]
    """Letters sent, received, passed on, got as a copy, and those that mention the name."""
    first: str
    """The day of the first of them, for machines ("1950-01-31"); empty where there is none."""

    @property
    def total(self) -> int:
        """Return in how many letters somebody stands, those counted twice that have them in two roles."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a list under its heading."""

    id: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in one order."""

    orders: tuple[tuple[str, str, bool], ...]
    """File, name, and whether it is this one."""
    columns: tuple[str, ...]
    persons: int
    bodies: int
    unidentified: int
    parts: tuple[tuple[str, str, tuple[Section, ...]], ...]
    """Anchor and heading of a part of the page, and its sections."""


def pages(book: Book) -> Iterator[Page]:
    """Yield the list in each of its three orders."""
    persons, bodies = entries(book, "cwc:Person"), entries(book, "cwc:Organisation")
    by_name = (("persons", "Persons", _alphabet("p", persons)), ("bodies", "Bodies", _alphabet("b", bodies)))
    everyone = (*persons, *bodies)
    parts = (by_name, (("all", "", _by_number(everyone)),), (("all", "", _by_first(everyone)),))
    for (path, _, title), sections in zip(_ORDERS, parts, strict=True):
        body = Listing(
            orders=tuple((file, name, file == path) for file, name, _ in _ORDERS),
            columns=_COLUMNS,
            persons=len(persons),
            bodies=len(bodies),
            unidentified=sum(one.unidentified for one in everyone),
            parts=tuple(part for part in sections if part[2]),
        )
        description = "Who sent, received, passed on or is named in the letters, with how many of each."
        yield Page(path, "site/people.html", title, body, description, section="people", scripts=("people.js",))


def entries(book: Book, kind: str) -> tuple[Entry, ...]:
    """Return the entries of a class that have a page, by name."""
    found = [_entry(book, iri) for iri in book.facts.things(kind) if book.path(iri)]
    return tuple(sorted(found, key=lambda one: (folded(one.name[1]), folded("".join(one.name)), one.href)))


def _entry(book: Book, iri: str) -> Entry:
    facts, called = book.facts, names(book, iri)
    had = roles(book, iri)
    label = facts.label(iri)
    return Entry(
        href=book.path(iri),
        name=_filed(book, iri, label) if facts.is_a(iri, "cwc:Person") else ("", label, ""),
        gloss=facts.text(iri, "dcterms:description"),
        life=life(facts.text(iri, "cwc:born")[:4], facts.text(iri, "cwc:died")[:4]),
        covers=tuple(sorted(facts.label(one) for one in facts.pointing(iri, "cwc:pseudonymOf"))),
        found_by=" ".join(dict.fromkeys(link.text for one in called.scripts for link in one.forms)),
        unidentified=facts.text(iri, "cwc:unidentified") == "true",
        counts=tuple(map(len, (had.sent, had.received, had.relayed, had.copied, had.mentioned))),
        first=_first(had),
    )


def _first(had: Roles) -> str:
    groups: tuple[Sequence[Letter], ...] = (had.sent, had.received, had.relayed, had.copied, had.mentioned)
    days = [one.day for group in groups for one in group[:1] if one.day]
    return min(days).isoformat() if days else ""


def filed_under(label: str, unidentified: bool, romanised: Iterable[str]) -> int:
    """Return which word of a name it is filed under.

    A family name stands first in Chinese and Korean names: where a romanised form (Pinyin, Wade-Giles, McCune-Reischauer …)
    begins as the name does, or where a given name has a hyphen; also where all that is known is what was printed. Else it
    stands last.
    """
    words = label.split(" (")[0].split()
    initial = folded(label[:1])
    first = unidentified or any(folded(one[:1]) == initial for one in romanised)
    given = words[-1].partition("-")[2][:1] if words else ""
    return 0 if first or given.islower() else len(words) - 1


def _filed(book: Book, iri: str, label: str) -> tuple[str, str, str]:
    tags = ("zh-latn", "ko-latn")
    romanised = [one.text for one in book.facts.values(iri, "skos:altLabel") if one.lang.lower().startswith(tags)]
    unidentified = book.facts.text(iri, "cwc:unidentified") == "true"
    words = label.split(" ")
    at = filed_under(label, unidentified, romanised)
    before, after = " ".join(words[:at]), " ".join(words[at + 1 :])
    return f"{before} " if before else "", words[at], f" {after}" if after else ""


def folded(text: str) -> str:
    """Return text without case and marks, to sort by."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)).casefold()


def _alphabet(prefix: str, found: Sequence[Entry]) -> tuple[Section, ...]:
    letters = groupby(found, key=lambda one: folded(one.name[1][:1]).upper())
    return tuple(Section(f"{prefix}-{letter.lower()}", letter, tuple(group)) for letter, group in letters)


def _by_number(found: Sequence[Entry]) -> tuple[Section, ...]:
    def share(entry: Entry) -> tuple[str, str]:
        own = sum(entry.counts[:3])
        if own >= 10:
            return "ten", "Ten letters or more, sent, received or passed on"
        if own:
            return "some", "Fewer than ten"
        return ("named", "Only copied or mentioned") if entry.total else ("none", "In no letter")

    order = sorted(found, key=lambda one: (-sum(one.counts[:3]), -one.total, folded(one.name[1]), one.href))
    return tuple(Section(id, words, tuple(group)) for (id, words), group in groupby(order, key=share))


def _by_first(found: Sequence[Entry]) -> tuple[Section, ...]:
    order = sorted(found, key=lambda one: (one.first or "9", folded(one.name[1]), one.href))
    months = groupby(order, key=lambda one: one.first[:7])
    return tuple(
        Section(f"m-{month}" if month else "none", _month(month) if month else "In no dated letter", tuple(group))
        for month, group in months
    )


def _month(month: str) -> str:
    return f"{month_name(int(month[5:7]))} {month[:4]}"
