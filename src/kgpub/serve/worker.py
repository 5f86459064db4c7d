"""What a worker does: run one query after the other on the store that it shares, and send each answer back.

A worker is a process of its own that can open no file and no connection, has a limit on memory and on processor time, and
may be killed at any moment: nothing but the query it runs is lost. It answers by `wire.py` with a head
(`status`, `type`, `rows`, `truncated`, or a `message`) and a body.
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Iterable, Mapping
from typing import IO, Any, Final, cast

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from kgpub.serve import paged, wire
from kgpub.serve.cut import MARK, Cut, Enough
from kgpub.serve.encoding import WRITERS
from kgpub.serve.formats import GRAPHS, HTML, TABLES
from kgpub.serve.negotiation import abridged, choose
from kgpub.syntax import explained, located
from kgpub.vocabulary import PREFIXES

try:
    import resource
except ImportError:  # not on Windows, where a worker has no limits of its own but the service's clock
    resource = None  # type: ignore[assignment]

__all__ = ["Answer", "absent", "allow_seconds", "answer", "confine", "warm", "whole", "work", "written"]

_SHOWN: Final = 500
"""How many rows an HTML page shows; data formats give all."""
_PAGE_BYTES: Final = 5_000_000
_COMMENTS: Final = {
    RdfFormat.TURTLE: "\n# {}\n",
    RdfFormat.TRIG: "\n# {}\n",
    RdfFormat.N_TRIPLES: "# {}\n",
    RdfFormat.N_QUADS: "# {}\n",
    RdfFormat.RDF_XML: "\n<!-- {} -->\n",
}

_NOTHING: Final = Store()

Answer = tuple[dict[str, Any], bytes]


def work(channel: int, out: int, store: Store) -> None:
    """Answer the jobs that come from one file descriptor on another, until there are no more."""
    while (message := wire.receive(channel)) is not None:
        job, _ = message
        allow_seconds(job["seconds"])
        wire.send(out, *answer(store, job))


def answer(store: Store, job: Mapping[str, Any]) -> Answer:
    """Return the answer to one job: a `query`, a canned one with what is `bound`, or the triples of a `graph`."""
    try:
        if "graph" in job:
            return _graph(store, job)
        if "bound" in job:
            return _canned(store, job)
        default, named = job["default"], job["named"]
        found = store.query(
            job["query"],
            base_iri=job["base"],
            use_default_graph_as_union=job["union"],
            default_graph=None if default is None else [NamedNode(iri) for iri in default],
            named_graphs=None if named is None else [NamedNode(iri) for iri in named],
        )
        return written(found, job)
    except SyntaxError as error:
        query = job["query"]
        return _refused(
            400,
            f"This is not a SPARQL query: {explained(located(error, query, _wrong_in), query)}\n"
            "Mend it at that place, or begin from one of the queries at /queries.",
        )
    except MemoryError:
        return {"status": 503, "memory": True}, b""
    except (OSError, RuntimeError, ValueError) as error:
        return _refused(400, f"The query cannot be run: {error}. Write it with what SPARQL 1.1 has.")


def _wrong_in(beginning: str) -> SyntaxError | None:
    """Return what is wrong with the beginning of a query, or None: it is read and not run, as there are no data."""
    try:
        _NOTHING.query(beginning)
    except SyntaxError as error:
        return error
    except (MemoryError, OSError, RuntimeError, ValueError) as error:
        return SyntaxError(str(error))
    return None


def warm(store: Store) -> None:
    """Run every path once, so that nothing need be loaded when no file can be opened any more."""
    job = {"base": "http://localhost/", "default": None, "named": None, "union": True, "rows": 1, "bytes": 100_000}
    for accept in (*TABLES, HTML):
        answer(store, {**job, "query": "SELECT * { VALUES ?x { 1 2 } }", "accept": accept})
    for accept in GRAPHS:
        answer(store, {**job, "query": "CONSTRUCT { <s> <p> 1 , 2 } WHERE {}", "accept": accept})
    answer(store, {**job, "query": "ASK {", "accept": ""})
    page = {"bound": {}, "columns": [], "offset": 0, "limit": 1, "asked": False, "bytes": 100_000}
    for accept in WRITERS:
        answer(store, {**page, "query": "SELECT * { VALUES ?x { 1 2 } }", "accept": accept})
        answer(store, {**page, "query": "CONSTRUCT { <urn:s> <urn:p> 1 , 2 } WHERE {}", "accept": accept})


def confine(memory: int, channels: int = 0) -> None:
    """Give this process its limits for good: bytes of memory beside what it has, no file, no connection, no core dump."""
    os.environ.clear()
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    taken = _address_space()
    resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (channels, channels))


def _address_space() -> int:
    if sys.platform != "linux":
        return 8 << 30  # not known: the limit is only a coarse one there
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (a worker keeps its imports few)
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def allow_seconds(seconds: float) -> None:
    """Give this process so many more seconds of a processor, and a little."""
    # A second wall: the service kills by the clock, the system by processor time, should the service hang.
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 2, hard))


def written(found: QuerySolutions | QueryBoolean | Iterable[Triple], job: Mapping[str, Any]) -> Answer:
    """Return what an engine found in the best of the formats asked for, cut and marked where it is too long."""
    tabular = isinstance(found, QuerySolutions | QueryBoolean)
    offered = TABLES if tabular else GRAPHS
    media_type = choose(job["accept"], (*offered, HTML))
    if media_type is None:
        what = "a table" if isinstance(found, QuerySolutions) else "yes or no" if tabular else "a graph"
        return _refused(
            406,
            f"The answer is {what} and cannot be given as {abridged(job['accept'])}. Ask for one of: {', '.join(offered)}.",
        )
    head = {"status": 200, "type": media_type, "shape": "graph" if not tabular else "table"}
    shown = media_type == HTML
    rows = min(job["rows"], _SHOWN) if shown else job["rows"]
    if not isinstance(found, QuerySolutions | QueryBoolean):
        return _triples(found, head, RdfFormat.N_TRIPLES if shown else GRAPHS[media_type], rows)
    form = QueryResultsFormat.JSON if shown else TABLES[media_type]
    if isinstance(found, QueryBoolean):
        return {**head, "shape": "boolean", "rows": 1}, _bytes(found.serialize(format=form))
    # A page is cut by its rows; the limit of bytes is for what is sent as it is.
    sink = Cut(form, rows, max(job["bytes"], _PAGE_BYTES) if shown else job["bytes"])
    try:
        found.serialize(cast("IO[bytes]", sink), format=form)
    except Enough:
        pass
    except OSError:
        if not sink.truncated:
            raise
    return {**head, "rows": sink.rows, "truncated": sink.truncated}, sink.value()


def _triples(found: Iterable[Triple], head: dict[str, Any], form: RdfFormat, limit: int) -> Answer:
    # The engine repeats a triple that several solutions give; what is given counts, so the first ones of each are looked for.
    kept: dict[Triple, None] = {}
    truncated = False
    for triple in found:
        if len(kept) == limit and triple not in kept:
            truncated = True
            break
        kept[triple] = None
    body = _bytes(serialize(kept, format=form))
    if truncated and form in _COMMENTS:
        body += _COMMENTS[form].format(f"truncated: {MARK.format(rows=limit)}").encode()
    return {**head, "rows": len(kept), "truncated": truncated}, body


def _canned(store: Store, job: Mapping[str, Any]) -> Answer:
    found = store.query(
        job["query"],
        prefixes=dict(PREFIXES),
        use_default_graph_as_union=True,
        substitutions=dict(paged.bound(job)),
    )
    return paged.answered(found, job)


def _graph(store: Store, job: Mapping[str, Any]) -> Answer:
    """All triples of a named graph, or of all of them together: never cut, as half a graph is another graph."""
    name = NamedNode(job["graph"]) if job["graph"] else None
    if name is not None and not store.contains_named_graph(name):
        return absent(name.value)
    found = store.quads_for_pattern(None, None, None, name or None)
    return whole(dict.fromkeys(quad.triple for quad in itertools.islice(found, job["graph_rows"] + 1)), job)


def absent(name: str) -> Answer:
    """Return what is said of a graph that is not here."""
    return _refused(404, f"There is no graph <{name}> here. The description at /sparql lists those that are.")


def whole(triples: Mapping[Triple, None], job: Mapping[str, Any]) -> Answer:
    """Return a graph, or what is said where it has more triples than are given."""
    room = job["graph_rows"]
    if len(triples) > room:
        return _refused(503, f"The graph has more than {room:,} triples. Take it from the downloads at /download/.")
    body = _bytes(serialize(triples, format=GRAPHS[job["accept"]]))
    return {"status": 200, "type": job["accept"], "rows": len(triples)}, body


def _bytes(data: bytes | None) -> bytes:
    return data or b""


def _refused(status: int, message: str) -> Answer:
    return {"status": status, "message": message}, b""
