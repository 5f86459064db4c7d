"""A real Oxigraph server with Wikidata's model, and servers that misbehave."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kgpub.errors import BadService
from kgpub.link.endpoint import Endpoint
from kgpub.link.names import Name
from kgpub.link.polite import Manners, Polite
from kgpub.link.wikidata import facts_queries, search_query
from tests.link.servers import Answer, told_server


def endpoint(address: str, slept: list[float] | None = None) -> Endpoint:
    sleep = (lambda seconds: slept.append(seconds)) if slept is not None else (lambda seconds: None)
    return Endpoint(address, Polite(Manners("kgpub/test (a@example.org)", rate=50, sleep=sleep)))


def test_a_real_server_finds_items_by_their_labels(world: str) -> None:
    found = endpoint(world).pairs(search_query([Name("Квилл, Ада", "ru"), Name("Bruno Sand", "en")]))
    assert sorted(item for item, _ in found) == ["Q900001", "Q910001", "Q910002"]
    assert ("Q900001", Name("Квилл, Ада", "ru")) in found


def test_a_real_server_gives_the_statements_with_their_qualifiers(world: str) -> None:
    triples = [one for query in facts_queries(["Q900001"]) for one in endpoint(world).triples(query)]
    predicates = {str(one.predicate).rpartition("/")[2].rstrip(">") for one in triples}
    assert {"P31", "P569", "P570", "P39", "P580", "P582", "01rdf-schema#label"} - predicates == {"01rdf-schema#label"}
    assert any(str(one.object) == '"keeper of Skerry Point"@en' for one in triples)


def test_an_empty_search_is_empty(world: str) -> None:
    assert endpoint(world).pairs(search_query([Name("Nobody At All", "en")])) == []


def test_a_query_is_posted_with_our_name_and_asked_again_after_the_rest_that_is_wanted() -> None:
    seen: list[tuple[str, str, bool]] = []

    def answer(method: str, headers: Mapping[str, str], form: Mapping[str, str]) -> Answer:
        seen.append((method, headers["User-Agent"], "query" in form))
        if len(seen) == 1:
            return 429, {"Retry-After": "3"}, b"slowly"
        return 200, {"Content-Type": "application/sparql-results+json"}, b'{"results": {"bindings": []}}'

    slept: list[float] = []
    with told_server(answer) as address:
        assert endpoint(address, slept).pairs("SELECT ?item ?name { }") == []
    assert seen == [("POST", "kgpub/test (a@example.org)", True)] * 2
    assert slept[0] == 3.0


@pytest.mark.parametrize(
    ("code", "content", "told"),
    [
        (200, b"<html>Welcome</html>", "the answer is no results of a query in JSON"),
        (200, b'{"results": 1}', "the answer is no results of a query in JSON"),
        (400, b"", "answered 400"),
        (404, b"", "answered 404"),
        (500, b"", r"answered 500 .*\(5 times\)"),
    ],
)
def test_a_server_that_is_no_endpoint_is_named(code: int, content: bytes, told: str) -> None:
    with (
        told_server(lambda method, headers, form: (code, {"Content-Type": "application/json"}, content)) as address,
        pytest.raises(BadService, match=told) as error,
    ):
        endpoint(address).pairs("SELECT ?item ?name { }")
    assert str(error.value).startswith(address)


def test_an_answer_that_is_no_rdf_is_named() -> None:
    with (
        told_server(lambda method, headers, form: (200, {"Content-Type": "text/turtle"}, b"no turtle")) as address,
        pytest.raises(BadService, match="the answer is no RDF"),
    ):
        list(endpoint(address).triples("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))


def test_an_answer_in_xml_is_read_too() -> None:
    content = (
        b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns:e="http://example.org/"><rdf:Description rdf:about="http://example.org/a"><e:b>c</e:b></rdf:Description></rdf:RDF>'
    )
    with told_server(lambda method, headers, form: (200, {"Content-Type": "application/rdf+xml"}, content)) as address:
        (one,) = endpoint(address).triples("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    assert str(one.object) == '"c"'
