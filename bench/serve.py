"""How fast the service answers, beside the bare Oxigraph server and rdflib-endpoint on the same dump, in one run on this machine.

`python bench/serve.py [PROJECT]` needs a built publication. It measures the start, canned queries and entities (kept answers,
and with the cache off), the same queries at /sparql, and canned queries while eight clients ask endless ones.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import rdflib_server
from asking import ASKER, CLIENTS, Asked, asking, rate

from kgpub.project import Project, load_project
from kgpub.queries import load_queries

SECONDS = 4.0
OXIGRAPH = str(Path(sys.executable).with_name("oxigraph"))
RESULTS = "application/sparql-results+json"
TURTLE = "text/turtle"
ENDLESS = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != {}) }}"


@contextmanager
def running(command: list[str], url: str, **environ: str) -> Iterator[float]:
    """Run a server until it is no longer needed; yields how long it took to answer."""
    start = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={**os.environ, **environ}, **quiet) as process:
        try:
            while True:
                try:
                    urllib.request.urlopen(url, timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.005)
            yield time.perf_counter() - start
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@dataclass(frozen=True)
class Measured:
    """What the service is asked, and for the same the servers beside it; these have no pages."""

    ours: Asked
    oxigraph: Asked
    rdflib: Asked


def paths(project: Project) -> dict[str, Measured]:
    """Return what is measured."""
    known = load_queries(project.queries / "site")
    # Those that need a value, and those for another endpoint, are not asked.
    queries = [one for one in known if not one.endpoint and not any(p.required for p in one.parameters)]
    texts = [quote(one.text) for one in queries]
    files = sorted((project.outputs.dist / "document").glob("*.ttl"))
    # A merged id leads on to another.
    ids = [file.stem for file in files if "MergedIdentifier" not in file.read_text("utf-8")][:40]
    described = [quote(f"DESCRIBE <{project.base}document/{one}>") for one in ids]

    def measured(ours: Asked, theirs: list[str], accept: str) -> Measured:
        return Measured(
            ours, [(f"/query?query={one}", accept) for one in theirs], [(f"/?query={one}", accept) for one in theirs]
        )

    return {
        "canned queries": measured([(f"/queries/{one.name}", RESULTS) for one in queries], texts, RESULTS),
        "the same at /sparql": measured([(f"/sparql?query={one}", RESULTS) for one in texts], texts, RESULTS),
        "entities, Turtle": measured([(f"/document/{one}", TURTLE) for one in ids], described, TURTLE),
        "entities, HTML": measured([(f"/document/{one}", "text/html") for one in ids], [], ""),
    }


def starts(command: list[str]) -> None:
    """Print how long the service takes to be ready, from the command on."""
    times = []
    for _ in range(5):
        port = free_port()
        with running([*command, "--port", str(port)], f"http://127.0.0.1:{port}/ready") as start:
            times.append(start)
    print(f"start to ready: {', '.join(f'{one:.2f}' for one in times)} s; median {sorted(times)[2]:.2f} s")


def speeds(project: Project, command: list[str], beside: Path) -> None:
    """Print answers a second of all, and how ours compare."""
    measures = paths(project)
    rates: dict[str, dict[str, float]] = {name: {} for name in measures}
    for label, size in (("kept", "64000000"), ("cache off", "0")):
        port = free_port()
        with running([*command, "--port", str(port)], f"http://127.0.0.1:{port}/ready", KGPUB_SERVE_CACHE_BYTES=size):
            for name, one in measures.items():
                rates[name][label] = rate(port, one.ours, SECONDS)
    dump = project.outputs.dist / f"{project.outputs.name}.nq"
    _add_oxigraph(measures, rates, dump)
    _add_rdflib(measures, rates, dump, beside)
    columns = ("kept", "cache off", "oxigraph", "rdflib")
    ratios = (("kept", "oxigraph"), ("cache off", "oxigraph"), ("kept", "rdflib"), ("cache off", "rdflib"))
    heads = [*columns, *(f"{one.split()[0]}/{other}" for one, other in ratios)]
    print(f"\n{'answers a second':22}" + "".join(f"{head:>15}" for head in heads))
    for name, found in rates.items():
        cells = [f"{found[one]:.4g}" if one in found else "-" for one in columns]
        cells += [f"{found[one] / found[other]:.3g}" if other in found else "-" for one, other in ratios]
        print(f"{name:22}" + "".join(f"{cell:>15}" for cell in cells))
    _say_aims(rates)


def _add_oxigraph(measures: dict[str, Measured], rates: dict[str, dict[str, float]], dump: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for step in (["load", "-l", folder, "-f", str(dump)], ["optimize", "-l", folder]):
            subprocess.run([OXIGRAPH, *step], check=True, capture_output=True)
        port = free_port()
        bind = ["serve-read-only", "-l", folder, "-b", f"127.0.0.1:{port}", "--union-default-graph"]
        with running([OXIGRAPH, *bind], f"http://127.0.0.1:{port}/"):
            for name, one in measures.items():
                if one.oxigraph:
                    rates[name]["oxigraph"] = rate(port, one.oxigraph, SECONDS)


def _add_rdflib(measures: dict[str, Measured], rates: dict[str, dict[str, float]], dump: Path, beside: Path) -> None:
    if not (program := rdflib_server.installed(beside)):
        return
    for name, one in measures.items():
        same = next((other for other in rates if measures[other].rdflib == one.rdflib and "rdflib" in rates[other]), "")
        if same:
            rates[name]["rdflib"] = rates[same]["rdflib"]
        elif one.rdflib:
            try:
                found = rdflib_server.measured(program, dump, free_port(), one.rdflib)
            except TimeoutError as error:
                print(f"rdflib-endpoint is not measured: {error}")
                return
            rates[name]["rdflib"] = found.rate
            print(f"rdflib-endpoint {rdflib_server.VERSION}, {name}, one client: {found.said}")


def _say_aims(rates: dict[str, dict[str, float]]) -> None:
    for words, ours, other, least in (
        ("kept answers no slower than Oxigraph", "kept", "oxigraph", 1),
        ("worked out within 1.3 of Oxigraph", "cache off", "oxigraph", 1 / 1.3),
        ("worked out ten times rdflib-endpoint", "cache off", "rdflib", 10),
    ):
        ratios = {name: found[ours] / found[other] for name, found in rates.items() if other in found}
        missed = [f"{name} ({ratio:.2f})" for name, ratio in ratios.items() if ratio < least]
        verdict = f"missed by {', '.join(missed)}" if missed else "met" if ratios else "not measured"
        print(f"aim: {words} (ratio {least:.2f} or more): {verdict}")


def load(project: Project, command: list[str], size: str) -> None:
    """Print what 64 clients of canned queries see while eight ask endless ones."""
    port = free_port()
    measures = paths(project)
    canned = [*measures["canned queries"].ours, *measures["the same at /sparql"].ours]
    endless = [(f"/sparql?query={quote(ENDLESS.format(number))}", RESULTS) for number in range(1000)]
    limits = {"KGPUB_SERVE_CACHE_BYTES": size, "KGPUB_SERVE_ANSWER_SECONDS": "5"}

    async def both() -> tuple[tuple[Counter[int], list[float]], tuple[Counter[int], list[float]]]:
        until = time.perf_counter() + 4 * SECONDS
        return await asyncio.gather(asking(port, canned, 64, until), asking(port, endless, 8, until))

    with running([*command, "--port", str(port)], f"http://127.0.0.1:{port}/ready", **limits):
        (statuses, times), (stopped, _) = asyncio.run(both())
    times.sort()
    middle, high = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(
        f"64 canned + 8 endless, cache {size}: {len(times)} answers {dict(statuses)}, median {middle * 1000:.0f} ms, "
        f"99 % within {high * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms; endless: {dict(stopped)}"
    )


def main(folder: Path) -> None:
    """Print the figures."""
    project = load_project(folder / "kgpub.toml")
    command = [sys.executable, "-m", "kgpub", "--project", str(folder / "kgpub.toml"), "serve"]
    print(json.dumps({"processors": os.cpu_count(), "python": sys.version.split()[0]}))
    print(f"asked by {ASKER}; {CLIENTS} connections")
    starts(command)
    speeds(project, command, folder / ".kgpub" / "bench" / "rdflib-endpoint")
    for size in ("64000000", "0"):
        load(project, command, size)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1])
