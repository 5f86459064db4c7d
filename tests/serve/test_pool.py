"""Queries in worker processes of a running service: what is killed, what is replaced, and who is answered meanwhile."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.serve.running import BASE, PROGRAM, Answer, ask, children, serving, wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

ENDLESS = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != {}) }}"
COUNT = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def query(root: str, text: str, wait: float = 60) -> Answer:
    return ask(f"{root}/sparql?query={quote(text)}", wait=wait)


def counted(answer: Answer) -> str:
    assert answer.status == 200, answer.text
    value = json.loads(answer.body)["results"]["bindings"][0]["n"]["value"]
    assert isinstance(value, str)
    return value


def metric(root: str, name: str) -> float:
    lines = ask(f"{root}/metrics").text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith((f"{name} ", f"{name}{{")))


def started(process_id: int) -> list[int]:
    """The workers: children of the one child that holds the store."""
    return children(process_id)[1:]


def gone(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture
def patient() -> Iterator[tuple[int, str]]:
    """A service that gives queries a minute, and no cached answers."""
    limits = {"answer_seconds": 60, "cache_bytes": 0, "patience_seconds": 0.1, "drain_seconds": 1}
    with serving(json.dumps(limits)) as (process, root):
        yield process.pid, root


def test_a_worker_that_is_killed_is_replaced_and_no_query_is_lost(patient: tuple[int, str]) -> None:
    """Neither those of others nor, as it was not the query's fault, its own."""
    pid, root = patient
    with ThreadPoolExecutor(4) as clients:
        # It takes about a second, so that the worker is killed in the middle of it.
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g a ?i FILTER(STRLEN(STR(?a)) > 200) }"
        asked = clients.submit(query, root, slow)
        wait_until(lambda: metric(root, "kgpub_queries") > 0 and started(pid))
        time.sleep(0.2)
        victims = started(pid)
        for worker in victims:
            os.kill(worker, signal.SIGKILL)
        others = [clients.submit(query, root, COUNT) for _ in range(20)]
        expected = counted(query(root, COUNT))
        assert [counted(one.result()) for one in others] == [expected] * 20
        assert asked.result().status == 200
    assert not set(victims) & set(started(pid))


def test_a_holder_of_the_store_that_is_killed_is_replaced(patient: tuple[int, str]) -> None:
    pid, root = patient
    expected = counted(query(root, COUNT))
    before = children(pid)
    os.kill(before[0], signal.SIGKILL)
    assert counted(query(root, COUNT)) == expected
    wait_until(lambda: all(gone(one) for one in before))


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_when_the_service_ends_while_queries_run(stop: signal.Signals) -> None:
    limits = {"answer_seconds": 60, "patience_seconds": 0.1, "drain_seconds": 0.5}
    with serving(json.dumps(limits)) as (process, root):
        answers: list[Answer | OSError] = []

        def endless(number: int) -> None:
            try:
                answers.append(query(root, ENDLESS.format(number)))
            except OSError as error:
                answers.append(error)

        clients = [threading.Thread(target=endless, args=(number,)) for number in range(3)]
        for client in clients:
            client.start()
        wait_until(lambda: len(started(process.pid)) >= 3)
        left = children(process.pid)
        process.send_signal(stop)
        process.wait(30)
        for client in clients:
            client.join()
        wait_until(lambda: all(gone(one) for one in left))
    if stop == signal.SIGTERM:
        # They are told, and not cut off.
        assert [answer.status for answer in answers if isinstance(answer, Answer)] == [503] * 3
        assert all(isinstance(answer, Answer) and "being stopped" in answer.text for answer in answers)


def test_a_query_that_is_under_way_is_answered_before_the_service_stops() -> None:
    with serving(json.dumps({"drain_seconds": 30, "patience_seconds": 0.1})) as (process, root):
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g a ?i FILTER(STRLEN(STR(?a)) > 200) }"
        with ThreadPoolExecutor(1) as clients:
            asked = clients.submit(query, root, slow)
            wait_until(lambda: started(process.pid))
            time.sleep(0.1)
            process.terminate()
            assert counted(asked.result()) == "0"
        assert process.wait(30) in (0, -signal.SIGTERM)


def test_a_query_whose_client_hangs_up_is_ended(patient: tuple[int, str]) -> None:
    _, root = patient
    with pytest.raises(TimeoutError):
        query(root, ENDLESS.format(0), wait=1)
    wait_until(lambda: 'kgpub_queries{state="slow"} 0' in ask(f"{root}/metrics").text)
    assert 'kgpub_queries{state="fast"} 0' in ask(f"{root}/metrics").text


def test_canned_and_quick_queries_are_answered_while_eight_endless_ones_run() -> None:
    limits = {"answer_seconds": 4, "cache_bytes": 0, "patience_seconds": 0.2}
    with serving(json.dumps(limits)) as (_, root), ThreadPoolExecutor(24) as clients:
        expected = counted(query(root, COUNT))
        endless = [clients.submit(query, root, ENDLESS.format(number)) for number in range(8)]
        quick = [clients.submit(query, root, COUNT) for _ in range(64)]
        pages = [clients.submit(ask, f"{root}/document/L{1 + number % 4}") for number in range(64)]
        assert [counted(one.result()) for one in quick] == [expected] * 64
        assert Counter(one.result().status for one in pages) == {200: 64}
        assert Counter(one.result().status for one in endless) == {503: 8}
        assert "longer than 4 seconds, the limit here" in endless[0].result().text


def test_what_many_ask_at_once_is_worked_out_once() -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g a ?i FILTER(STRLEN(STR(?a)) > 200) }"
    with serving() as (_, root), ThreadPoolExecutor(16) as clients:
        answers = [one.result() for one in [clients.submit(query, root, slow) for _ in range(16)]]
        assert {counted(answer) for answer in answers} == {"0"}
        assert metric(root, "kgpub_queries_total") == 1


def test_a_client_that_asks_too_much_at_once_is_told_to_wait() -> None:
    limits = {"workers": 1, "slow_workers": 0, "client_queue": 1, "answer_seconds": 2, "queue_seconds": 10}
    with serving(json.dumps(limits)) as (_, root), ThreadPoolExecutor(6) as clients:
        answers = [one.result() for one in [clients.submit(query, root, ENDLESS.format(number)) for number in range(6)]]
        assert {answer.status for answer in answers} == {503}
        full = [answer for answer in answers if "Too many queries wait" in answer.text]
        assert len(full) >= 3
        assert full[0].headers["retry-after"] == "5"
        assert counted(query(root, COUNT))


def test_service_and_load_connect_to_nobody() -> None:
    """Neither as the guard refuses them, nor where it would let one pass: a worker can open no connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener, serving() as (_, root):
        listener.settimeout(0.5)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        for text in (f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", f"LOAD <{address}>"):
            assert query(root, text).status == 403
        query(root, f"SELECT * FROM <{address}> FROM NAMED <{address}> {{ ?s ?p ?o }}")
        with pytest.raises(TimeoutError):
            listener.accept()


HOSTILE = [
    *(bracket * 300_000 for bracket in "([{"),
    "SELECT * { FILTER(" + "!" * 1_500 + "true) }",
    "SELECT * { FILTER(" + "(" * 399 + "1" + ")" * 399 + ") }",
    "SELECT * { ?s " + "/".join(["<p:p>"] * 1_400) + " ?o }",
    "SELECT * { ?s (<p:p>|!<p:q>)* ?o . ?o (<p:p>|!<p:q>)* ?x . ?x (<p:p>|!<p:r>)* ?y }",
    'SELECT (REPLACE("' + "a" * 5_000 + '", "(a*)*b", "") AS ?x) {}',
    "SELECT (STRLEN(CONCAT(" + ",".join(["STR(?s)"] * 300) + ")) AS ?x) { ?s ?p ?o }",
    "service#" * 2_400,
    "\0", "\ufeffASK {}", "ASK {} \ud83d\ude00", "SELECT * { ?s ?p '''", "PREFIX : <\x07> ASK {}",
    "BASE <x> SELECT * { <../../../etc/passwd> ?p ?o }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
]  # fmt: skip


def test_hostile_queries_are_refused_or_answered_and_never_break_anything() -> None:
    with serving(json.dumps({"answer_seconds": 2, "memory_mb": 64})) as (process, root):
        bodies = [text.encode("utf-8", "surrogatepass") for text in HOSTILE]
        headers = {"Content-Type": "application/sparql-query"}
        with ThreadPoolExecutor(8) as clients:
            asked = [clients.submit(ask, f"{root}/sparql", "POST", headers, body) for body in bodies * 3]
            statuses = Counter(one.result().status for one in asked)
        assert set(statuses) <= {200, 400, 413, 503}, statuses
        assert counted(query(root, COUNT))
        assert process.poll() is None


def test_where_a_system_cannot_fork_each_worker_loads_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fallback, tried on this system."""
    program = "import kgpub.serve.forked as f; f.CAN_FORK = False\n"
    monkeypatch.setattr("tests.serve.running.PROGRAM", program + PROGRAM)
    with serving(json.dumps({"answer_seconds": 5, "cache_bytes": 0})) as (process, root):
        expected = counted(query(root, COUNT))
        assert query(root, ENDLESS.format(0)).status == 503
        assert counted(query(root, COUNT)) == expected
        assert len(children(process.pid)) >= 1
        assert ask(f"{root}/graph-store?graph={quote(f'{BASE}graph/L1')}").status == 200
        left = children(process.pid)
    wait_until(lambda: all(gone(one) for one in left))
