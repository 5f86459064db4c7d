"""What is asked of a store before anything is served from it: the graph that says what it holds, and how it takes a union."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import httpx
from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from kgpub.bound import token
from kgpub.errors import KgpubError
from kgpub.serve.endpoint.question import RESULTS
from kgpub.serve.endpoint.reply import read_results

__all__ = ["StoreUnready", "graph_lines", "others", "union_parameters"]

Fields = tuple[tuple[str, str], ...]
_WAYS: Final[tuple[Fields, ...]] = ((), (("union-default-graph", ""),))
"""A default graph that is the union by itself; that of the Oxigraph server when it is asked for."""


class StoreUnready(KgpubError):
    """The store cannot be served from."""

    exit_code = 2


def graph_lines(url: str, auth: httpx.Auth | None, graph: str) -> bytes:
    """Return a graph as N-Triples; raise StoreUnready where there is no answer."""
    data = _asked(url, auth, f"SELECT ?s ?p ?o {{ GRAPH {token(NamedNode(graph))} {{ ?s ?p ?o }} }}")
    try:
        rows = parse_query_results(data, format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise _no_endpoint(url, "what it sends are no results of SPARQL") from error
    assert isinstance(rows, QuerySolutions)  # a SELECT
    return "".join(f"{row['s']} {row['p']} {row['o']} .\n" for row in rows).encode()


def union_parameters(url: str, auth: httpx.Auth | None, graph: str, graphs: Iterable[str]) -> Fields:
    """Return the parameters by which a request's default graph has what stands in a named graph; all `graphs` at the worst."""
    probe = f"ASK {{ {token(NamedNode(graph))} ?p ?o }}"
    for fields in _WAYS:
        answer = read_results(_asked(url, auth, probe, fields), "boolean")
        if isinstance(answer, QueryBoolean) and bool(answer):
            return fields
    names = sorted(graphs)
    return (*(("default-graph-uri", iri) for iri in names), *(("named-graph-uri", iri) for iri in names))


def others(url: str, auth: httpx.Auth | None, graphs: Iterable[str]) -> list[str]:
    """Return the named graphs of a store that are not among those given."""
    # Counted: Virtuoso 7.2.5 took 56 s for the same with DISTINCT, 0.4 s for this.
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    rows = parse_query_results(_asked(url, auth, query), format=QueryResultsFormat.JSON)
    assert isinstance(rows, QuerySolutions)  # a SELECT
    found = {row["g"].value for row in rows if isinstance(row["g"], NamedNode)}
    return sorted(found - set(graphs))


def _asked(url: str, auth: httpx.Auth | None, query: str, fields: Fields = ()) -> bytes:
    form = {"query": query, **dict(fields)}
    try:
        answer = httpx.post(
            url,
            data=form,
            headers={"Accept": RESULTS},
            auth=auth,
            timeout=httpx.Timeout(60, connect=5),
            trust_env=False,
        )
    except httpx.TransportError as error:
        raise StoreUnready(
            f"{url}: {error or type(error).__name__}",
            advice="Is the store running, and is this its address for queries?",
        ) from error
    if answer.status_code in (401, 403):
        raise StoreUnready(
            f"{url}: wants a user ({answer.status_code})",
            advice="Set KGPUB_ENDPOINT_USER and KGPUB_ENDPOINT_PASSWORD, or write the host into ~/.netrc.",
        )
    if answer.status_code != 200:
        raise _no_endpoint(url, f"{answer.status_code} {' '.join(answer.text.split())[:200]}")
    return answer.content


def _no_endpoint(url: str, why: str) -> StoreUnready:
    advice = "Give the address for queries, not that of the Graph Store; docs/push.md has both of each store."
    return StoreUnready(f"{url}: is no SPARQL endpoint: {why}", advice=advice)
