"""What a page is made of before it is HTML: plain values, so that a page that says what it said before is not made again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Group", "Link", "Page", "Row"]


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads: a path from the publication's root, an address elsewhere (`elsewhere`), or nowhere."""

    text: str
    href: str = ""
    lang: str = ""
    elsewhere: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A value, and where it was read in words ("page 42, line 1652: SHTYKOV")."""

    value: Link
    read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """All values of one property."""

    property: Link
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML file: `path` from the publication's root, the template that it is made with, and the values for it.

    `body` holds frozen dataclasses, tuples and plain values only: their `repr` tells whether the page has changed.
    """

    path: str
    template: str
    title: str
    body: Any = None
    description: str = ""
    section: str = ""
    """The entry of the main navigation that it belongs to."""
    head: str = ""
    """JSON-LD for the head, as text."""
    alternates: tuple[tuple[str, str, str], ...] = field(default=())
    """Other forms of the same: path from the root, media type, name in words."""
    links: tuple[tuple[str, str, str], ...] = field(default=())
    """Typed links of the head (Signposting): relation, address, media type."""
    scripts: tuple[str, ...] = field(default=())
    """Files of `assets/` that the page runs beside the one of every page."""
    iri: str = ""

    @property
    def root(self) -> str:
        """The way from the page to the publication's root: empty, or `../` so often as it lies deep."""
        return "../" * self.path.count("/")
