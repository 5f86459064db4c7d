"""The page of all that can be taken along: the dumps with size and checksum, how to load them, how to cite the whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from kgpub.publish.dumps import MEDIA_TYPES
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.cite import Citation, tex
from kgpub.publish.pages.page import Page

__all__ = ["Download", "Downloads", "pages"]

_FOR: Final = {
    "ttl": "the easiest to read; without the graphs that say which document a statement is from",
    "trig": "the whole, with one graph for each document: for triple stores, and what this site’s own engine loads",
    "nt": "one statement a line; for tools that read line by line",
    "nq": "the record of truth: one statement a line with its graph; for triple stores and for comparing releases",
    "jsonld": "for programs that read JSON",
}
_NAMES: Final = {"ttl": "Turtle", "trig": "TriG", "nt": "N-Triples", "nq": "N-Quads", "jsonld": "JSON-LD"}


@dataclass(frozen=True, slots=True)
class Download:
    """A dump: its format in words, size in words, and what it is for."""

    name: str
    format: str
    size: str
    digest: str
    statements: int
    use: str


@dataclass(frozen=True, slots=True)
class Downloads:
    """What the page shows."""

    name: str
    """What the names of the dumps begin with."""
    zip: str
    dumps: tuple[Download, ...]
    quads: str
    """The dump to load into a store: with graphs, unpacked and packed."""
    packed: str
    turtle: str
    counts: tuple[tuple[str, int], ...]
    has_examples: bool
    citation: Citation
    base: str


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of downloads, where there is something to load down."""
    if not book.files:
        return
    name = book.files[0].name.partition(".")[0]
    names = {one.name for one in book.files}
    quads = next((one for one in (f"{name}.nq", f"{name}.trig", book.files[0].name) if one in names), "")
    dumps = tuple(
        Download(one.name, _words(one.name, one.format), size(one.size), one.digest, one.statements, _FOR[one.format])
        for one in book.files
    )
    own = Downloads(
        name=name,
        zip=f"{name}-site.zip",
        dumps=dumps,
        quads=quads,
        packed=f"{quads}.gz" if f"{quads}.gz" in names else quads,
        turtle=f"{name}.ttl" if f"{name}.ttl" in names else "",
        counts=tuple(book.counts.items()),
        has_examples=bool(book.answers),
        citation=_citation(book, name),
        base=book.publication.base,
    )
    about = book.publication
    yield Page(
        "downloads.html",
        "site/downloads.html",
        "Downloads and how to cite",
        description=f"All data of {about.title} to take along, with checksums, and how to load and cite it.",
        section="downloads",
        head=json.dumps(_schema(book), ensure_ascii=False, sort_keys=True).replace("<", "\\u003c"),
        alternates=(("catalogue.ttl", "text/turtle", "Description of the data set (DCAT, VoID)"),),
        body=own,
    )


def size(number: int) -> str:
    """Return a number of bytes in words: "757 kB", "11.9 MB"."""
    if number < 1000:
        return f"{number} bytes"
    return f"{number / 1000:.0f} kB" if number < 999_500 else f"{number / 1_000_000:.1f} MB"


def _words(name: str, format_: str) -> str:
    return f"{_NAMES[format_]}{', packed' if name.endswith('.gz') else ''}"


def _schema(book: Book) -> dict[str, Any]:
    """Return schema.org's description of a data set, as search engines for data read it."""
    about = book.publication
    iri = f"{about.base}dataset"
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": iri,
        "url": about.base,
        "name": about.title,
        "description": about.description or about.title,
        "version": about.version,
        "dateModified": about.modified,
        "inLanguage": about.language,
        "creator": {"@type": "Organization", "name": about.publisher},
        "publisher": {"@type": "Organization", "name": about.publisher},
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": one.name,
                "contentUrl": f"{about.base}download/{one.name}",
                "encodingFormat": ["application/gzip"] * one.name.endswith(".gz") + [MEDIA_TYPES[one.format]],
                "contentSize": f"{one.size} B",
                "sha256": one.digest,
            }
            for one in book.files
        ],
    }
    return {**found, "license": about.licence} if about.licence.startswith("http") else found


def _citation(book: Book, name: str) -> Citation:
    """Return how the data set as a whole is cited."""
    about = book.publication
    iri = f"{about.base}dataset"
    year, month, day = (int(part) for part in about.modified.split("-"))
    release = f"Release {about.version}"
    fields = {
        "id": f"{name}-{about.version}",
        "type": "dataset",
        "title": about.title,
        "author": [{"literal": about.publisher}],
        "publisher": about.publisher,
        "version": about.version,
        "issued": {"date-parts": [[year, month, day]]},
        "URL": iri,
    }
    lines = {
        "author": f"{{{tex(about.publisher)}}}",
        "title": tex(about.title),
        "year": str(year),
        "note": tex(f"Data set. {release}, {about.modified}"),
        "url": iri,
    }
    entry = ",\n".join(f"  {key} = {{{value}}}" for key, value in lines.items())
    return Citation(
        f"{about.publisher}. {about.title}. {release}, {about.modified}. Data set. {iri}",
        f"@misc{{{name}-{about.version},\n{entry}\n}}",
        json.dumps([fields], ensure_ascii=False, indent=2),
    )
