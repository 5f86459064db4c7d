"""Workers that load the store each for itself: slower to replace and with no memory shared, for systems that cannot fork."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kgpub.serve.nursery import BUFFER, BURIAL_SECONDS, Worker

__all__ = ["Spawned"]


class Spawned:
    """Workers that load the store each for itself."""

    def __init__(self, store: Store, source: Path | None, memory: int, program: str = "kgpub.serve.spawned") -> None:
        self._store = store
        self._source = source
        self._memory = memory
        self._program = program
        self._numbers = itertools.count(1)
        self._processes: dict[int, asyncio.subprocess.Process] = {}
        self._file: Path | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._written = asyncio.Event()

    @property
    def ready(self) -> bool:
        """Whether there is a file to load."""
        return self._written.is_set()

    async def start(self) -> None:
        """Write the store to a file where it has none, for the workers to load."""
        self._file = self._source or await asyncio.to_thread(_file, self._store)
        self._written.set()

    async def loaded(self) -> None:
        """Wait for the file; every worker loads it for itself."""
        await self._written.wait()

    async def worker(self) -> Worker:
        """Start a worker; it answers once it has loaded the store."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self._program, str(self._file), str(self._memory)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**_system(), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            limit=BUFFER,
        )
        assert process.stdin is not None  # both are pipes
        assert process.stdout is not None
        worker = Worker(next(self._numbers), process.stdout, process.stdin)
        worker.pid = process.pid
        self._processes[worker.number] = process
        task = asyncio.create_task(self._bury(worker, process))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return worker

    def kill(self, worker: Worker) -> None:
        """End a worker, whatever it does."""
        if process := self._processes.get(worker.number):
            with contextlib.suppress(ProcessLookupError):
                process.kill()

    def defer(self, worker: Worker) -> None:
        """Let the system prefer all other work to this worker's, where it can."""
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, worker.pid, 15)

    async def stop(self) -> None:
        """End all workers and wait until they are gone."""
        self._written.clear()
        for process in self._processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=BURIAL_SECONDS)
        if self._file is not None and self._file != self._source:
            self._file.unlink(missing_ok=True)

    async def _bury(self, worker: Worker, process: asyncio.subprocess.Process) -> None:
        worker.ended(await process.wait())
        self._processes.pop(worker.number, None)


def _system() -> dict[str, str]:
    # Windows starts no Python without its own variable.
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _file(store: Store) -> Path:
    handle, name = tempfile.mkstemp(suffix=".nq")
    with os.fdopen(handle, "wb") as file:
        store.dump(file, format=RdfFormat.N_QUADS)
    return Path(name)
