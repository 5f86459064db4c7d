"""Answers kept: what is kept, for whom it is fresh, and what goes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgpub.serve.app import Limits, create_app
from kgpub.serve.cache import Cache, Entry

PATHS = ["/", "/queries", "/queries/letters-of", "/document/L1", "/sparql?query=ASK%7B%7D", "/graph-store?default"]


def entry(size: int) -> Entry:
    return Entry.made([(b"content-type", b"text/plain")], b"x" * size)


def hits(client) -> int:
    lines = client.get("/metrics").text.splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith('kgpub_cache_lookups_total{found="yes"}'))


def test_what_was_not_asked_for_longest_goes_first_and_the_size_is_kept() -> None:
    cache = Cache(20_000)
    for key in "abcdefgh":
        cache.put(key, entry(1_000))
        cache.get("a")
    for key in "ijk":
        cache.put(key, entry(1_000))
    assert cache.bytes <= 20_000
    assert cache.get("a") is not None
    assert cache.get("b") is None


def test_an_answer_that_would_push_out_many_others_is_not_kept() -> None:
    cache = Cache(20_000)
    cache.put("large", entry(5_000))
    assert cache.get("large") is None
    assert (cache.hits, cache.misses, cache.bytes) == (0, 1, 0)


@pytest.mark.parametrize("path", PATHS)
def test_the_second_answer_is_the_first_and_a_client_that_has_it_is_told_so(client, path: str) -> None:
    first = client.get(path)
    before = hits(client)
    second = client.get(path)
    assert hits(client) == before + 1
    assert (first.content, first.headers) == (second.content, second.headers)
    known = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", first.headers["etag"])
    assert known.headers["vary"] == first.headers["vary"]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.head(path).headers["etag"] == first.headers["etag"]


def test_formats_and_parameters_are_kept_apart(client) -> None:
    answers = [
        client.get(path, headers={"Accept": accept}).content
        for path in ("/document/L1", "/document/L2")
        for accept in ("text/turtle", "application/ld+json", "text/html", "text/turtle")
    ]
    assert len(set(answers)) == 6
    assert answers[0] == answers[3]


def test_a_query_by_post_is_known_by_what_it_asks(client) -> None:
    def ask(query: str, **parameters: str):
        return client.post("/sparql", data={"query": query, **parameters}).content

    first = ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    before = hits(client)
    assert ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == first
    assert hits(client) == before + 1
    graph = "https://example.org/letters/graph/X1"
    narrowed = ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", **{"default-graph-uri": graph})
    assert narrowed != first
    assert ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", **{"named-graph-uri": graph}) != narrowed


def test_errors_and_what_depends_on_the_host_are_not_kept(client) -> None:
    before = hits(client)
    for _ in range(2):
        assert client.get("/document/none").status_code == 404
        assert client.get("/sparql?query=nonsense").status_code == 400
        assert client.get("/ready").status_code == 200
    hosts = [client.get("/sparql", headers={"Host": host}).text for host in ("one.example", "two.example")]
    assert "sd:endpoint <http://two.example/sparql>" in hosts[1]
    assert "two.example" not in hosts[0]
    assert hits(client) == before


@pytest.mark.parametrize("host", ["%zz", "x y", "[::bad", 'a"b<c>', "", "host:99999999"])
def test_a_host_that_is_no_name_does_no_harm(client, host: str) -> None:
    answer = client.get("/sparql", headers={"Host": host, "Accept": "application/n-triples"})
    assert answer.status_code == 200
    assert "sparql-service-description#endpoint" in answer.text


def test_a_cache_without_room_keeps_nothing_and_all_is_answered(client, site) -> None:
    with type(client)(create_app(replace(site, limits=Limits(cache_bytes=0)))) as bare:
        assert [bare.get(path).status_code for path in PATHS * 2] == [200] * 2 * len(PATHS)
        assert hits(bare) == 0
