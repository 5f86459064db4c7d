"""The second wall: a worker itself, without the guard before it, reaches nothing."""

from __future__ import annotations

import asyncio
import errno
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from kgpub.serve import wire
from kgpub.serve.forked import CAN_FORK, Forked
from kgpub.serve.nursery import Nursery
from kgpub.serve.unforked import Spawned

JOB = {
    "base": "http://localhost/",
    "default": None,
    "named": None,
    "union": True,
    "accept": "",
    "rows": 9,
    "bytes": 9_999,
}


def asked(nursery: Nursery, *queries: str) -> list[tuple[dict[str, Any], bytes] | None]:
    """Ask one worker after the other, each query of a new one."""

    async def run() -> list[tuple[dict[str, Any], bytes] | None]:
        await nursery.start()
        try:
            answers = []
            for query in queries:
                worker = await nursery.worker()
                answers.append(await worker.ask(wire.packed({**JOB, "query": query, "seconds": 20})))
            return answers
        finally:
            await nursery.stop()

    return asyncio.run(run())


@pytest.mark.parametrize("kind", [Forked, Spawned])
def test_a_worker_opens_no_connection(store: Store, kind: type[Forked] | type[Spawned]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        answers = asked(kind(store, None, 256 << 20), f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", "ASK {}")
        with pytest.raises(TimeoutError):
            listener.accept()
    assert answers[0] is not None
    assert (answers[0][0]["status"], "cannot be run" in answers[0][0]["message"]) == (400, True)
    assert answers[1] is not None
    assert answers[1][1] == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize("kind", [Forked, Spawned])
def test_a_query_that_crashes_the_engine_ends_its_worker_alone(
    store: Store, kind: type[Forked] | type[Spawned]
) -> None:
    crashing = "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"
    first, second = asked(kind(store, None, 256 << 20), crashing, "ASK {}")
    assert first is None
    assert second is not None
    assert second[0]["status"] == 200


def test_a_nursery_that_is_launched_and_never_taken_up_is_ended(tmp_path: Path) -> None:
    """A service whose port is taken, or that is interrupted before it starts, leaves no process behind."""
    source = tmp_path / "data.nq"
    source.write_text("<http://a/s> <http://a/p> <http://a/o> <http://a/g> .\n", encoding="utf-8")
    nursery = Forked(Store(), source, 64 << 20)
    nursery.launch()
    process = nursery._process
    assert process is not None
    nursery.abandon()
    assert process.returncode is not None
    nursery.abandon()


@pytest.mark.skipif(not CAN_FORK, reason="limits of a process are set where it can be forked")
@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX"])
def test_a_confined_process_has_no_socket_at_all(family: str) -> None:
    """Whatever a query made of its worker: the system gives it no file descriptor to connect by."""
    program = f"""
import socket
from kgpub.serve.worker import confine
socket.socket(socket.{family}).close()
confine(64 << 20)
try:
    socket.socket(socket.{family})
except OSError as error:
    print(error.errno)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(errno.EMFILE)]


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
def test_a_command_in_parts_is_one_command_and_half_a_command_is_the_end(tmp_path: Path) -> None:
    data = tmp_path / "data.nq"
    data.write_text("<http://localhost/a> <http://localhost/b> <http://localhost/c> .\n", encoding="utf-8")
    ours, theirs = socket.socketpair()
    with ours, theirs, data.open("rb") as file:
        fds = (theirs.fileno(), file.fileno())
        command = [sys.executable, "-m", "kgpub.serve.zygote", *map(str, fds), str(1 << 28)]
        process = subprocess.Popen(command, pass_fds=fds, stderr=subprocess.PIPE)
        theirs.close()
        assert ours.recv(9)[:1] == b"R"
        whole = b"K" + bytes(4)
        ours.sendall(whole[:1])
        ours.sendall(whole[1:] + whole + whole[:2])
        ours.shutdown(socket.SHUT_WR)
        _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (0, b"")
