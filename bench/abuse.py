"""How the service takes thousands of hostile requests: `python bench/abuse.py [PROJECT] [--requests N]`.

It runs `kgpub serve` on a built publication with the default limits (but for the time of a query: a second), sends it the
corpus of tests/serve/hostile again and again from many clients, and prints how often each status came, how long answers
took, what the server took of memory, and whether it is well afterwards.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.serve.attacks import Attack, Outcome, faults, listening, read_corpus, send  # noqa: E402
from tests.serve.published import Served, published  # noqa: E402
from tests.serve.running import ask  # noqa: E402

CLIENTS = 16
HEAVY = 400_000
"""Bytes from which a request is sent a few times only: a machine's own loopback is not what is measured."""
LIMITS = {"KGPUB_SERVE_ANSWER_SECONDS": "1"}


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
    asked = several(read_corpus(), given.requests)
    print(json.dumps({"processors": os.cpu_count(), "python": sys.version.split()[0]}))
    with listening() as (listener, connected), published(given.project / "kgpub.toml", LIMITS) as service:
        report(asked, *measure(service, asked, listener))
        well = ask(f"{service.root}/sparql?query=ASK%7B%7D").status == 200 and "Traceback" not in service.said()
        print(
            f"  connections to the listener: {connected()}; tracebacks in the log: {service.said().count('Traceback')}"
        )
        print(f"  processes below the server: {len(service.workers())}; well afterwards: {'yes' if well else 'no'}")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
