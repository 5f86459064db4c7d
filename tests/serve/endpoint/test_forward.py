"""The service in front of the real Oxigraph server and the real Virtuoso 7: the same answers as from memory."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store, parse

from kgpub.serve.app import Limits, Site, create_app
from kgpub.serve.endpoint.address import Address
from kgpub.serve.endpoint.probe import StoreUnready, graph_lines
from tests.serve.conftest import BASE, TestClient  # type: ignore[attr-defined]
from tests.serve.endpoint.conftest import behind, pushed, query_url
from tests.stores import RunningStore, oxigraph
from tests.test_site_queries import GIVEN, QUERIES

VIRTUOSO_CANNOT = {
    "actors-without-a-link": "MIN passes over what is unbound",
    "cited-but-not-published": "leaves out one of several OPTIONAL sub-selects",
    "cover-name-channels": "takes the two texts of a UNION for numbers",
    "gaps-in-the-record": "joins an OPTIONAL sub-select to the wrong row",
    "letters-and-offices": "SUBSTR of an unbound length ends the query, within COALESCE too",
    "links-and-evidence": "loses one side of a UNION",
    "places-without-a-link": "MIN passes over what is unbound",
    "threads": "an error in its compiler (SQ156)",
}
"""Measured on 7.2.5; docs/serving.md lists them."""


@pytest.fixture
def here(site: Site) -> Site:
    return replace(site, queries=(*site.queries, *QUERIES.values()), limits=Limits(answer_seconds=15))


@pytest.fixture
def there(here: Site, pushed_to: RunningStore) -> Iterator[TestClient]:
    with TestClient(create_app(behind(here, query_url(pushed_to))), follow_redirects=False) as client:
        yield client


def plain(cell: dict[str, str]) -> tuple[str, ...]:
    """Return a cell by value: stores write 1.50 as 1.5, true as 1, and tell integers from decimals or do not."""
    kind = cell.get("datatype", "").rpartition("#")[2]
    if kind in ("integer", "decimal", "double", "nonNegativeInteger", "int"):
        return ("number", str(float(cell["value"])))
    value = {"1": "true", "0": "false"}.get(cell["value"], cell["value"]) if kind == "boolean" else cell["value"]
    return (value, cell.get("xml:lang", "").lower(), kind)


def table(answer: Any) -> list[dict[str, tuple[str, ...]]]:
    assert answer.status_code == 200, answer.text
    return [{name: plain(cell) for name, cell in row.items()} for row in answer.json()["results"]["bindings"]]


def test_every_canned_query_gives_the_same_rows(here: Site, there: TestClient, pushed_to: RunningStore) -> None:
    known = VIRTUOSO_CANNOT if "sparql" in pushed_to.url else {}
    wrong = {}
    with TestClient(create_app(here)) as memory:
        for name in QUERIES:
            given = GIVEN.get(name, {})
            want = memory.get(f"/queries/{name}", params=given)
            got = there.get(f"/queries/{name}", params=given)
            if got.status_code != 200 or table(got) != table(want):
                wrong[name] = got.text[:300]
            else:
                assert got.headers["x-total-count"] == want.headers["x-total-count"]
    assert set(wrong) <= set(known), wrong


def test_an_entity_has_the_same_triples_and_page(here: Site, there: TestClient) -> None:
    with TestClient(create_app(here)) as memory:
        for path in ("document/L1", "document/L3a", "person/ada-quill", "place/northport", "graph/L1"):
            both = [set(parse(one.get(f"/{path}.nt").content, format=RdfFormat.N_TRIPLES)) for one in (memory, there)]
            assert both[0]
            assert both[0] == both[1], path
            pages = [one.get(f"/{path}.html").text for one in (memory, there)]
            assert pages[0] == pages[1]
        assert there.get("/document/L9").status_code == memory.get("/document/L9").status_code == 404


def test_the_protocol_is_spoken_in_every_format(there: TestClient) -> None:
    select = "SELECT ?t { <document/L1> <http://purl.org/dc/terms/title> ?t }"
    for form, text in (("csv", "rope"), ("tsv", '"@en'), ("xml", "<binding"), ("json", '"bindings"')):
        answer = there.get("/sparql", params={"query": f"BASE <{BASE}> {select}", "format": form})
        assert (answer.status_code, text in answer.text) == (200, True), answer.text
    for ask, yes in (("ASK { ?s ?p ?o }", True), ("ASK { <urn:no> ?p ?o }", False)):
        assert there.get("/sparql", params={"query": ask}).json()["boolean"] is yes
    for form in ("ttl", "nt", "jsonld", "rdf"):
        construct = {"query": f"CONSTRUCT WHERE {{ <{BASE}document/L1> ?p ?o }}", "format": form}
        assert "L1" in there.get("/sparql", params=construct).text
    named = there.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": f"{BASE}graph/L1"})
    assert 0 < len(named.json()["results"]["bindings"]) < 100
    graph = there.get("/graph-store", params={"graph": f"{BASE}graph/L1"})
    assert (graph.status_code, there.get("/graph-store", params={"graph": "urn:none"}).status_code) == (200, 404)
    assert "sd:namedGraph" in there.get("/sparql", headers={"Accept": "text/turtle"}).text


def test_rows_are_cut_and_marked(here: Site, pushed_to: RunningStore) -> None:
    site = behind(replace(here, limits=Limits(rows=7)), query_url(pushed_to))
    with TestClient(create_app(site)) as client:
        answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
        assert answer.headers["x-kgpub-truncated"] == "rows=7"
        assert len(answer.json()["results"]["bindings"]) == 7
        assert answer.json()["head"]["link"] == ["#truncated-after-7-rows"]
        graph = client.get("/sparql", params={"query": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "format": "nt"})
        assert graph.headers["x-kgpub-truncated"] == "rows=7"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { ?s ?p }", 400),
        ("SELEC * { ?s ?p ?o }", 400),
        ('define get:soft "soft" SELECT * { ?s ?p ?o }', 400),
        ("SELECT (bif:now() AS ?x) {}", 403),
        ("SELECT (<sql:rnd>(1) AS ?x) {}", 403),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 403),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403),
    ],
)
def test_what_is_refused_in_front_of_memory_is_refused_in_front_of_a_store(
    there: TestClient, query: str, status: int
) -> None:
    assert there.post("/sparql", data={"query": query}).status_code == status


def test_a_store_that_is_gone_is_told_and_ready_says_so(here: Site, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with oxigraph(tmp_path / "data") as store:
        site = behind(here, query_url(pushed(store, tmp_path)))
        client = TestClient(create_app(site))
        client.__enter__()
        assert client.get("/ready").status_code == 200
        assert client.get("/queries/letters-of").status_code == 200
    try:
        for path in ("/sparql?query=ASK%20%7B%7D", "/queries/letters-on?day=1950-01-10", "/document/L2"):
            answer = client.get(path)
            assert (answer.status_code, "triple store behind this service" in answer.text) == (503, True), answer.text
        assert client.get("/ready").status_code == 503
        assert client.get("/health").status_code == 200
    finally:
        client.__exit__(None, None, None)
    with pytest.raises(StoreUnready, match="Is the store running"):
        graph_lines(query_url(store), None, "urn:x")


@contextmanager
def false_store(answer: bytes, wait: float = 0.0) -> Iterator[str]:
    """A server that sends some bytes to whoever asks, after a while, and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=attend, args=(connection,), daemon=True).start()

    def attend(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            time.sleep(wait)
            connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/query"
    finally:
        listener.close()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: 1000\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        (HEAD + b'{"head":{"vars":["s"]},"results":{"bindings":[{"s"', 502, "broke off its answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwhat", 502, "sent no application/sparql-results+json"),
        (b"HTTP/1.1 500 No\r\nContent-Length: 4\r\n\r\nwhat", 502, "cannot run this query (500)"),
        (b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", 503, "no room"),
        (b"HTTP/1.1 504 No\r\nContent-Length: 0\r\n\r\n", 504, "too long"),
        (b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", 502, "KGPUB_ENDPOINT_USER"),
        (b"HTTP/1.1 302 No\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 502, "correct --endpoint"),
        (b"", 502, "broke off"),
    ],
)
def test_what_a_store_does_wrong_is_told(here: Site, sent: bytes, status: int, words: str) -> None:
    with false_store(sent) as url:
        site = replace(here, endpoint=Address(url, frozenset()))
        with TestClient(create_app(site)) as client:
            answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
            assert (answer.status_code, words in answer.text) == (status, True), answer.text
            problem = client.get("/queries/letters-of", headers={"Accept": "application/json"})
            assert (problem.status_code, problem.json()["status"]) == (status, status)


def test_a_slow_store_is_not_waited_for_beyond_the_limit(here: Site) -> None:
    with false_store(b"", wait=20) as url:
        site = replace(
            here, endpoint=Address(url, frozenset()), limits=Limits(answer_seconds=0.5, patience_seconds=0.1)
        )
        with TestClient(create_app(site)) as client:
            began = time.monotonic()
            for path in ("/sparql?query=ASK%20%7B%7D", "/queries/letters-of"):
                answer = client.get(path)
                assert (answer.status_code, "longer than 0.5 seconds" in answer.text) == (503, True), answer.text
            assert time.monotonic() - began < 8
            assert client.get("/ready").status_code == 503


def test_terms_reach_a_store_as_terms(here: Site, there: TestClient) -> None:
    """What a reader types is compared as it is: with quotes, lines, markup and brackets in it, nobody bears the name."""
    for value in ('"', "' } #", "x\ny", "\\", '\\" } UNION { ?s ?p ?o } #', "<b>", "}", "\\u0022", "日本"):
        answer = there.get("/queries/who-is-meant", params={"surname": value})
        assert (answer.status_code, json.loads(answer.text)["results"]["bindings"]) == (200, []), answer.text
    for iri in ("https://example.org/x?a=b&c='d'#é", "urn:x:%7D%22%3E"):
        assert there.get("/queries/letters-of", params={"person": iri}).status_code == 400


def test_without_a_local_dump_the_store_in_memory_is_not_needed(here: Site, pushed_to: RunningStore) -> None:
    site = behind(replace(here, dist=None), query_url(pushed_to))
    assert not isinstance(site.store, Store)
    with TestClient(create_app(site)) as client:
        for path in ("/", "/queries", "/openapi.json", "/document/L1", "/reconcile"):
            assert client.get(path).status_code == 200, path


def test_explanations_are_not_offered_where_a_store_has_the_data(here: Site, pushed_to: RunningStore) -> None:
    """An empty answer does not lead to what would be refused, and the refusal says what to do."""
    empty = "SELECT * { ?s <https://example.org/none> ?o }"
    with TestClient(create_app(behind(here, query_url(pushed_to)))) as client:
        answer = client.get("/sparql", params={"query": empty})
        assert (answer.status_code, answer.json()["results"]["bindings"]) == (200, [])
        assert "link" not in answer.headers
        page = client.get("/queries/who-is-meant", params={"surname": "Nobody"}, headers={"Accept": "text/html"})
        assert "Nothing in the graph answers this." in page.text
        assert "explain=1" not in page.text
        refused = client.get("/sparql", params={"query": empty, "explain": "1"})
        assert (refused.status_code, "kgpub sparql --explain" in refused.text) == (501, True)
