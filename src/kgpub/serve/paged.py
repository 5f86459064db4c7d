"""One page of a canned query's answer: its rows counted, those of the page written in the format asked for.

It is made where the query runs, in a worker, so that no more than the page comes back and its writing is under the query's
limits. The job has the `query`, the terms of `bound`, its `columns`, `offset` and `limit`, whether the client set the limit
itself (`asked`), the format (`accept`) and the most `bytes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Triple, Variable

from kgpub.errors import BadQuery
from kgpub.results import Column, Result, Term, ordered
from kgpub.serve.cut import MARK
from kgpub.serve.encoding import encoded

__all__ = ["answered", "bound", "term"]

Answer = tuple[dict[str, Any], bytes]
_SAFETY: Final = 0.9
"""How much of the rows that would fit by their mean length are tried next."""


def term(value: Mapping[str, str]) -> NamedNode | Literal:
    """Return the term that a JSON result writes so."""
    if value["type"] == "uri":
        return NamedNode(value["value"])
    if "xml:lang" in value:
        return Literal(value["value"], language=value["xml:lang"])
    return (
        Literal(value["value"], datatype=NamedNode(value["datatype"]))
        if "datatype" in value
        else Literal(value["value"])
    )


def bound(job: Mapping[str, Any]) -> dict[Variable, NamedNode | Literal]:
    """Return the terms of a job by the variable that each stands for."""
    return {Variable(name): term(value) for name, value in job["bound"].items()}


def answered(found: QuerySolutions | QueryBoolean | Iterable[Triple], job: Mapping[str, Any]) -> Answer:
    """Return head and body: `rows` are given of `total`, and `truncated` says that bytes, not the page, ended them."""
    if isinstance(found, QueryBoolean):
        result, total, shape = Result(boolean=bool(found)), 1, "boolean"
    elif isinstance(found, QuerySolutions):
        result, total, shape = *_rows(found, job), "table"
    else:
        result, total, shape = *_triples(found, job), "graph"
    try:
        count, body = _fitting(result, job, total)
    except BadQuery as error:
        return {"status": 400, "message": str(error)}, b""
    given = _length(result)
    if given and not count:
        words = f"One row alone has more than {job['bytes']:,} bytes, the limit here. Download the data instead."
        return {"status": 503, "message": words}, b""
    head = {"status": 200, "type": job["accept"], "shape": shape, "rows": count, "total": total}
    return {**head, "truncated": count < given}, body


def _rows(found: QuerySolutions, job: Mapping[str, Any]) -> tuple[Result, int]:
    names = [variable.value for variable in found.variables]
    shown = job["columns"] or names
    places = [names.index(name) for name in shown]
    first, last = job["offset"], job["offset"] + job["limit"]
    rows: list[tuple[Term | None, ...]] = []
    total = 0
    for solution in found:
        if first <= total < last:
            rows.append(tuple(solution[place] for place in places))
        total += 1
    return Result(columns=tuple(Column(name, name) for name in shown), rows=tuple(rows)), total


def _triples(found: Iterable[Triple], job: Mapping[str, Any]) -> tuple[Result, int]:
    # The engine repeats a triple that several solutions give.
    every = ordered(dict.fromkeys(found))
    return Result(triples=tuple(every[job["offset"] : job["offset"] + job["limit"]])), len(every)


def _fitting(result: Result, job: Mapping[str, Any], total: int) -> tuple[int, bytes]:
    """Return how many rows are given and their text: all of them, or as many as fit into the bytes allowed."""
    count = _length(result)
    while True:
        part = _first(result, count)
        # Who asked for a page knows that there is more; who asked for all is told, as is who gets less than a page.
        cut = count < _length(result) or (not job["asked"] and job["offset"] + count < total)
        mark = MARK.format(rows=count) if cut else ""
        body = "".join(encoded(part, job["accept"], mark)).encode()
        if len(body) <= job["bytes"] or not count:
            return count, body
        count = min(count - 1, int(count * job["bytes"] / len(body) * _SAFETY))


def _length(result: Result) -> int:
    if result.boolean is not None:
        return 1
    return len(result.rows if result.triples is None else result.triples)


def _first(result: Result, count: int) -> Result:
    if result.boolean is not None:
        return result
    if result.triples is not None:
        return replace(result, triples=result.triples[:count])
    return replace(result, rows=result.rows[:count])
