"""The page on which queries of one's own are asked, where the publication has the engine that answers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kgpub.publish.browser import bundle
from kgpub.publish.examples import runnable
from kgpub.publish.pages.book import Book, File
from kgpub.publish.pages.page import Page

__all__ = ["Editor", "Example", "pages"]

_SCRIPTS: Final = ("engine.js", "vocabulary.js", "server.js", "sparql.js")


@dataclass(frozen=True, slots=True)
class Example:
    """A question to begin with, and its text with its defaults filled in."""

    name: str
    title: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Editor:
    """What the page shows to who has no scripts; the editor has its examples from `assets/vocabulary.js`."""

    examples: tuple[Example, ...]
    dumps: tuple[File, ...]
    endpoint: str = ""


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of the editor, where the bundle of the front end has been built."""
    if bundle() is None:
        return
    yield Page(
        "sparql.html",
        "site/sparql.html",
        "Ask in SPARQL",
        Editor(tuple(_examples(book)), book.files),
        description=f"Ask {book.publication.title} anything in SPARQL: the query runs in this browser.",
        section="sparql",
        scripts=_SCRIPTS,
    )


def _examples(book: Book) -> Iterator[Example]:
    for query in book.queries:
        if not query.endpoint:
            yield Example(query.name, query.title, query.question, runnable(query, book.publication.base))
