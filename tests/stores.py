"""Real triple stores, started for tests on free ports of this machine and stopped by their process."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kgpub.publish.push.client import StoreClient
from kgpub.publish.push.target import find_target
from tests.parts import need

__all__ = ["RunningStore", "oxigraph", "virtuoso"]

_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
"""


@dataclass(frozen=True, slots=True)
class RunningStore:
    """A store that answers."""

    url: str
    login: tuple[str, str] | None = None

    def client(self) -> StoreClient:
        """Return a client of this store."""
        return StoreClient(find_target(self.url), self.login)


@contextmanager
def oxigraph(folder: Path) -> Iterator[RunningStore]:
    """Run the Oxigraph server with its data in a folder."""
    program = need(Path(sys.executable).parent / "oxigraph", "pip install oxigraph (it is in requirements-dev.lock)")
    root = f"127.0.0.1:{_free_port()}"
    with _running([str(program), "serve", "--location", str(folder), "--bind", root], folder, f"http://{root}/query"):
        yield RunningStore(f"http://{root}/store")


@contextmanager
def virtuoso(folder: Path) -> Iterator[RunningStore]:
    """Run Virtuoso with a new database in a folder."""
    program = need("virtuoso-t", "apt-get install virtuoso-opensource-7")
    sql, http = _free_port(), _free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=sql, http=http), encoding="utf-8")
    root = f"http://127.0.0.1:{http}"
    with _running([str(program), "+foreground", "+configfile", "virtuoso.ini"], folder, f"{root}/sparql"):
        # A new database has this user with this password.
        yield RunningStore(f"{root}/sparql-graph-crud-auth", ("dba", "dba"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def _running(command: Sequence[str], folder: Path, url: str) -> Iterator[None]:
    with (
        (folder / "server.out").open("wb") as out,
        subprocess.Popen(command, cwd=folder, stdout=out, stderr=out) as run,
    ):
        try:
            _wait(run, url, folder / "server.out")
            yield
        finally:
            # The data is thrown away: a checkpoint before the end would be time lost.
            run.kill()
            run.wait(20)


def _wait(run: subprocess.Popen[bytes], url: str, out: Path) -> None:
    for _ in range(600):
        if run.poll() is not None:
            raise AssertionError(f"{run.args!r} ended: {out.read_text(encoding='utf-8')}")
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5).close()
            return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{run.args!r} did not answer within thirty seconds")
