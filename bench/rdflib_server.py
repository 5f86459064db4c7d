"""rdflib-endpoint on the same dump, for bench/serve.py: installed beside, since nothing of ours depends on it, and asked briefly.

It answers some queries in milliseconds and others in minutes. So each query is asked once, by one client, and given up after
CAP seconds; one that is given up counts as answered by then, which is in its favour.
"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from asking import Asked

VERSION = "0.6.3"
CAP = 10.0
"""Seconds for one query."""
LONGEST = 150.0
"""Seconds for all of a measure."""
LOADING = 120.0


@dataclass
class Measure:
    """How it went: answers a second, and in words what was left out."""

    rate: float
    said: str


def installed(folder: Path) -> str:
    """Return the program in an environment of its own, made where it is not there; empty where it cannot be installed."""
    program = folder / "bin" / "rdflib-endpoint"
    if not program.exists():
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", f"rdflib-endpoint[cli]=={VERSION}"]
        try:
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
            subprocess.run(pip, check=True, capture_output=True, timeout=300)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"rdflib-endpoint {VERSION} cannot be installed, and is not measured: {error}")
    return str(program) if program.exists() else ""


@contextmanager
def running(program: str, dump: Path, port: int) -> Iterator[None]:
    """Run it until it is no longer needed; raise TimeoutError where it does not load."""
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(dump)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + LOADING
            while _seconds(port, ("/?query=ASK%7B%7D", "application/sparql-results+json"), 5) is None:
                if process.poll() is not None or time.monotonic() > end:
                    raise TimeoutError("rdflib-endpoint does not start")
                time.sleep(0.05)
            yield
        finally:
            # In the middle of a query it heeds nothing less.
            process.kill()


def measured(program: str, dump: Path, port: int, asked: Asked) -> Measure:
    """Ask everything once; a server that is busy with what was given up is started anew."""
    left, times, given_up, wrong = list(asked), [], 0, 0
    while left and sum(times) < LONGEST:
        with running(program, dump, port):
            while left and sum(times) < LONGEST:
                took = _seconds(port, left.pop(0), CAP)
                times.append(CAP if took is None else abs(took))
                wrong += took is not None and took < 0
                if took is None:
                    given_up += 1
                    break
    said = f"{len(times)} of {len(asked)} asked, {given_up} given up after {CAP:g} s, {wrong} refused"
    return Measure(len(times) / sum(times), said)


def _seconds(port: int, one: tuple[str, str], wait: float) -> float | None:
    """Return how long an answer took, below zero where it is an error; None where there is none."""
    start = time.perf_counter()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{one[0]}", headers={"Accept": one[1]})
    try:
        with urllib.request.urlopen(request, timeout=wait) as answer:
            answer.read()
    except urllib.error.HTTPError:
        return start - time.perf_counter()
    except OSError:
        return None
    return time.perf_counter() - start
