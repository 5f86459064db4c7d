"""A small invented world of namesakes, cover names and scripts, served; and how its clients ask."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store

from kgpub.serve.app import Site, create_app
from kgpub.serve.reconcile.entities import Catalogue
from kgpub.serve.reconcile.reading import read_catalogue
from tests.serve.conftest import BASE, TINY, TestClient
from tests.serve.reconcile.forms import check

Ask = Callable[..., list[dict[str, Any]]]

MORE = """\
@base <https://example.org/letters/> .
@prefix cwc: <https://w3id.org/cwcorr/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<graph/more> {
  <person/ivan-mast> a cwc:Person ; skos:prefLabel "Ivan Mast"@en ; skos:hiddenLabel "Mast"@en ;
    skos:altLabel "I.V. Mast"@ru-Latn, "Иван Мачта"@ru ; cwc:born "1898-08-17"^^xsd:date ; cwc:died "1972"^^cwc:edtf .
  <person/igor-mast> a cwc:Person ; skos:prefLabel "Igor Mast"@en ; skos:hiddenLabel "Mast"@en ;
    cwc:born "1901-01-02"^^xsd:date .
  <person/fedor-oar> a cwc:Person ; skos:prefLabel "Fedor Oar"@en ; skos:hiddenLabel "Oar"@en .
  <person/piotr-oar> a cwc:Person ; skos:prefLabel "Piotr Oar"@en .
  <person/ho-dae> a cwc:Person ; skos:prefLabel "Ho Dae-yong"@en ; skos:altLabel "호대용"@ko, "扈大龍"@ko-Hani,
    "Ho Tae-yong"@ko-Latn-mr .
  <person/quay-moor> a cwc:Person ; skos:prefLabel "Quay Moor"@en .
  <person/moor-quay> a cwc:Person ; skos:prefLabel "Moor Quay"@en .
  <document/N1> a cwc:Document ; dcterms:identifier "N1" ; dcterms:title "Note, Oar to the Oars: a race"@en ;
    cwc:sender <person/fedor-oar> ; cwc:recipient <person/fedor-oar>, <person/piotr-oar> .
  <person/rudder> a cwc:Person ; skos:prefLabel "Rudder"@en ; cwc:unidentified true ;
    dcterms:description "a captain"@en .
  <person/marked> a cwc:Person ; skos:prefLabel "<script>alert(1)</script> O'Keel & Co"@en ;
    dcterms:description "<img src=x onerror=alert(2)>"@en .
  <organisation/northport> a cwc:Organisation ; skos:prefLabel "Northport"@en .
  <place/wharf> a cwc:Place ; skos:prefLabel "Wharf"@en ; skos:altLabel "Kawazaki"@ja-Latn ;
    dcterms:isPartOf <place/northport> .
  <place/wharf#dated-name-1> a cwc:DatedName ; cwc:nameOf <place/wharf> ; rdf:value "Oldwharf"@en .
}
"""


@pytest.fixture(scope="session")
def store() -> Store:
    store = Store()
    store.load(path=str(TINY), format=RdfFormat.TRIG)
    store.load(MORE.encode(), format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def catalogue(store: Store) -> Catalogue:
    return read_catalogue(store, BASE)


@pytest.fixture(scope="session")
def client(store: Store) -> Iterator[TestClient]:
    site = Site(store=store, base=BASE, title="Letters of the Harbour", version="1.0")
    client = TestClient(create_app(site), follow_redirects=False)
    yield client
    client.close()


@pytest.fixture
def ask(client: TestClient) -> Ask:
    """Ask one query by POST, as OpenRefine does; the answer is held to its form."""
    return asking(client)


def asking(client: TestClient) -> Ask:
    def ask(query: str = "", **more: Any) -> list[dict[str, Any]]:
        asked = {**({"query": query} if query else {}), **more}
        answer = client.post("/reconcile", data={"queries": json.dumps({"q0": asked})})
        assert answer.status_code == 200, answer.text
        found = check("reconciliation-result-batch", answer.json())["q0"]["result"]
        assert isinstance(found, list)
        return found

    return ask


def matches(found: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in found if one["match"]]


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in found]


def features(candidate: dict[str, Any]) -> dict[str, Any]:
    return {one["id"]: one["value"] for one in candidate["features"]}
