"""How fast the service answers, beside the bare Oxigraph server on the same dump, in one run on this machine.

`python bench/serve.py [PROJECT]` needs a built publication. It measures the start, canned queries and entities (kept answers,
and with the cache off), the same queries at /sparql, and canned queries while eight clients ask endless ones.
"""

from __future__ import annotations

import asyncio
import itertools
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
from pathlib import Path
from urllib.parse import quote

from kgpub.project import Project, load_project
from kgpub.queries import load_queries

SECONDS = 4.0
CLIENTS = 16
OXIGRAPH = str(Path(sys.executable).with_name("oxigraph"))
RESULTS = "application/sparql-results+json"
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


async def fetched(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, accept: str) -> int:
    """Ask once on an open connection and return the status; the body is read to its end."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"transfer-encoding: chunked" in head:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        await reader.readexactly(int(head.partition(b"content-length:")[2].split(b"\r\n")[0]))
    return int(head.split()[1])


async def asking(
    port: int, asked: list[tuple[str, str]], clients: int, until: float
) -> tuple[Counter[int], list[float]]:
    """Ask in turn from several connections; return how often each status came, and how long each answer took."""
    turn = itertools.cycle(asked)
    statuses: Counter[int] = Counter()
    times: list[float] = []

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
        while time.perf_counter() < until:
            start = time.perf_counter()
            statuses[await fetched(reader, writer, *next(turn))] += 1
            times.append(time.perf_counter() - start)
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return statuses, times


def rate(port: int, asked: list[tuple[str, str]]) -> float:
    """Return answers a second, after one round that nobody counts; every answer must be 200."""
    asyncio.run(asking(port, asked, 2, time.perf_counter() + SECONDS / 4))
    start = time.perf_counter()
    statuses, times = asyncio.run(asking(port, asked, CLIENTS, start + SECONDS))
    assert set(statuses) == {200}, statuses
    return len(times) / (time.perf_counter() - start)


def paths(project: Project) -> dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]]:
    """Return for each measure what the service is asked and what the bare server is."""
    known = load_queries(project.queries / "site")
    # Those that need a value, and those for another endpoint, are not asked.
    queries = [one for one in known if not one.endpoint and not any(p.required for p in one.parameters)]
    canned = [(f"/queries/{one.name}", RESULTS) for one in queries]
    here = [(f"/sparql?query={quote(one.text)}", RESULTS) for one in queries]
    bare = [(f"/query?query={quote(one.text)}", RESULTS) for one in queries]
    files = sorted((project.outputs.dist / "document").glob("*.ttl"))
    # A merged id leads on to another.
    ids = [file.stem for file in files if "MergedIdentifier" not in file.read_text("utf-8")][:40]
    entities = [(f"/document/{one}", "text/turtle") for one in ids]
    described = [(f"/query?query={quote(f'DESCRIBE <{project.base}document/{one}>')}", "text/turtle") for one in ids]
    return {"canned queries": (canned, bare), "the same at /sparql": (here, bare), "entities": (entities, described)}


def speeds(project: Project, command: list[str]) -> None:
    """Print answers a second of both, and their ratio."""
    measures = paths(project)
    dump = project.outputs.dist / f"{project.outputs.name}.nq"
    rates: dict[str, dict[str, float]] = {name: {} for name in measures}
    for label, size in (("kept", "64000000"), ("cache off", "0")):
        port = free_port()
        ready = f"http://127.0.0.1:{port}/ready"
        with running([*command, "--port", str(port)], ready, KGPUB_SERVE_CACHE_BYTES=size) as start:
            print(f"start to ready, {label}: {start:.2f} s")
            for name, (ours, _) in measures.items():
                rates[name][label] = rate(port, ours)
    with tempfile.TemporaryDirectory() as folder:
        for step in (["load", "-l", folder, "-f", str(dump)], ["optimize", "-l", folder]):
            subprocess.run([OXIGRAPH, *step], check=True, capture_output=True)
        port = free_port()
        bind = ["serve-read-only", "-l", folder, "-b", f"127.0.0.1:{port}", "--union-default-graph"]
        with running([OXIGRAPH, *bind], f"http://127.0.0.1:{port}/"):
            for name, (_, theirs) in measures.items():
                rates[name]["oxigraph"] = rate(port, theirs)
    print(f"\n{'answers a second':24}{'kept':>10}{'cache off':>12}{'oxigraph':>12}{'kept/ox':>10}{'off/ox':>10}")
    for name, found in rates.items():
        kept, off, bare = found["kept"], found["cache off"], found["oxigraph"]
        print(f"{name:24}{kept:>10.0f}{off:>12.0f}{bare:>12.0f}{kept / bare:>10.2f}{off / bare:>10.2f}")


def load(project: Project, command: list[str], size: str) -> None:
    """Print what 64 clients of canned queries see while eight ask endless ones."""
    port = free_port()
    measures = paths(project)
    canned = [*measures["canned queries"][0], *measures["the same at /sparql"][0]]
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
    speeds(project, command)
    for size in ("64000000", "0"):
        load(project, command, size)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1])
