"""What follows from two records: triples of CONSTRUCT queries in a graph of their own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kgpub.errors import BadQuery
from kgpub.graph.enrich import enrich
from kgpub.graph.load import load_store
from kgpub.queries import load_queries
from tests.graph.built import BASE, ontology, records
from tests.tiny import PROJECT

EX = "https://example.org/"
DERIVED = f"<{EX}graph/derived>"
STATED = f"<{EX}a> <{EX}p> <{EX}b> <{EX}g1> .\n<{EX}b> <{EX}p> <{EX}c> <{EX}g2> .\n"


@dataclass(frozen=True)
class Made:
    text: str
    file: str = "queries/construct/x.rq"


def test_a_query_sees_all_graphs_and_its_triples_stand_in_the_derived_one() -> None:
    store = load_store(STATED)
    query = Made(f"CONSTRUCT {{ ?x <{EX}q> ?z }} WHERE {{ ?x <{EX}p> ?y . ?y <{EX}p> ?z }}")
    assert enrich(store, [query], DERIVED) == f"<{EX}a> <{EX}q> <{EX}c> {DERIVED} .\n"
    assert len(store) == 3


def test_a_later_query_sees_what_an_earlier_one_gave() -> None:
    first = Made(f"CONSTRUCT {{ ?x <{EX}q> ?y }} WHERE {{ ?x <{EX}p> ?y }}")
    second = Made(f"CONSTRUCT {{ ?x <{EX}r> ?y }} WHERE {{ ?x <{EX}q> ?y }}")
    assert enrich(load_store(STATED), [first, second], DERIVED).count(f"<{EX}r>") == 2
    assert enrich(load_store(STATED), [second, first], DERIVED).count(f"<{EX}r>") == 0


def test_what_is_stated_already_is_not_said_again() -> None:
    query = Made(f"CONSTRUCT {{ ?x <{EX}p> ?y }} WHERE {{ ?x <{EX}p> ?y }}")
    assert enrich(load_store(STATED), [query, query], DERIVED) == ""


@pytest.mark.parametrize("text", ["SELECT * WHERE { ?s ?p ?o }", "ASK { ?s ?p ?o }"])
def test_a_query_that_makes_no_triples_is_refused_by_file(text: str) -> None:
    with pytest.raises(BadQuery, match=r"queries/construct/x\.rq: is not a CONSTRUCT query") as caught:
        enrich(load_store(STATED), [Made(text)], DERIVED)
    assert "make triples" in caught.value.advice


def test_the_answer_of_the_tiny_publication_finds_its_question() -> None:
    store = load_store("".join(one.nquads for one in records()) + ontology())
    queries = load_queries(PROJECT / "queries" / "construct", relative_to=PROJECT)
    derived = enrich(store, queries, f"<{BASE}graph/derived>")
    reply = f"<{BASE}document/L2> <https://w3id.org/cwcorr/ontology#inReplyTo> <{BASE}document/L1> <{BASE}graph/derived> .\n"
    assert reply in derived
    assert derived.count("inReplyTo") == 1
    assert derived.count("#resolvedTo>") == 1
    assert derived == "".join(sorted(derived.splitlines(keepends=True)))
