"""The description of the publication, at the root, at /catalogue and for those who look at /.well-known/void."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID

from kgpub.errors import BadInput
from kgpub.serve.app import Site, create_app
from kgpub.serve.catalogue import Catalogue
from tests.serve.test_entities import BROWSER, TYPES, links

BASE = "https://example.org/letters/"
DATASET = rdflib.URIRef(f"{BASE}dataset")
RDFLIB = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt"}


@pytest.fixture
def found(client: Any, published: Site) -> Any:
    return type(client)(create_app(published), follow_redirects=False)


@pytest.mark.parametrize("name", RDFLIB)
def test_the_root_and_the_catalogue_describe_the_publication_to_who_asks_for_data(
    found: Any, built: Path, name: str
) -> None:
    written = rdflib.Graph().parse(built.parent / "dist" / "catalogue.ttl")
    for path in ("/", "/catalogue", f"/catalogue.{name}"):
        answer = found.get(path, headers={"Accept": TYPES[name]})
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, TYPES[name])
        assert answer.headers["content-location"] == f"/catalogue.{name}"
        assert "Accept" in answer.headers["vary"].split(", ")
        graph = rdflib.Graph().parse(data=answer.content, format=RDFLIB[name])
        assert set(graph) == set(written)
        assert (DATASET, RDF.type, DCAT.Dataset) in graph
        assert (DATASET, RDF.type, VOID.Dataset) in graph
        assert str(graph.value(DATASET, DCTERMS.modified)) == "2024-02-29"


def test_turtle_is_the_file_of_the_build(found: Any, built: Path) -> None:
    assert found.get("/catalogue.ttl").content == (built.parent / "dist" / "catalogue.ttl").read_bytes()


def test_a_browser_and_a_program_that_takes_anything_get_the_start_page(found: Any) -> None:
    for accept in (BROWSER, "*/*", "", "image/png"):
        assert found.get("/", headers={"Accept": accept}).headers["content-type"].startswith("text/html")
    assert found.get("/?format=nt", headers={"Accept": BROWSER}).headers["content-type"] == "application/n-triples"
    answer = found.get("/catalogue", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("accept", "where"),
    [
        ("text/turtle", "/catalogue.ttl"),
        ("*/*", "/catalogue.ttl"),
        ("application/ld+json", "/catalogue.jsonld"),
        (BROWSER, "/"),
    ],
)
def test_the_well_known_address_leads_to_the_description(found: Any, accept: str, where: str) -> None:
    answer = found.get("/.well-known/void", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (302, where)
    assert "Accept" in answer.headers["vary"].split(", ")
    assert found.get(where, headers={"Accept": accept}).status_code == 200


def test_formats_that_are_not_there_are_refused(found: Any) -> None:
    assert found.get("/catalogue", headers={"Accept": "image/png"}).status_code == 406
    answer = found.get("/catalogue.pdf")
    assert (answer.status_code, "catalogue.ttl, catalogue.jsonld, catalogue.nt" in answer.text) == (404, True)


def test_a_client_that_has_the_description_is_told_so(found: Any) -> None:
    for path in ("/", "/catalogue"):
        for accept in ("text/turtle", BROWSER if path == "/" else "application/ld+json"):
            first = found.get(path, headers={"Accept": accept})
            again = found.get(path, headers={"Accept": accept, "If-Modified-Since": first.headers["last-modified"]})
            assert (again.status_code, again.headers["etag"]) == (304, first.headers["etag"])


def test_the_start_page_is_the_landing_page_of_the_data_set(found: Any, built: Path) -> None:
    answer = links(found.get("/", headers={"Accept": BROWSER}))
    assert answer["cite-as"] == [(BASE, "")]
    assert answer["type"] == [("https://schema.org/Dataset", ""), ("https://schema.org/AboutPage", "")]
    assert answer["license"] == [("https://creativecommons.org/publicdomain/zero/1.0/", "")]
    assert answer["describedby"] == [(f"/catalogue.{name}", TYPES[name]) for name in RDFLIB]
    dumps = {path.name for path in (built.parent / "dist").glob("letters.*") if path.suffix != ".html"}
    assert {target.removeprefix("/download/") for target, _ in answer["item"]} == dumps
    assert ("/download/letters.nq", "application/n-quads") in answer["item"]
    for target, kind in answer["item"]:
        got = found.head(target)
        assert (got.status_code, got.headers["content-type"].partition(";")[0]) == (200, kind)
        assert links(got)["collection"] == [("/", "text/html")]
    assert "link" not in found.get("/download/report.html").headers


def test_a_publication_without_a_catalogue_has_a_start_page_and_no_more(client: Any) -> None:
    for path in ("/catalogue", "/catalogue.ttl", "/.well-known/void"):
        answer = client.get(path)
        assert (answer.status_code, "built without a catalogue" in answer.text) == (404, True)
    assert client.get("/", headers={"Accept": "text/turtle"}).headers["content-type"].startswith("text/html")
    assert "last-modified" not in client.get("/").headers


def test_a_broken_catalogue_stops_the_service_with_its_name(published: Site, tmp_path: Path) -> None:
    (tmp_path / "catalogue.ttl").write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(BadInput, match=r"catalogue\.ttl: is not Turtle") as caught:
        Catalogue(replace(published, dist=tmp_path))
    assert caught.value.advice == "Run `kgpub build` again."
