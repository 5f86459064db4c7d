"""The SPARQL 1.1 Protocol, read-only."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from kgpub.serve.app import Limits, create_app

BASE = "https://example.org/letters/"
PERSONS = """
PREFIX cwc: <https://w3id.org/cwcorr/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?person ?name { ?person a cwc:Person ; skos:prefLabel ?name } ORDER BY ?name"""
NAMES = ["Ada Quill", "Ben Inkwell", "Cyr Post", "Dora Seal", "Eve Typist"]
DESCRIPTION = f"CONSTRUCT {{ <{BASE}place/northport> ?p ?o }} WHERE {{ <{BASE}place/northport> ?p ?o }}"
NAME = Triple(
    NamedNode(f"{BASE}place/northport"),
    NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
    Literal("Northport", language="en"),
)


def names(response: Any) -> list[str]:
    return [row["name"]["value"] for row in response.json()["results"]["bindings"]]


def test_a_query_is_answered_by_get_by_form_and_by_body(client):
    got = client.get("/sparql", params={"query": PERSONS})
    assert got.headers["content-type"].startswith("application/sparql-results+json")
    assert names(got) == NAMES
    assert names(client.post("/sparql", data={"query": PERSONS})) == NAMES
    body = client.post("/sparql", content=PERSONS, headers={"Content-Type": "application/sparql-query; charset=utf-8"})
    assert names(body) == NAMES


def test_the_union_of_all_graphs_is_asked(client):
    answer = client.get("/sparql", params={"query": f"ASK {{ <{BASE}document/L2> ?p <{BASE}document/L1> }}"})
    assert answer.json()["boolean"] is True


def test_from_narrows_the_query_to_its_graph(client):
    query = f"SELECT (COUNT(*) AS ?name) FROM <{BASE}graph/X1> {{ ?s ?p ?o }}"
    assert names(client.get("/sparql", params={"query": query})) == ["14"]


def test_the_protocols_graph_parameters_win_over_the_query(client):
    query = f"SELECT (COUNT(*) AS ?name) FROM <{BASE}graph/X1> {{ ?s ?p ?o }}"
    answer = client.get("/sparql", params={"query": query, "default-graph-uri": f"{BASE}graph/derived"})
    assert names(answer) == ["25"]
    inside = "SELECT DISTINCT (STR(?g) AS ?name) { GRAPH ?g { ?s ?p ?o } }"
    answer = client.get("/sparql", params={"query": inside, "named-graph-uri": f"{BASE}graph/derived"})
    assert names(answer) == [f"{BASE}graph/derived"]


def test_a_graph_from_elsewhere_is_empty_and_not_fetched(client):
    elsewhere = "http://elsewhere.example/"
    assert names(client.get("/sparql", params={"query": PERSONS, "default-graph-uri": elsewhere})) == []
    assert names(client.get("/sparql", params={"query": PERSONS.replace("{ ", f"FROM <{elsewhere}> {{ ", 1)})) == []


def test_a_graph_that_has_no_iri_is_a_bad_request(client):
    answer = client.get("/sparql", params={"query": PERSONS, "named-graph-uri": "graph/L1"})
    assert (answer.status_code, "<graph/L1> is not an absolute IRI" in answer.text) == (400, True)


TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}


@pytest.mark.parametrize("media_type", TABLES)
def test_a_table_comes_in_the_format_asked_for(client, media_type: str):
    answer = client.get("/sparql", params={"query": PERSONS}, headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]
    if media_type == "text/csv":
        assert [row[1] for row in csv.reader(answer.text.splitlines())] == ["name", *NAMES]
    else:
        rows = parse_query_results(answer.content, format=TABLES[media_type])
        assert [row["name"].value for row in rows] == NAMES


GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}


@pytest.mark.parametrize("media_type", GRAPHS)
def test_triples_come_in_the_format_asked_for(client, media_type: str):
    answer = client.get("/sparql", params={"query": DESCRIPTION}, headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert NAME in {quad.triple for quad in parse(answer.content, format=GRAPHS[media_type])}


def test_a_format_parameter_wins_over_accept(client):
    answer = client.get("/sparql", params={"query": PERSONS, "format": "xml"}, headers={"Accept": "text/csv"})
    assert ElementTree.fromstring(answer.text).tag == "{http://www.w3.org/2005/sparql-results#}sparql"


def test_a_clients_own_name_for_a_format_leaves_the_choice_to_accept(client):
    answer = client.get("/sparql", params={"query": PERSONS, "format": "turtle"}, headers={"Accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")


def test_a_format_that_does_not_fit_the_answer_is_not_acceptable(client):
    answer = client.get("/sparql", params={"query": PERSONS}, headers={"Accept": "text/turtle"})
    assert (answer.status_code, "application/sparql-results+json" in answer.text) == (406, True)


def test_a_browser_without_a_query_gets_a_form_and_with_one_a_table_too(client):
    browser = {"Accept": "text/html"}
    form = client.get("/sparql", headers=browser)
    assert '<textarea id="query" name="query"' in form.text
    page = client.get("/sparql", params={"query": PERSONS}, headers=browser)
    assert f'<a href="/person/ada-quill">{"person/ada-quill"}</a>' in page.text
    assert "5 rows" in page.text
    assert "PREFIX skos: &lt;http://" in page.text
    yes = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}, headers=browser)
    assert "<p>Yes.</p>" in yes.text
    triples = client.get("/sparql", params={"query": DESCRIPTION}, headers=browser)
    assert '<th scope="col">predicate</th>' in triples.text


def test_a_page_shows_the_first_rows_only(client):
    page = client.get("/sparql", params={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}, headers={"Accept": "text/html"})
    assert page.text.count("<tr>") == 501
    assert "the first 500 rows" in page.text


@pytest.mark.parametrize(
    ("send", "status", "says"),
    [
        ({"params": {"query": "SELECT * { ?s ?p"}}, 400, "This is not a SPARQL query: line 1, column 17: expected"),
        ({"params": {"query": "SELECT * { ?s x:p ?o }"}}, 400, "This is not a SPARQL query"),
        ({"params": {"query": "INSERT DATA { <a:s> <a:p> 1 }"}}, 403, "INSERT is refused"),
        ({"params": {"update": "CLEAR ALL"}}, 403, "Updates are refused"),
        ({"params": {"query": "SELECT * { SERVICE <http://x/> {} }"}}, 403, "SERVICE is refused"),
        ({"params": {"query": "(" * 500}}, 400, "opens 500 brackets"),
        ({"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400, "two queries"),
        ({"params": {"query": "  "}, "headers": {"Accept": "text/csv"}}, 400, "There is no query"),
    ],
)
def test_what_is_wrong_with_a_get_is_said_in_plain_text(client, send: dict[str, Any], status: int, says: str):
    answer = client.get("/sparql", **send)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert says in answer.text


@pytest.mark.parametrize(
    ("send", "status", "says"),
    [
        ({"data": {"update": "CLEAR ALL"}}, 403, "Updates are refused"),
        (
            {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}},
            403,
            "Updates are refused",
        ),
        ({"content": "x", "headers": {"Content-Type": "text/plain"}}, 415, "A POST of type text/plain"),
        ({"content": b"ASK {}\xff", "headers": {"Content-Type": "application/sparql-query"}}, 400, "UTF-8 from byte 7"),
        ({"content": b"query=%FF", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400, "not UTF-8"),
        ({"content": "ASK {}", "headers": {"Content-Type": "application/sparql-query;charset=utf-16"}}, 415, "utf-16"),
        ({"data": {"other": "x"}}, 400, "There is no query"),
        (
            {"content": b"x" * 90_000, "headers": {"Content-Type": "application/sparql-query"}},
            413,
            "larger than 80,000",
        ),
    ],
)
def test_what_is_wrong_with_a_post_is_said_in_plain_text(client, send: dict[str, Any], status: int, says: str):
    answer = client.post("/sparql", **send)
    assert answer.status_code == status
    assert says in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(client, method: str):
    assert client.request(method, "/sparql").status_code == 405


PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


def test_an_answer_is_cut_at_the_limit_of_bytes_and_says_so(client):
    answer = client.get("/sparql", params={"query": PRODUCT})
    rows = len(answer.json()["results"]["bindings"])
    assert answer.status_code == 200
    assert 50_000 < len(answer.content) < 61_000
    assert answer.headers["x-kgpub-truncated"] == f"rows={rows}"
    assert answer.json()["head"]["link"] == [f"#truncated-after-{rows}-rows"]


@pytest.fixture
def short(client, site):
    """The service with a limit of ten rows."""
    with type(client)(create_app(replace(site, limits=Limits(rows=10)))) as short:
        yield short


@pytest.mark.parametrize("media_type", TABLES)
def test_a_table_is_cut_at_the_limit_of_rows_and_whole_in_its_format(short, media_type: str):
    answer = short.get("/sparql", params={"query": PRODUCT}, headers={"Accept": media_type})
    assert answer.headers["x-kgpub-truncated"] == "rows=10"
    if media_type == "text/csv":
        assert len(list(csv.reader(answer.text.splitlines()))) == 11
    else:
        assert len(list(parse_query_results(answer.content, format=TABLES[media_type]))) == 10
    assert ("truncated" in answer.text) == (media_type not in ("text/csv", "text/tab-separated-values"))


@pytest.mark.parametrize("media_type", GRAPHS)
def test_triples_are_cut_at_the_limit_of_rows_and_whole_in_their_format(short, media_type: str):
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    answer = short.get("/sparql", params={"query": query}, headers={"Accept": media_type})
    assert answer.headers["x-kgpub-truncated"] == "rows=10"
    assert len({quad.triple for quad in parse(answer.content, format=GRAPHS[media_type])}) == 10
    # JSON-LD has no place for a remark.
    assert ("truncated-after-10" in answer.text) == (media_type != "application/ld+json")


def test_an_answer_of_just_as_many_rows_as_the_limit_is_whole(short):
    answer = short.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 10"})
    assert "x-kgpub-truncated" not in answer.headers
    assert len(answer.json()["results"]["bindings"]) == 10
    assert "link" not in answer.json()["head"]


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?all) { ?a ?b ?c . ?d ?e ?f }"


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_is_answered(client, site):
    hasty = replace(site, limits=Limits(answer_seconds=0.3, patience_seconds=0.1, workers=1))
    with type(client)(create_app(hasty)) as impatient:
        slow = impatient.get("/sparql", params={"query": SLOW})
        assert (slow.status_code, "longer than 0.3 seconds, the limit here" in slow.text) == (503, True)
        assert slow.headers["retry-after"] == "60"
        assert impatient.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_a_query_that_takes_too_much_memory_is_stopped_and_the_next_one_is_answered(client, site):
    narrow = replace(site, limits=Limits(memory_mb=32, answer_seconds=60))
    with type(client)(create_app(narrow)) as poor:
        greedy = poor.get("/sparql", params={"query": GREEDY})
        assert (greedy.status_code, "more than 32 MB of memory" in greedy.text) == (503, True)
        assert poor.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_no_query_changes_the_store(client, store):
    before = len(store)
    for query in ("DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "DROP ALL", "INSERT DATA { <a:s> <a:p> 1 }"):
        client.get("/sparql", params={"query": query})
        client.post("/sparql", data={"update": query})
        client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-update"})
        client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})
    assert len(store) == before


def test_errors_are_said_to_a_browser_on_a_page_with_the_same_status(client):
    answer = client.get("/sparql", params={"query": "SELECT <b>"}, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "This is not a SPARQL query" in answer.text
    assert "<!doctype html>" in answer.text


def test_the_json_of_an_empty_answer_has_its_variables(client):
    answer = client.get("/sparql", params={"query": "SELECT ?x ?y { ?x <a:none> ?y }"})
    assert json.loads(answer.text) == {"head": {"vars": ["x", "y"]}, "results": {"bindings": []}}
