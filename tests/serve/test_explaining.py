"""Empty answers explained over HTTP: what is said of them, in which format, and the way that leads there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, urlencode

import jsonschema
import pytest

from kgpub.serve.app import Site, create_app
from kgpub.serve.headers import SECURITY
from kgpub.serve.openapi import document
from tests.serve.conftest import BASE
from tests.serve.emptied import MISSPELT, P, explained, harbour, rows, suggestions
from tests.serve.started import Started
from tests.serve.test_openapi import resolved


@pytest.fixture(scope="module")
def site() -> Site:
    return harbour()


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[Started]:
    with Started(create_app(site)) as client:
        yield client


# -- what is explained -----------------------------------------------------------------------------------------------


CASES = [
    (MISSPELT, "No statement has the property cwc:sendr.", "cwc:sender"),
    (
        P + 'SELECT ?d { ?d dcterms:date ?on FILTER(?on > "1999-01-01"^^xsd:date) }',
        "This filter removes every row.",
        '"^^xsd:date',
    ),
    (
        P + "SELECT ?d { ?d cwc:sender <person/quill> }",
        "<person/quill> stands nowhere in the data.",
        "person/ada-quill",
    ),
    (
        P + 'SELECT ?d { ?d skos:prefLabel "Ada Quill" }',
        'The text is there, but written "Ada Quill"@en.',
        '"Ada Quill"@en',
    ),
]


@pytest.mark.parametrize(("query", "reason", "use"), CASES)
def test_what_emptied_the_answer_and_what_would_not(client: Started, query: str, reason: str, use: str) -> None:
    found = explained(client, query)
    assert found["rows"] == 0
    assert reason in found["culprits"][0]["reason"]
    made = [one for one in suggestions(found) if one["rows"]]
    assert made != []
    assert use in made[0]["use"]
    assert [rows(client, one["href"]) for one in made] == [one["rows"] for one in made]


def test_the_three_ways_to_ask_give_one_explanation(client: Started) -> None:
    by_get = explained(client, MISSPELT)
    by_form = client.post("/sparql", data={"query": MISSPELT, "explain": "1"}).json()
    kind = {"Content-Type": "application/sparql-query"}
    by_post = client.post("/sparql?explain=1", content=MISSPELT, headers=kind).json()
    assert by_get == by_form == by_post
    text = client.post("/sparql", data={"query": MISSPELT, "explain": "1", "format": "txt"}).text
    assert text.startswith("No rows.\n")
    plain = client.post("/sparql", content=MISSPELT, headers=kind).json()
    assert plain["results"]["bindings"] == []


def test_it_comes_as_data_as_text_and_as_a_page(client: Started) -> None:
    address = "/sparql?" + urlencode({"query": MISSPELT, "explain": "1"})
    kinds = {}
    for accept in ("application/json", "text/plain", "text/html", "*/*"):
        answer = client.get(address, headers={"Accept": accept})
        assert "Accept" in answer.headers["vary"]
        kinds[accept] = (answer.headers["content-type"].partition(";")[0], answer.text)
    assert {accept: kind for accept, (kind, _) in kinds.items()} == {
        "application/json": "application/json",
        "text/plain": "text/plain",
        "text/html": "text/html",
        "*/*": "application/json",
    }
    for name, accept in (("json", "application/json"), ("txt", "text/plain"), ("html", "text/html")):
        answer = client.get(f"{address}&format={name}", headers={"Accept": "text/turtle"})
        assert (answer.status_code, answer.text) == (200, kinds[accept][1])
    assert "  - with cwc:sender in place of cwc:sendr: 6 rows\n" in kinds["text/plain"][1]
    href = unescape(re.findall(r'<a href="([^"]+)">6 rows</a>', kinds["text/html"][1])[0])
    assert rows(client, href) == 6


def test_the_json_is_as_the_description_of_the_service_says(client: Started, site: Site) -> None:
    made = document(site)
    filled = [
        explained(client, CASES[1][0].replace("dcterms:date", "cwc:sendr ?p ; dcterms:date")),
        client.get("/queries/letters-on?day=1999-01-01&explain=1").json(),
    ]
    for found in filled:
        assert found["culprits"]
        schema = resolved(made, {"$ref": "#/components/schemas/Explanation"})
        jsonschema.validate(found, schema)
        assert set(found) <= set(schema["properties"])
        offered = schema["properties"]["culprits"]["items"]["properties"]["suggestions"]["items"]["properties"]
        assert all(set(one) <= set(offered) for one in suggestions(found))
    assert filled[0]["href"]
    assert rows(client, filled[0]["href"]) == filled[0]["together"] > 0


def test_other_formats_are_refused_by_name(client: Started) -> None:
    address = "/sparql?" + urlencode({"query": MISSPELT, "explain": "1"})
    wrong = client.get(f"{address}&format=csv")
    assert (wrong.status_code, "Formats: json, txt, html." in wrong.text) == (400, True)
    assert client.get(address, headers={"Accept": "text/turtle"}).status_code == 406


def test_where_there_are_rows_nothing_needs_explaining(client: Started) -> None:
    query = P + "SELECT ?d { ?d cwc:sender ?p }"
    assert explained(client, query)["rows"] == 6
    assert (
        "The query has 6 rows: there is nothing to explain."
        in client.get("/sparql", params={"query": query, "explain": "1", "format": "txt"}).text
    )
    page = client.get("/sparql", params={"query": query, "explain": "1", "format": "html"}).text
    assert "The query has 6 rows: nothing needs explaining." in page


def test_the_graphs_of_the_request_are_those_that_are_asked(client: Started) -> None:
    """As the endpoint has it: the protocol's graphs, then the query's own, else the union of all."""
    query = P + "SELECT ?d { ?d cwc:sender <person/dora-seal> }"
    assert explained(client, query)["rows"] > 0
    first = f"{BASE}graph/L1"
    found = explained(client, query, **{"default-graph-uri": first})
    assert found["rows"] == 0
    assert [rows(client, one["href"]) for one in suggestions(found)] == [one["rows"] for one in suggestions(found)]
    assert all(quote(first, "") in one["href"] for one in suggestions(found))
    own = query.replace("SELECT ?d", f"SELECT ?d FROM <{first}>")
    assert explained(client, own)["rows"] == 0


# -- canned queries ---------------------------------------------------------------------------------------------------


def test_a_canned_query_names_its_parameter_and_the_nearest_days(client: Started) -> None:
    found = client.get("/queries/letters-on", params={"day": "1999-01-01", "explain": "1"}).json()
    assert (found["rows"], found["culprits"][0]["parts"]) == (0, ["Day: 1999-01-01"])
    made = suggestions(found)
    assert made != []
    for one in made:
        assert one["href"] == f"/queries/letters-on?day={one['given']['day']}"
        assert rows(client, one["href"]) == one["rows"] > 0


def test_a_canned_query_names_the_values_that_have_rows(client: Started) -> None:
    found = client.get("/queries/letters-of", params={"person": "person/cyr-post", "explain": "true"}).json()
    made = suggestions(found)
    assert {one["given"]["person"].partition("/")[0] for one in made} == {"person"}
    assert [rows(client, one["href"]) for one in made] == [one["rows"] for one in made]
    page = client.get("/queries/letters-of?person=person/cyr-post&explain=1&format=html").text
    assert f'<a href="{made[0]["href"]}">' in page
    full = client.get("/queries/letters-of?person=person/ada-quill&explain=1").json()
    assert (full["rows"], full["culprits"]) == (1, [])


def test_a_canned_query_is_refused_as_without_an_explanation(client: Started) -> None:
    for address in (
        "letters-on?",
        "letters-on?day=soon",
        "letters-on?day=1999-01-01&day=1999-01-02",
        "letters-in?",
        "letters-on?dy=1&",
    ):
        plain, asked = (
            client.get(f"/queries/{address}{more}", headers={"Accept": "application/json"})
            for more in ("", "&explain=1")
        )
        assert (plain.status_code, plain.json()) == (asked.status_code, asked.json())
        assert plain.status_code in (400, 404)


def test_a_query_for_another_endpoint_is_not_asked(client: Started) -> None:
    found = client.get("/queries/letters-there", params={"explain": "1"}).json()
    assert found["rows"] is None
    assert "https://there.example/sparql" in found["not_looked_into"][0]


def test_an_explanation_that_ended_early_is_not_kept(client: Started) -> None:
    def hits() -> str:
        return str(re.findall(r'cache_lookups_total{found="yes"} \d+', client.get("/metrics").text)[0])

    # More parts than it has questions for.
    many = P + "SELECT * { " + " ".join(f"?a{n} cwc:nope ?b{n} ." for n in range(20)) + " }"
    for query, kept in ((many, False), (MISSPELT + "# once", True)):
        first = client.get("/sparql", params={"query": query, "explain": "1"})
        before = hits()
        second = client.get("/sparql", params={"query": query, "explain": "1"})
        assert first.json()["complete"] is kept
        assert (hits() != before, "no-store" in second.headers["cache-control"]) == (kept, not kept)


# -- the way from an empty answer -------------------------------------------------------------------------------------


EMPTY = [
    "/sparql?" + urlencode({"query": MISSPELT}),
    "/queries/letters-on?day=1999-01-01",
    "/queries/letters-of?person=cyr-post",
]
FULL = [
    "/sparql?" + urlencode({"query": P + "SELECT ?d { ?d cwc:sender ?p }"}),
    "/queries/letters-of",
    "/queries",
    "/sparql",
]


@pytest.mark.parametrize("address", EMPTY)
def test_an_empty_answer_leads_to_its_explanation(client: Started, address: str) -> None:
    links = client.get(address, headers={"Accept": "application/json"}).headers["link"]
    (target,) = re.findall(r'<([^>]+)>; rel="help"', links)
    page = client.get(address, headers={"Accept": "text/html"}).text
    (href,) = re.findall(r'<a rel="help" href="([^"]+)">Why is nothing found\?</a>', page)
    for found in (target, unescape(href)):
        whole = found if found.startswith("/") else address.partition("?")[0] + found
        assert client.get(whole, headers={"Accept": "application/json"}).json()["rows"] == 0


@pytest.mark.parametrize("address", FULL)
def test_an_answer_with_rows_leads_to_none(client: Started, address: str) -> None:
    for accept in ("text/html", "*/*"):
        answer = client.get(address, headers={"Accept": accept})
        assert answer.status_code == 200
        assert 'rel="help"' not in answer.headers.get("link", "") + answer.text


def test_no_address_is_longer_than_servers_take(client: Started) -> None:
    query = MISSPELT + f"# {'long ' * 1000}"
    assert "link" not in client.get("/sparql", params={"query": query}).headers
    found = explained(client, query)
    assert "href" not in suggestions(found)[0]
    assert suggestions(found)[0]["query"].startswith(P)


# -- what is refused --------------------------------------------------------------------------------------------------


REFUSED = [
    ({"query": MISSPELT, "explain": "maybe"}, 400, "explain=maybe is not taken"),
    ({"query": "SELECT ?x {", "explain": "1"}, 400, "not a SPARQL query"),
    ({"query": "SELECT ?x { ?x cwc:sender ?y }", "explain": "1"}, 400, "prefix"),
    ({"query": "SELECT ?x { SERVICE <http://127.0.0.1/> { ?x ?y ?z } }", "explain": "1"}, 403, "SERVICE is refused"),
    ({"query": "DROP ALL", "explain": "1"}, 403, "read-only"),
    ({"query": "SELECT ?x {" + "(" * 500, "explain": "1"}, 400, "brackets"),
    ({"query": "x" * 30_000, "explain": "1"}, 413, "characters"),
]


@pytest.mark.parametrize(("given", "status", "words"), REFUSED)
def test_what_the_endpoint_refuses_is_not_explained(
    client: Started, given: dict[str, str], status: int, words: str
) -> None:
    answer = client.post("/sparql", data=given)
    assert (answer.status_code, words in answer.text) == (status, True)


def test_there_is_a_query_to_explain(client: Started) -> None:
    answer = client.get("/sparql?explain=1")
    assert (answer.status_code, "There is no query to explain" in answer.text) == (400, True)


def test_markup_is_shown_and_not_taken(client: Started) -> None:
    nasty = "\"><script>alert(1)</script>'<img src=x onerror=alert(1)>"
    literal = nasty.replace('"', '\\"')
    query = P + f'SELECT ?d {{ ?d dcterms:title "{literal}" ; cwc:sendr ?p }} # {nasty}'
    answer = client.get("/sparql", params={"query": query, "explain": "1", "format": "html"})
    assert answer.status_code == 200
    assert "&lt;script&gt;" in answer.text
    for address in ("/queries/letters-on?day=", "/queries/letters-of?person=", "/queries/letters-on?explain="):
        refused = client.get(f"{address}{quote(nasty)}&explain=1", headers={"Accept": "text/html"})
        assert refused.status_code == 400
        assert "<script" not in refused.text
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    assert answer.headers["content-security-policy"] == SECURITY["Content-Security-Policy"]
