"""The corpus of hostile requests against `kgpub serve` as people run it: each is answered as it should be, nothing is left."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.serve.attacks import Attack, Outcome, faults, listening, read_corpus, send
from tests.serve.published import Served, published
from tests.serve.running import ask, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]

ATTACKS = read_corpus()
WORKERS = 2 + 2 + 1
"""Processes under the limits of SMALL: those at full speed, the slow ones, and the one that holds the store."""
GROWTH = 40_000
"""Kilobytes by which the server may grow from the first time that the corpus is sent to the third."""
Listening = tuple[str, Callable[[], int]]


@pytest.fixture(scope="module")
def listener() -> Iterator[Listening]:
    with listening() as found:
        yield found


@pytest.fixture(scope="module")
def service(built: Path) -> Iterator[Served]:
    with published(built) as served:
        yield served


def healthy(service: Served) -> bool:
    """Whether the service lives and answers a query."""
    return ask(f"{service.root}/health").status == 200 and ask(f"{service.root}/sparql?query=ASK%7B%7D").status == 200


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_each_is_answered_in_time_and_tells_nothing(service: Served, listener: Listening, attack: Attack) -> None:
    outcome = send(service.address, attack, listener[0])
    assert faults(attack, outcome) == []
    assert healthy(service)


def test_all_of_them_at_once_leave_nothing_behind(built: Path, listener: Listening) -> None:
    """No process more than the limits allow, none left at the end, no memory that grows, no connection to anywhere."""
    address, connected = listener
    with published(built) as service:
        sizes = []
        for _ in range(3):
            with ThreadPoolExecutor(12) as clients:
                outcomes = list(clients.map(lambda attack: send(service.address, attack, address), ATTACKS))
            assert [
                (one.name, outcome.status)
                for one, outcome in zip(ATTACKS, outcomes, strict=True)
                if outcome.status == 500
            ] == []
            assert sum(map(alive, service.workers())) <= WORKERS
            wait_until(lambda: healthy(service))
            sizes.append(service.memory())
        left = service.workers()
        assert "Traceback" not in service.said()
    assert [pid for pid in left if alive(pid)] == []
    assert sizes[2] - sizes[0] < GROWTH, sizes
    assert connected() == 0


def test_the_listener_would_see_a_connection() -> None:
    with listening() as (address, connected):
        host, port = address.removeprefix("http://").strip("/").split(":")
        socket.create_connection((host, int(port))).close()
        assert connected() == 1


def test_slow_senders_hold_nobody_up(service: Served) -> None:
    """Two hundred clients that send a byte now and then; everybody else is answered at once, and they leave no trace."""
    begun = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\n"
    senders = [socket.create_connection(service.address, 5) for _ in range(200)]
    try:
        for number, sender in enumerate(senders):
            # Half of them stop within the headers, half within the body.
            sender.sendall(begun if number % 2 else begun[:40])
        for _ in range(3):
            for sender in senders:
                sender.sendall(b"a")
            began = time.monotonic()
            assert healthy(service)
            assert time.monotonic() - began < 5
    finally:
        for sender in senders:
            sender.close()
    assert healthy(service)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome(500, {"content-security-policy": "default-src 'none'"}, b"", 0.1), "status 500"),
        (
            Outcome(200, {"content-security-policy": "default-src 'none'"}, b"Traceback (most recent call last)", 0.1),
            "tells",
        ),
        (Outcome(200, {"content-security-policy": "default-src 'none'"}, b"x\nroot:x:0:0", 0.1), "tells"),
        (Outcome(200, {}, b"", 0.1), "no content security policy"),
        (Outcome(0, {}, b"", 0.1), "status 0"),
        (Outcome(200, {"content-security-policy": "default-src 'none'"}, b"", 99.0), "took 99.0 s"),
        (
            Outcome(
                200, {"content-security-policy": "default-src 'none'", "content-type": "text/html"}, b"<script>", 0.1
            ),
            "markup",
        ),
    ],
)
def test_an_answer_that_is_wrong_is_found(outcome: Outcome, words: str) -> None:
    attack = Attack("any", "GET", lambda host, listener: b"", (200,))
    assert any(words in one for one in faults(attack, outcome))


def test_the_corpus_is_as_large_as_it_claims() -> None:
    """And each attack in it has a name of its own."""
    assert len(ATTACKS) > 150
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
