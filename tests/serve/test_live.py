"""The service in a real server process, asked by the clients that people use."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.serve.running import BASE, ask, serving

PERSONS = """
PREFIX cwc: <https://w3id.org/cwcorr/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name { ?person a cwc:Person ; skos:prefLabel ?name } ORDER BY ?name"""
NAMES = ["Ada Quill", "Ben Inkwell", "Cyr Post", "Dora Seal", "Eve Typist"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as (_, root):
        yield root


def client(address: str, query: str) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(f"{address}/sparql")
    wrapper.setQuery(query)
    return wrapper


def test_sparqlwrapper_asks_by_get_and_by_both_kinds_of_post(address: str):
    for method, direct in (("GET", None), (POST, None), (POST, POSTDIRECTLY)):
        wrapper = client(address, PERSONS)
        wrapper.setReturnFormat(JSON)
        wrapper.setMethod(method)
        if direct:
            wrapper.setRequestMethod(direct)
        rows = wrapper.query().convert()["results"]["bindings"]
        assert [row["name"]["value"] for row in rows] == NAMES


def test_sparqlwrapper_reads_xml_csv_and_turtle(address: str):
    wrapper = client(address, PERSONS)
    wrapper.setReturnFormat(XML)
    assert len(wrapper.query().convert().getElementsByTagName("result")) == 5
    wrapper.setReturnFormat(CSV)
    assert wrapper.query().convert().decode().splitlines() == ["name", *NAMES]
    wrapper = client(address, f"DESCRIBE <{BASE}place/northport>")
    wrapper.setReturnFormat(TURTLE)
    assert b'"Northport"@en' in wrapper.query().convert()


def test_sparqlwrapper_sees_what_is_wrong_with_a_query(address: str):
    with pytest.raises(QueryBadFormed, match="This is not a SPARQL query"):
        client(address, "SELECT * { ?s ?p").query()


def test_an_entity_is_fetched_as_by_curl(address: str):
    request = urllib.request.Request(f"{address}/person/ada-quill", headers={"Accept": "application/ld+json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.headers["Content-Type"] == "application/ld+json"
        nodes = {node["@id"] for node in json.load(answer)}
    assert nodes == {f"{BASE}person/ada-quill{part}" for part in ("", "#name-1", "#sparrow", "#use-1")}


def test_a_merged_id_is_followed_to_its_successor(address: str):
    with urllib.request.urlopen(f"{address}/document/X1?format=ttl", timeout=10) as answer:
        assert answer.url == f"{address}/document/L4?format=ttl"
        assert b'dcterms:identifier "L4" , "X1"' in answer.read()


def test_a_refusal_reaches_the_client_with_status_and_reason(address: str):
    query = quote("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{address}/sparql?query={query}", timeout=10)
    with caught.value as answer:
        assert answer.code == 403
        assert b"SERVICE is refused" in answer.read()


def test_many_at_once_are_answered_and_the_process_lives_on(address: str):
    def ask(number: int) -> int:
        path = ("/sparql?query=" + quote(PERSONS), "/document/L1", "/person/none", "/sparql?query=broken")[number % 4]
        try:
            with urllib.request.urlopen(address + path, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(ask, range(80)))
    assert codes == [200, 200, 404, 400] * 20


def test_rdflib_asks_as_a_store(address: str):
    store = SPARQLStore(f"{address}/sparql")
    assert [str(row.name) for row in rdflib.Graph(store).query(PERSONS)] == NAMES
    northport = rdflib.URIRef(f"{BASE}place/northport")
    label = rdflib.Graph(store).value(northport, rdflib.SKOS.prefLabel)
    assert label == rdflib.Literal("Northport", lang="en")
    assert bool(store.query(f"ASK {{ <{northport}> ?p ?o }}").askAnswer)
    posting = SPARQLStore(f"{address}/sparql", method="POST", returnFormat="json")
    assert [str(row.name) for row in posting.query(PERSONS)] == NAMES


# What such clients send: a wish list with q-values, by form, and a preflight before. The clients themselves are not run here.
COMUNICA = "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,text/turtle;q=0.6"
YASGUI = "application/sparql-results+json,*/*;q=0.9"


def test_a_script_in_a_browser_asks_by_form_after_a_preflight(address: str):
    origin = {"Origin": "https://yasgui.example"}
    preflight = {
        **origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-requested-with",
    }
    allowed = ask(f"{address}/sparql", "OPTIONS", preflight)
    assert allowed.status == 200
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert "x-requested-with" in allowed.headers["access-control-allow-headers"]
    headers = {**origin, "Accept": YASGUI, "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    answer = ask(f"{address}/sparql", "POST", headers, f"query={quote(PERSONS)}".encode())
    assert answer.headers["access-control-allow-origin"] == "*"
    assert [row["name"]["value"] for row in json.loads(answer.body)["results"]["bindings"]] == NAMES


def test_a_wish_list_of_rdf_formats_is_met_by_the_best_liked(address: str):
    described = ask(f"{address}/sparql", headers={"Accept": COMUNICA})
    assert (described.status, described.headers["content-type"]) == (200, "application/n-quads")
    assert b"sparql-service-description#endpoint" in described.body
    query = quote(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{BASE}place/northport>) }}")
    assert (
        ask(f"{address}/sparql?query={query}", headers={"Accept": COMUNICA}).headers["content-type"]
        == "application/n-quads"
    )
