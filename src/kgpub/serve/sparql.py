"""A read-only SPARQL 1.1 endpoint (https://www.w3.org/TR/sparql11-protocol/): GET and both forms of POST.

A query runs, and its answer is written, in one worker thread: the engine aborts the process when another thread than its
maker iterates an answer. The engine cannot be interrupted; what can be bounded is the text it is given (guard.py) and the
size and time of what it writes. A query that runs too long is answered with 503 and left to itself.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat
from starlette.requests import Request
from starlette.responses import Response

from kgpub.results import Column, Result
from kgpub.serve import guard
from kgpub.serve.guard import Refusal
from kgpub.serve.negotiation import choose
from kgpub.serve.pages import Pages
from kgpub.serve.site import Site
from kgpub.serve.tables import table

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

__all__ = ["Endpoint"]

_HTML: Final = "text/html"
_TABLES: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "text/plain": RdfFormat.N_TRIPLES,
}
_NAMES: Final = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "ttl": ("text/turtle",),
    "nt": ("application/n-triples",),
    "jsonld": ("application/ld+json",),
    "rdf": ("application/rdf+xml",),
    "html": (_HTML,),
}
_SHOWN_ROWS: Final = 500
"""How many rows an HTML page shows; data formats give all."""

_Answer: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class _Asked:
    query: str | None
    default_graphs: list[str]
    named_graphs: list[str]
    update: bool = False


class Endpoint:
    """The endpoint of one site; `respond` is the route's handler."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self._site = site
        self._pages = pages
        self._threads = ThreadPoolExecutor(site.limits.threads, thread_name_prefix="sparql")
        self._graphs = frozenset(graph for graph in site.store.named_graphs() if isinstance(graph, NamedNode))

    async def respond(self, request: Request) -> Response:
        """Answer one request of the protocol; raise Refusal for one that is not run."""
        asked = await _read(request, self._site.limits.characters)
        if asked.update:
            raise Refusal(403, "Updates are refused: this endpoint is read-only.")
        # Clients send names of their own beside a proper Accept header (SPARQLWrapper: format=turtle): only ours count.
        accept = ", ".join(_NAMES.get(request.query_params.get("format", ""), ())) or request.headers.get("accept", "")
        if asked.query is None:
            if request.method == "POST" or choose(accept, (_HTML,)) is None:
                raise Refusal(
                    400, "There is no query: send it as the parameter `query`, or POST it as application/sparql-query."
                )
            return self._pages.html(request, "sparql.html", query="", result=None, boolean=None)
        guard.check(asked.query, self._site.limits, self._graphs)
        answer = await self._in_time(partial(self._answer, request, asked, asked.query, accept))
        if isinstance(answer, Refusal):
            raise answer
        return answer

    async def _in_time(self, ask: Callable[[], Response]) -> Response | Refusal:
        """Return the answer, or why there is none after the time allowed.

        The engine cannot be stopped, so a query that runs on keeps its thread: no more than `threads` ever run.
        """
        limits = self._site.limits
        future = self._threads.submit(_refusal_as_value, ask)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), limits.answer_seconds)
        except TimeoutError:
            if future.cancelled():
                return Refusal(
                    503, f"All {limits.threads} places are taken by queries that still run. Try again later."
                )
            return _too_slow(limits.answer_seconds)

    def _answer(self, request: Request, asked: _Asked, query: str, accept: str) -> Response:
        chosen = asked.default_graphs or asked.named_graphs
        own = guard.names_graphs(query)
        try:
            answer = self._site.store.query(
                query,
                # The protocol's graphs win over the query's own FROM; the engine would take the union over both.
                use_default_graph_as_union=not chosen and not own,
                default_graph=[self._known(iri) for iri in asked.default_graphs] if chosen else None,
                named_graphs=[self._known(iri) for iri in asked.named_graphs] if chosen else None,
            )
            return self._write(request, query, answer, accept)
        except SyntaxError as error:
            raise Refusal(400, f"This is not a SPARQL query: {error}") from error
        except (RuntimeError, ValueError) as error:
            raise Refusal(400, f"The query cannot be run: {error}") from error

    def _known(self, iri: str) -> NamedNode:
        return guard.known_graph(iri, self._graphs)

    def _write(self, request: Request, query: str, answer: _Answer, accept: str) -> Response:
        tabular = isinstance(answer, QuerySolutions | QueryBoolean)
        media_type = choose(accept, (*(_TABLES if tabular else _GRAPHS), _HTML))
        if media_type is None:
            kinds = "result" if tabular else "graph"
            names = ", ".join(_TABLES if tabular else _GRAPHS)
            raise Refusal(406, f"The {kinds} cannot be given as {accept}. It can be given as: {names}.")
        if media_type == _HTML:
            return self._pages.html(request, "sparql.html", query=query, **self._shown(answer, request))
        out = _Bounded(self._site.limits.answer_bytes, self._site.limits.answer_seconds)
        if isinstance(answer, QuerySolutions | QueryBoolean):
            answer.serialize(out, format=_TABLES[media_type])
        else:
            answer.serialize(out, format=_GRAPHS[media_type])
        return Response(out.getvalue(), media_type=media_type, headers={"Vary": "Accept"})

    def _shown(self, answer: _Answer, request: Request) -> dict[str, Any]:
        """Return what the page shows: the first rows, and whether there are more."""
        if isinstance(answer, QueryBoolean):
            result, more = Result(boolean=bool(answer)), False
        elif isinstance(answer, QuerySolutions):
            columns = tuple(Column(variable.value, variable.value) for variable in answer.variables)
            rows, more = _first(answer)
            result = Result(columns=columns, rows=tuple(tuple(row[i] for i in range(len(columns))) for row in rows))
        else:
            triples, more = _first(answer)
            names = ("subject", "predicate", "object")
            columns = tuple(Column(name, name) for name in names)
            result = Result(columns=columns, rows=tuple((t.subject, t.predicate, t.object) for t in triples))
        root = request.scope.get("root_path", "")
        shown = table(result, self._site, root) if result.boolean is None else None
        return {"result": shown, "boolean": result.boolean, "more": more, "limit": _SHOWN_ROWS}


def _refusal_as_value(ask: Callable[[], Response]) -> Response | Refusal:
    """Return what `ask` returns or refuses: a raised error would carry the engine's iterator into another thread."""
    try:
        return ask()
    except Refusal as refusal:
        return Refusal(refusal.status, refusal.message)


def _too_slow(seconds: float) -> Refusal:
    return Refusal(503, f"The query took longer than {seconds:g} seconds. Narrow it, or download the data.")


async def _read(request: Request, room: int) -> _Asked:
    """Return what a request asks, by whichever of the protocol's three ways it came."""
    if request.method != "POST":
        return _asked(request.query_params.multi_items())
    body = await _body(request, 3 * room)  # a form escapes a byte as three
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    parameters = request.query_params.multi_items()
    if kind == "application/sparql-update":
        return _Asked(None, [], [], update=True)
    if kind == "application/sparql-query":
        return _asked([("query", body), *parameters])
    if kind == "application/x-www-form-urlencoded":
        return _asked([*parse_qsl(body, keep_blank_values=True), *parameters])
    raise Refusal(
        415,
        f"A POST of type {kind or 'none'} is not understood. Send application/sparql-query, "
        "or application/x-www-form-urlencoded with the parameter `query`.",
    )


async def _body(request: Request, room: int) -> str:
    # The length is not taken on trust: a chunked body states none.
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > room:
            raise Refusal(413, f"The request is larger than {room:,} bytes.")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Refusal(400, "The request is not UTF-8.") from None


def _asked(parameters: list[tuple[str, str]]) -> _Asked:
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) > 1:
        raise Refusal(400, "There are two queries: send one.")
    return _Asked(
        query=queries[0] if queries and queries[0].strip() else None,
        default_graphs=[value for name, value in parameters if name == "default-graph-uri"],
        named_graphs=[value for name, value in parameters if name == "named-graph-uri"],
        update=any(name == "update" for name, _ in parameters),
    )


def _first(answer: Iterable[_Row]) -> tuple[list[_Row], bool]:
    found = list(itertools.islice(answer, _SHOWN_ROWS + 1))
    return found[:_SHOWN_ROWS], len(found) > _SHOWN_ROWS


class _Bounded(io.BytesIO):
    """A buffer that refuses to grow beyond a size or a time, and so ends the engine's writing."""

    def __init__(self, size: int, seconds: float) -> None:
        super().__init__()
        self._size = size
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def write(self, data: Buffer, /) -> int:
        written = super().write(data)
        if self.tell() > self._size:
            raise Refusal(400, f"The answer is larger than {self._size:,} bytes. Add a LIMIT, or download the data.")
        if time.monotonic() > self._end:
            raise Refusal(
                503, f"The query took longer than {self._seconds:g} seconds. Narrow it, or download the data."
            )
        return written
