"""Slow senders and readers, and too many of them, against a server on loopback: each is cut off in time, others are served."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from pyoxigraph import RdfFormat, Store
from uvicorn.protocols.http.h11_impl import H11Protocol

from kgpub.serve.app import Limits, Site, create_app
from kgpub.serve.connections import bounded
from kgpub.serve.door import Door
from kgpub.serve.headers import SECURITY
from tests.serve.running import ask, wait_until

PARSERS: dict[str, Any] = {"h11": H11Protocol}
if find_spec("httptools"):
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    PARSERS["httptools"] = HttpToolsProtocol

SMALL = {
    "header_seconds": 0.3,
    "header_bytes": 4_000,
    "body_seconds": 0.8,
    "keep_alive_seconds": 0.3,
    "write_seconds": 0.4,
    "least_rate": 200,
    "connections": 12,
    "client_connections": 4,
}
SOON = 2.0
"""Seconds in which every attack with these limits is over."""
BIG = 24_000_000
"""Bytes of an answer that no system keeps for a client that does not read it."""
POST = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nAccept: text/csv\r\n"
    b"Content-Length: %d\r\n\r\n"
)
CHUNKED = POST.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked")
GET = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
QUERY = b"SELECT (1 AS ?x) {}"
ELSEWHERE = "127.0.0.2"
"""A client that is no proxy: 127.0.0.1 is one, as uvicorn has it by default."""


@dataclass(frozen=True)
class Running:
    """A server in a thread of this process."""

    address: tuple[str, int]
    door: Door
    server: uvicorn.Server
    thread: threading.Thread

    def connect(self, host: str = "127.0.0.1", **options: int) -> socket.socket:
        """Return a connection, from the loopback address that is given."""
        made = socket.socket()
        for name, value in options.items():
            made.setsockopt(socket.SOL_SOCKET, getattr(socket, name), value)
        made.bind((host, 0))
        made.settimeout(10)
        made.connect(self.address)
        return made

    def stop(self) -> float:
        """Stop the server and return how long that took."""
        began = time.monotonic()
        self.server.should_exit = True
        self.thread.join(20)
        assert not self.thread.is_alive()
        return time.monotonic() - began

    def is_well(self) -> None:
        """Fail where an ordinary client is not answered at once."""
        began = time.monotonic()
        assert ask(f"http://{self.address[0]}:{self.address[1]}/sparql?query=ASK%7B%7D").status == 200
        assert time.monotonic() - began < SOON


@contextmanager
def running(store: Store, dist: Path, parser: str, **limits: Any) -> Iterator[Running]:
    """Serve a publication with small limits."""
    site = Site(store=store, base="https://example.org/letters/", title="Letters", dist=dist)
    app = create_app(Site(**{**_fields(site), "limits": Limits(**{**SMALL, **limits})}))
    http = bounded(app.state.door, PARSERS[parser])
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    # The faster loop, where it is installed, with the faster parser: both kinds of transport are tried.
    loop: Any = "asyncio" if parser == "h11" else "auto"
    config = uvicorn.Config(app, http=http, loop=loop, ws="none", log_config=None, timeout_graceful_shutdown=15)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    served = Running(listener.getsockname(), app.state.door, server, thread)
    served.is_well()
    try:
        yield served
    finally:
        served.stop()


def _fields(site: Site) -> dict[str, Any]:
    return {name: getattr(site, name) for name in ("store", "base", "title", "dist")}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    (folder / "big.ttl").write_bytes(b"#" * BIG)
    return folder


@pytest.fixture(scope="module")
def held() -> Store:
    store = Store()
    store.load(path=str(Path(__file__).parents[1] / "data" / "tiny.trig"), format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module", params=sorted(PARSERS))
def service(request: pytest.FixtureRequest, held: Store, files: Path) -> Iterator[Running]:
    with running(held, files, request.param) as served:
        yield served


def everything(client: socket.socket, wait: float = SOON) -> tuple[bytes, float]:
    """Return what a client is told until its connection is closed, and how long that took."""
    began, found = time.monotonic(), b""
    while True:
        left = began + wait - time.monotonic()
        assert left > 0, f"the connection is still open after {wait} s: {found[:200]!r}"
        if select.select([client], [], [], left)[0]:
            try:
                piece = client.recv(1 << 16)
            except ConnectionResetError:
                piece = b""
            if not piece:
                return found, time.monotonic() - began
            found += piece


def drained(client: socket.socket) -> None:
    """Read all that there is."""
    while client.recv(1 << 16):
        pass


def files_open() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def dripping(client: socket.socket, piece: bytes, each: float) -> None:
    """Send a piece now and then, in a thread, until the other side has had enough."""

    def drip() -> None:
        try:
            for number in range(1_000):
                client.sendall(piece[number % len(piece) :][:1] if len(piece) > 9 else piece)
                time.sleep(each)
        except OSError:
            pass

    threading.Thread(target=drip, daemon=True).start()


# -- senders ------------------------------------------------------------------------------------------------------------------


def test_a_body_that_never_comes_is_408(service: Running) -> None:
    with service.connect() as client:
        client.sendall(POST % 100)
        service.is_well()
        told, seconds = everything(client)
    head, _, body = told.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert body == b"The body came too slowly: a sender must keep to 200 bytes a second, after 0.3 seconds.\n"
    assert all(f"{name}: {value}".encode() in head for name, value in SECURITY.items())
    assert b"connection: close" in head
    assert 0.1 < seconds < SOON


def test_a_body_that_never_ends_is_408_however_fast_it_comes(service: Running) -> None:
    """Fast enough at every moment, and never whole."""
    with service.connect() as client:
        client.sendall(POST % 10_000)
        dripping(client, b"# ......", 0.02)
        told, seconds = everything(client)
    assert told.startswith(b"HTTP/1.1 408 ")
    assert told.endswith(b"\r\n\r\nThe body was not whole after 0.8 seconds.\n")
    assert 0.7 < seconds < SOON


@pytest.mark.parametrize("piece", [b"1\r\n#\r\n", b"1;" + b"x" * 6 + b"\r\n#\r\n"])
def test_chunks_of_one_byte_now_and_then_are_408(service: Running, piece: bytes) -> None:
    with service.connect() as client:
        client.sendall(CHUNKED)
        sent = 0
        try:
            for _ in range(40):
                client.sendall(piece)
                sent += 1
                if select.select([client], [], [], 0.05)[0]:
                    break
        except OSError:
            pass
        told, _ = everything(client)
    assert told.startswith(b"HTTP/1.1 408 ")
    assert sent > 3


def test_headers_a_byte_at_a_time_are_408(service: Running) -> None:
    with service.connect() as client:
        dripping(client, GET, 0.05)
        told, seconds = everything(client)
    assert told.startswith(b"HTTP/1.1 408 ")
    assert told.endswith(b"\r\n\r\nThe headers were not whole after 0.3 seconds.\n")
    assert 0.2 < seconds < SOON


def test_headers_of_a_second_request_are_held_to_the_same(service: Running) -> None:
    with service.connect() as client:
        client.sendall(GET)
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        client.sendall(GET[:20])
        told, _ = everything(client)
    assert b"HTTP/1.1 408 " in told


@pytest.mark.parametrize(
    "begun", [b"GET /", b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ", b"GET / HTTP/1.1\r\nHost: x\r\n"]
)
def test_headers_without_end_are_431(service: Running, begun: bytes) -> None:
    """A request line, a header, or headers in any number, as fast as they can be sent."""
    filling = b"X-More: 1\r\n" * 90 if begun.endswith(b"\n") else b"a" * 1_000
    with service.connect() as client:
        client.sendall(begun)
        sent = 0
        while not select.select([client], [], [], 0.02)[0] and sent < 2_000_000:
            try:
                sent += client.send(filling)
            except OSError:
                break
        told, _ = everything(client)
    assert told.startswith(b"HTTP/1.1 431 ")
    assert told.endswith(b"The headers are longer than 4,000 bytes. Send a long query by POST.\n")
    assert sent < 100_000


def test_a_connection_that_asks_nothing_is_closed_without_a_word(service: Running) -> None:
    """Browsers open some that they may need: an answer to no question would be taken for that to the next one."""
    with service.connect() as client:
        told, seconds = everything(client)
    assert (told, seconds > 0.2) == (b"", True)


def test_an_idle_connection_is_closed_after_an_answer(service: Running) -> None:
    with service.connect() as client:
        client.sendall(GET)
        told, seconds = everything(client)
    assert told.startswith(b"HTTP/1.1 200 ")
    assert told.count(b"HTTP/1.1") == 1
    assert 0.2 < seconds < SOON


def test_a_slow_sender_that_keeps_to_the_limits_is_answered(service: Running) -> None:
    """Fifty bytes every tenth of a second, longer than the limit of silence."""
    query = QUERY.ljust(300)
    with service.connect() as client:
        client.sendall(POST % len(query))
        for start in range(0, len(query), 50):
            client.sendall(query[start : start + 50])
            time.sleep(0.1)
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 200 ")


def test_a_body_in_chunks_of_one_byte_is_read_at_once_when_it_comes_at_once(service: Running) -> None:
    """Ten thousand chunks within the limits: the time to read them grows with their number and no faster."""
    taken = {}
    for number in (2_500, 10_000):
        query = QUERY.ljust(number)
        with service.connect() as client:
            began = time.monotonic()
            client.sendall(CHUNKED + b"".join(b"1\r\n%c\r\n" % one for one in query) + b"0\r\n\r\n")
            assert client.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
            taken[number] = time.monotonic() - began
    assert taken[10_000] < max(10 * taken[2_500], 0.5), taken


def test_a_body_that_says_how_large_it_is_need_not_come_to_be_413(service: Running) -> None:
    with service.connect() as client:
        began = time.monotonic()
        client.sendall(POST % 50_000_000)
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 413 ")
        assert time.monotonic() - began < 0.25


@pytest.mark.parametrize("header", [POST % 50_000_000, CHUNKED])
def test_a_body_that_goes_on_after_its_answer_is_not_listened_to(service: Running, header: bytes) -> None:
    """The answer is 413 while it comes; who goes on sending is cut off, and has been told once."""
    piece = b"#" * 60_000 if header != CHUNKED else b"EA60\r\n" + b"#" * 60_000 + b"\r\n"
    with service.connect() as client:
        client.sendall(header)
        client.settimeout(0.2)
        began, told = time.monotonic(), b""
        try:
            while time.monotonic() - began < SOON:
                client.send(piece)
                if select.select([client], [], [], 0.01)[0]:
                    told += client.recv(1 << 16)
        except OSError:
            pass
        assert time.monotonic() - began < SOON
    assert told.count(b"HTTP/1.1 ") == 1
    assert told.startswith(b"HTTP/1.1 413 ")


# -- readers ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("closing", [b"", b"Connection: close\r\n"])
def test_a_client_that_never_reads_is_cut_off(service: Running, closing: bytes) -> None:
    before = service.door.cut["write_seconds"]
    with service.connect(SO_RCVBUF=4_096) as client:
        client.sendall(b"GET /download/big.ttl HTTP/1.1\r\nHost: x\r\n" + closing + b"\r\n")
        began = time.monotonic()
        wait_until(lambda: service.door.cut["write_seconds"] == before + 1)
        assert time.monotonic() - began < SOON
        service.is_well()
        # The system keeps nothing for it either.
        with pytest.raises(ConnectionResetError):
            drained(client)
    wait_until(lambda: not service.door.open)


def test_many_answers_to_a_client_that_reads_none_are_cut_off(
    service: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """Asked one behind the other on one connection; the one that was being sent finds out that nobody listens."""
    before = service.door.cut["write_seconds"]
    with service.connect(SO_RCVBUF=4_096) as client:
        client.sendall(b"GET /download/big.ttl HTTP/1.1\r\nHost: x\r\n\r\n" * 3)
        wait_until(lambda: service.door.cut["write_seconds"] == before + 1)
    wait_until(lambda: not service.door.open)
    service.is_well()
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


def test_a_reader_that_is_slow_and_goes_on_has_all_of_it(service: Running) -> None:
    """Longer than the limit of silence, at a rate that is above the least."""
    with service.connect(SO_RCVBUF=65_536) as client:
        client.sendall(b"GET /download/big.ttl HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        began, found = time.monotonic(), 0
        while piece := client.recv(400_000):
            found += len(piece)
            if found < BIG // 2 and time.monotonic() - began < 1.2:
                time.sleep(0.02)
    assert found > BIG
    assert time.monotonic() - began > 3 * SMALL["write_seconds"] / 2


# -- too many -----------------------------------------------------------------------------------------------------------------


def test_those_who_only_wait_make_room_for_those_who_ask(service: Running) -> None:
    """More idle connections than may be open: the oldest go, and nobody who asks is refused."""
    clients = []
    try:
        for _ in range(40):
            clients.append(service.connect())
            assert len(service.door.open) <= SMALL["connections"]
        service.is_well()
        assert len(service.door.open) <= SMALL["connections"]
        assert service.door.cut["room"] > 20
    finally:
        for client in clients:
            client.close()
    wait_until(lambda: not service.door.open)


def test_more_connections_than_may_be_are_told_so(service: Running) -> None:
    """All of them in the middle of a request, so that nobody can be sent away."""
    clients = [service.connect() for _ in range(SMALL["connections"])]
    try:
        for client in clients:
            client.sendall(POST % 100)
        wait_until(lambda: sum(one.idle_since() is None for one in service.door.open) == SMALL["connections"])
        with service.connect() as late:
            told, _ = everything(late)
    finally:
        for client in clients:
            client.close()
    assert told.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 5\r\n" in told
    assert told.endswith(b"There are 12 connections, as many as may be. Try again later.\n")
    wait_until(lambda: not service.door.open)
    service.is_well()


def test_one_address_has_its_share_and_no_more(service: Running) -> None:
    clients = [service.connect(ELSEWHERE) for _ in range(SMALL["client_connections"])]
    try:
        for client in clients:
            client.sendall(POST % 100)
        wait_until(lambda: sum(one.idle_since() is None for one in service.door.open) == len(clients))
        with service.connect(ELSEWHERE) as late:
            told, _ = everything(late)
        service.is_well()
    finally:
        for client in clients:
            client.close()
    assert told.startswith(b"HTTP/1.1 429 ")
    assert told.endswith(b"Your address has 4 connections, as many as one may have. Close some.\n")
    wait_until(lambda: not service.door.open)


def test_idle_connections_of_one_address_make_room_for_its_own(service: Running) -> None:
    clients = [service.connect(ELSEWHERE) for _ in range(10)]
    try:
        clients[-1].sendall(GET)
        assert clients[-1].recv(1 << 16).startswith(b"HTTP/1.1 200 ")
    finally:
        for client in clients:
            client.close()


def test_a_thousand_requests_in_one_piece_are_not_all_kept(service: Running) -> None:
    """One parser makes a task of each at once, the other reads on when it has answered: neither may hold us up."""
    with service.connect() as client:
        client.sendall(GET * 3_000)
        service.is_well()


# -- afterwards ---------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not list the files of a process")
def test_no_file_is_left_open_by_any_of_them(service: Running) -> None:
    wait_until(lambda: not service.door.open and not service.door.leaving)
    before = files_open()
    clients = [service.connect(SO_RCVBUF=4_096) for _ in range(10)]
    for client, said in zip(clients, (b"", GET[:9], POST % 100, CHUNKED, b"GET /" + b"a" * 9_000) * 2, strict=True):
        client.sendall(said)
    reader = service.connect(SO_RCVBUF=4_096)
    reader.sendall(b"GET /download/big.ttl HTTP/1.1\r\nHost: x\r\n\r\n")
    wait_until(lambda: not service.door.open and not service.door.leaving)
    for client in (*clients, reader):
        client.close()
    wait_until(lambda: files_open() <= before)
    assert sum(service.door._clients.values()) == 0
    service.is_well()


def test_who_was_cut_off_is_counted(service: Running) -> None:
    with service.connect() as client:
        client.sendall(POST % 100)
        everything(client)
    text = ask(f"http://{service.address[0]}:{service.address[1]}/metrics").text
    assert f'kgpub_connections_cut_total{{limit="least_rate"}} {service.door.cut["least_rate"]}' in text
    assert "\nkgpub_connections 1\n" in text
    assert 'kgpub_requests_total{route="/sparql",method="POST",status="408"}' in text


@pytest.mark.parametrize("parser", sorted(PARSERS))
def test_a_stop_waits_for_none_of_them(held: Store, files: Path, parser: str) -> None:
    """With limits that would keep it for half a minute; an answer that is under way is given to its end."""
    long = dict.fromkeys(("header_seconds", "body_seconds", "keep_alive_seconds", "write_seconds"), 30)
    with running(held, files, parser, **long) as served:
        said = [b"", GET[:9], POST % 100, CHUNKED, GET, b"GET /download/big.ttl HTTP/1.1\r\nHost: x\r\n\r\n"]
        clients = [served.connect(SO_RCVBUF=4_096) for _ in said]
        for client, words in zip(clients, said, strict=True):
            client.sendall(words)
        wait_until(lambda: sum(one.idle_since() is None for one in served.door.open) == 3)
        assert served.stop() < 6
        told = [everything(client)[0][:40] for client in clients[:5]]
        for client in clients:
            client.close()
    assert [one[9:12] for one in told] == [b"", b"", b"503", b"503", b"200"]
