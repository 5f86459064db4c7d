"""A store's answer made into what a worker would have sent: cut, marked and in the format that the client asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from kgpub.serve import paged, worker
from kgpub.serve.cut import Cut, Enough

__all__ = ["Received", "read_results", "reply"]

Answer = tuple[dict[str, Any], bytes]
_MORE: Final = 4
"""The store's JSON and N-Triples may be so many times longer than what is made of them."""


class Received:
    """The bytes of one answer as they come, no more of them than the limits allow; `add` says whether more are wanted."""

    def __init__(self, shape: str, job: Mapping[str, Any]) -> None:
        self._room = job.get("bytes", 100 * job.get("graph_rows", 0)) * _MORE
        # One row more than is given: whether there are more is told by the one that follows the last.
        rows = job["rows"] + 1 if "rows" in job else 1 << 60
        self._cut = Cut(QueryResultsFormat.JSON, rows, self._room) if shape == "table" else None
        self._data = bytearray()
        self.truncated = False

    def add(self, data: bytes) -> bool:
        """Take some bytes; False where the rest need not come."""
        if self._cut is None:
            self._data += data
            self.truncated = len(self._data) > self._room
            return not self.truncated
        try:
            self._cut.write(data)
        except Enough:
            self.truncated = True
        return not self.truncated

    @property
    def rows(self) -> int:
        """How many rows were received of a table that was cut."""
        return (self._cut.rows or 0) if self._cut else self._data.count(b"\n")

    def value(self) -> bytes:
        """Return what came, whole rows only."""
        if self._cut is not None:
            return self._cut.value()
        return bytes(self._data[: self._data.rfind(b"\n") + 1] if self.truncated else self._data)


def reply(job: Mapping[str, Any], shape: str, received: Received) -> Answer:
    """Return head and body; raise ValueError or SyntaxError where the store sent what it was not asked for."""
    if received.truncated and ("rows" not in job or received.rows <= job["rows"]):
        if "rows" not in job:
            return {"status": 503, "message": _too_long(job)}, b""
        job = {**job, "rows": max(0, received.rows - 1)}
    triples = (quad.triple for quad in parse(received.value(), format=RdfFormat.N_TRIPLES))
    if "graph" in job:
        graph = dict.fromkeys(triples)
        # A store does not keep an empty graph.
        return worker.whole(graph, job) if graph or not job["graph"] else worker.absent(job["graph"])
    found: QuerySolutions | QueryBoolean | Iterable[Triple]
    found = triples if shape == "graph" else read_results(received.value(), shape)
    return paged.answered(found, job) if "bound" in job else worker.written(found, job)


def read_results(data: bytes, shape: str) -> QuerySolutions | QueryBoolean:
    """Return JSON results as terms; Virtuoso writes yes and no as a table."""
    if shape == "boolean":
        read = json.loads(data)
        yes = read["boolean"] if "boolean" in read else _retval(read["results"]["bindings"])
        data = json.dumps({"head": {}, "boolean": yes}).encode()
    return parse_query_results(data, format=QueryResultsFormat.JSON)


def _retval(rows: list[dict[str, dict[str, str]]]) -> bool:
    return bool(rows) and next(iter(rows[0].values()))["value"] in ("1", "true")


def _too_long(job: Mapping[str, Any]) -> str:
    if "graph" in job:
        return f"The graph has more than {job['graph_rows']:,} triples. Take it from the downloads at /download/."
    return f"The triple store's answer has more than {job['bytes'] * _MORE:,} bytes, the limit here. Narrow the query."
