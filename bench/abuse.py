"""How the service takes thousands of hostile requests: `python bench/abuse.py [PROJECT] [--requests N]`.

It runs `kgpub serve` on a built publication with the default limits (but for the time of a query: a second), sends it the
corpus of tests/serve/hostile again and again from many clients, and prints how often each status came, how long answers
took, what the server took of memory and of files, and whether it is well afterwards. Beside them come clients that send or
read slowly, a tenth of all requests, with limits of seconds so that a run ends.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import select
import socket
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.serve.attacks import Attack, Outcome, faults, listening, read_corpus, send  # noqa: E402
from tests.serve.published import Served, published  # noqa: E402
from tests.serve.running import ask  # noqa: E402

CLIENTS = 16
HEAVY = 400_000
"""Bytes from which a request is sent a few times only: a machine's own loopback is not what is measured."""
LIMITS = {
    "KGPUB_SERVE_ANSWER_SECONDS": "1",
    "KGPUB_SERVE_HEADER_SECONDS": "2",
    "KGPUB_SERVE_BODY_SECONDS": "4",
    "KGPUB_SERVE_KEEP_ALIVE_SECONDS": "2",
    "KGPUB_SERVE_WRITE_SECONDS": "3",
}
SLOW_CLIENTS = 64
PATIENCE = 30.0
"""Seconds after which a slow client has not been cut off."""


@dataclass(frozen=True)
class Slow:
    """A client that says something, then a piece of it now and then, and may never read."""

    name: str
    said: bytes
    piece: bytes
    each: float
    right: tuple[int, ...]
    reads: bool = True


_POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
_BIG = b"GET /download/cwcorr.nq HTTP/1.1\r\nHost: x\r\n"
SLOW = [
    Slow("nothing is sent", b"", b"", 1, (0,)),
    Slow("half a request line", b"GET /que", b"", 1, (408,)),
    Slow("headers, a byte at a time", b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"a", 0.5, (408,)),
    Slow("a request line without end", b"GET /", b"a" * 5_000, 0.01, (431,)),
    Slow("headers without end", b"GET / HTTP/1.1\r\nHost: x\r\n", b"X: 1\r\n" * 800, 0.01, (431,)),
    Slow("a body that never comes", _POST + b"Content-Length: 100\r\n\r\n", b"", 1, (408,)),
    Slow("a body, a byte at a time", _POST + b"Content-Length: 5000\r\n\r\n", b"#", 0.2, (408,)),
    Slow("chunks of one byte", _POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n#\r\n", 0.2, (408,)),
    Slow(
        "chunks of one byte, fast", _POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n#\r\n" * 500, 0.05, (408, 413)
    ),
    Slow("a body beyond its answer", _POST + b"Content-Length: 90000000\r\n\r\n", b"#" * 9_000, 0.01, (413,)),
    Slow("an answer, and then nothing", b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n", b"", 1, (200,)),
    Slow("an answer that nobody reads", _BIG + b"\r\n", b"", 1, (-2, 0), reads=False),
    Slow("the same, to be closed", _BIG + b"Connection: close\r\n\r\n", b"", 1, (-2, 0), reads=False),
    Slow(
        "a hundred questions, no reader",
        b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 100,
        b"",
        1,
        (-2, 0),
        reads=False,
    ),
]
"""Statuses are those of HTTP, 0 where the connection is closed without a word, -2 where it is reset."""


def several(attacks: list[Attack], number: int) -> list[Attack]:
    """Return so many attacks, the corpus in turn, its heaviest ones no more than three times each."""
    light = [one for one in attacks if len(one.wire("x", "http://x/")) < HEAVY]
    heavy = [one for one in attacks if one not in light]
    return [*itertools.islice(itertools.cycle(light), number - 3 * len(heavy)), *heavy * 3]


def measure(service: Served, asked: list[Attack], listener: str) -> tuple[list[Outcome], list[int], float]:
    """Send all from several clients; return what came, the server's memory in kilobytes as time went on, and the seconds."""
    sizes = [service.memory()]
    began = time.perf_counter()

    def one(pair: tuple[int, Attack]) -> Outcome:
        if pair[0] % 500 == 0:
            sizes.append(service.memory())
        return send(service.address, pair[1], listener, 60)

    with ThreadPoolExecutor(CLIENTS) as clients:
        outcomes = list(clients.map(one, enumerate(asked)))
    return outcomes, [*sizes, service.memory()], time.perf_counter() - began


def dawdle(address: tuple[str, int], slow: Slow) -> tuple[int, float]:
    """Be such a client until the server closes the connection; return the status (-1 where it never does) and the seconds."""
    began, told = time.monotonic(), b""
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        client.connect(address)
        client.setblocking(False)
        try:
            client.send(slow.said)
            while time.monotonic() - began < PATIENCE:
                if select.select([client] if slow.reads else [], [], [], slow.each)[0]:
                    if not (piece := client.recv(1 << 16)):
                        break
                    told += piece
                elif slow.piece and select.select([], [client], [], 0)[1]:
                    client.send(slow.piece)
                elif not slow.reads and client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    return -2, time.monotonic() - began
            else:
                return -1, PATIENCE
        except ConnectionError:
            if not told:
                return -2, time.monotonic() - began
    status = re.match(rb"HTTP/1\.1 (\d+) ", told)
    return int(status[1]) if status else 0, time.monotonic() - began


def dawdled(address: tuple[str, int], number: int) -> str:
    """Let so many slow clients at the server, and return what came of each kind."""
    asked = [one for _ in range(-(-number // len(SLOW))) for one in SLOW][:number]
    with ThreadPoolExecutor(SLOW_CLIENTS) as clients:
        found = list(clients.map(lambda one: dawdle(address, one), asked))
    lines = [f"{len(asked)} slow clients of {len(SLOW)} kinds, {SLOW_CLIENTS} at once"]
    for kind in SLOW:
        own = [came for one, came in zip(asked, found, strict=True) if one is kind]
        statuses = ", ".join(f"{count} × {status}" for status, count in sorted(Counter(s for s, _ in own).items()))
        wrong = sum(status not in kind.right for status, _ in own)
        lines.append(f"  {kind.name}: {statuses}; at most {max(s for _, s in own):.1f} s; not as it should be: {wrong}")
    return "\n".join(lines)


def files_open(service: Served) -> int:
    """Return how many file descriptors the server has."""
    return len(list(Path(f"/proc/{service.process.pid}/fd").iterdir()))


def metric(service: Served, name: str) -> str:
    """Return the values of a metric, as the service tells them."""
    lines = ask(f"{service.root}/metrics").text.splitlines()
    return ", ".join(line.removeprefix(name) for line in lines if line.startswith(name)) or "none"


def report(asked: list[Attack], outcomes: list[Outcome], sizes: list[int], seconds: float) -> None:
    """Print the figures."""
    times = sorted(one.seconds for one in outcomes)
    statuses = Counter(one.status for one in outcomes)
    named = {0: "closed without an answer", -1: "no answer in 60 s"}
    print(f"{len(outcomes)} requests of {len(set(map(id, asked)))} kinds by {CLIENTS} clients in {seconds:.0f} s")
    for status, count in sorted(statuses.items()):
        print(f"  {named.get(status, status)}: {count}")
    middle, high = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"  median {middle * 1000:.0f} ms, 99 % within {high:.2f} s, slowest {times[-1]:.2f} s")
    print(f"  memory of the server in MB: {', '.join(str(one // 1000) for one in sizes)}")
    wrong = Counter(
        f"{one.name}: {fault}" for one, came in zip(asked, outcomes, strict=True) for fault in faults(one, came)
    )
    print(f"  answers that are not as they should be: {wrong.total()}")
    for fault, count in wrong.most_common(20):
        print(f"    {count} × {fault}")


def main() -> int:
    """Send the corpus and print the figures; 1 where the service is not well afterwards."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("project", nargs="?", type=Path, default=ROOT, help="folder of a built publication")
    options.add_argument("--requests", type=int, default=10_000)
    given = options.parse_args()
    slow = given.requests // 10
    asked = several(read_corpus(), given.requests - slow)
    print(json.dumps({"processors": os.cpu_count(), "python": sys.version.split()[0]}))
    with listening() as (listener, connected), published(given.project / "kgpub.toml", LIMITS) as service:
        files = files_open(service)
        with ThreadPoolExecutor(1) as beside:
            dawdling = beside.submit(dawdled, service.address, slow)
            report(asked, *measure(service, asked, listener))
            print(dawdling.result())
        time.sleep(float(LIMITS["KGPUB_SERVE_KEEP_ALIVE_SECONDS"]) + 1)
        print(f"  files of the server: {files} before, {files_open(service)} after")
        print(f"  connections cut off: {metric(service, 'kgpub_connections_cut_total')}")
        print(f"  workers that died by themselves: {metric(service, 'kgpub_worker_deaths_total')}")
        print(f"  queries by outcome: {metric(service, 'kgpub_queries_total')}")
        well = ask(f"{service.root}/sparql?query=ASK%7B%7D").status == 200 and "Traceback" not in service.said()
        print(
            f"  connections to the listener: {connected()}; tracebacks in the log: {service.said().count('Traceback')}"
        )
        print(f"  processes below the server: {len(service.workers())}; well afterwards: {'yes' if well else 'no'}")
        if not well:
            print(service.said()[-4_000:])
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
