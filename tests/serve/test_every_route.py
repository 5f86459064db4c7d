"""Anything in any parameter of any route: never an error of ours, never markup, always the same headers (hypothesis)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route

from kgpub.queries import read_query
from kgpub.serve.app import Limits, Site, create_app
from kgpub.serve.headers import EMBEDDED, SECURITY
from tests.serve.conftest import ABROAD, BASE, BY_SENDER, ON_A_DAY, TestClient

PARAMETERS = {
    "/": [],
    "/sparql": ["query", "format", "default-graph-uri", "named-graph-uri", "update", "using-graph-uri", "explain"],
    "/sparql/": ["query", "format", "explain"],
    "/graph-store": ["graph", "default", "format"],
    "/graph-store/{path:path}": ["format"],
    "/health": [],
    "/ready": [],
    "/metrics": [],
    "/conformance": ["format"],
    "/catalogue": ["format"],
    "/catalogue.{form}": [],
    "/.well-known/void": [],
    "/queries": ["format"],
    "/queries/examples.ttl": ["format"],
    "/openapi.json": ["format"],
    "/.well-known/sparql-examples": ["format"],
    "/sparql-examples.ttl": [],
    "/queries/{name}": ["person", "day", "format", "page", "page_size", "limit", "offset", "explain"],
    "/reconcile": ["queries", "extend", "callback"],
    "/reconcile/suggest/{kind}": ["prefix", "cursor", "type", "callback"],
    "/reconcile/flyout/{kind}": ["id", "callback"],
    "/reconcile/properties": ["type", "limit", "callback"],
    "/reconcile/preview": ["id"],
    "/reconcile/preview.css": [],
    "/reconcile/view": ["id"],
    "/reconcile/about": [],
    "/download/{path:path}": [],
    "/assets/{name}": [],
    "/static/style.css": [],
    "/graph/{path:path}": ["format"],
    "/{path:path}": ["format"],
}
"""What each route of the service reads, by its path in the route table; the test below holds the table to be whole."""

KNOWN = {
    "name": ["letters-of", "letters-on", "letters-there"],
    "form": ["ttl", "jsonld", "nt", "html"],
    "kind": ["entity", "property", "type"],
    "path": ["document/L1", "letters.ttl", "person/ada-quill", "", "sub"],
}
"""What a placeholder of a path may well be: the other half of the time it is anything."""

PAYLOADS = [
    "<kgx>",
    '</title></h1><kgx a="b">',
    '"><kgx onload=alert(1)>',
    "' onmouseover='kgx",
    "javascript:kgx",
    "{{ 7 * 7 }}{% kgx %}${7*7}",
    "--><kgx><!--",
    "]]><kgx/>",
    '"}</script><kgx>',
    "\r\nX-Injected: kgx\r\n\r\n<kgx>",
    "=cmd|' /C calc'!A0",
]
TEXT = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(codec="utf-8", categories=["Cc", "Cf", "Po", "Sm", "Zs"]), max_size=60),
    st.sampled_from(PAYLOADS),
    st.sampled_from(
        [
            "1e999",
            "-1",
            "0",
            "9" * 400,
            "NaN",
            "null",
            "{}",
            "[]",
            '{"q":null}',
            '{"q":{"query":[]}}',
            "html",
            "json",
            "0000-99-99",
        ]
    ),
)
ACCEPTS = st.sampled_from(["text/html", "*/*", "application/json", "text/turtle", "text/csv", "image/png", ""])


@pytest.fixture(scope="module")
def client(store) -> Iterator[TestClient]:
    texts = {"of": BY_SENDER, "on": ON_A_DAY, "there": ABROAD}
    queries = tuple(read_query(text, f"site/letters-{name}.rq") for name, text in texts.items())
    limits = Limits(answer_seconds=1.0, answer_bytes=60_000, workers=1, slow_workers=1, cache_bytes=0)
    site = Site(store=store, base=BASE, title="Letters", queries=queries, limits=limits)
    with TestClient(create_app(site), follow_redirects=False) as client:
        yield client


@st.composite
def requests(draw: st.DrawFn, route: str) -> tuple[str, dict[str, str], str]:
    """A path of a route with anything in its placeholders, parameters that it reads and others, and an Accept header."""
    path = route
    for name, known in KNOWN.items():
        value = draw(st.one_of(st.sampled_from(known), TEXT))
        path = path.replace(f"{{{name}:path}}", quote(value, "/")).replace(f"{{{name}}}", quote(value, ""))
    names = st.one_of(st.sampled_from([*PARAMETERS[route], "other"]), st.text(max_size=20))
    return path, draw(st.dictionaries(names, TEXT, max_size=4)), draw(ACCEPTS)


class Elements(HTMLParser):
    """The names of the elements and of the attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def holds(answer) -> None:
    """Whatever was asked: no error of ours, the headers of every answer, and in a page nothing but our own elements."""
    assert answer.status_code < 500 or answer.status_code == 503, answer.text[:300]
    assert answer.headers["content-security-policy"] in (
        SECURITY["Content-Security-Policy"],
        EMBEDDED["Content-Security-Policy"],
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "x-injected" not in answer.headers
    assert "Traceback" not in answer.text
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        found = Elements(answer.text)
        assert not {name for name in found.names if name.startswith(("on", "kgx", "style")) or name == "script"}
        assert not [link for link in found.links if link.strip().lower().startswith(("javascript:", "data:"))]
        assert "49" not in answer.text or "{{" not in answer.text
    elif kind.startswith("application/json") and answer.request.method != "HEAD":
        json.loads(answer.text)


def test_the_table_above_has_every_route(client: TestClient) -> None:
    app = client.app
    paths = [route.path for route in app.routes if isinstance(route, Route)]
    assert sorted(paths) == sorted(PARAMETERS)


@pytest.mark.parametrize("route", PARAMETERS)
def test_anything_may_stand_in_any_parameter(client: TestClient, route: str) -> None:
    @given(requests(route), st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS"]))
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def tried(request: tuple[str, dict[str, str], str], method: str) -> None:
        path, parameters, accept = request
        body = {"data": parameters} if method == "POST" else {"params": parameters}
        holds(client.request(method, f"http://testserver{path or '/'}", headers={"Accept": accept}, **body))

    tried()


@pytest.mark.parametrize("route", [route for route, names in PARAMETERS.items() if names or "{" in route])
def test_markup_in_every_parameter_stays_text(client: TestClient, route: str) -> None:
    for payload in PAYLOADS:
        path = route.replace("{name}", "letters-of").replace("{kind}", "entity").replace("{path:path}", "document/L1")
        for name in PARAMETERS[route]:
            holds(client.get(path, params={name: payload}, headers={"Accept": "text/html"}))
        for placeholder in ("{name}", "{kind}", "{path:path}"):
            if placeholder in route:
                there = route.replace(placeholder, quote(payload, ""))
                holds(client.get(there, headers={"Accept": "text/html"}))


def test_a_page_that_repeats_what_was_asked_repeats_it_as_text(client: TestClient) -> None:
    """So that the tests above see pages in which a payload stands, and not only refusals."""
    answer = client.get(f"/{quote('<kgx>')}", headers={"Accept": "text/html"})
    assert "&lt;kgx&gt;" in answer.text
    answer = client.get("/sparql", params={"query": "SELECT <kgx>"}, headers={"Accept": "text/html"})
    assert "&lt;kgx&gt;" in answer.text


@pytest.mark.parametrize(
    "text", ["<kgx>", "<a onclick='x'>", "<script>x</script>", "<a href='javascript:x'>", "<p style='x'>"]
)
def test_markup_would_be_found(client: TestClient, text: str) -> None:
    answer = client.get("/health")
    answer.headers["content-type"] = "text/html"
    answer._content = text.encode()
    with pytest.raises(AssertionError):
        holds(answer)
