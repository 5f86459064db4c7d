"""The book of a publication: what the build holds, brought into the form in which the pages ask it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyoxigraph import Store

from kgpub.errors import BadParameter
from kgpub.parameters import choices
from kgpub.publish.catalogue import Publication
from kgpub.publish.contents import Contents, Statement
from kgpub.publish.pages.book import Book, File
from kgpub.publish.pages.facts import Facts
from kgpub.queries import Query, run, text_elsewhere
from kgpub.results import Result
from kgpub.vocabulary import VOCABULARY_BASE

__all__ = ["book_of"]


def book_of(
    publication: Publication,
    contents: Contents,
    described: Mapping[str, Sequence[Statement]],
    counts: Mapping[str, int],
    files: tuple[File, ...],
    queries: Sequence[Any],
    store: Store | None,
) -> Book:
    """Return the book; the canned queries are answered with their defaults where there is a store to ask."""
    facts = Facts(contents.statements)
    concepts = [
        iri.removeprefix(VOCABULARY_BASE)
        for kind in ("skos:Concept", "skos:ConceptScheme")
        for iri in facts.things(kind)
        if iri.startswith(f"{VOCABULARY_BASE}concept/")
    ]
    asked = [query for query in queries if isinstance(query, Query) and store is not None]
    return Book(
        facts=facts,
        publication=publication,
        paths=frozenset((*described, *concepts)),
        queries=tuple(queries),
        answers={query.name: answer for query in asked if (answer := _answer(store, query, publication.base))},
        elsewhere={
            query.name: text_elsewhere(store, query, base=publication.base)
            for query in asked
            if query.endpoint and store is not None and not any(one.required for one in query.parameters)
        },
        choices={
            (query.name, parameter.name): choices(store, parameter, base=publication.base)
            for query in asked
            for parameter in query.parameters
            if store is not None
        },
        counts=counts,
        files=files,
        data=described,
    )


def _answer(store: Store | None, query: Query, base: str) -> Result | None:
    """Return what a query answers with its defaults; None where it needs a value, or its default is not in this graph."""
    if store is None or query.endpoint or any(parameter.required for parameter in query.parameters):
        return None
    try:
        return run(store, query, {}, base=base)
    except BadParameter:
        return None
