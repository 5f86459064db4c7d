"""The process that explains empty answers: it loads the data for itself, reads queries with a parser in Python, and asks.

That parser is slow, and a query can be made for it to choke on, so it runs neither in the service nor in the workers that
answer queries. The process can open no file and no connection, has limits of memory and processor time, lets all others go
first, and is killed at its limit and replaced. It answers by wire.py; the body is an explanation as JSON, with its `text`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, Variable

from kgpub.errors import BadParameter, BadQuery
from kgpub.explain.canned import explain_canned
from kgpub.explain.model import Asker, Explanation, Limits
from kgpub.explain.zero import explain
from kgpub.queries import bind, read_query
from kgpub.results import Column, Result
from kgpub.serve import wire
from kgpub.serve.guard import names_graphs
from kgpub.serve.worker import Answer, allow_seconds, confine
from kgpub.serve.zygote import die_with_parent
from kgpub.syntax import explained
from kgpub.vocabulary import PREFIXES

__all__ = ["READY", "answer", "main"]

READY: Final = {"ready": True}
"""The first message: the data is loaded."""
_MOST: Final = 20_001
"""Rows of one question that are looked at: names of things are the longest list that an explanation reads."""
_SHARE: Final = 0.5
"""The part of the time limit after which no new question is asked; the rest is for the last one."""
_NICE: Final = 5
_BROKEN: Final = "The search for an explanation broke off on this query. Write it more simply, and ask again."


def answer(store: Store, job: Mapping[str, Any]) -> Answer:
    """Return the answer to one job: an explanation of a `query`, or of a canned one with its `text` and what is `given`."""
    try:
        found = _canned(store, job) if "file" in job else _sparql(store, job)
    except SyntaxError as error:
        return _refused(400, f"This is not a SPARQL query: {explained(error, job['query'])}")
    except (BadQuery, BadParameter) as error:
        return _refused(400, str(error))
    except MemoryError:
        return {"status": 503, "memory": True}, b""
    except Exception as error:
        # The reader is fed by strangers: one query is without its explanation, and the log says what broke off.
        head, body = _refused(503, _BROKEN)
        return {**head, "reason": f"broken: {type(error).__name__}"}, body
    return {"status": 200}, json.dumps({**found.as_dict(), "text": found.text}).encode()


def _sparql(store: Store, job: Mapping[str, Any]) -> Explanation:
    text, ask = job["query"], _asker(store, job)
    try:
        # What the endpoint refuses is refused here, and in its words: it declares no prefixes of its own.
        store.query(text, **_dataset(text, job))
    except (OSError, RuntimeError, ValueError) as error:
        raise BadQuery(f"the query cannot be run: {error}") from error
    return explain(ask, text, base=job["names"], prefixes={}, limits=_limits(job), mends=True)


def _canned(store: Store, job: Mapping[str, Any]) -> Explanation:
    query = read_query(job["text"], job["file"])
    bound = bind(query, job["given"], base=job["names"], store=store)
    everything = {**job, "base": job["names"], "default": None, "named": None}
    return explain_canned(_asker(store, everything), query, bound, base=job["names"], limits=_limits(job))


def _limits(job: Mapping[str, Any]) -> Limits:
    return Limits(seconds=job["seconds"] * _SHARE)


def _asker(store: Store, job: Mapping[str, Any]) -> Asker:
    """Return what asks the dataset that the request names, as the endpoint does."""

    def ask(text: str, bound: Mapping[Variable, NamedNode | Literal]) -> Result:
        try:
            found = store.query(text, prefixes=dict(PREFIXES), substitutions=dict(bound), **_dataset(text, job))
            return _result(found)
        except (OSError, RuntimeError) as error:
            raise BadQuery(f"the query cannot be run: {error}") from error

    return ask


def _result(found: QuerySolutions | QueryBoolean | QueryTriples) -> Result:
    if isinstance(found, QueryBoolean):
        return Result(boolean=bool(found))
    if not isinstance(found, QuerySolutions):
        return Result(triples=tuple(dict.fromkeys(islice(found, _MOST))))
    columns = tuple(Column(variable.value, variable.value) for variable in found.variables)
    places = range(len(columns))
    return Result(columns=columns, rows=tuple(tuple(row[at] for at in places) for row in islice(found, _MOST)))


def _dataset(text: str, job: Mapping[str, Any]) -> dict[str, Any]:
    default, named = job["default"], job["named"]
    chosen = default is not None or named is not None
    return {
        "base_iri": job["base"],
        "use_default_graph_as_union": not chosen and not names_graphs(text),
        "default_graph": None if default is None else [NamedNode(iri) for iri in default],
        "named_graphs": None if named is None else [NamedNode(iri) for iri in named],
    }


def _refused(status: int, message: str) -> Answer:
    return {"status": status, "message": message}, b""


def _warm(store: Store) -> None:
    """Explain something of each kind, so that nothing need be loaded when no file can be opened any more."""
    job = {"base": "http://localhost/", "names": "http://localhost/", "default": None, "named": None, "seconds": 10.0}
    for text in ("SELECT ?s { ?s <urn:p> ?o FILTER(?o > '1900-01-01') }", "SELECT ?s {", "ASK { FILTER(true) }"):
        answer(store, {**job, "query": text})
    header = "#+ title: t\n#+ parameters: [{name: s, label: s, type: date}]\n"
    answer(store, {**job, "file": "f.rq", "text": f"{header}SELECT ?s {{ ?s ?p ?o }}", "given": {"s": "1900-01-01"}})


def main(file: str, memory: int) -> None:
    """Load N-Quads from a file, give up every other file and connection, and answer until there are no more jobs."""
    die_with_parent()
    # Ctrl-C is for the service alone: it ends this process as well.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel, out = os.dup(0), os.dup(1)
    # The parser warns of what it reads, and queries are nobody's business.
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)
    store = Store()
    store.load(path=file, format=RdfFormat.N_QUADS)
    _warm(store)
    # What else was open in the service when it started this process is not for it.
    os.closerange(max(channel, out) + 1, 4096)
    if hasattr(os, "nice"):
        os.nice(_NICE)
    confine(memory)
    wire.send(out, READY)
    while (message := wire.receive(channel)) is not None:
        job, _ = message
        allow_seconds(job["seconds"])
        wire.send(out, *answer(store, job))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
