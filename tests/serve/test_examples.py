"""The example queries at the address where other tools look for them, in each format."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kgpub.publish.examples import NAME
from kgpub.serve.examples import FILE

PATH = "/.well-known/sparql-examples"
TURTLE = """\
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/letters/queries/examples.ttl#all> a sh:SPARQLExecutable ; rdfs:comment "Which letters?"@en ;
  sh:select "SELECT * { ?letter ?is ?that }" .
"""
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


@pytest.fixture
def file(dist: Path) -> Path:
    path = dist / FILE
    path.parent.mkdir(parents=True)
    path.write_text(TURTLE, "utf-8")
    return path


def graph(data: bytes, form: RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in parse(data, format=form)}


@pytest.mark.parametrize("media_type", FORMATS)
def test_the_examples_are_the_same_in_every_format(file: Path, client, media_type: str):
    answer = client.get(PATH, headers={"Accept": media_type})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media_type)
    assert graph(answer.content, FORMATS[media_type]) == graph(TURTLE.encode(), RdfFormat.TURTLE)
    assert "Accept" in answer.headers["vary"]


def test_who_takes_anything_gets_the_file_as_it_is(file: Path, client):
    assert client.get(PATH).text == TURTLE
    assert client.get("/sparql-examples.ttl", headers={"Accept": "application/ld+json"}).text == TURTLE
    assert client.get(PATH, params={"format": "nt"}).headers["content-type"].startswith("application/n-triples")


def test_a_format_that_is_not_offered_is_refused(file: Path, client):
    assert client.get(PATH, headers={"Accept": "image/png"}).status_code == 406
    assert "Formats: ttl, nt, jsonld, rdf." in client.get(PATH, params={"format": "xls"}).text


def test_a_publication_without_examples_says_so(client):
    for path in (PATH, "/sparql-examples.ttl"):
        answer = client.get(path)
        assert (answer.status_code, "Build it anew" in answer.text) == (404, True)


def test_the_file_is_the_one_that_a_build_writes():
    assert FILE == NAME


def test_the_iri_of_an_example_leads_to_it(file: Path, client):
    """`…/queries/examples.ttl#all`: the address without its fragment, in any format."""
    answer = client.get(f"/{NAME}", headers={"Accept": "application/n-triples"})
    assert b"<https://example.org/letters/queries/examples.ttl#all>" in answer.content
