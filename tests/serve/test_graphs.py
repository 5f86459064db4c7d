"""Named graphs at their IRIs: in each format, with what is said of them, and with the way to their triples alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kgpub.serve.app import Site, create_app
from tests.serve.conftest import TestClient  # type: ignore[attr-defined]

BASE = "https://example.org/letters/"
GRAPH = NamedNode(f"{BASE}graph/L1")
ELSEWHERE = NamedNode(f"{BASE}graph/provenance")
TRIPLES = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
QUADS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS}
TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "html": "text/html",
}


@pytest.fixture
def described(site: Site) -> Site:
    """The publication with a statement about a graph that stands in another one."""
    store = Store()
    store.extend(site.store)
    license_ = NamedNode("http://purl.org/dc/terms/license")
    store.add(Quad(GRAPH, license_, NamedNode("https://example.org/free"), ELSEWHERE))
    return replace(site, store=store)


def held(site: Site) -> set[Quad]:
    """What a client should be given of the graph."""
    store = site.store
    return {*store.quads_for_pattern(None, None, None, GRAPH), *store.quads_for_pattern(GRAPH, None, None)}


@pytest.mark.parametrize("way", ["accept", "format", "ending"])
@pytest.mark.parametrize("name", TYPES)
def test_a_graph_comes_in_the_format_asked_for(described: Site, name: str, way: str) -> None:
    asked: dict[str, Callable[[Any], Any]] = {
        "accept": lambda client: client.get("/graph/L1", headers={"Accept": TYPES[name]}),
        "format": lambda client: client.get(f"/graph/L1?format={name}"),
        "ending": lambda client: client.get(f"/graph/L1.{name}"),
    }
    with TestClient(create_app(described)) as client:
        answer = asked[way](client)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == TYPES[name]
    assert answer.headers["content-location"] == f"/graph/L1.{name}"
    assert "Accept" in answer.headers["vary"]
    if name in QUADS:
        assert set(parse(answer.content, format=QUADS[name])) == held(described)
    elif name in TRIPLES:
        found = {quad.triple for quad in parse(answer.content, format=TRIPLES[name])}
        assert found == {quad.triple for quad in held(described)}


def test_trig_begins_with_the_graph_that_is_asked_for(described: Site) -> None:
    with TestClient(create_app(described)) as client:
        text = client.get("/graph/L1.trig").text
    assert re.findall(r"^<(\S+)> \{$", text, re.MULTILINE) == [GRAPH.value, ELSEWHERE.value]
    lines = text.splitlines()
    declared = [number for number, line in enumerate(lines) if line.startswith("@prefix ")]
    assert declared == list(range(len(declared)))
    assert lines[: len(declared)] == sorted(set(lines[: len(declared)]))


@pytest.mark.parametrize("name", TYPES)
def test_every_answer_leads_to_the_triples_alone(described: Site, name: str) -> None:
    with TestClient(create_app(described)) as client:
        links = client.get(f"/graph/L1?format={name}").headers["link"]
        (store,) = re.findall(r'<([^>]+)>; rel="item"', links)
        alone = client.get(store, headers={"Accept": "application/n-triples"})
    assert unquote(store) == f"/graph-store?graph={GRAPH.value}"
    assert {quad.triple for quad in parse(alone.content, format=RdfFormat.N_TRIPLES)} == {
        quad.triple for quad in described.store.quads_for_pattern(None, None, None, GRAPH)
    }
    for other, kind in TYPES.items():
        assert f'</graph/L1.{other}>; rel="alternate"; type="{kind}"' in links


def test_the_page_says_what_the_graph_is_and_lists_what_is_in_it(described: Site) -> None:
    with TestClient(create_app(described), root_path="/sub") as client:
        page = client.get("/graph/L1", headers={"Accept": "text/html"}).text
    assert "https://example.org/free" in page
    assert 'href="/sub/document/L1"' in page
    assert 'href="/sub/graph/L1.trig"' in page
    assert f'href="/sub/graph-store?graph={"https%3A%2F%2Fexample.org%2Fletters%2Fgraph%2FL1"}"' in page


def test_a_graph_has_validators(described: Site) -> None:
    with TestClient(create_app(described)) as client:
        first = client.get("/graph/L1.trig")
        again = client.get("/graph/L1.trig", headers={"If-None-Match": first.headers["etag"]})
        other = client.get("/graph/L1.nq")
    assert (again.status_code, again.content) == (304, b"")
    assert other.headers["etag"] != first.headers["etag"]


def test_a_graph_is_led_to_where_entities_are(described: Site) -> None:
    with TestClient(create_app(replace(described, entities="see-other")), follow_redirects=False) as client:
        moved = client.get("/graph/L1", headers={"Accept": "application/trig"})
        there = client.get(moved.headers["location"])
    assert (moved.status_code, moved.headers["location"]) == (303, "/graph/L1.trig")
    assert (there.status_code, there.headers["content-type"]) == (200, "application/trig")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/graph/nothing", 404),
        ("/graph/", 404),
        ("/graph/L1/", 404),
        ("/graph%2FL1", 404),
        ("/graph/L1.xml", 404),
        ("/graph/L1?format=rdf", 400),
        ("/graph/L1.ttl?format=trig", 200),
    ],
)
def test_what_is_no_graph_is_answered_as_any_other_path(described: Site, path: str, status: int) -> None:
    with TestClient(create_app(described)) as client:
        assert client.get(path).status_code == status


def test_a_format_that_no_graph_has_is_406(described: Site) -> None:
    with TestClient(create_app(described)) as client:
        answer = client.get("/graph/L1", headers={"Accept": "image/png"})
    assert (answer.status_code, "application/trig" in answer.text) == (406, True)
