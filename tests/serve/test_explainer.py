"""The process that explains: who would choke it, its limits, its queue, and that it is confined and replaced."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import Store

from kgpub.serve import forked, unforked
from kgpub.serve.app import Limits, Site, create_app
from tests.serve.emptied import ENDLESS, GREEDY, MISSPELT, P, explained, harbour
from tests.serve.running import ask, children, serving, wait_until
from tests.serve.started import Started


@pytest.fixture(scope="module")
def site() -> Site:
    return harbour()


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
    with Started(create_app(replace(site, limits=Limits(explain_seconds=4.0, explain_memory_mb=48)))) as client:
        slow = client.post("/sparql", data={"query": ENDLESS, "explain": "1"})
        assert (slow.status_code, "longer than 4 seconds, the limit here (explain_seconds)" in slow.text) == (503, True)
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
