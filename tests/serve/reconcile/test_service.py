"""The addresses of the service: forms of the answers, both methods, JSONP, CORS, headers and refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.serve.reconcile.forms import check

QUERIES = json.dumps({"q0": {"query": "Ada Quill"}, "q1": {"query": "Sparrow", "type": "Person", "type_strict": "any"}})
EXTEND = json.dumps({"ids": ["person/ada-quill"], "properties": [{"id": "born"}]})


def test_the_manifest_has_the_form_of_the_specification(client):
    manifest = check("manifest", client.get("/reconcile").json())
    assert manifest["identifierSpace"] == "https://example.org/letters/"
    assert manifest["preview"]["url"] == "http://testserver/reconcile/preview?id={{id}}"
    assert manifest["serviceVersion"] == "1.0"


def test_the_addresses_of_the_manifest_answer(client):
    manifest = client.get("/reconcile").json()
    filled = {"{{id}}": "person%2Fada-quill", "${id}": "person%2Fada-quill"}
    suggest = manifest["suggest"]["entity"]
    for template, status in (
        (manifest["documentation"], 200),
        (manifest["view"]["url"], 303),
        (manifest["preview"]["url"], 200),
        (manifest["feature_view"]["url"], 200),
        (suggest["service_url"] + suggest["flyout_service_path"], 200),
        (suggest["service_url"] + suggest["service_path"] + "?prefix=a", 200),
        (manifest["extend"]["propose_properties"]["service_path"] + "?type=Person", 200),
    ):
        for mark, value in filled.items():
            template = template.replace(mark, value)
        assert client.get(template).status_code == status, template


def test_the_view_leads_to_the_entity_and_keeps_a_prefix(client, store):
    from kgpub.serve.app import Site, create_app

    site = Site(store=store, base="https://example.org/letters/", title="Letters")
    proxied = type(client)(create_app(site), root_path="/letters", follow_redirects=False)
    answer = proxied.get("/letters/reconcile/view?id=person%2Fada-quill")
    assert answer.headers["location"] == "/letters/person/ada-quill"
    assert client.get("/reconcile/view?id=person%2Fada-quill").headers["location"] == "/person/ada-quill"
    assert client.get("/reconcile/view?id=https://elsewhere.example/").status_code == 404


def test_get_and_post_answer_the_same(client):
    posted = client.post("/reconcile", data={"queries": QUERIES})
    assert posted.json() == client.get("/reconcile", params={"queries": QUERIES}).json()
    assert posted.headers["content-type"] == "application/json"
    assert set(check("reconciliation-result-batch", posted.json())) == {"q0", "q1"}
    extended = client.post("/reconcile", data={"extend": EXTEND}).json()
    assert extended == client.get("/reconcile", params={"extend": EXTEND}).json()


def test_each_query_is_answered_as_if_it_were_alone(client):
    both = client.post("/reconcile", data={"queries": QUERIES}).json()
    alone = client.post("/reconcile", data={"queries": json.dumps({"x": {"query": "Ada Quill"}})}).json()
    assert both["q0"] == alone["x"]


PATHS = [
    "/reconcile",
    "/reconcile/suggest/entity?prefix=a",
    "/reconcile/flyout/type?id=Person",
    "/reconcile/properties?type=Person",
    "/reconcile/preview?id=person/ada-quill",
    "/reconcile/view?id=person/ada-quill",
    "/reconcile?queries=nonsense",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_address_may_be_asked_by_any_site(client, path: str):
    headers = client.get(path, headers={"Origin": "https://elsewhere.example"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-content-type-options"] == "nosniff"


def test_only_the_preview_may_be_framed(client):
    framed = client.get("/reconcile/preview?id=person/ada-quill").headers
    assert framed["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert framed["content-security-policy"].endswith("frame-ancestors *")
    assert "x-frame-options" not in framed
    for path in ("/reconcile", "/reconcile/about", "/reconcile/preview?id=none", "/person/ada-quill", "/sparql"):
        headers = client.get(path, headers={"Accept": "text/html"}).headers
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("name", ["f", "jQuery1_2", "window.one.two", "$"])
@pytest.mark.parametrize(
    "path",
    ["/reconcile?", "/reconcile/suggest/type?prefix=&", "/reconcile/properties?", "/reconcile/flyout/type?id=Person&"],
)
def test_a_callback_is_called(client, path: str, name: str):
    answer = client.get(f"{path}callback={name}")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text.startswith(f"/**/{name}(")
    assert answer.text.endswith(");")
    assert json.loads(answer.text[len(f"/**/{name}(") : -2])


@pytest.mark.parametrize(
    "name", ["alert(1)//", "a;b", "<script>", "f\n", "", "1f", "a..b", "f ", "a" * 65, "f%0d%0aX: y", "функция", "a-b"]
)
def test_what_is_no_name_of_a_function_is_refused_as_json(client, name: str):
    answer = client.get("/reconcile", params={"callback": name})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["where"] == "callback"


def test_what_could_end_a_script_is_escaped_for_a_callback(client):
    query = json.dumps({"</script>\u2028": {"query": "<script>alert(1)</script> O'Keel & Co"}}, ensure_ascii=False)
    text = client.get("/reconcile", params={"queries": query, "callback": "f"}).text
    assert not set("<>&\u2028") & set(text)
    (result,) = json.loads(text[len("/**/f(") : -2]).values()
    assert result["result"][0]["name"] == "<script>alert(1)</script> O'Keel & Co"


def refused(client: Any, queries: Any, status: int = 400) -> dict[str, str]:
    text = queries if isinstance(queries, str) else json.dumps(queries)
    answer = client.post("/reconcile", data={"queries": text})
    assert answer.status_code == status
    body = answer.json()
    assert set(body) == {"status", "message", "where", "advice"}
    assert all(body.values())
    assert isinstance(body, dict)
    return body


@pytest.mark.parametrize(
    ("query", "where", "said"),
    [
        ({}, "queries.q", "neither a name nor a property"),
        ({"query": "  "}, "queries.q", "neither a name nor a property"),
        ({"query": 5}, "queries.q.query", "a number, not a string"),
        ({"query": "x" * 251}, "queries.q.query", "251 characters"),
        ({"query": "x", "kind": "Person"}, "queries.q.kind", "not known"),
        ({"query": "x", "type": "Ship"}, "queries.q.type", '"Ship" is no type'),
        ({"query": "x", "type": {"id": "Person"}}, "queries.q.type", "not a list"),
        ({"query": "x", "type_strict": "some"}, "queries.q.type_strict", "not known"),
        ({"query": "x", "limit": 0}, "queries.q.limit", "whole number"),
        ({"query": "x", "limit": "5"}, "queries.q.limit", "whole number"),
        ({"query": "x", "limit": True}, "queries.q.limit", "whole number"),
        ({"query": "x", "properties": [{"pid": "born"}]}, "queries.q.properties.0", "needs `pid` and `v`"),
        ({"query": "x", "properties": [{"pid": "age", "v": 5}]}, "queries.q.properties.0.pid", '"age" is no property'),
        ({"query": "x", "properties": [{"pid": "born", "v": {"name": "y"}}]}, "queries.q.properties.0.v", "needs `id`"),
        (
            {"query": "x", "properties": [{"pid": "born", "v": [None]}]},
            "queries.q.properties.0.v",
            "null, not a string",
        ),
        ({"query": "x", "properties": [{"pid": "born", "v": 1}] * 11}, "queries.q.properties", "11 values"),
        ("x", "queries.q", "a string, not an object"),
    ],
)
def test_a_query_that_is_not_understood_is_refused_with_its_place(client, query: Any, where: str, said: str):
    body = refused(client, {"q": query})
    assert body["where"] == where
    assert said in body["message"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"q": {"query": "x"}', "line 1, column 21"),
        ("[]", "a list, not an object"),
        ('{"q": {"query": "x", "limit": NaN}}', "beyond measure"),
        ("[" * 100_000, "beyond measure"),
        ('{"q": {"query": "x", "limit": ' + "9" * 5000 + "}}", "beyond measure"),
    ],
)
def test_what_is_no_json_object_is_refused(client, text: str, said: str):
    body = refused(client, text)
    assert body["where"] == "queries"
    assert said in body["message"]


def test_a_batch_that_is_too_large_is_413_as_the_specification_has_it(client):
    assert "51 queries" in refused(client, {str(i): {"query": "x"} for i in range(51)}, 413)["message"]
    values = [{"pid": "born", "v": ["1"] * 9}]
    assert "450 values" in refused(client, {str(i): {"properties": values} for i in range(50)}, 413)["message"]
    assert "larger than" in refused(client, " " * 1_000_001, 413)["message"]


@pytest.mark.parametrize(
    ("sent", "status", "where"),
    [
        ({"json": {"queries": {}}}, 415, "content-type"),
        ({"data": {"query": "x"}}, 400, "queries"),
        ({"content": b"queries=\xff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400, "body"),
        ({"content": "a=b&" * 60, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400, "body"),
    ],
)
def test_a_post_that_holds_no_form_is_refused(client, sent: dict[str, Any], status: int, where: str):
    answer = client.post("/reconcile", **sent)
    assert (answer.status_code, answer.json()["where"]) == (status, where)


def test_half_a_surrogate_pair_is_answered(client):
    answer = client.post("/reconcile", data={"queries": '{"\\ud800": {"query": "Ada \\udc00 Quill"}}'})
    assert answer.status_code == 200
    assert [one["id"] for one in answer.json()["\ud800"]["result"]][:1] == ["person/ada-quill"]


@pytest.mark.parametrize("path", ["preview", "view", "flyout/entity", "flyout/property", "flyout/ship", "suggest/ship"])
def test_what_is_not_there_is_404_as_json(client, path: str):
    answer = client.get(f"/reconcile/{path}", params={"id": "person/nobody", "prefix": "x"})
    assert answer.status_code == 404
    assert answer.json()["status"] == "error"


def test_a_flyout_holds_text_and_no_markup_of_a_name(client):
    body = client.get("/reconcile/flyout/entity", params={"id": "person/marked"}).json()
    assert set(body) == {"id", "html"}
    assert "<script" not in body["html"]
    assert "<img" not in body["html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body["html"]


@pytest.mark.parametrize(("asked", "type_id"), [("?type=Place", "Place"), ("?type=", ""), ("", "")])
def test_properties_are_proposed_by_type(client, asked: str, type_id: str):
    body = client.get(f"/reconcile/properties{asked}").json()
    found = {one["id"] for one in body["properties"]}
    assert body.get("type", "") == type_id
    assert {"latitude", "names", "letters"} <= found
    assert ("born" in found) is (not type_id)


def test_no_more_properties_are_proposed_than_asked_for(client):
    body = client.get("/reconcile/properties?type=Person&limit=3").json()
    assert (body["limit"], len(body["properties"])) == (3, 3)
    for limit in ("0", "-1", "x", "1e9", "١"):
        answer = client.get("/reconcile/properties", params={"limit": limit})
        assert (answer.status_code, answer.json()["where"]) == (400, "limit")
    assert client.get("/reconcile/properties?type=Ship").status_code == 400


def test_the_page_for_people_names_the_address_the_types_and_the_features(client):
    page = client.get("/reconcile/about").text
    for words in ("<pre>http://testserver/reconcile</pre>", "ArchivalUnit", 'id="cover_name"', "letters-sent"):
        assert words in page
    told = {
        one["id"] for one in client.get("/reconcile", params={"queries": QUERIES}).json()["q0"]["result"][0]["features"]
    }
    assert all(f'id="{one}"' in page for one in told)
