"""What follows from two records: CONSTRUCT queries over the whole store, their triples in a graph of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from kgpub.errors import BadQuery
from kgpub.graph.load import nquads_lines

__all__ = ["NamedQuery", "enrich"]


class NamedQuery(Protocol):
    """What this stage needs of a query: where it stands, and its text."""

    @property
    def file(self) -> str:
        """The file it stands in, as the user knows it."""

    @property
    def text(self) -> str:
        """The SPARQL."""


def enrich(store: Store, queries: Sequence[NamedQuery], graph: str) -> str:
    """Run CONSTRUCT queries in order, add what each gives to `graph` (`<…>`), and return all of it as sorted N-Quads.

    A later query sees what an earlier one gave. Triples that the store already holds in another graph are not said again.
    """
    name = NamedNode(graph[1:-1])
    added: set[Quad] = set()
    for query in queries:
        answer = store.query(query.text, use_default_graph_as_union=True)
        if not isinstance(answer, QueryTriples):
            raise BadQuery(f"{query.file}: is not a CONSTRUCT query", advice="Queries under construct/ make triples.")
        fresh = [
            Quad(triple.subject, triple.predicate, triple.object, name)
            for triple in answer
            if next(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None), None) is None
        ]
        store.extend(fresh)
        added.update(fresh)
    return "".join(nquads_lines(added))
