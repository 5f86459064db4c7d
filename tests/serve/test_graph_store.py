"""The reading side of the Graph Store Protocol."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from tests.serve.running import ask, serving

BASE = "https://example.org/letters/"
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_graph_is_given_whole_in_the_format_asked_for(client, store: Store, media_type: str) -> None:
    expected = {quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(f"{BASE}graph/X1"))}
    by_name = client.get("/graph-store", params={"graph": f"{BASE}graph/X1"}, headers={"Accept": media_type})
    by_path = client.get("/graph-store/graph/X1", headers={"Accept": media_type})
    for answer in (by_name, by_path):
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert {quad.triple for quad in parse(answer.content, format=FORMATS[media_type])} == expected
        assert "Accept" in answer.headers["vary"]
    assert len(expected) == 14


def test_the_default_graph_is_all_graphs_together_each_triple_once(client, store: Store) -> None:
    lines = client.get("/graph-store?default", headers={"Accept": "application/n-triples"}).text.splitlines()
    assert len(lines) == len(set(lines)) == len({quad.triple for quad in store})


def test_a_graph_that_is_not_here_is_not_found(client) -> None:
    for path in (
        f"/graph-store?graph={BASE}graph/none",
        "/graph-store/graph/none",
        "/graph-store?graph=http://elsewhere.example/",
    ):
        answer = client.get(path)
        assert (answer.status_code, "There is no graph <" in answer.text) == (404, True)


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("", 400, "Name one graph"),
        ("?default&graph=http://x/", 400, "Name one graph"),
        ("?graph=http://x/&graph=http://y/", 400, "Name one graph"),
        ("?graph=graph/L1", 400, "not an absolute IRI"),
        ("?default=yes", 400, "has no value"),
        ("?graph=%FF", 400, "not UTF-8"),
    ],
)
def test_a_request_that_names_no_one_graph_is_told_how(client, query: str, status: int, says: str) -> None:
    answer = client.get(f"/graph-store{query}")
    assert (answer.status_code, says in answer.text) == (status, True)


def test_head_has_the_headers_alone(client) -> None:
    got, head = client.get("/graph-store/graph/X1"), client.head("/graph-store/graph/X1")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert client.head("/graph-store/graph/none").status_code == 404


def test_a_format_that_no_graph_has_is_not_acceptable(client) -> None:
    answer = client.get("/graph-store?default", headers={"Accept": "text/csv"})
    assert (answer.status_code, "text/turtle" in answer.text) == (406, True)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/graph-store?default", "/graph-store/graph/X1"])
def test_nothing_is_written(client, store: Store, method: str, path: str) -> None:
    before = len(store)
    answer = client.request(method, path, content="<a:s> <a:p> 1 .", headers={"Content-Type": "text/turtle"})
    assert (answer.status_code, answer.headers["allow"]) == (403, "GET, HEAD, OPTIONS")
    assert "read-only" in answer.text
    assert len(store) == before


def test_options_says_what_may_be_asked(client) -> None:
    answer = client.options("/graph-store")
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


def test_a_graph_named_by_the_address_that_is_asked_is_that_graph(tmp_path: Path) -> None:
    """The protocol's direct identification; the same path at another host is a path of the publication."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = f"http://stores.example:{port}/graph-store/person/1.ttl"
    below = f"{BASE}person/1.ttl"
    file = tmp_path / "data.trig"
    file.write_text(f'<{own}> {{ <a:s> <a:p> "direct" }} <{below}> {{ <a:s> <a:p> "below" }}', "utf-8")
    with serving("{}", file) as (_, root):
        for _ in range(2):
            direct = ask(f"{root}/graph-store/person/1.ttl", headers={"Host": f"stores.example:{port}"})
            assert (direct.status, b'"direct"' in direct.body) == (200, True)
            assert "Host" in direct.headers["vary"]
            other = ask(f"{root}/graph-store/person/1.ttl")
            assert (other.status, b'"below"' in other.body) == (200, True)
        absent = ask(f"{root}/graph-store/person/4.ttl", "HEAD", {"Host": f"stores.example:{port}"})
        assert absent.status == 404
