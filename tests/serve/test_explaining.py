"""Empty answers explained over HTTP: a server on loopback, its process that explains, and who would choke it."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
import pytest
from pyoxigraph import RdfFormat, Store

from kgpub.queries import read_query
from kgpub.serve import forked, unforked
from kgpub.serve.app import Limits, Site, create_app
from kgpub.serve.headers import SECURITY
from kgpub.serve.openapi import document
from tests.serve.conftest import ABROAD, BASE, BY_SENDER, ON_A_DAY, TINY
from tests.serve.running import ask, children, serving, wait_until
from tests.serve.started import Started
from tests.serve.test_openapi import resolved

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


@pytest.fixture(scope="module")
def site() -> Site:
    store = Store()
    store.load(path=str(TINY), format=RdfFormat.TRIG)
    texts = {"letters-of": BY_SENDER, "letters-on": ON_A_DAY, "letters-there": ABROAD}
    queries = tuple(read_query(text, f"site/{name}.rq") for name, text in texts.items())
    return Site(store=store, base=BASE, title="Letters", queries=queries)


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[Started]:
    with Started(create_app(site)) as client:
        yield client


def explained(client: Started, query: str, **more: str) -> dict[str, Any]:
    answer = client.get("/sparql", params={"query": query, "explain": "1", **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def suggestions(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for culprit in found["culprits"] for one in culprit["suggestions"]]


def rows(client: Started, address: str) -> int:
    answer = client.get(address, headers={"Accept": "application/sparql-results+json"}).json()
    return len(answer["results"]["bindings"])


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
    ({"query": "SELECT ?x { ?x cwc:sender ?y }", "explain": "1"}, 400, "the prefix is not declared"),
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


# -- who would choke it -----------------------------------------------------------------------------------------------


CHOKING = {
    "nested groups": "SELECT * { " + "{ " * 60 + "?s ?p ?o" + " }" * 60 + " }",
    "nested expressions": "SELECT * { FILTER(" + "(" * 90 + "1" + ")" * 90 + " = 2) }",
    "nested optionals": P + "SELECT * { ?s cwc:sendr ?o " + "OPTIONAL { ?s ?p ?o " * 22 + "}" * 22 + " }",
    "values": P + "SELECT * { VALUES ?x { " + " ".join(f'"{n}"' for n in range(900)) + " } ?x cwc:sender ?y }",
    "many values": "SELECT * { VALUES ?x { " + "1 " * 9_000 + "} ?x ?y ?z }",
    "many triples": P + "SELECT * { " + " ".join(f"?a{n} cwc:nope{n} ?b{n} ." for n in range(150)) + " }",
    "many unions": P + "SELECT * { " + " UNION ".join(f"{{ ?a cwc:nope{n} ?b }}" for n in range(150)) + " }",
    "many filters": "SELECT * { ?s ?p ?o " + " ".join(f"FILTER(?o = {n})" for n in range(150)) + " }",
    "operators": "SELECT * { ?s ?p ?o FILTER(" + " + ".join(["1"] * 700) + " = 2) }",
    "a path": P + "SELECT * { ?s " + "/".join(["(cwc:sender|^cwc:sender)*"] * 40) + " <person/none> }",
    "a literal": 'SELECT * { ?s ?p "' + "x" * 7_000 + '" }',
    "strings of quotes": "SELECT * { ?s ?p " + "'" * 2_001 + " }",
    "odd marks": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(a+)+$')) } # \u202e \ufffe \U0001f4a5",
    "escapes": 'SELECT * { ?s ?p "\\u0000\\U0010FFFF\\n\\t" }',
    "a name twice": "SELECT (1 AS ?x) (2 AS ?x) { }",
    "our own names": "SELECT ?explainNew ?explainOne { ?explainNew ?explainOne <urn:x> . BIND(1 AS ?explainBlank1) }",
    "describe": "DESCRIBE <urn:nothing>",
    "construct": "CONSTRUCT { _:b ?p [] } WHERE { ?s ?p <urn:nothing> , [] , ( 1 2 3 ) }",
    "an endless one": ENDLESS,
    "a greedy one": GREEDY,
}


@pytest.fixture(scope="module")
def small(site: Site) -> Iterator[Started]:
    """A service whose process may take two seconds and little memory."""
    limits = Limits(explain_seconds=2.0, explain_memory_mb=64, cache_bytes=0)
    with Started(create_app(replace(site, limits=limits))) as client:
        yield client


@pytest.mark.parametrize("name", CHOKING)
def test_a_hostile_query_is_answered_within_the_limit(small: Started, name: str) -> None:
    # What the one before has killed is loaded anew first, which is not the time of this one.
    assert explained(small, MISSPELT)["rows"] == 0
    began = time.monotonic()
    answer = small.post(
        "/sparql?explain=1", content=CHOKING[name].encode(), headers={"Content-Type": "application/sparql-query"}
    )
    assert time.monotonic() - began < 2 + 4
    assert answer.status_code in (200, 400, 503), answer.text
    assert "broke off" not in answer.text
    if answer.status_code == 503:
        assert "(explain_seconds)" in answer.text or "(explain_memory_mb)" in answer.text
        assert answer.headers["retry-after"]
    assert explained(small, MISSPELT)["rows"] == 0


def test_the_limits_of_time_and_memory_bite(site: Site) -> None:
    with Started(create_app(replace(site, limits=Limits(explain_seconds=1.0, explain_memory_mb=48)))) as client:
        slow = client.post("/sparql", data={"query": ENDLESS, "explain": "1"})
        assert (slow.status_code, "longer than 1 seconds, the limit here (explain_seconds)" in slow.text) == (503, True)
        assert explained(client, MISSPELT)["rows"] == 0
        metrics = client.get("/metrics").text
        assert 'kgpub_explanations_total{outcome="slow"} 1' in metrics
        assert 'kgpub_explanations_total{outcome="answered"} 1' in metrics
    with Started(create_app(replace(site, limits=Limits(explain_seconds=20.0, explain_memory_mb=48)))) as client:
        greedy = client.post("/sparql", data={"query": GREEDY, "explain": "1"})
        assert (greedy.status_code, "more than 48 MB of memory" in greedy.text) == (503, True)
        assert explained(client, MISSPELT)["rows"] == 0


def test_all_others_are_answered_while_one_takes_its_time(small: Started) -> None:
    endless = threading.Thread(target=lambda: small.post("/sparql", data={"query": ENDLESS, "explain": "1"}))
    endless.start()
    wait_until(lambda: 'kgpub_explanations{state="fast"} 1' in small.get("/metrics").text)
    times: list[float] = []
    while endless.is_alive() and len(times) < 20:
        began = time.monotonic()
        number = len(times)
        assert small.get("/sparql", params={"query": f"SELECT * {{ ?s ?p ?o }} LIMIT 1 # {number}"}).status_code == 200
        assert small.get("/health").status_code == 200
        times.append(time.monotonic() - began)
    endless.join()
    assert times
    assert max(times) < 1.5


def test_the_first_that_ask_at_once_are_all_answered(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """They find the data not written for the process yet, as much data takes its time."""
    at_once = unforked._file

    def slowly(store: Store) -> Path:
        time.sleep(0.5)
        return at_once(store)

    monkeypatch.setattr(unforked, "_file", slowly)
    with Started(create_app(replace(site, limits=Limits(explain_queue=20)))) as client:
        answers: list[int] = []

        def one(number: int) -> None:
            answers.append(explained(client, f"{MISSPELT} # {number}")["rows"])

        threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert answers == [0] * 6
        metrics = client.get("/metrics").text
        assert "kgpub_explainer_deaths_total{" not in metrics


def test_the_queue_is_short(site: Site) -> None:
    limits = Limits(explain_seconds=3.0, explain_queue=1)
    with Started(create_app(replace(site, limits=limits))) as client:
        answers: list[int] = []

        def endless(number: int) -> None:
            answer = client.post("/sparql", data={"query": f"{ENDLESS} # {number}", "explain": "1"})
            answers.append(answer.status_code)
            if "Too many explanations wait" in answer.text:
                full.append("(explain_queue)" in answer.text)

        full: list[bool] = []
        threads = [threading.Thread(target=endless, args=(number,)) for number in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert answers == [503] * 4
        assert full != []
        assert all(full)


# -- the process ------------------------------------------------------------------------------------------------------


def explainers(pid: int) -> list[int]:
    found = []
    for one in children(pid):
        try:
            command = Path(f"/proc/{one}/cmdline").read_bytes()
        except OSError:
            continue
        if b"kgpub.serve.explainer" in command:
            found.append(one)
    return found


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="has no /proc")
def test_the_process_is_started_when_needed_confined_replaced_and_left_behind_by_none() -> None:
    address = "/sparql?" + urlencode({"query": MISSPELT, "explain": "1"})
    with serving('{"cache_bytes": 0}') as (service, root):
        assert explainers(service.pid) == []
        assert ask(root + address).status == 200
        (first,) = explainers(service.pid)
        limits = Path(f"/proc/{first}/limits").read_text()
        assert re.search(r"Max open files\s+0\s+0", limits)
        assert re.search(r"Max file size\s+0\s+0", limits)
        assert re.search(r"Max address space\s+\d+", limits)
        # Nothing but the two ways to the service; the others lead nowhere.
        ways = [name.readlink().name for name in Path(f"/proc/{first}/fd").iterdir()]
        assert (len(ways), ways.count("null")) == (5, 3)
        os.kill(first, signal.SIGKILL)
        assert ask(root + address).status == 200
        (second,) = explainers(service.pid)
        assert second != first
        service.terminate()
        service.wait(10)
        wait_until(lambda: not Path(f"/proc/{second}").exists())


def test_it_explains_where_a_system_cannot_fork(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked, "CAN_FORK", False)
    with Started(create_app(site)) as client:
        assert explained(client, MISSPELT)["rows"] == 0
