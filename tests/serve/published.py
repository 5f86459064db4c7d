"""`kgpub serve` as people run it: the command itself, on a built publication, in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from tests.serve.running import WAIT, ask, children, wait_until

__all__ = ["SMALL", "Served", "published"]

SMALL = {
    "KGPUB_SERVE_ANSWER_SECONDS": "0.4",
    "KGPUB_SERVE_MEMORY_MB": "64",
    "KGPUB_SERVE_ROWS": "1000",
    "KGPUB_SERVE_ANSWER_BYTES": "1000000",
    "KGPUB_SERVE_WORKERS": "2",
    "KGPUB_SERVE_SLOW_WORKERS": "2",
    "KGPUB_SERVE_PATIENCE_SECONDS": "0.1",
    "KGPUB_SERVE_CACHE_BYTES": "1000000",
    "KGPUB_SERVE_DRAIN_SECONDS": "0.5",
}
"""Limits under which a test of them ends soon."""
_ADDRESS: Final = r"http://127\.0\.0\.1:(\d+)/"


@dataclass(frozen=True)
class Served:
    """A running service."""

    process: subprocess.Popen[bytes]
    address: tuple[str, int]
    errors: IO[bytes]

    @property
    def root(self) -> str:
        """The address as a URL, without a slash at its end."""
        return f"http://{self.address[0]}:{self.address[1]}"

    def said(self) -> str:
        """Return what the service has written to standard error so far."""
        return os.pread(self.errors.fileno(), 10_000_000, 0).decode(errors="replace")

    def memory(self) -> int:
        """Return the kilobytes that the server process itself has in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        assert found
        return int(found[1])

    def workers(self) -> list[int]:
        """Return the processes below the server's."""
        return children(self.process.pid)


@contextmanager
def published(project: Path, environ: Mapping[str, str] = SMALL) -> Iterator[Served]:
    """Run `kgpub serve` on a built publication with small limits, until it is no longer needed."""
    command = [sys.executable, "-m", "kgpub", "--project", str(project), "serve", "--port", "0"]
    environ = {**os.environ, "PYTHONUNBUFFERED": "1", **environ}
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=errors) as process,
    ):
        try:
            yield _ready(process, errors)
        finally:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(WAIT)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _ready(process: subprocess.Popen[bytes], errors: IO[bytes]) -> Served:
    served = Served(process, ("127.0.0.1", 0), errors)
    wait_until(lambda: process.poll() is not None or re.search(_ADDRESS, served.said()))
    port = re.search(_ADDRESS, served.said())
    assert port, served.said()
    served = Served(process, ("127.0.0.1", int(port[1])), errors)
    wait_until(lambda: ask(f"{served.root}/ready").status == 200)
    return served
