"""Workers forked from one process that holds the store (zygote.py): quick to make, and sharing its memory."""

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
from typing import Final

from pyoxigraph import RdfFormat, Store

from kgpub.serve.nursery import BUFFER, BURIAL_SECONDS, Worker
from kgpub.serve.zygote import COMMAND, REPORT

__all__ = ["CAN_FORK", "Forked"]

CAN_FORK: Final = hasattr(os, "fork") and hasattr(socket, "send_fds")


class Forked:
    """Workers forked from one process that has loaded the store, from its file where there is one."""

    def __init__(self, store: Store | None, source: Path | None, memory: int) -> None:
        self._store = store
        self._source = source
        self._memory = memory
        self._numbers = itertools.count(1)
        self._workers: dict[int, Worker] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._launched: socket.socket | None = None
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

    def launch(self, data: int | None = None) -> None:
        """Start the process, which may be before there is an event loop: it then loads while the service makes itself ready."""
        ours, theirs = socket.socketpair()
        data = _data(self._store, self._source) if data is None else data
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
        self._launched = ours

    def abandon(self) -> None:
        """End a process that was launched and never taken up: without an event loop nothing else would."""
        if self._launched is not None and self._process is not None:
            self._launched.close()
            _end(self._process)
            self._launched = self._process = None

    async def _start(self) -> None:
        if self._launched is None:
            # Not started from another thread: the process is to end with this one.
            self.launch(await asyncio.to_thread(_data, self._store, self._source))
        self._control, self._launched = self._launched, None
        assert self._control is not None  # launched
        self._reports = asyncio.create_task(self._hear(self._control))

    async def worker(self) -> Worker:
        """Return a new worker at once; it answers as soon as it is there."""
        await self.start()
        ours, theirs = socket.socketpair()
        reader, writer = await asyncio.open_connection(sock=ours, limit=BUFFER)
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


def _data(store: Store | None, source: Path | None) -> int:
    """Return a file descriptor with the store as N-Quads: its file, or a file that no folder holds."""
    if source is not None:
        return os.open(source, os.O_RDONLY)
    assert store is not None  # one of the two is there
    with tempfile.TemporaryFile() as file:
        store.dump(file, format=RdfFormat.N_QUADS)
        file.flush()
        file.seek(0)
        return os.dup(file.fileno())


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(BURIAL_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
