"""Entities at their IRIs."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

BASE = "https://example.org/letters/"
CWC = "https://w3id.org/cwcorr/ontology#"
HTML = {"Accept": "text/html"}
FORMATS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
}


@pytest.mark.parametrize("name", FORMATS)
def test_an_entity_comes_in_the_format_asked_for_by_accept_or_by_parameter(client, name: str):
    media_type, form = FORMATS[name]
    by_accept = client.get("/document/L1", headers={"Accept": media_type})
    by_name = client.get("/document/L1", params={"format": name}, headers=HTML)
    assert by_accept.headers["content-type"].partition(";")[0] == media_type
    assert by_accept.content == by_name.content
    subjects = {quad.subject.value for quad in parse(by_accept.content, format=form)}
    assert {f"{BASE}document/L1", f"{BASE}document/L1#transmission-1", f"{BASE}document/L1#reading-2"} <= subjects
    assert f"{BASE}person/ben-inkwell" not in subjects


def test_all_formats_hold_the_same_triples(client):
    found = [
        {str(quad.triple) for quad in parse(client.get("/document/L1", params={"format": name}).content, format=form)}
        for name, (_, form) in FORMATS.items()
    ]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 79


def test_turtle_begins_with_the_entity_and_its_class(client):
    lines = [line for line in client.get("/document/L1?format=ttl").text.splitlines() if not line.startswith("@prefix")]
    assert lines[0] == f"<{BASE}document/L1> a cwc:Document ;"


def test_a_program_that_takes_anything_gets_turtle_and_a_browser_a_page(client):
    assert client.get("/document/L1").headers["content-type"].startswith("text/turtle")
    assert client.get("/document/L1", headers=HTML).headers["content-type"].startswith("text/html")


def test_an_answer_varies_by_accept_and_names_its_other_forms(client):
    answer = client.get("/person/ada-quill")
    assert "Accept" in answer.headers["vary"]
    assert '</person/ada-quill.jsonld>; rel="alternate"; type="application/ld+json"' in answer.headers["link"]


def test_a_documents_page_links_to_the_archives_page_of_it(client):
    text = client.get("/document/L4", headers=HTML).text
    link = '<a href="https://archive.example.org/4">https://archive.example.org/4</a>'
    assert text.count(link) >= 2  # as its page, and as the same
    assert text.index("archivePage") < text.index("sender")


def test_a_part_is_found_from_whichever_side_names_the_other(client):
    text = client.get("/person/ada-quill").text
    assert f"<{BASE}person/ada-quill#sparrow> a cwc:Pseudonym" in text
    text = client.get("/person/ben-inkwell").text
    assert f"<{BASE}person/ben-inkwell#tenure-envoy-northport-1949> a cwc:Tenure" in text


def test_a_page_shows_statements_linked_and_where_each_was_read(client):
    page = client.get("/document/L1", headers=HTML).text
    assert "<h1>Telegram, Inkwell to Seal: rope</h1>" in page
    assert (
        '<li><a href="/person/ben-inkwell">Ben Inkwell</a><span class="read">read on page 7, line 20: INKWELL</span></li>'
        in page
    )
    assert "read on page 7, line 11, inferred" in page
    assert '<a href="https://w3id.org/cwcorr/concept/' not in page


def test_a_page_lists_parts_and_what_points_here(client):
    page = client.get("/document/L1", headers=HTML).text
    assert '<h3 id="transmission-1">' in page
    assert page.index("Referred to by") < page.index(
        '<a href="/document/L2">Telegram, Seal to Inkwell: rope refused</a>'
    )


def test_text_from_the_data_is_escaped(client):
    page = client.get("/document/L1", headers=HTML).text
    assert "Letters &lt;of&gt; the Harbour" in page
    assert "<of>" not in page


def test_an_archival_unit_has_its_path_as_address(client):
    assert client.get("/archive/TA/fond-1/opis-2/delo-3", headers=HTML).status_code == 200


def test_concepts_and_the_ontology_are_answered_though_their_base_is_the_vocabularys(client):
    concept = client.get("/concept/topic/transport")
    assert "<https://w3id.org/cwcorr/concept/topic/transport> a skos:Concept" in concept.text
    ontology = {quad.subject for quad in parse(client.get("/ontology").content, format=RdfFormat.TURTLE)}
    assert NamedNode(f"{CWC}sender") in ontology


def test_a_named_graph_gives_all_its_triples(client, store):
    graph = NamedNode(f"{BASE}graph/X1")
    found = {quad.triple for quad in parse(client.get("/graph/X1").content, format=RdfFormat.TURTLE)}
    assert found == {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}
    page = client.get("/graph/X1", headers=HTML).text
    assert "In this graph" in page
    assert '<a href="/edition/X1">' in page


def test_a_merged_id_leads_to_its_successor_for_good(client):
    answer = client.get("/document/X1", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (301, "/document/L4")
    answer = client.get("/document/X1?format=nt")
    assert answer.headers["location"] == "/document/L4?format=nt"


def test_what_is_not_there_is_404_with_the_nearest_of_its_kind(client):
    answer = client.get("/person/ada-quil")
    assert answer.status_code == 404
    assert answer.text == "There is nothing at person/ada-quil.\nNearest: person/ada-quill\n"
    page = client.get("/person/ada-quil", headers=HTML)
    assert page.status_code == 404
    assert '<a href="/person/ada-quill">person/ada-quill</a>' in page.text


@pytest.mark.parametrize("path", ["/no such thing", "/%3Cscript%3E", "/document/", "/%00"])
def test_a_path_that_is_no_iri_is_404(client, path: str):
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_an_unknown_format_and_an_unacceptable_one_are_refused_with_the_known_ones(client):
    answer = client.get("/document/L1?format=pdf")
    assert (answer.status_code, "ttl, jsonld, nt, html" in answer.text) == (400, True)
    answer = client.get("/document/L1", headers={"Accept": "image/png"})
    assert (answer.status_code, "text/turtle" in answer.text) == (406, True)


def test_a_letter_known_only_from_its_mention_has_a_page_that_says_so(client):
    page = client.get("/attested/from-ben-inkwell-no-99-1950", headers=HTML)
    assert page.status_code == 200
    assert "<h1>Known only from its mention in L3: Ben Inkwell, No. 99, 1950-01-30</h1>" in page.text
    assert 'href="/document/L3"' in page.text
    assert (
        "AttestedDocument"
        in client.get("/attested/from-ben-inkwell-no-99-1950", headers={"Accept": "text/turtle"}).text
    )


def test_a_match_stands_on_the_page_of_the_citing_document(client):
    page = client.get("/document/L2", headers=HTML).text
    assert 'id="reference-1-match"' in page
    assert "references-by-number" in page


def test_what_is_known_only_from_being_cited_has_a_page_that_says_so_and_who_cites_it(client):
    page = client.get("/attested/ta-f1-l4", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "Letter, Quill and Post to Seal, 1949: tar" in page.text
    assert "AttestedDocument" in page.text
    assert 'href="/edition/annals"' in page.text
    assert client.get("/attested/ta-f1-l5").status_code == 404


def test_a_document_names_the_publications_that_cite_it(client):
    assert 'href="/edition/annals"' in client.get("/document/L1", headers={"Accept": "text/html"}).text
