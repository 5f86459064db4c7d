"""What the tests of explanations share: an invented publication, its service on loopback, and queries without rows."""

from __future__ import annotations

from typing import Any

from pyoxigraph import RdfFormat, Store

from kgpub.queries import read_query
from kgpub.serve.app import Site
from tests.serve.conftest import ABROAD, BASE, BY_SENDER, ON_A_DAY, TINY
from tests.serve.started import Started

__all__ = ["ENDLESS", "GREEDY", "MISSPELT", "P", "explained", "harbour", "rows", "suggestions"]

P = (
    "PREFIX cwc: <https://w3id.org/cwcorr/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
)
MISSPELT = P + "SELECT ?d { ?d cwc:sendr ?p ; dcterms:title ?t }"
ENDLESS = (
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o "
    "FILTER(STR(?a) = CONCAT(STR(?d), STR(?g), STR(?j), STR(?m), '!')) }"
)
GREEDY = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i OFFSET 900000000"


def harbour() -> Site:
    """The publication of tests/data/tiny.trig with three canned queries."""
    store = Store()
    store.load(path=str(TINY), format=RdfFormat.TRIG)
    texts = {"letters-of": BY_SENDER, "letters-on": ON_A_DAY, "letters-there": ABROAD}
    queries = tuple(read_query(text, f"site/{name}.rq") for name, text in texts.items())
    return Site(store=store, base=BASE, title="Letters", queries=queries)


def explained(client: Started, query: str, **more: str) -> dict[str, Any]:
    """Return the explanation of a query."""
    answer = client.get("/sparql", params={"query": query, "explain": "1", **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def suggestions(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all suggestions of an explanation."""
    return [one for culprit in found["culprits"] for one in culprit["suggestions"]]


def rows(client: Started, address: str) -> int:
    """Return how many rows the answer at an address has."""
    answer = client.get(address, headers={"Accept": "application/sparql-results+json"}).json()
    return len(answer["results"]["bindings"])
