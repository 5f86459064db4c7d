"""Canned queries over HTTP."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kgpub.queries import read_query
from kgpub.serve.app import Limits, Site, create_app
from tests.serve.conftest import TestClient

MANY = """\
#+ title: Many
#+ columns: [{name: n, label: Number}]
SELECT ?n { VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 } VALUES ?c { 0 1 2 3 4 5 6 7 8 9 }
  VALUES ?d { 0 1 2 } BIND(?d * 1000 + ?c * 100 + ?b * 10 + ?a AS ?n) } ORDER BY ?n
"""

HTML = {"Accept": "text/html"}


def test_the_list_is_a_page_for_people_and_json_for_programs(client):
    page = client.get("/queries", headers=HTML).text
    assert '<a href="/queries/letters-of">Letters of one person</a>' in page
    listed = client.get("/queries").json()
    assert [query["name"] for query in listed] == ["letters-of", "letters-on", "letters-there"]
    assert listed[1]["parameters"] == [{"name": "day", "label": "Day", "type": "date", "default": None}]
    assert listed[0]["columns"][1] == {"name": "letterLabel", "label": "Title"}


def test_a_query_is_answered_with_its_defaults(client):
    rows = client.get("/queries/letters-of").json()["results"]["bindings"]
    assert [row["letter"]["value"][-2:] for row in rows] == ["L1", "L4"]


def test_a_parameter_may_be_an_id_a_path_or_an_iri(client):
    for value in ("dora-seal", "person/dora-seal", "https://example.org/letters/person/dora-seal"):
        answer = client.get("/queries/letters-of", params={"person": value, "format": "csv"})
        assert answer.text.splitlines()[1:] == [
            'https://example.org/letters/document/L2,"Telegram, Seal to Inkwell: rope refused"',
            'https://example.org/letters/document/L3a,"Message, Seal to Quill: tides"',
        ]


def test_formats_go_by_accept_too(client):
    csv = client.get("/queries/letters-of", headers={"Accept": "text/csv"})
    assert csv.headers["content-type"].startswith("text/csv")
    assert csv.text.startswith("letter,letterLabel\r\n")
    json = client.get("/queries/letters-of", headers={"Accept": "application/json"})
    assert json.headers["content-type"] == "application/json"
    assert "Accept" in json.headers["vary"]


def test_the_page_has_a_form_with_a_pick_list_and_a_table_of_linked_labels(client):
    page = client.get("/queries/letters-of?person=ada-quill", headers=HTML).text
    assert '<option value="person/ada-quill" selected>Ada Quill</option>' in page
    assert '<option value="person/dora-seal">Dora Seal</option>' in page
    assert '<td><a href="/document/L3" lang="en">Letter, Quill to Inkwell via Post: ships</a></td>' in page
    assert '<a href="?person=ada-quill&amp;format=csv">csv</a>' in page
    assert "1 row" in page


def test_a_page_whose_required_parameter_is_missing_is_the_form_alone(client):
    page = client.get("/queries/letters-on", headers=HTML)
    assert page.status_code == 200
    assert '<input id="day" name="day" value="" type="date" required>' in page.text
    assert "<table" not in page.text


def test_nothing_found_is_said(client):
    assert "Nothing in the graph answers this." in client.get("/queries/letters-on?day=1950-07-01", headers=HTML).text


def test_a_wrong_value_is_400_in_the_form_and_as_text(client):
    page = client.get("/queries/letters-of?person=ada-quil", headers=HTML)
    assert page.status_code == 400
    assert "&#39;ada-quil&#39; is not in the graph" in page.text
    text = client.get("/queries/letters-of?person=ada-quil")
    assert (text.status_code, text.text.splitlines()) == (
        400,
        ["query letters-of: parameter 'person': 'ada-quil' is not in the graph", "  Did you mean person/ada-quill?"],
    )


def test_a_missing_and_an_unknown_parameter_are_400(client):
    assert "parameter 'day' (Day) is missing" in client.get("/queries/letters-on").text
    assert "Did you mean 'person'" in client.get("/queries/letters-of?persn=x").text


def test_a_value_is_shown_back_escaped(client):
    page = client.get("/queries/letters-of", params={"person": '"><script>'}, headers=HTML).text
    assert "<script>" not in page


def test_an_unknown_query_is_404_with_the_nearest_name(client):
    answer = client.get("/queries/letters-off")
    assert answer.status_code == 404
    assert "Did you mean 'letters-of'?" in answer.text


def test_a_format_that_does_not_fit_is_refused(client):
    assert client.get("/queries/letters-of?format=xls").status_code == 400
    turtle = client.get("/queries/letters-of?format=ttl")
    assert (turtle.status_code, "csv, tsv, json, jsonl or table" in turtle.text) == (400, True)
    assert client.get("/queries/letters-of", headers={"Accept": "image/png"}).status_code == 406


def test_a_query_for_another_endpoint_is_shown_as_text_to_copy_with_its_schema(client):
    page = client.get("/queries/letters-there?person=dora-seal", headers=HTML)
    assert page.status_code == 200
    area = page.text.partition("<textarea")[2].partition("</textarea>")[0]
    assert "readonly" in area.partition(">")[0]
    assert "(&lt;https://example.org/letters/document/L2&gt;)" in area
    assert "document/L1" not in area
    assert "<td><code>copy</code></td><td>a copy, kept &lt;there&gt;</td>" in page.text
    assert "This is never run here." in page.text
    assert '<option value="person/dora-seal" selected>Dora Seal</option>' in page.text


def test_a_query_for_another_endpoint_is_given_as_sparql_and_as_no_result(client):
    text = client.get("/queries/letters-there?format=rq")
    assert text.headers["content-type"].startswith("application/sparql-query")
    assert text.text.startswith("# Letters kept there. Paste this at https://there.example/sparql\n")
    assert client.get("/queries/letters-there").text == text.text
    for form in ("json", "csv"):
        refused = client.get(f"/queries/letters-there?format={form}")
        assert refused.status_code == 400
        assert "is for https://there.example/sparql and is never run here" in refused.text


def test_the_list_says_which_queries_are_for_elsewhere(client):
    endpoints = {query["name"]: query.get("endpoint") for query in client.get("/queries").json()}
    assert endpoints == {"letters-of": None, "letters-on": None, "letters-there": "https://there.example/sparql"}


def test_a_wrong_value_in_a_query_for_elsewhere_is_400(client):
    page = client.get("/queries/letters-there?person=nobody", headers=HTML)
    assert page.status_code == 400
    assert "<textarea" not in page.text


def test_a_query_answered_here_is_not_given_as_sparql(client):
    refused = client.get("/queries/letters-of?format=rq")
    assert refused.status_code == 400
    assert "letters-of is answered here" in refused.text


# -- what is empty, and what is wrong


def test_an_empty_parameter_shows_the_form_to_people(client):
    for address in ("/queries/letters-on?day=", "/queries/letters-on?day=%20", "/queries/letters-of?person="):
        page = client.get(address, headers=HTML)
        assert page.status_code == 200
        assert "<form" in page.text
        assert "<table" not in page.text
        assert 'role="alert"' not in page.text


def test_an_empty_parameter_is_told_to_programs_with_what_it_may_be(client):
    for address in ("/queries/letters-of?person=", "/queries/letters-of?person=&format=csv"):
        wrong = client.get(address, headers={"Accept": "application/json"})
        assert wrong.status_code == 400
        body = wrong.json()
        assert body["parameter"] == "person"
        assert body["allowed"] == ["person/ada-quill", "person/ben-inkwell", "person/dora-seal"]
        assert "Give it the id of a person, or its whole IRI: person/ada-quill, person/ben-inkwell" in body["detail"]
    missing = client.get("/queries/letters-on", headers={"Accept": "application/json"}).json()
    assert (missing["parameter"], missing["title"]) == ("day", "Bad Request")
    assert "a day as 1950-07-01" in missing["detail"]


def test_a_wrong_parameter_is_told_with_the_nearest_and_with_all(client):
    body = client.get("/queries/letters-of?person=ada-quil", headers={"Accept": "application/json"}).json()
    assert (body["parameter"], body["near"]) == ("person", ["person/ada-quill"])
    assert len(body["allowed"]) == 3
    far = client.get("/queries/letters-of?person=zzz").text
    assert "Use one of: person/ada-quill, person/ben-inkwell, person/dora-seal." in far
    assert (
        client.get("/queries/letters-of?page=2", headers={"Accept": "application/json"}).json()["parameter"] == "page"
    )


def test_a_parameter_that_is_given_twice_is_400_and_none_is_silently_dropped(client):
    answer = client.get("/queries/letters-of?person=ada-quill&person=dora-seal")
    assert (answer.status_code, "person stands twice" in answer.text) == (400, True)


# -- formats, pages, pieces


def test_tabs_and_lines_of_json_are_formats_too(client):
    tsv = client.get("/queries/letters-on?day=1950-01-10&format=tsv")
    assert tsv.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    assert tsv.text == "?letter\n<https://example.org/letters/document/L1>\n"
    for accept in ("application/x-ndjson", "application/jsonl"):
        lines = client.get("/queries/letters-of", headers={"Accept": accept})
        assert lines.headers["content-type"] == accept
        assert [json.loads(line)["letter"]["type"] for line in lines.text.splitlines()] == ["uri", "uri"]


@pytest.fixture
def many(site: Site) -> Iterator[TestClient]:
    site = replace(site, queries=(read_query(MANY, "many.rq"),), limits=Limits(rows=2_500))
    with TestClient(create_app(site)) as client:
        yield client


def test_following_next_gives_every_row_once(many: TestClient):
    address, found = "/queries/many?format=csv&limit=700", []
    while address:
        answer = many.get(address)
        assert answer.headers["x-total-count"] == "3000"
        found += [int(row[0]) for row in list(csv.reader(io.StringIO(answer.text)))[1:]]
        address = "/queries/many" + answer.links["next"]["url"] if "next" in answer.links else ""
    assert found == list(range(3_000))


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_a_large_answer_comes_in_pieces_and_says_where_it_was_cut(many: TestClient, form: str):
    answer = many.get(f"/queries/many?format={form}")
    assert "content-length" not in answer.headers
    assert len(answer.text.splitlines()) == 2_500 + (form != "jsonl")
    assert answer.headers["x-kgpub-truncated"] == "rows=2500"
    assert answer.links["next"]["url"] == f"?format={form}&limit=2500&offset=2500"
    assert "x-kgpub-truncated" not in many.get(f"/queries/many?format={form}&limit=2500").headers


def test_a_small_answer_is_kept_and_tagged(many: TestClient):
    answer = many.get("/queries/many?format=csv&limit=10")
    tag = answer.headers["etag"]
    assert many.get("/queries/many?format=csv&limit=10", headers={"If-None-Match": tag}).status_code == 304


def test_a_page_for_people_has_five_hundred_rows_and_links_to_the_others(many: TestClient):
    page = many.get("/queries/many", headers=HTML)
    assert "Rows 1 to 500 of 3000" in page.text
    assert '<a rel="next" href="?limit=500&amp;offset=500">Next</a>' in page.text
    assert page.links["next"]["url"] == "?limit=500&offset=500"
    last = many.get("/queries/many?limit=500&offset=2500", headers=HTML).text
    assert "Rows 2501 to 3000 of 3000" in last
    assert '<a rel="prev" href="?limit=500&amp;offset=2000">Previous</a>' in last
    assert 'rel="next"' not in last
    assert '<a href="?format=csv">csv</a>' in last
    assert "There are 3000 rows, and none from row 4001 on." in many.get("/queries/many?offset=4000", headers=HTML).text


@pytest.mark.parametrize("asked", ["limit=0", "limit=2501", "limit=x", "offset=-1"])
def test_what_is_no_page_is_400(many: TestClient, asked: str):
    assert many.get(f"/queries/many?{asked}").status_code == 400
    assert many.get(f"/queries/many?{asked}", headers=HTML).status_code == 400
