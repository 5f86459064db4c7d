"""Where workers come from: a process that holds the store and forks them, or, where a system cannot fork, one load for each.

Everything here runs on the service's event loop and waits for nothing but sockets.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final, Protocol

from pyoxigraph import RdfFormat, Store

from kgpub.serve import wire
from kgpub.serve.zygote import COMMAND, REPORT

__all__ = ["CAN_FORK", "Forked", "Nursery", "Spawned", "Worker", "nursery"]

CAN_FORK: Final = hasattr(os, "fork") and hasattr(socket, "send_fds")
_BUFFER: Final = 1 << 20
_BURIAL_SECONDS: Final = 5.0


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
        with contextlib.suppress(OSError):
            self._writer.write(job)
            await self._writer.drain()
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


def nursery(store: Store, source: Path | None, memory: int) -> Nursery:
    """Return the nursery that this system allows; the store is read from its file where there is one."""
    return Forked(store, source, memory) if CAN_FORK else Spawned(store, source, memory)


class Forked:
    """Workers forked from one process that has loaded the store."""

    def __init__(self, store: Store, source: Path | None, memory: int) -> None:
        self._store = store
        self._source = source
        self._memory = memory
        self._numbers = itertools.count(1)
        self._workers: dict[int, Worker] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._reports: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._loaded = asyncio.Event()
        self._stopped = False
        self.deaths = 0

    @property
    def ready(self) -> bool:
        """Whether the store is loaded."""
        return self._loaded.is_set()

    async def loaded(self) -> None:
        """Wait until the store is loaded."""
        await self._loaded.wait()

    async def start(self) -> None:
        """Start the process; it loads while others go on, and forks as soon as it has."""
        async with self._starting:
            if self._control is None and not self._stopped:
                await self._start()

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        data = await asyncio.to_thread(_data, self._store, self._source)
        with theirs, os.fdopen(data, "rb"):
            fds = (theirs.fileno(), data)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kgpub.serve.zygote", *map(str, fds), str(self._memory)],
                pass_fds=fds,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                # It needs its code and nothing of ours besides: no setting, no secret; Ctrl-C is for the service alone.
                env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                cwd="/",
                start_new_session=True,
            )
        ours.setblocking(False)
        self._control = ours
        self._reports = asyncio.create_task(self._hear(ours))

    async def worker(self) -> Worker:
        """Return a new worker at once; it answers as soon as it is there."""
        await self.start()
        ours, theirs = socket.socketpair()
        reader, writer = await asyncio.open_connection(sock=ours, limit=_BUFFER)
        worker = Worker(next(self._numbers), reader, writer)
        self._workers[worker.number] = worker
        with theirs:
            self._command(b"F", worker, theirs)
        return worker

    def kill(self, worker: Worker) -> None:
        """End a worker, whatever it does."""
        self._command(b"K", worker)
        worker.close()

    def defer(self, worker: Worker) -> None:
        """Let the system prefer all other work to this worker's."""
        self._command(b"N", worker)

    async def stop(self) -> None:
        """End the process and all workers, and wait until they are gone."""
        self._stopped = True
        self._loaded.clear()
        control, process, reports = self._control, self._process, self._reports
        self._control = self._process = self._reports = None
        if reports is not None:
            reports.cancel()
        if control is not None:
            control.close()
        if process is not None:
            await asyncio.to_thread(_end, process)
        for worker in list(self._workers.values()):
            self._bury(worker.number, -9)

    def _command(self, letter: bytes, worker: Worker, channel: socket.socket | None = None) -> None:
        if self._control is None:
            return worker.ended(-9)
        try:
            socket.send_fds(self._control, [COMMAND.pack(letter, worker.number)], [channel.fileno()] if channel else [])
        except OSError:
            # The process is dead (the reports end, and a new one is started) or deaf; either way the worker is not to be had.
            worker.ended(-9)
        return None

    async def _hear(self, control: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        left = b""
        with contextlib.suppress(OSError):
            while data := await loop.sock_recv(control, 4096):
                left += data
                while len(left) >= REPORT.size:
                    self._heed(*REPORT.unpack(left[: REPORT.size]))
                    left = left[REPORT.size :]
        await self._replace(control)

    def _heed(self, letter: bytes, number: int, value: int) -> None:
        if letter == b"R":
            self._loaded.set()
        elif letter == b"E":
            self._bury(number, value)
        elif number in self._workers:
            self._workers[number].pid = value

    def _bury(self, number: int, status: int) -> None:
        worker = self._workers.pop(number, None)
        if worker is not None:
            worker.ended(status)
            worker.close()

    async def _replace(self, control: socket.socket) -> None:
        """The process has died: its workers die with it, and the next worker asked for starts another."""
        if self._control is not control:
            return
        self.deaths += 1
        self._loaded.clear()
        self._control = self._reports = None
        control.close()
        for number in list(self._workers):
            self._bury(number, -9)
        if self._process is not None:
            await asyncio.to_thread(_end, self._process)
        await self.start()


class Spawned:
    """Workers that load the store each for itself: slower to replace and with no memory shared, for systems without fork."""

    def __init__(self, store: Store, source: Path | None, memory: int) -> None:
        self._store = store
        self._source = source
        self._memory = memory
        self._numbers = itertools.count(1)
        self._processes: dict[int, asyncio.subprocess.Process] = {}
        self._file: Path | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.ready = False

    async def start(self) -> None:
        """Write the store to a file where it has none, for the workers to load."""
        self._file = self._source or await asyncio.to_thread(_file, self._store)
        self.ready = True

    async def loaded(self) -> None:
        """Wait for nothing: every worker loads the store for itself."""

    async def worker(self) -> Worker:
        """Start a worker; it answers once it has loaded the store."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kgpub.serve.spawned", str(self._file), str(self._memory)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**_system(), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            limit=_BUFFER,
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
        self.ready = False
        for process in self._processes.values():
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_BURIAL_SECONDS)
        if self._file is not None and self._file != self._source:
            self._file.unlink(missing_ok=True)

    async def _bury(self, worker: Worker, process: asyncio.subprocess.Process) -> None:
        worker.ended(await process.wait())
        self._processes.pop(worker.number, None)


def _system() -> dict[str, str]:
    # Windows starts no Python without its own variable.
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _data(store: Store, source: Path | None) -> int:
    """Return a file descriptor with the store as N-Quads: its file, or a file that no folder holds."""
    if source is not None:
        return os.open(source, os.O_RDONLY)
    with tempfile.TemporaryFile() as file:
        store.dump(file, format=RdfFormat.N_QUADS)
        file.flush()
        file.seek(0)
        return os.dup(file.fileno())


def _file(store: Store) -> Path:
    handle, name = tempfile.mkstemp(suffix=".nq")
    with os.fdopen(handle, "wb") as file:
        store.dump(file, format=RdfFormat.N_QUADS)
    return Path(name)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_BURIAL_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
