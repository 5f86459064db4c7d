"""The service in a real server process, asked by the clients that people use."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

BASE = "https://example.org/letters/"
TINY = Path(__file__).parents[1] / "data" / "tiny.trig"
PERSONS = """
PREFIX cwc: <https://w3id.org/cwcorr/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name { ?person a cwc:Person ; skos:prefLabel ?name } ORDER BY ?name"""
NAMES = ["Ada Quill", "Ben Inkwell", "Cyr Post", "Dora Seal", "Eve Typist"]
PROGRAM = """
import sys
import uvicorn
from pyoxigraph import RdfFormat, Store
from kgpub.serve.app import Site, create_app
store = Store()
store.load(path=sys.argv[1], format=RdfFormat.TRIG)
app = create_app(Site(store=store, base=sys.argv[2], title="Letters"))
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[3]), log_level="warning")
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", PROGRAM, str(TINY), BASE, str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "no_proxy": "127.0.0.1"}) as process:
        try:
            _wait(process, f"{root}/sparql")
            yield root
        finally:
            process.terminate()
            process.wait(10)


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise AssertionError(process.stderr.read().decode() if process.stderr else "")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not answer within ten seconds")


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
    assert nodes == {f"{BASE}person/ada-quill{part}" for part in ("", "#name-1", "#sparrow")}


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
