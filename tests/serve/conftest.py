"""An invented publication, served: tests/data/tiny.trig with a few files to download."""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kgpub.queries import read_query
from kgpub.serve.app import Limits, Site, create_app

with warnings.catch_warnings():
    # starlette would rather have httpx2, and warns when it finds httpx.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

if os.environ.get("KGPUB_TEST_OVER_HTTP") == "1":
    # As bench/conformance.py asks: the same tests against servers that are started for them.
    from tests.serve.started import Started as TestClient  # type: ignore[assignment]

BASE = "https://example.org/letters/"
TINY = Path(__file__).parents[1] / "data" / "tiny.trig"

BY_SENDER = """\
#+ title: Letters of one person
#+ question: What did this person write?
#+ group: letters
#+ parameters:
#+ - name: person
#+   label: Person
#+   type: iri
#+   entity: person
#+   default: person/ben-inkwell
#+   pick: "SELECT DISTINCT ?value ?label { ?d cwc:sender ?value . ?value skos:prefLabel ?label } ORDER BY ?label"
#+ columns:
#+ - {name: letter, label: Letter}
#+ - {name: letterLabel, label: Title}
PREFIX cwc: <https://w3id.org/cwcorr/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?letter ?letterLabel ?person { ?letter cwc:sender ?person ; dcterms:title ?letterLabel } ORDER BY ?letter
"""
ABROAD = """\
#+ title: Letters kept there
#+ question: Where else is this letter kept?
#+ group: links
#+ endpoint: https://there.example/sparql
#+ parameters:
#+ - name: person
#+   label: Person
#+   type: iri
#+   entity: person
#+   default: ""
#+   pick: "SELECT DISTINCT ?value ?label { ?d cwc:sender ?value . ?value skos:prefLabel ?label } ORDER BY ?label"
#+ fill: SELECT ?letter ?person { ?letter cwc:sender ?who FILTER(COALESCE(?who = ?person, true)) } ORDER BY ?letter
#+ columns: [{name: copy, label: Copy, description: "a copy, kept <there>"}]
SELECT ?copy { VALUES (?letter) { } ?copy <https://there.example/of> ?letter }
"""
ON_A_DAY = """\
#+ title: Letters of a day
#+ question: What was written on this day?
#+ group: letters
#+ parameters: [{name: day, label: Day, type: date}]
#+ columns: [{name: letter, label: Letter}]
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?letter ?day { ?letter dcterms:date ?day } ORDER BY ?letter
"""


@pytest.fixture(scope="session")
def store() -> Store:
    store = Store()
    store.load(path=str(TINY), format=RdfFormat.TRIG)
    return store


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "sub").mkdir(parents=True)
    (folder / "letters.ttl").write_text("# turtle\n", "utf-8")
    (folder / "sub" / "letters.nq.gz").write_bytes(b"\x1f\x8b")
    (folder / ".hidden").write_text("secret", "utf-8")
    (tmp_path / "outside.txt").write_text("secret", "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    return folder


@pytest.fixture
def site(store: Store, dist: Path) -> Site:
    queries = (
        read_query(BY_SENDER, "site/letters-of.rq"),
        read_query(ON_A_DAY, "site/letters-on.rq"),
        read_query(ABROAD, "site/letters-there.rq"),
    )
    limits = Limits(answer_bytes=60_000)
    return Site(store=store, base=BASE, title="Letters <of> the Harbour", dist=dist, queries=queries, limits=limits)


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(create_app(site), follow_redirects=False) as client:
        yield client


WITHDRAWN = """
@prefix cwc: <https://w3id.org/cwcorr/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://example.org/letters/> .
<graph/tombstones> {
  <person/nobody> owl:deprecated true ; dcterms:identifier "nobody" ; skos:changeNote "No one <was> meant."@en ;
    dcterms:isReplacedBy <person/ada-quill> .
  <place/port> a cwc:MergedIdentifier ; owl:deprecated true ; dcterms:isReplacedBy <place/haven> .
  <place/haven> a cwc:MergedIdentifier ; owl:deprecated true ; dcterms:isReplacedBy <place/northport> .
  <place/round> a cwc:MergedIdentifier ; dcterms:isReplacedBy <place/trip> .
  <place/trip> a cwc:MergedIdentifier ; dcterms:isReplacedBy <place/round> .
}
"""


@pytest.fixture
def entombed(site: Site) -> Site:
    """The site with an id that was withdrawn, a chain of merged ones, and two that lead to each other."""
    store = Store()
    store.load(path=str(TINY), format=RdfFormat.TRIG)
    store.load(WITHDRAWN.encode(), format=RdfFormat.TRIG)
    return replace(site, store=store)


@pytest.fixture
def published(built: Path) -> Site:
    """The tiny publication as a build leaves it, with its catalogue and its dumps."""
    dump = built.parent / "dist" / "letters.nq"
    store = Store()
    store.load(path=str(dump), format=RdfFormat.N_QUADS)
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    release = hashlib.sha256(dump.read_bytes()).hexdigest()
    return Site(store=store, base=BASE, title="Lamps", dist=dump.parent, licence=licence, release=release)
