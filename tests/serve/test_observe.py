"""What the service says of itself: a line for each request, and numbers; nothing of either is about a person."""

from __future__ import annotations

import asyncio
import json
import os
import re
import threading
from dataclasses import replace
from typing import Any

import pytest

from kgpub.serve.app import Limits, Log, create_app


def lines_of(client, site, ask, **options: bool) -> list[dict[str, Any]]:
    """Return the lines that are written while something is asked of the service."""
    ours, theirs = os.pipe()
    log = Log(theirs, **options)
    with type(client)(create_app(replace(site, limits=Limits(rows=3)), log)) as watched:
        ask(watched)
    os.close(theirs)
    with os.fdopen(ours) as file:
        return [json.loads(line) for line in file]


def test_each_request_is_a_line_with_what_came_of_it(client, site) -> None:
    def ask(watched) -> None:
        watched.get("/document/L1")
        watched.get("/document/L1")
        watched.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
        watched.post("/sparql", data={"update": "CLEAR ALL"})
        watched.request("BREW", "/nowhere")

    lines = lines_of(client, site, ask)
    told = [(one["route"], one["method"], one["status"], one.get("rows"), one.get("reason")) for one in lines]
    assert told == [
        ("/{path:path}", "GET", 200, None, None),
        ("/{path:path}", "GET", 200, None, None),
        ("/sparql", "GET", 200, 3, "truncated"),
        ("/sparql", "POST", 403, None, "update"),
        ("/{path:path}", "OTHER", 405, None, None),
    ]
    assert [one.get("cached") for one in lines[:2]] == [None, True]
    assert all(one["ms"] >= 0 and one["bytes"] > 0 and one["time"].endswith("+00:00") for one in lines)


def test_no_line_holds_an_address_a_path_or_a_query(client, site) -> None:
    def ask(watched) -> None:
        headers = {"X-Forwarded-For": "203.0.113.7", "User-Agent": "secret-agent", "Referer": "http://secret.example/"}
        watched.get("/person/ada-quill", headers=headers)
        watched.get("/sparql", params={"query": 'ASK { ?s ?p "secret" }'}, headers=headers)
        watched.get("/nowhere/secret", headers=headers)

    text = json.dumps(lines_of(client, site, ask))
    assert len(json.loads(text)) == 3
    for word in ("203.0.113.7", "testclient", "secret", "ada-quill"):
        assert word not in text


def test_queries_are_written_where_it_is_asked_for(client, site) -> None:
    lines = lines_of(client, site, lambda watched: watched.get("/sparql", params={"query": "ASK {}"}), queries=True)
    assert [one["query"] for one in lines] == ["ASK {}"]


def test_a_log_that_nobody_reads_holds_nothing_up() -> None:
    ours, theirs = os.pipe()
    log = Log(theirs)
    for _ in range(30_000):
        log.line({"words": "x" * 100})
    assert log.dropped > 10_000
    drained = threading.Thread(target=lambda: [None for _ in iter(lambda: os.read(ours, 1 << 20), b"")], daemon=True)
    drained.start()
    log.close()
    os.close(theirs)
    drained.join()
    os.close(ours)


NUMBER = re.compile(r'[a-z_]+(\{([a-z]+="[^"\n]*",?)*\})? [0-9.eE+-]+')


def test_the_numbers_are_in_the_format_of_prometheus_and_grow(client) -> None:
    for path in ("/document/L1", "/sparql?query=ASK%7B%7D", "/nowhere"):
        client.get(path)
    text = client.get("/metrics").text
    named = set()
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            assert line.split()[2] not in named
            named.add(line.split()[2])
        elif not line.startswith("# HELP "):
            assert NUMBER.fullmatch(line), line
    assert 'kgpub_requests_total{route="/sparql",method="GET",status="200"} 1' in text
    assert 'kgpub_requests_total{route="/{path:path}",method="GET",status="404"} 1' in text
    assert 'kgpub_queries_total{outcome="answered"} 1' in text
    assert 'kgpub_request_seconds_bucket{route="/sparql",le="+Inf"} 1' in text
    client.get("/sparql?query=ASK%7B%7D")
    assert 'kgpub_requests_total{route="/sparql",method="GET",status="200"} 2' in client.get("/metrics").text


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_a_service_that_runs_says_so(client, path: str) -> None:
    client.get("/sparql?query=ASK%7B%7D")
    answer = client.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.json()["status"] in ("alive", "ready")


@pytest.mark.parametrize("path", ["/sparql", "/reconcile"])
def test_a_client_that_goes_while_it_sends_is_no_error_of_ours(site, path: str):
    """Nothing is raised that the server would print as a bug, and nothing is sent to nobody."""
    app = create_app(site)
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded"), (b"host", b"x")],
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(message: object) -> None:
        raise AssertionError(message)

    asyncio.run(app(scope, receive, send))
