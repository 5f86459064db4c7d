"""What the client says and does when a store, or what stands at its address, does not do as asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from kgpub.publish.push.client import CHUNK, StoreClient, StoreError, credentials
from kgpub.publish.push.target import find_target

Answer = tuple[int, str, str]
Serve = Callable[..., "Served"]
TRIPLES = "application/n-triples"


class Served(ThreadingHTTPServer):
    """A server that gives the answers it was told, the last one for ever, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self, answers: list[Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.asked = answers, []  # type: list[Answer], list[tuple[str, str, bytes, str]]

    def client(self, login: tuple[str, str] | None = None, chunk: int = CHUNK) -> StoreClient:
        return StoreClient(find_target(f"http://127.0.0.1:{self.server_port}/store"), login, chunk)


class _Handler(BaseHTTPRequestHandler):
    server: Served

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.command, self.path, body, self.headers.get("Authorization", "")))
        status, kind, text = self.server.answers[0]
        if len(self.server.answers) > 1:
            self.server.answers.pop(0)
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="store"')
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 (the names are the library's)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Serve]:
    started: list[Served] = []

    def start(*answers: Answer) -> Served:
        server = Served(list(answers))
        started.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (400, "look into its log"),
        (301, "the address that it names"),
        (401, "KGPUB_PUSH_USER"),
        (403, "may not write"),
        (404, "No Graph Store"),
        (405, "No Graph Store"),
        (413, "client_max_body_size"),
        (507, "disk is full"),
    ],
)
def test_a_refusal_is_said_at_once_with_what_to_do(serve: Serve, status: int, told: str) -> None:
    server = serve((status, "text/plain", "the reason\n in the store's words"))
    with server.client() as client, pytest.raises(StoreError) as caught:
        client.put("x:g", [b"<x:s> <x:p> <x:o> .\n"])
    assert f"PUT http://127.0.0.1:{server.server_port}/store, graph <x:g>: {status} " in str(caught.value)
    assert "the reason in the store's words" in str(caught.value)
    assert told in caught.value.advice
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_fault_that_passes_is_waited_for(serve: Serve, status: int) -> None:
    server = serve((status, "text/plain", ""), (status, "text/plain", ""), (204, "text/plain", ""))
    waited: list[float] = []
    with server.client() as client:
        client.wait = waited.append
        client.put("x:g", [b"<x:s> <x:p> <x:o> .\n"])
    assert waited == [0.5, 2.0]
    assert [asked[2] for asked in server.asked] == [b"<x:s> <x:p> <x:o> .\n"] * 3


def test_a_fault_that_stays_is_said_after_four_times(serve: Serve) -> None:
    server = serve((503, "text/plain", "no space left on device"))
    with server.client() as client:
        client.wait = lambda seconds: None
        with pytest.raises(StoreError, match=r"503 .*no space left") as caught:
            client.update("DROP SILENT GRAPH <x:g>")
    assert len(server.asked) == 4
    assert "log" in caught.value.advice


def _never(seconds: float) -> None:
    pytest.fail(f"waits {seconds} seconds")


def test_a_store_that_is_not_there_is_not_waited_for() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (
        StoreClient(find_target(f"http://127.0.0.1:{port}/store"), wait=_never) as client,
        pytest.raises(StoreError, match=r"[Cc]onnection refused") as caught,
    ):
        client.get("x:g")
    assert f"127.0.0.1:{port}" in caught.value.advice


def test_a_store_that_is_gone_after_it_answered_is_waited_for(serve: Serve) -> None:
    server = serve((200, TRIPLES, ""))
    waited: list[float] = []
    with server.client() as client:
        client.wait = waited.append
        client.get("x:g")
        client.http.close()
        client.http = httpx.Client(timeout=1)
        server.shutdown()
        server.server_close()
        with pytest.raises(StoreError):
            client.get("x:g")
    assert waited == [0.5, 2.0, 8.0]


def test_a_web_page_is_no_graph_store_and_no_sparql_endpoint(serve: Serve) -> None:
    page = serve((200, "text/html; charset=utf-8", "<html>Welcome</html>"))
    with page.client() as client:
        with pytest.raises(StoreError, match=r"answers with text/html where application/n-triples.*no Graph Store"):
            client.get("x:g")
        with pytest.raises(StoreError, match=r"answers with text/html .*no SPARQL endpoint"):
            client.counts(["x:g"])


@pytest.mark.parametrize("text", ['{"results": {"bind', '{"boolean": true}'])
def test_a_table_that_is_cut_off_or_none_is_said(serve: Serve, text: str) -> None:
    server = serve((200, "application/sparql-results+json", text))
    with server.client() as client, pytest.raises(StoreError, match="no table of results"):
        client.counts(["x:g"])


def test_a_graph_that_is_not_there_is_empty(serve: Serve) -> None:
    with serve((404, "text/html", "none")).client() as client:
        assert client.get("x:g") == b""
        client.delete("x:g")
    with serve((200, "text/plain", "")).client() as client:
        assert client.get("x:g") == b""


def test_a_large_graph_goes_in_several_requests_unless_it_replaces_one(serve: Serve) -> None:
    lines = [b"<x:s> <x:p> <x:o%d> .\n" % number for number in range(5)]
    server = serve((204, "text/plain", ""))
    with server.client(chunk=45) as client:
        client.put("x:g", lines)
        client.put("x:g", lines, whole=True)
    assert [(asked[0], asked[2].count(b"\n")) for asked in server.asked] == [
        ("PUT", 2),
        ("POST", 2),
        ("POST", 1),
        ("PUT", 5),
    ]
    assert server.asked[0][1] == "/store?graph=x%3Ag"


def test_no_password_goes_to_a_store_that_does_not_ask_for_one(serve: Serve) -> None:
    server = serve((204, "text/plain", ""))
    with server.client() as client:
        client.put("x:g", [b""])
    with serve((204, "text/plain", "")).client(login=("anna", "secret")) as client:
        client.put("x:g", [b""])
    assert all(asked[3] == "" for asked in server.asked)
    asking = serve((401, "text/plain", ""), (204, "text/plain", ""))
    with asking.client(login=("anna", "secret")) as client:
        client.put("x:g", [b""])
        client.put("x:g", [b""])
    assert [asked[3] for asked in asking.asked] == ["", *["Basic YW5uYTpzZWNyZXQ="] * 2]


def test_a_wrong_password_is_not_repeated_in_the_error(serve: Serve) -> None:
    server = serve((401, "text/plain", ""))
    with server.client(login=("anna", "secret")) as client, pytest.raises(StoreError) as caught:
        client.put("x:g", [b""])
    assert "401" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_the_login_is_of_the_environment_else_of_netrc(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine stores.example login ben password hidden\n", encoding="utf-8")
    file.chmod(0o600)
    given = {"NETRC": str(file)}
    assert credentials("http://stores.example:1/store", given) == ("ben", "hidden")
    assert credentials("http://other.example/store", given) is None
    mine = {**given, "KGPUB_PUSH_USER": "anna", "KGPUB_PUSH_PASSWORD": "secret"}
    assert credentials("http://stores.example/store", mine) == ("anna", "secret")
    assert credentials("http://x/", {"NETRC": str(tmp_path / "none")}) is None
    file.write_text("machine a login b password c hidden-word\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"netrc cannot be read, line \d") as caught:
        credentials("http://x/", given)
    assert "hidden" not in str(caught.value)
