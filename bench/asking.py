"""Asking a server as fast as it answers: by wrk where it is installed, else from two processes of Python.

One process of Python asks about five thousand times a second, which a fast server outdoes: what is measured then is the asker.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

Asked = list[tuple[str, str]]
"""Paths, each with the media type to ask for."""

CLIENTS = 16
WRK = shutil.which("wrk")
ASKER = "wrk, one thread" if WRK else "two processes of Python (wrk is not installed, and would ask faster)"
SCRIPT = """
local requests, turn = {}, 0
function init(args)
  for line in io.lines(args[1]) do
    local path, accept = line:match("^(.-)\\t(.*)$")
    requests[#requests + 1] = wrk.format("GET", path, {Accept = accept})
  end
end
function request()
  turn = turn % #requests + 1
  return requests[turn]
end
function done(summary)
  local wrong = summary.errors
  io.write(string.format("done %d %d %d\\n", summary.requests, summary.duration,
    wrong.status + wrong.connect + wrong.read + wrong.write + wrong.timeout))
end
"""


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


async def asking(port: int, asked: Asked, clients: int, until: float) -> tuple[Counter[int], list[float]]:
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


def rate(port: int, asked: Asked, seconds: float) -> float:
    """Return answers a second, after one round that nobody counts; every answer must be 200."""
    statuses, _ = asyncio.run(asking(port, asked, 2, time.perf_counter() + seconds / 4))
    assert set(statuses) == {200}, statuses
    return _by_wrk(port, asked, seconds) if WRK else _by_processes(port, asked, seconds)


def _by_wrk(port: int, asked: Asked, seconds: float) -> float:
    assert WRK
    with tempfile.TemporaryDirectory() as folder:
        script, paths = Path(folder, "ask.lua"), Path(folder, "paths")
        script.write_text(SCRIPT, "utf-8")
        paths.write_text("".join(f"{path}\t{accept}\n" for path, accept in asked), "utf-8")
        clients = ("-t1", f"-c{CLIENTS}", f"-d{round(seconds)}s", "--timeout", "60s")
        command = [WRK, *clients, "-s", str(script), f"http://127.0.0.1:{port}/", "--", str(paths)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    requests, microseconds, wrong = map(int, said.rpartition("done ")[2].split())
    assert not wrong, said
    return requests / microseconds * 1e6


def _by_processes(port: int, asked: Asked, seconds: float) -> float:
    start = time.perf_counter()
    half = len(asked) // 2
    # The second begins in the middle, so that the two do not ask for the same at the same time.
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(_counted, (port,) * 2, (asked, asked[half:] + asked[:half]), (start + seconds,) * 2))
    return sum(found) / (time.perf_counter() - start)


def _counted(port: int, asked: Asked, until: float) -> int:
    statuses, times = asyncio.run(asking(port, asked, CLIENTS // 2, until))
    assert set(statuses) == {200}, statuses
    return len(times)
