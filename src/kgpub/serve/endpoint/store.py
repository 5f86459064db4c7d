"""A store over HTTP as pages, the description and reconciliation ask one: by patterns and fixed queries, never a stranger's.

What came is kept, as a release does not change while it is served; what was not asked for longest goes first. A thing's
statements are fetched whole, so that its page and its label are one request.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Final

import httpx
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Variable,
    parse_query_results,
)

from kgpub.bound import token, with_terms
from kgpub.results import Term
from kgpub.serve.endpoint import words
from kgpub.serve.endpoint.address import Address
from kgpub.serve.endpoint.question import RESULTS, shape_of
from kgpub.serve.endpoint.reply import read_results
from kgpub.serve.guard import Refusal
from kgpub.vocabulary import PREFIXES

__all__ = ["RemoteStore"]

_BOOLEAN: Final = NamedNode(f"{PREFIXES['xsd']}boolean")
_OVERHEAD: Final = 500
"""Bytes that an answer takes beside its body."""


class RemoteStore:
    """The part of a pyoxigraph Store that the service uses, answered by a store elsewhere."""

    def __init__(self, address: Address, seconds: float, keep: int = 64_000_000, most: int = 128_000_000) -> None:
        self._address = address
        self._keep = keep
        self._most = most
        self._kept: OrderedDict[tuple[tuple[str, str], ...], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        timeout = httpx.Timeout(seconds, connect=5)
        self._http = httpx.Client(auth=address.auth, timeout=timeout, trust_env=False)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __len__(self) -> int:
        """Return how many statements the graphs of the release have."""
        counts = self.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        assert isinstance(counts, QuerySolutions)  # a SELECT
        rows = ((row["g"], row["n"]) for row in counts)
        return sum(
            int(n.value)
            for g, n in rows
            if isinstance(g, NamedNode) and isinstance(n, Literal) and g.value in self._address.graphs
        )

    def named_graphs(self) -> Iterator[NamedNode]:
        """Yield the graphs of the release."""
        return (NamedNode(iri) for iri in sorted(self._address.graphs))

    def contains_named_graph(self, name: NamedNode) -> bool:
        """Return whether a graph belongs to the release."""
        return name.value in self._address.graphs

    def query(
        self,
        text: str,
        *,
        base_iri: str | None = None,
        prefixes: Mapping[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        substitutions: Mapping[Variable, NamedNode | Literal] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Return a table, or yes or no; prefixes and terms are written into the query's text."""
        terms = {variable.value: value for variable, value in (substitutions or {}).items()}
        start = f"BASE {token(NamedNode(base_iri))} " if base_iri else ""
        start += "".join(f"PREFIX {name}: <{iri}> " for name, iri in (prefixes or {}).items())
        whole = start + with_terms(text, terms)
        union = self._address.union if use_default_graph_as_union else ()
        return read_results(self._fetched((("query", whole), *union)), shape_of(whole))

    def quads_for_pattern(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        object: Term | None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the statements of the release's graphs that fit a pattern."""
        # Of a thing all is fetched and looked through: its page asks for one property after the other.
        asked = (subject, None, None) if subject is not None else (None, predicate, object)
        names = ("s", "p", "o")
        places = [
            token(one) if isinstance(one, NamedNode | Literal) else f"?{n}" for one, n in zip(asked, names, strict=True)
        ]
        where = token(graph) if graph is not None else "?g"
        text = f"SELECT * {{ GRAPH {where} {{ {' '.join(places)} }} }}"
        found = parse_query_results(self._fetched((("query", text),)), format=QueryResultsFormat.JSON)
        assert isinstance(found, QuerySolutions)  # a SELECT
        known = {variable.value for variable in found.variables}
        for row in found:
            s, p, o = (row[n] if n in known else one for one, n in zip(asked, names, strict=True))
            quad = _quad(s, p, o, graph if graph is not None else row["g"])
            # A store may hold more than the release: its maker's graphs, what a push lays beside, other publications.
            if quad is None or getattr(quad.graph_name, "value", "") not in self._address.graphs:
                continue
            if (predicate is None or quad.predicate == predicate) and (object is None or quad.object == object):
                yield quad

    def _fetched(self, fields: tuple[tuple[str, str], ...]) -> bytes:
        with self._lock:
            if (kept := self._kept.get(fields)) is not None:
                self._kept.move_to_end(fields)
                return kept
        data = self._asked(fields)
        with self._lock:
            if fields not in self._kept and len(data) < self._keep // 4:
                self._kept[fields] = data
                self._size += len(data) + _OVERHEAD
                while self._size > self._keep:
                    self._size -= len(self._kept.popitem(last=False)[1]) + _OVERHEAD
        return data

    def _asked(self, fields: tuple[tuple[str, str], ...]) -> bytes:
        form: dict[str, list[str]] = {}
        for name, value in fields:
            form.setdefault(name, []).append(value)
        data = bytearray()
        try:
            with self._http.stream("POST", self._address.url, data=form, headers={"Accept": RESULTS}) as answer:
                for piece in answer.iter_bytes():
                    data += piece
                    if len(data) > self._most:
                        raise Refusal(503, "The triple store sent more for this page than fits here.", reason="store")
        except httpx.TransportError as error:
            raise Refusal(*words.broken(error), reason="store") from error
        if answer.status_code != 200:
            raise Refusal(*words.refused(answer.status_code, bytes(data)), reason="store")
        return bytes(data)


def _quad(subject: Term | None, predicate: Term | None, value: Term | None, graph: Term | None) -> Quad | None:
    if not isinstance(predicate, NamedNode) or not isinstance(graph, NamedNode) or value is None:
        return None
    # Virtuoso writes true as 1.
    if isinstance(value, Literal) and value.datatype == _BOOLEAN and value.value in ("0", "1"):
        value = Literal("true" if value.value == "1" else "false", datatype=_BOOLEAN)
    return Quad(subject, predicate, value, graph) if isinstance(subject, NamedNode | BlankNode) else None
