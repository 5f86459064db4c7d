"""By what the list of letters can be narrowed, and the addresses of narrowed lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.letters import Letter, by_iri, letters

__all__ = ["LIST", "Facet", "Option", "facets", "narrowed", "values_of"]

LIST: Final = "letters.html"
_SAFE: Final = "/:@!$'()*,;~-._"


@dataclass(frozen=True, slots=True)
class Option:
    """A value to narrow by: as it stands in addresses, in words, and how many letters have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A question to narrow by, with the values that the letters have."""

    name: str
    words: str
    options: tuple[Option, ...]


_Values = Callable[[Book, Letter], Iterable[tuple[str, str]]]
"""What a letter has of a facet: (what stands in addresses, words)."""


def _things(of: Callable[[Letter], Iterable[str]]) -> _Values:
    return lambda book, letter: ((_slug(book, iri), book.facts.label(iri)) for iri in of(letter))


def _signed(book: Book, letter: Letter) -> Iterable[tuple[str, str]]:
    for iri in letter.signed_as:
        owner = book.facts.node(iri, "cwc:pseudonymOf")
        label = book.facts.label(iri)
        yield _slug(book, iri), f"{label} ({book.facts.label(owner)})" if owner else label


def _year(book: Book, letter: Letter) -> Iterable[tuple[str, str]]:
    yield (str(letter.day.year),) * 2 if letter.day else ("undated", "undated")


def _archives(book: Book, letter: Letter) -> Iterable[tuple[str, str]]:
    for name in carrier(book, letter).archives:
        yield quote(name, _SAFE), name


def _editions(book: Book, letter: Letter) -> Iterable[tuple[str, str]]:
    for edition in carrier(book, letter).editions:
        for whole in book.facts.nodes(edition, "dcterms:isPartOf"):
            yield _slug(book, whole), book.facts.label(whole)


_FACETS: Final[tuple[tuple[str, str, _Values], ...]] = (
    ("year", "Year", _year),
    ("sender", "Sender", _things(lambda one: one.senders)),
    ("recipient", "Recipient", _things(lambda one: one.recipients)),
    ("signed", "Signed with a cover name", _signed),
    ("via", "Passed on by", _things(lambda one: one.via)),
    ("from", "Sent from", _things(lambda one: one.sent_from)),
    ("to", "Sent to", _things(lambda one: one.sent_to)),
    ("topic", "About", _things(lambda one: one.topics)),
    ("form", "Form", _things(lambda one: (one.form,) if one.form else ())),
    ("secrecy", "Secrecy", _things(lambda one: one.classification)),
    ("urgency", "Urgency", _things(lambda one: one.urgency)),
    ("archive", "Archive", _archives),
    ("edition", "Printed in", _editions),
)


@once
def facets(book: Book) -> tuple[Facet, ...]:
    """Return the facets that some letter has a value of; years in their order, other values by how many letters have them."""
    found = []
    for name, words, _ in _FACETS:
        labels: dict[str, str] = {}
        counts = Counter[str]()
        for letter in letters(book):
            own = dict(values_of(book, letter, name))
            labels |= own
            counts.update(own.keys())
        order = sorted(counts) if name == "year" else sorted(counts, key=lambda one: (-counts[one], labels[one], one))
        if order:
            found.append(Facet(name, words, tuple(Option(one, labels[one], counts[one]) for one in order)))
    return tuple(found)


def values_of(book: Book, letter: Letter, name: str) -> tuple[tuple[str, str], ...]:
    """Return what a letter has of a facet: (value in addresses, words), each once."""
    of = next(values for known, _, values in _FACETS if known == name)
    return tuple(dict.fromkeys(of(book, letter)))


def carrier(book: Book, letter: Letter) -> Letter:
    """Return the letter that a message lies in, whose sheet and print are its own too; itself where it lies in none."""
    known: Mapping[str, Letter] = by_iri(book)
    seen = {letter.iri}
    while letter.enclosed_in in known and letter.enclosed_in not in seen:
        letter = known[letter.enclosed_in]
        seen.add(letter.iri)
    return letter


def narrowed(book: Book, **chosen: str) -> str:
    """Return the address of the list narrowed to values: IRIs of things, or a year, by the names of the facets.

    `from_` stands for the facet `from`.
    """
    pairs = ((name.rstrip("_"), one) for name, one in chosen.items() if one)
    said = "&".join(f"{name}={_slug(book, one) if '/' in one else quote(one, _SAFE)}" for name, one in pairs)
    return f"{LIST}#/?{said}"


def _slug(book: Book, iri: str) -> str:
    """Return a thing as it stands in addresses: a person by kind and name, a term of a scheme and a place by the name alone."""
    own = book.own(iri)
    kind, _, rest = own.partition("/")
    return quote(rest.rpartition("/")[2] if kind in ("concept", "place", "edition") else own, _SAFE)
