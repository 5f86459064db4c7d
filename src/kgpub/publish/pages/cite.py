"""How a page is cited: in words, as BibTeX and as CSL-JSON (citation-style-language.org, schema 1.0.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kgpub.publish.pages.book import Book

__all__ = ["Citation", "cited"]

_TEX = {char: f"\\{char}" for char in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in three forms."""

    plain: str
    bibtex: str
    csl: str


def cited(
    book: Book,
    iri: str,
    title: str,
    *,
    plain: str = "",
    note: str = "",
    kind: str = "webpage",
    csl: Mapping[str, Any] | None = None,
) -> Citation:
    """Return the citation of a page of this publication.

    `plain` replaces the words before the publication's title; `note` is what BibTeX has beside the title;
    `csl` adds fields of CSL-JSON (`archive`, `issued` …).
    """
    about = book.publication
    release = f"release {about.version}, {about.modified}"
    words = f"{plain or title}. In: {about.title}. {about.publisher}, {release}. {iri}"
    year, month, day = (int(part) for part in about.modified.split("-"))
    fields: dict[str, Any] = {
        "id": key(book, iri),
        "type": kind,
        "title": title,
        "container-title": about.title,
        "publisher": about.publisher,
        "version": about.version,
        "URL": iri,
        "language": about.language,
        "issued": {"date-parts": [[year, month, day]]},
        **(csl or {}),
    }
    entries = {
        "title": title,
        "booktitle": about.title,
        "publisher": about.publisher,
        "year": str(year),
        "note": ". ".join(filter(None, (note or plain, f"{release[0].upper()}{release[1:]}"))),
        "url": iri,
    }
    # An address is taken as it is by \url; other text is escaped.
    lines = [f"  {name} = {{{value if name == 'url' else tex(value)}}}" for name, value in entries.items()]
    bibtex = f"@misc{{{key(book, iri)},\n" + ",\n".join(lines) + "\n}"
    return Citation(words, bibtex, json.dumps([fields], ensure_ascii=False, indent=2))


def key(book: Book, iri: str) -> str:
    """Return the key of an entry: the path of the thing with what BibTeX does not take made a hyphen."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", book.own(iri)).strip("-") or "publication"


def tex(text: str) -> str:
    """Return text with the characters escaped that TeX reads as commands."""
    return "".join(_TEX.get(char, char) for char in text)
