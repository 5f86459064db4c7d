"""The process that workers come from: it loads the store once, then forks a worker whenever it is asked for one.

A fork shares the store with its parent until one of them writes, which none does. It is only safe while one thread is alive,
so this is a program of its own (`python -m kgpub.serve.zygote`), started anew and without threads. It forks, kills and buries;
it outlives none of its parents, nor its children it.

Commands come on a socket as a letter and a number: F (fork; the worker's socket comes along), K (kill), N (let others go
first). Reports go back as a letter and two numbers: R (ready, triples), P (worker, process id), E (worker, exit status).
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import select
import signal
import socket
import struct
import sys
from typing import Final

from pyoxigraph import RdfFormat, Store

from kgpub.serve import worker

__all__ = ["COMMAND", "REPORT", "die_with_parent", "main"]

COMMAND: Final = struct.Struct("!cI")
REPORT: Final = struct.Struct("!cIi")
_PR_SET_PDEATHSIG: Final = 1
_NICE: Final = 15


class _Zygote:
    def __init__(self, control: socket.socket, store: Store, memory: int) -> None:
        self._control = control
        self._store = store
        self._memory = memory
        self._children: dict[int, int] = {}  # process id -> the number the service gave
        self._null = os.open(os.devnull, os.O_RDWR)

    def run(self) -> None:
        """Obey until the service closes the socket, then leave no child behind."""
        wakened, waker = os.pipe()
        os.set_blocking(waker, False)
        os.set_blocking(wakened, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        self._report(b"R", 0, min(len(self._store), 2**31 - 1))
        try:
            while True:
                ready, _, _ = select.select([self._control.fileno(), wakened], [], [])
                if wakened in ready:
                    with contextlib.suppress(BlockingIOError):
                        os.read(wakened, 4096)
                    self._bury()
                if self._control.fileno() in ready and not self._obey():
                    return
        finally:
            for pid in self._children:
                os.kill(pid, signal.SIGKILL)

    def _obey(self) -> bool:
        data, fds, _, _ = socket.recv_fds(self._control, COMMAND.size, 1)
        while data and len(data) < COMMAND.size:
            # A stream may give a command in parts; one that breaks off within is at its end.
            more = self._control.recv(COMMAND.size - len(data))
            data = data + more if more else b""
        if not data:
            return False
        letter, number = COMMAND.unpack(data)
        if letter == b"F":
            self._fork(number, fds[0])
            os.close(fds[0])
        for pid, child in self._children.items():
            # A child that is not buried yet keeps its process id, so the signal reaches no stranger.
            if child == number and letter == b"K":
                os.kill(pid, signal.SIGKILL)
            elif child == number and letter == b"N":
                os.setpriority(os.PRIO_PROCESS, pid, _NICE)
        return True

    def _fork(self, number: int, channel: int) -> None:
        try:
            pid = os.fork()
        except OSError:
            self._report(b"E", number, -1)
            return
        if pid:
            self._children[pid] = number
            self._report(b"P", number, pid)
            return
        try:
            self._become_worker(channel)
        finally:
            os._exit(1)

    def _become_worker(self, channel: int) -> None:
        die_with_parent()
        signal.set_wakeup_fd(-1)
        for name in ("SIGCHLD", "SIGTERM", "SIGINT"):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
        for standard in (0, 1, 2):
            os.dup2(self._null, standard)
        os.dup2(channel, 3)
        os.closerange(4, 4096)
        worker.confine(self._memory)
        worker.work(3, 3, self._store)
        os._exit(0)

    def _bury(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            self._report(b"E", self._children.pop(pid), os.waitstatus_to_exitcode(status))

    def _report(self, letter: bytes, number: int, value: int) -> None:
        self._control.sendall(REPORT.pack(letter, number, value))


def die_with_parent() -> None:
    """Let this process end with the one that started it, where the system can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def main(control: int, data: int, memory: int) -> None:
    """Load N-Quads from one file descriptor and serve the socket of another; `memory` is what a worker may add, in bytes."""
    die_with_parent()
    store = Store()
    with os.fdopen(data, "rb") as file:
        # A build wrote it and read it back, or another store did: that every IRI is one need not be seen again.
        store.load(input=file, format=RdfFormat.N_QUADS, lenient=True)
    worker.warm(store)
    gc.collect()
    gc.freeze()  # the collector would write to every shared page
    gc.disable()
    with socket.socket(fileno=control) as channel, contextlib.suppress(ConnectionError):
        _Zygote(channel, store, memory).run()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
