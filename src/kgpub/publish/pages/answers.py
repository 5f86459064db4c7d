"""An answer as a page shows it: an IRI and its label are one linked cell, a day is said in words, a long answer is cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.page import Link
from kgpub.results import Result, Term, bare
from kgpub.vocabulary import EDTF, PREFIXES

__all__ = ["Cell", "Head", "Table", "label_of", "table"]

_XSD: Final = PREFIXES["xsd"]
_NUMBERS: Final = frozenset(f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float"))
_DAYS: Final = frozenset((*(f"{_XSD}{name}" for name in ("date", "dateTime", "gYear", "gYearMonth")), EDTF))
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?")
"""What a query made a string of by MIN and MAX is a day all the same."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name in the query, what it is called, and whether numbers stand in it."""

    name: str
    label: str
    number: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A shown value, and what it is sorted by where that is not its text."""

    link: Link
    value: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, the first rows, and how many rows there are in all."""

    head: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


def table(book: Book, result: Result, most: int) -> Table:
    """Return the first `most` rows; a column `x` that has a column `xLabel` is shown as that label, linked."""
    names = [column.name for column in result.columns]
    labels = {i: names.index(label_of(name)) for i, name in enumerate(names) if label_of(name) in names}
    shown = [i for i in range(len(names)) if i not in labels.values()]
    rows = result.rows[:most]
    return Table(
        tuple(Head(names[i], result.columns[i].label, _numeric(result, i)) for i in shown),
        tuple(tuple(_cell(book, row[i], row[labels[i]] if i in labels else None) for i in shown) for row in rows),
        len(result.rows),
    )


def label_of(name: str) -> str:
    """Return the name of the column that has the names of the things in another."""
    return f"{name}Label"


def _cell(book: Book, term: Term | None, label: Term | None) -> Cell:
    if term is None:
        return Cell(Link(bare(label), lang=_language(label)))
    if isinstance(term, NamedNode):
        text = bare(label) or _named(book, term.value)
        link = book.link(term.value, text)
        return Cell(Link(text, link.href, _language(label), link.elsewhere))
    if isinstance(term, Literal) and (term.datatype.value in _DAYS or _DAY.fullmatch(term.value)):
        return Cell(Link(in_words(term.value)), term.value)
    return Cell(Link(bare(term), lang=_language(term)))


def _named(book: Book, iri: str) -> str:
    return book.facts.label(iri) if iri in book.facts else book.short(iri)


def _language(term: Term | None) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""


def _numeric(result: Result, index: int) -> bool:
    cells = [row[index] for row in result.rows if row[index] is not None]
    return bool(cells) and all(isinstance(one, Literal) and one.datatype.value in _NUMBERS for one in cells)
