"""Each case of the W3C's protocol tests, by its name there, against a running service; the requests are in our own words.

The manifest: https://github.com/w3c/rdf-tests/blob/main/sparql/sparql11/protocol/manifest.ttl. Its data are three graphs that
each say of themselves that they are a document. Updates are refused here: those cases hold that they are, and say why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from tests.serve.running import Answer, ask, serving

DATA = [f"http://data.example/graph-{number}" for number in (1, 2, 3)]
ABSENT = "http://data.example/none"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
IS_DOCUMENT = "<{0}> a <http://xmlns.com/foaf/0.1/Document>"
BOTH = f"ASK {{ {IS_DOCUMENT.format(DATA[0])} . {IS_DOCUMENT.format(DATA[1])} }}"
EACH_NAMED = f"GRAPH ?g {{ {IS_DOCUMENT.format(DATA[0])} }} GRAPH ?h {{ {IS_DOCUMENT.format(DATA[1])} }}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("w3c") / "data.trig"
    file.write_text("".join(f"<{iri}> {{ {IS_DOCUMENT.format(iri)} }}\n" for iri in DATA), "utf-8")
    with serving("{}", Path(file)) as (_, root):
        yield f"{root}/sparql"


def dataset(default: list[str], named: list[str]) -> str:
    return urlencode([("default-graph-uri", one) for one in default] + [("named-graph-uri", one) for one in named])


def boolean(answer: Answer) -> bool:
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json"
    found = json.loads(answer.body)["boolean"]
    assert isinstance(found, bool)
    return found


# -- queries ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slash", ["", "/"])
def test_query_get(service: str, slash: str) -> None:
    assert boolean(ask(f"{service}{slash}?query={quote('ASK {}')}&{dataset([ABSENT], [])}"))


@pytest.mark.parametrize("slash", ["", "/"])
def test_query_post_form(service: str, slash: str) -> None:
    assert boolean(ask(f"{service}{slash}?{dataset([ABSENT], [])}", "POST", FORM, b"query=ASK%20%7B%7D"))


def test_query_post_direct(service: str) -> None:
    assert boolean(ask(f"{service}/", "POST", DIRECT, b"ASK {}"))


def test_query_dataset_default_graphs_get(service: str) -> None:
    assert boolean(ask(f"{service}?query={quote(BOTH)}&{dataset(DATA[:2], [])}"))
    assert not boolean(ask(f"{service}?query={quote(BOTH)}&{dataset(DATA[:1], [])}"))


def test_query_dataset_default_graphs_post(service: str) -> None:
    assert boolean(ask(f"{service}?{dataset(DATA[:2], [])}", "POST", DIRECT, BOTH.encode()))
    form = f"query={quote(BOTH)}&{dataset(DATA[1:], [])}".encode()
    assert not boolean(ask(service, "POST", FORM, form))


def test_query_dataset_named_graphs_get(service: str) -> None:
    query = quote(f"ASK {{ {EACH_NAMED} }}")
    assert boolean(ask(f"{service}?query={query}&{dataset([], DATA[:2])}"))
    assert not boolean(ask(f"{service}?query={query}&{dataset([], DATA[1:])}"))


def test_query_dataset_named_graphs_post(service: str) -> None:
    query = f"ASK {{ {EACH_NAMED} }}".encode()
    assert boolean(ask(f"{service}?{dataset([], DATA[:2])}", "POST", DIRECT, query))
    # With named graphs alone, the default graph is empty.
    assert not boolean(ask(f"{service}?{dataset([], DATA[:2])}", "POST", DIRECT, BOTH.encode()))


def test_query_dataset_full(service: str) -> None:
    query = f"ASK {{ {IS_DOCUMENT.format(DATA[2])} {EACH_NAMED} }}".encode()
    assert boolean(ask(f"{service}?{dataset(DATA[2:], DATA[:2])}", "POST", DIRECT, query))
    assert not boolean(ask(f"{service}?{dataset(DATA[:1], DATA[:2])}", "POST", DIRECT, query))


def test_query_multiple_dataset(service: str) -> None:
    """The request's graphs win over the query's own."""
    own = f"ASK FROM <{DATA[2]}> {{ {EACH_NAMED} }}".encode()
    assert boolean(ask(f"{service}?{dataset([], DATA[:2])}", "POST", DIRECT, own))
    third = f"ASK FROM <{DATA[2]}> {{ {IS_DOCUMENT.format(DATA[2])} }}".encode()
    assert boolean(ask(service, "POST", DIRECT, third))
    assert not boolean(ask(f"{service}?{dataset(DATA[:1], [])}", "POST", DIRECT, third))


def test_query_multiple_dataset_with_both_graphs_escaped_into_one(service: str) -> None:
    """As the manifest itself has it: the `&` between the two named graphs is escaped as well."""
    one = quote(f"{DATA[0]}&named-graph-uri={DATA[1]}", safe="")
    own = f"ASK FROM <{DATA[2]}> {{ {EACH_NAMED} }}".encode()
    assert boolean(ask(f"{service}/?named-graph-uri={one}", "POST", DIRECT, own))
    assert not boolean(ask(f"{service}/?named-graph-uri={quote(DATA[0], safe='')}", "POST", DIRECT, own))


def test_query_dataset_in_the_form_itself(service: str) -> None:
    """As the W3C's validator sends it: query and graphs in one form."""
    form = f"query={quote(BOTH)}&{dataset(DATA[:2], [])}".encode()
    assert boolean(ask(service, "POST", FORM, form))
    full = f"ASK {{ {IS_DOCUMENT.format(DATA[2])} {EACH_NAMED} }}"
    assert boolean(ask(service, "POST", FORM, f"query={quote(full)}&{dataset(DATA[2:], DATA[:2])}".encode()))


def test_query_content_type_select(service: str) -> None:
    answer = ask(f"{service}?{dataset([ABSENT], [])}", "POST", DIRECT, b"SELECT (1 AS ?value) {}")
    assert answer.headers["content-type"] == "application/sparql-results+json"
    rows = parse_query_results(answer.body, format=QueryResultsFormat.JSON)
    assert isinstance(rows, QuerySolutions)
    assert [row["value"].value for row in rows] == ["1"]


def test_query_content_type_ask(service: str) -> None:
    assert boolean(ask(f"{service}?{dataset([ABSENT], [])}", "POST", DIRECT, b"ASK {}"))


@pytest.mark.parametrize(("query", "size"), [(f"DESCRIBE <{DATA[0]}>", 1), ("DESCRIBE <http://example.org/>", 0)])
def test_query_content_type_describe(service: str, query: str, size: int) -> None:
    _is_graph(service, query, size)


def test_query_content_type_construct(service: str) -> None:
    _is_graph(service, "CONSTRUCT { <s> <p> 1 } WHERE {}", 1)


def _is_graph(service: str, query: str, size: int) -> None:
    answer = ask(service, "POST", DIRECT, query.encode())
    assert answer.headers["content-type"].partition(";")[0] == "text/turtle"
    assert len([quad.triple for quad in parse(answer.body, format=RdfFormat.TURTLE)]) == size
    elsewhere = ask(f"{service}?{dataset([ABSENT], [])}", "POST", DIRECT, query.encode())
    assert elsewhere.status == 200
    assert elsewhere.headers["content-type"].partition(";")[0] == "text/turtle"


# -- queries that are wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_bad_query_method(service: str, method: str) -> None:
    answer = ask(f"{service}?query={quote('ASK {}')}", method, FORM)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert "by GET or POST" in answer.text


def test_bad_multiple_queries(service: str) -> None:
    answer = ask(f"{service}?query={quote('ASK {}')}&query={quote('SELECT * {}')}")
    assert (answer.status, answer.text) == (400, "There are two queries: send one.\n")
    assert ask(f"{service}?query={quote('ASK {}')}", "POST", DIRECT, b"ASK {}").status == 400


def test_bad_query_wrong_media_type(service: str) -> None:
    answer = ask(service, "POST", {"Content-Type": "text/plain"}, b"ASK {}")
    assert answer.status == 415
    assert "application/sparql-query" in answer.text


def test_bad_query_missing_form_type(service: str) -> None:
    answer = ask(service, "POST", {}, b"query=ASK%20%7B%7D")
    assert (answer.status, "A POST of type none" in answer.text) == (415, True)


def test_bad_query_missing_direct_type(service: str) -> None:
    answer = ask(service, "POST", {}, b"ASK {}")
    assert (answer.status, "A POST of type none" in answer.text) == (415, True)


def test_bad_query_non_utf8(service: str) -> None:
    named = ask(
        service, "POST", {"Content-Type": "application/sparql-query; charset=UTF-16"}, "ASK {}".encode("utf-16")
    )
    assert (named.status, "sent as UTF-8" in named.text) == (415, True)
    unnamed = ask(service, "POST", DIRECT, "ASK {}".encode("utf-16"))
    assert (unnamed.status, "not UTF-8 from byte 1" in unnamed.text) == (400, True)
    assert ask(f"{service}?query=ASK%20%7B%7D%FF").status == 400
    assert ask(service, "POST", FORM, b"query=ASK%20%7B%7D%FF").status == 400


def test_bad_query_syntax(service: str) -> None:
    answer = ask(f"{service}?query={quote('ASK {')}")
    assert answer.status == 400
    assert "line 1, column 6: expected" in answer.text
    assert "\n  ASK {\n       ^\n" in answer.text


# -- updates ----------------------------------------------------------------------------------------------------------------

INSERT = f"INSERT DATA {{ GRAPH <{ABSENT}> {{ <s:s> <p:p> 1 }} }}"
UPDATES = {
    "update_dataset_default_graph": (f"using-graph-uri={quote(DATA[0])}", UPDATE, INSERT),
    "update_dataset_default_graphs": (
        f"using-graph-uri={quote(DATA[0])}&using-graph-uri={quote(DATA[1])}",
        UPDATE,
        INSERT,
    ),
    "update_dataset_named_graphs": (f"using-named-graph-uri={quote(DATA[0])}", UPDATE, INSERT),
    "update_dataset_full": (f"using-graph-uri={quote(DATA[0])}&using-named-graph-uri={quote(DATA[1])}", UPDATE, INSERT),
    "update_post_form": ("", FORM, urlencode({"update": INSERT})),
    "update_post_direct": ("", UPDATE, INSERT),
    "update_base_uri": ("", UPDATE, "INSERT DATA { <s> <p> <o> }"),
    "bad_multiple_updates": ("", FORM, urlencode([("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")])),
    "bad_update_syntax": ("", FORM, "update=CLEAR%20XYZ"),
    "bad_update_dataset_conflict": (f"using-named-graph-uri={quote(DATA[0])}", UPDATE, f"WITH <{ABSENT}> {INSERT}"),
    "an update sent as a query": ("", DIRECT, INSERT),
    "update_dataset_in_the_address_and_update_in_the_form": (
        f"using-graph-uri={quote(DATA[0])}",
        FORM,
        urlencode({"update": INSERT}),
    ),
    "LOAD": ("", DIRECT, "LOAD <http://127.0.0.1:9/x>"),
}


@pytest.mark.parametrize("name", UPDATES)
def test_updates_are_refused(service: str, name: str) -> None:
    parameters, headers, body = UPDATES[name]
    answer = ask(f"{service}?{parameters}", "POST", headers, body.encode())
    assert answer.status == 403, answer.text
    assert "read-only" in answer.text
    there = ask(f"{service}?query={quote(f'ASK {{ GRAPH <{ABSENT}> {{ ?s ?p ?o }} }}')}")
    assert not boolean(there)


def test_bad_update_get(service: str) -> None:
    answer = ask(f"{service}?update={quote('CLEAR ALL')}")
    assert (answer.status, "read-only" in answer.text) == (403, True)


def test_bad_update_wrong_media_type(service: str) -> None:
    assert ask(service, "POST", {"Content-Type": "text/plain"}, b"CLEAR NAMED").status == 415


def test_bad_update_missing_form_type(service: str) -> None:
    assert ask(service, "POST", {}, b"update=CLEAR%20NAMED").status == 415


def test_bad_update_non_utf8(service: str) -> None:
    answer = ask(
        service, "POST", {"Content-Type": "application/sparql-update; charset=UTF-16"}, "CLEAR ALL".encode("utf-16")
    )
    assert answer.status == 403


# -- the description of the service -----------------------------------------------------------------------------------------

SD = "http://www.w3.org/ns/sparql-service-description#"
RDF = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}


DOMAINS = {
    "Service": ("endpoint", "supportedLanguage", "feature", "resultFormat", "defaultDataset"),
    "Dataset": ("defaultGraph", "namedGraph"),
    "NamedGraph": ("name", "graph"),
}
RANGES = {"Dataset": ("defaultDataset",), "Graph": ("defaultGraph", "graph"), "NamedGraph": ("namedGraph",)}
INSTANCES = {"supportedLanguage": ("SPARQL11Query",), "feature": ("UnionDefaultGraph",)}


def local(triple: Triple) -> str:
    return str(getattr(triple.object, "value", "")).removeprefix(SD)


def described(service: str, media_type: str) -> set[Triple]:
    answer = ask(service, headers={"Accept": media_type})
    assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, media_type)
    return {quad.triple for quad in parse(answer.body, format=RDF[media_type])}


@pytest.mark.parametrize("media_type", RDF)
def test_returns_rdf(service: str, media_type: str) -> None:
    triples = described(service, media_type)
    found = {(t.predicate.value.removeprefix(SD), getattr(t.object, "value", "")) for t in triples}
    assert {("name", iri) for iri in DATA} <= found
    counts = [value for name, value in found if name == "http://rdfs.org/ns/void#triples"]
    assert sorted(counts) == ["1", "3"]


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_description_has_endpoint_triple_with_the_address_that_was_asked(service: str, slash: str) -> None:
    triples = described(service + slash, "text/turtle")
    assert [t.object for t in triples if t.predicate.value == f"{SD}endpoint"] == [NamedNode(service + slash)]


def test_the_description_conforms_to_schema(service: str) -> None:
    """Each property stands between what its domain and range allow, both typed, and each named graph has its name."""
    triples = described(service, "text/turtle")
    types = {(t.subject, local(t)) for t in triples if t.predicate.value.endswith("#type")}
    used = {t.predicate.value.removeprefix(SD) for t in triples if t.predicate.value.startswith(SD)}
    assert used == {name for names in DOMAINS.values() for name in names}
    for kind, names in DOMAINS.items():
        assert {(t.subject, kind) for t in triples if t.predicate.value.removeprefix(SD) in names} <= types
    for kind, names in RANGES.items():
        assert {(t.object, kind) for t in triples if t.predicate.value.removeprefix(SD) in names} <= types
    for name, allowed in INSTANCES.items():
        values = {local(t) for t in triples if t.predicate.value == SD + name}
        assert values == set(allowed)
    named = {one for one, kind in types if kind == "NamedGraph"}
    names_of = [t.subject for t in triples if t.predicate.value == f"{SD}name"]
    assert (sorted(map(str, names_of)), len(named)) == (sorted(map(str, named)), 3)


def test_the_description_is_given_to_a_client_without_wishes_and_a_form_to_a_browser(service: str) -> None:
    assert ask(service).headers["content-type"].startswith("text/turtle")
    assert ask(service, headers={"Accept": "text/html,*/*;q=0.1"}).headers["content-type"].startswith("text/html")
    refused = ask(service, headers={"Accept": "image/png"})
    assert (refused.status, "text/turtle" in refused.text) == (406, True)
