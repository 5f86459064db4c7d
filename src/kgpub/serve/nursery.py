"""Workers as the service sees them, and what makes and ends them: forked.py, or unforked.py where a system cannot fork.

Everything of it runs on the service's event loop and waits for nothing but sockets.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, Final, Protocol

from kgpub.serve import wire

__all__ = ["BUFFER", "BURIAL_SECONDS", "Nursery", "Worker"]

BUFFER: Final = 1 << 20
"""Bytes of an answer that are read ahead."""
BURIAL_SECONDS: Final = 5.0
"""How long a process that is told to end is waited for."""


class Worker:
    """One worker as the service sees it: a stream each way, and `gone`, which holds its exit status once it has ended."""

    def __init__(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.number = number
        self.pid = 0
        self.gone: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._reader = reader
        self._writer = writer

    async def ask(self, job: bytes) -> tuple[dict[str, Any], bytes] | None:
        """Send a job and return the answer, None where the worker dies of it."""
        # A way that is closed already is said otherwise by each event loop.
        with contextlib.suppress(OSError, RuntimeError):
            self._writer.write(job)
            await self._writer.drain()
        return await self.hear()

    async def hear(self) -> tuple[dict[str, Any], bytes] | None:
        """Return the next message of the worker, None where it has ended."""
        return await wire.read_from(self._reader)

    def close(self) -> None:
        """Close the streams: an idle worker then ends by itself."""
        with contextlib.suppress(OSError, RuntimeError):
            self._writer.close()

    def ended(self, status: int) -> None:
        """Note that the process has ended."""
        if not self.gone.done():
            self.gone.set_result(status)


class Nursery(Protocol):
    """What makes workers and ends them."""

    @property
    def ready(self) -> bool:
        """Whether the store is loaded."""

    async def start(self) -> None:
        """Begin to load the store."""

    async def loaded(self) -> None:
        """Wait until the store is loaded."""

    async def worker(self) -> Worker:
        """Return a new worker."""

    def kill(self, worker: Worker) -> None:
        """End a worker, whatever it does."""

    def defer(self, worker: Worker) -> None:
        """Let the system prefer all other work to this worker's."""

    async def stop(self) -> None:
        """End all workers and wait until they are gone."""
