"""The OpenAPI document: it validates, it is the same each time, and what it says of an operation is what that answers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError
from starlette.routing import Route

from kgpub.queries import load_queries, read_query
from kgpub.serve.app import create_app
from kgpub.serve.openapi import document
from kgpub.serve.site import Site
from tests.serve.conftest import TestClient

ROOT = Path(__file__).parents[2]
GRAPH = "#+ title: Graph\nCONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(false) }"
YES = "#+ title: Is there any?\nASK { ?s ?p ?o }"
TYPED = """\
#+ title: Typed
#+ parameters:
#+ - {name: how, label: How, type: enum, values: [fast, slow], default: ""}
#+ - {name: many, label: Many, type: integer, default: "3", help: At least one.}
#+ - {name: year, label: Year, type: gYear}
#+ columns: [{name: how, label: How, description: the way}, {name: many, label: Many}]
SELECT ?how ?many ?year {}
"""


@pytest.fixture
def site(site: Site) -> Site:
    more = (read_query(GRAPH, "graph.rq"), read_query(YES, "yes.rq"), read_query(TYPED, "typed.rq"))
    return replace(site, queries=(*site.queries, *more), licence="https://example.org/licence")


@pytest.fixture
def made(site: Site) -> dict[str, Any]:
    return json.loads(json.dumps(document(site)))


def resolved(made: dict[str, Any], value: Any) -> Any:
    """Return a value with the references of the document filled in."""
    if isinstance(value, dict):
        if "$ref" in value:
            found: Any = made
            for step in value["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            return {**resolved(made, found), **{k: v for k, v in value.items() if k != "$ref"}}
        return {key: resolved(made, one) for key, one in value.items()}
    return [resolved(made, one) for one in value] if isinstance(value, list) else value


def test_the_document_validates_and_a_wrong_one_does_not(made: dict[str, Any]):
    validate(made)
    del made["paths"]["/queries/letters-on"]["get"]["responses"]
    made["paths"]["/queries/letters-of"]["get"]["parameters"][0]["in"] = "nowhere"
    with pytest.raises(OpenAPIValidationError):
        validate(made)


def test_the_document_of_the_real_queries_validates(site: Site):
    real = replace(site, queries=load_queries(ROOT / "queries" / "site"), version="1.0", description="Letters.")
    made = json.loads(json.dumps(document(real)))
    validate(made)
    assert set(made["paths"]) >= {f"/queries/{query.name}" for query in real.queries}
    assert made["info"]["version"] == "1.0"


def test_the_document_is_the_same_each_time(site: Site):
    assert json.dumps(document(site)) == json.dumps(document(replace(site)))


def test_every_operation_has_an_id_of_its_own_and_a_tag_that_is_described(made: dict[str, Any]):
    operations = [one for path in made["paths"].values() for one in path.values()]
    ids = [one["operationId"] for one in operations]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", one) for one in ids)
    assert {tag for one in operations for tag in one["tags"]} <= {tag["name"] for tag in made["tags"]}


def test_parameters_are_typed(made: dict[str, Any]):
    found = {one["name"]: one for one in made["paths"]["/queries/typed"]["get"]["parameters"] if "name" in one}
    assert found["how"]["schema"] == {"type": "string", "enum": ["fast", "slow", ""]}
    assert found["many"]["schema"] == {"type": "integer", "default": 3, "examples": [3]}
    assert found["many"]["description"] == "Many. At least one. Give a whole number."
    assert (found["year"]["required"], found["year"]["schema"]["pattern"]) == (True, "^[0-9]{4}$")
    (day,) = (one for one in made["paths"]["/queries/letters-on"]["get"]["parameters"] if one.get("name") == "day")
    assert (day["required"], day["schema"]) == (True, {"type": "string", "format": "date"})
    (person, *_) = made["paths"]["/queries/letters-of"]["get"]["parameters"]
    assert person["schema"]["default"] == "person/ben-inkwell"


def test_a_column_is_described(made: dict[str, Any]):
    answer = made["paths"]["/queries/typed"]["get"]["responses"]["200"]
    row = answer["content"]["application/sparql-results+json"]["schema"]["properties"]["results"]["properties"]
    assert row["bindings"]["items"]["properties"]["how"]["description"] == "the way"
    assert "how: the way; many: Many" in answer["content"]["text/csv"]["schema"]["description"]


GIVEN = {"letters-on": "?day=1950-01-10", "typed": "?year=1950"}


def test_every_canned_query_answers_as_the_document_says(made: dict[str, Any], client):
    """In every format that it names, with a status, a type and a body that it names."""
    tried = 0
    for path, methods in made["paths"].items():
        if not path.startswith("/queries/"):
            continue
        operation = resolved(made, methods["get"])
        ours = operation["responses"]["200"]["content"]
        for name in next(one for one in operation["parameters"] if one["name"] == "format")["schema"]["enum"]:
            address = path + GIVEN.get(path.rpartition("/")[2], "?")
            explained = "&explain=1" if name == "txt" else ""
            answer = client.get(f"{address}&format={name}{explained}")
            kind = answer.headers["content-type"].partition(";")[0]
            assert (answer.status_code, kind in ours) == (200, True), (path, name)
            if "json" in kind and name == "json":
                jsonschema.validate(answer.json(), ours[kind]["schema"])
            tried += 1
        if any(one["name"] == "explain" for one in operation["parameters"]):
            schema = resolved(made, {"$ref": "#/components/schemas/Explanation"})
            jsonschema.validate(client.get(f"{address}&explain=1").json(), schema)
        for kind in ours:
            explained = "&explain=1" if kind == "text/plain" else ""
            answer = client.get(f"{address}{explained}", headers={"Accept": kind})
            assert answer.headers["content-type"].partition(";")[0] == kind
    assert tried > 25


def test_the_rest_answers_as_the_document_says(made: dict[str, Any], client):
    filled = {"{path}": "letters.ttl", "{kind}": "entity", "{id}": ""}
    known = {"person": "ada-quill", "document": "L1"}
    for path, methods in made["paths"].items():
        kind = path.split("/")[1]
        if path.startswith("/queries/") or (path.endswith("{id}") and kind not in known):
            continue
        address = path.replace("{id}", known.get(kind, ""))
        for mark, value in filled.items():
            address = address.replace(mark, value)
        answer = client.get(address, params={"prefix": "A", "default": "", "query": "ASK {}"})
        responses = resolved(made, methods["get"])["responses"]
        assert str(answer.status_code) in responses, path
        types = responses[str(answer.status_code)].get("content", {"*/*": {}})
        kind = answer.headers["content-type"].split("; charset")[0]
        assert "*/*" in types or kind in types or kind.partition(";")[0] in types, (path, kind)


@pytest.mark.parametrize(
    "address",
    [
        "/queries/letters-on",
        "/queries/letters-of?person=nobody",
        "/queries/letters-of?limit=0",
        "/queries/none",
        "/document/none",
        "/sparql?query=x",
        "/graph-store?graph=x",
        "/download/none",
    ],
)
def test_errors_have_the_documented_shape(made: dict[str, Any], client, address: str):
    answer = client.get(address, headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"
    jsonschema.validate(answer.json(), made["components"]["schemas"]["Problem"])
    assert answer.json()["status"] == answer.status_code >= 400


def test_the_kinds_of_entities_are_those_that_there_are(made: dict[str, Any]):
    assert "/person/{id}" in made["paths"]
    assert "/spaceship/{id}" not in made["paths"]


def test_it_is_served_and_pages_lead_to_it(client, site: Site):
    answer = client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.1"
    validate(answer.json())
    for path in ("/", "/queries"):
        link = client.get(path).headers["link"]
        assert link == '</openapi.json>; rel="service-desc"; type="application/vnd.oai.openapi+json"'
    assert 'rel="service-desc"' in client.get("/queries/letters-of", headers={"Accept": "text/html"}).text
    assert answer.json()["servers"] == [{"url": "/"}]


def test_below_a_prefix_the_server_is_the_prefix(site: Site):
    from tests.serve.conftest import TestClient

    with TestClient(create_app(site), root_path="/letters") as client:
        assert client.get("/letters/openapi.json").json()["servers"] == [{"url": "/letters"}]


UNSAID = {
    "/": "a page",
    "/sparql/": "/sparql with a slash",
    "/graph-store/{path:path}": "the operation `graph` says it in words, as a path of many steps is no template",
    "/static/style.css": "for pages",
    "/catalogue.{form}": "/catalogue in one format",
    "/.well-known/void": "leads to /catalogue",
    "/queries/examples.ttl": "where the IRIs of the examples lead; /.well-known/sparql-examples is the same",
    "/sparql-examples.ttl": "the same as Turtle",
    "/queries/{name}": "each query has a path of its own",
    "/{path:path}": "each kind of entity has a path of its own",
    "/graph/{path:path}": "one of these kinds",
}


def test_no_route_is_left_out(made: dict[str, Any], site: Site):
    routes = {route.path for route in create_app(site).routes if isinstance(route, Route)}
    said = {path for path in routes - set(UNSAID) if path.replace(":path}", "}") in made["paths"]}
    assert said | set(UNSAID) == routes


def test_graphs_have_formats_that_other_things_have_not(made: dict[str, Any]):
    offered = {
        kind: set(made["paths"][f"/{kind}/{{id}}"]["get"]["responses"]["200"]["content"])
        for kind in ("graph", "document")
    }
    assert offered["graph"] - offered["document"] == {"application/trig", "application/n-quads"}
    assert offered["document"] < offered["graph"]


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("flyout/entity?id=ada-quill", "404", "application/json"),
        ("flyout/entity?id=person/ada-quill", "200", "application/json"),
        ("flyout/entity?id=person/ada-quill&callback=show", "200", "text/javascript"),
        ("properties?limit=1", "200", "application/json"),
        ("properties?limit=x", "400", "application/json"),
        ("preview?id=person/ada-quill", "200", "text/html"),
        ("preview?id=nobody", "404", "application/json"),
        ("preview.css", "200", "text/css"),
        ("view?id=person/ada-quill", "303", ""),
        ("about", "200", "text/html"),
    ],
)
def test_the_routes_of_reconciliation_answer_as_the_document_says(
    made: dict[str, Any], site: Site, path: str, status: str, kind: str
):
    with TestClient(create_app(site), follow_redirects=False) as client:
        answer = client.get(f"/reconcile/{path}")
    name = re.sub("/entity$", "/{kind}", path.partition("?")[0])
    said = made["paths"][f"/reconcile/{name}"]["get"]["responses"]
    assert str(answer.status_code) == status
    assert answer.headers.get("content-type", "").partition(";")[0] == kind
    assert not kind or kind in said[status]["content"]
