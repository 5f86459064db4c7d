"""One page of a canned query's answer as a worker makes it, and the limits that it is under."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Store

from kgpub.queries import read_query
from kgpub.results import json_term
from kgpub.serve.app import Limits, Site, create_app
from kgpub.serve.encoding import CSV, JSON, TURTLE
from kgpub.serve.paged import term
from kgpub.serve.worker import answer
from tests.serve.conftest import TestClient  # type: ignore[attr-defined]

NUMBERS = "SELECT ?n ?m { VALUES ?n { 0 1 2 3 4 5 6 } BIND(?n * 2 AS ?m) } ORDER BY ?n"
JOB = {"bound": {}, "columns": [], "offset": 0, "limit": 100, "asked": False, "accept": CSV, "bytes": 100_000}
# On an empty store, on which a query's file is tried, both end at once.
ENDLESS = """\
#+ title: Endless
SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }
"""
HUNGRY = """\
#+ title: Hungry
SELECT ?t { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(STR(?a), STR(?b), STR(?d), STR(?e), STR(?g), STR(?h)) AS ?s)
  BIND(CONCAT(?s,?s,?s,?s,?s,?s,?s,?s,?s,?s,?s,?s,?s,?s,?s,?s) AS ?t) }
"""
WIDE = """\
#+ title: Wide
#+ columns: [{name: s, label: Text}]
SELECT ?s { VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 }
  BIND(CONCAT(STR(?a), STR(?b), "-long-long-long-long-long-long-long-long-long-long") AS ?s) } ORDER BY ?s
"""


def asked(query: str, **job: Any) -> tuple[dict[str, Any], str]:
    head, body = answer(Store(), {**JOB, "query": query, **job})
    return head, body.decode()


def test_rows_of_one_page_are_given_and_all_are_counted() -> None:
    head, body = asked(NUMBERS, offset=2, limit=3, columns=["m", "n"])
    assert body.split() == ["m,n", "4,2", "6,3", "8,4"]
    assert (head["rows"], head["total"], head["truncated"], head["shape"]) == (3, 7, False, "table")
    pages = [asked(NUMBERS, offset=start, limit=3)[1].split()[1:] for start in range(0, 9, 3)]
    assert [row for page in pages for row in page] == asked(NUMBERS)[1].split()[1:]


def test_a_graph_is_cut_in_a_fixed_order_and_yes_or_no_is_never() -> None:
    graph = "CONSTRUCT { <urn:s> <urn:p> ?n } WHERE { VALUES ?n { 3 1 2 1 } }"
    parts = [asked(graph, offset=start, limit=2, asked=True) for start in (0, 2)]
    assert [(head["rows"], head["total"], head["shape"]) for head, _ in parts] == [(2, 3, "graph"), (1, 3, "graph")]
    assert [body.split()[1:] for _, body in parts] == [["urn:s,urn:p,1", "urn:s,urn:p,2"], ["urn:s,urn:p,3"]]
    head, body = asked("ASK {}", offset=5, accept=JSON)
    assert (head["total"], json.loads(body)["boolean"]) == (1, True)


def test_a_page_that_was_asked_for_is_not_marked_and_all_of_it_is() -> None:
    for client_knows, link in ((True, None), (False, ["#truncated-after-3-rows"])):
        head, body = asked(NUMBERS, limit=3, asked=client_knows, accept=JSON)
        assert json.loads(body)["head"].get("link") == link
        assert not head["truncated"]
    _, turtle = asked("CONSTRUCT { <urn:s> <urn:p> 1, 2 } WHERE {}", limit=1, accept=TURTLE)
    assert turtle.endswith("# truncated: #truncated-after-1-rows\n")


def test_as_many_rows_as_fit_into_the_bytes_are_given() -> None:
    whole = asked(NUMBERS)[1]
    head, body = asked(NUMBERS, bytes=len(whole) - 1)
    assert head["truncated"]
    assert 0 < head["rows"] < 7
    assert body == "".join(whole.splitlines(keepends=True)[: head["rows"] + 1])
    head, _ = asked(NUMBERS, bytes=8)
    assert (head["status"], "One row alone" in head["message"]) == (503, True)


def test_terms_are_bound_as_terms() -> None:
    hostile: list[NamedNode | Literal] = [
        Literal('" } #\n\\<script>'),
        Literal("a", language="zh-hans"),
        NamedNode("urn:x?a=b&c='é"),
        Literal(7),
    ]
    for value in hostile:
        assert term(json_term(value)) == value
        head, body = asked("SELECT ?v ?same { BIND(STR(?v) AS ?same) }", bound={"v": json_term(value)}, accept=JSON)
        assert (head["rows"], json.loads(body)["results"]["bindings"][0]["same"]["value"]) == (1, value.value)


@pytest.fixture
def limited(site: Site) -> Iterator[TestClient]:
    queries = tuple(read_query(text, f"{name}.rq") for name, text in zip("ehw", (ENDLESS, HUNGRY, WIDE), strict=True))
    limits = Limits(answer_seconds=0.5, patience_seconds=0.1, memory_mb=40, answer_bytes=3_000, workers=2)
    with TestClient(create_app(replace(site, queries=queries, limits=limits))) as client:
        yield client


@pytest.mark.parametrize(("name", "words"), [("e", "longer than 0.5 seconds"), ("h", "more than 40 MB of memory")])
def test_a_canned_query_is_stopped_at_its_limit_and_told_why(limited: TestClient, name: str, words: str) -> None:
    refused = limited.get(f"/queries/{name}")
    assert (refused.status_code, words in refused.text) == (503, True), refused.text
    assert "retry-after" in refused.headers
    page = limited.get(f"/queries/{name}", headers={"Accept": "text/html"})
    assert (page.status_code, words in page.text, "<h1>" in page.text) == (503, True, True)


def test_bytes_cut_an_answer_and_next_leads_to_the_rest(limited: TestClient) -> None:
    address, found = "/queries/w?format=csv", []
    while address:
        answer = limited.get(address)
        assert answer.headers["x-total-count"] == "100"
        found += answer.text.split()[1:]
        more = answer.links.get("next")
        # The links after it ask for as many rows as fitted, and get them.
        assert ("x-kgpub-truncated" in answer.headers) == ("limit=" not in address)
        address = "/queries/w" + more["url"] if more else ""
    assert [row[:2] for row in found] == [f"{number:02}" for number in range(100)]
