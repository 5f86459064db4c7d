"""Links to the canned queries with a thing filled in: the same as a table, to be narrowed by days and taken away as a file."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.page import Link

__all__ = ["asked", "questions"]


def asked(book: Book, query: str, words: str, **values: str) -> Link | None:
    """Return a link to a canned query with things filled in; None where there is no such query."""
    if all(getattr(one, "name", "") != query for one in book.queries):
        return None
    filled = "&".join(f"{name}={_named(book, value)}" for name, value in values.items())
    return Link(words, f"queries/{query}.html#{filled}")


def questions(book: Book, iri: str, wanted: Iterable[tuple[str, str, object]]) -> tuple[Link, ...]:
    """Return links to queries (name, parameter) under their titles, for those whose third part is true."""
    titles = {getattr(one, "name", ""): getattr(one, "title", "") for one in book.queries}
    links = (
        asked(book, query, titles.get(query, query), **{parameter: iri}) for query, parameter, given in wanted if given
    )
    return tuple(link for link in links if link)


def _named(book: Book, iri: str) -> str:
    """Return a thing as the form of a query takes it: by its name, or by its whole IRI where another kind has the name too."""
    slug = iri.rpartition("/")[2]
    other = f"person/{slug}" in book.paths and f"organisation/{slug}" in book.paths
    return quote(iri, safe="") if other else slug
