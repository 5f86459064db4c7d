"""A result as a page shows it: an IRI and its label are one linked cell."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kgpub.results import Result, Term
from kgpub.serve.site import Site
from kgpub.vocabulary import PREFIXES

__all__ = ["Cell", "Table", "cell", "table"]

_NUMBERS = frozenset(f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One shown value: its text, where it leads, its language, and whether it is a number."""

    text: str
    href: str = ""
    lang: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(result: Result, site: Site, root: str = "") -> Table:
    """Return a result's table; a column `x` that has a column `xLabel` beside it is shown as that label, linked."""
    names = [column.name for column in result.columns]
    shown = [i for i, name in enumerate(names) if not (name.endswith("Label") and name.removesuffix("Label") in names)]
    labels = {i: names.index(f"{names[i]}Label") for i in shown if f"{names[i]}Label" in names}
    head = tuple(result.columns[i].label for i in shown)
    rows = tuple(
        tuple(cell(row[i], site, root, label=row[labels[i]] if i in labels else None) for i in shown)
        for row in result.rows
    )
    return Table(head, rows)


def cell(term: Term | None, site: Site, root: str = "", *, label: Term | None = None) -> Cell:
    """Return how a term is shown; `label` stands in for an IRI's own text."""
    if term is None:
        return Cell("")
    if isinstance(term, NamedNode):
        named = isinstance(label, Literal)
        text = label.value if isinstance(label, Literal) else site.short(term.value)
        return Cell(
            text, site.href(term.value, root), (label.language or "") if named and isinstance(label, Literal) else ""
        )
    if isinstance(term, Literal):
        return Cell(term.value, lang=term.language or "", number=term.datatype.value in _NUMBERS)
    return Cell(str(term))
