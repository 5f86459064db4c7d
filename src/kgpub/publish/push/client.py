"""The store spoken to over HTTP: the Graph Store Protocol for graphs, SPARQL for counts and for the exchange of graphs.

httpx, because it keeps connections open, answers Basic and Digest challenges and is maintained; the standard library does
either the one or the other.
"""

from __future__ import annotations

import netrc
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType
from urllib.parse import urlsplit

import httpx

from kgpub.errors import KgpubError
from kgpub.publish.push.dump import chunks
from kgpub.publish.push.target import Target

__all__ = ["CHUNK", "Asked", "StoreClient", "StoreError", "credentials"]

CHUNK = 900_000
"""Bytes of one request: below the megabyte that a proxy in front lets through by default."""
_TRIPLES = "application/n-triples"
_WAITS = (0.5, 2.0, 8.0)
_AGAIN = {429, 500, 502, 503, 504}
_MOVED = "The store is elsewhere: take the address that it names."
_ADVICE = {
    301: _MOVED,
    302: _MOVED,
    307: _MOVED,
    308: _MOVED,
    401: "Set KGPUB_PUSH_USER and KGPUB_PUSH_PASSWORD, or write the host into ~/.netrc; both are right as they stand?",
    403: "This user may not write there; ask whoever runs the store.",
    404: "No Graph Store, or no such data set, at this address; docs/push.md has the address of each store.",
    405: "No Graph Store that can be written at this address; docs/push.md has the address of each store.",
    413: "A proxy or the store limits what one request may hold; let it take 1 MB (nginx: client_max_body_size).",
    415: "Does not take what such an endpoint takes: is this the right one of the three addresses? See docs/push.md.",
    507: "The store's disk is full: make room there and run the same command again, it goes on where it stopped.",
}
_LATER = "The store has a fault of its own: look into its log (is its disk full?), then run the same command again."


class StoreError(KgpubError):
    """The store did not do what it was asked; its old release stands as it was."""

    exit_code = 2


def credentials(url: str, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """Return user and password: of the environment (KGPUB_PUSH_USER, KGPUB_PUSH_PASSWORD), else of netrc, else none."""
    if environment.get("KGPUB_PUSH_USER"):
        return environment["KGPUB_PUSH_USER"], environment.get("KGPUB_PUSH_PASSWORD", "")
    try:
        found = netrc.netrc(environment.get("NETRC")).authenticators(urlsplit(url).hostname or "")
    except FileNotFoundError:
        return None
    except (netrc.NetrcParseError, OSError) as error:
        # The parser's message holds the line, and so perhaps the password.
        where = f", line {error.lineno}" if isinstance(error, netrc.NetrcParseError) else ""
        raise StoreError(f"netrc cannot be read{where}", advice="Correct it, or set KGPUB_PUSH_USER.") from None
    return (found[0], found[2] or "") if found else None


class Asked(httpx.Auth):
    """Answers with Basic or Digest, whichever the store asks for, and gives no password to one that asks for none."""

    def __init__(self, user: str, password: str) -> None:
        self._basic, self._digest = httpx.BasicAuth(user, password), httpx.DigestAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request, and once more with what the store asks for."""
        if self._chosen is None:
            answer = yield request
            if answer.status_code != 401:
                return
            asked = answer.headers.get("www-authenticate", "").lower()
            self._chosen = self._digest if "digest" in asked else self._basic
        yield from self._chosen.auth_flow(request)


@dataclass(slots=True)
class StoreClient:
    """One store. Each request may be sent twice without harm, so faults that pass are waited for."""

    target: Target
    login: tuple[str, str] | None = None
    chunk: int = CHUNK
    wait: Callable[[float], None] = time.sleep
    http: httpx.Client = field(init=False)
    _reached: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        # An exchange of graphs or the loading of one may take the store minutes; being silent is no fault.
        limits = httpx.Timeout(10, read=3600, write=600)
        auth = Asked(*self.login) if self.login else None
        # The environment is read for proxies; netrc is ours to read, as httpx would send it unasked.
        self.http = httpx.Client(timeout=limits, auth=auth or httpx.Auth())

    def __enter__(self) -> StoreClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def get(self, name: str) -> bytes:
        """Return a graph as N-Triples; a graph that is not there is empty."""
        answer = self._ask("GET", self.target.store, name, headers={"Accept": _TRIPLES}, fine=(404,))
        if answer.status_code == 404:
            return b""
        _expect(answer, _TRIPLES, "no Graph Store")
        return answer.content

    def put(self, name: str, lines: Iterable[bytes], *, whole: bool = False) -> None:
        """Replace a graph; unless it has to be `whole`, a large one goes in several requests, the first of which replaces."""
        bodies = [b"".join(lines)] if whole else chunks(iter(lines), self.chunk)
        for number, body in enumerate(bodies):
            self._send("POST" if number else "PUT", name, body)

    def add(self, name: str, lines: Iterable[bytes]) -> None:
        """Add statements to a graph; what stands there stays."""
        for body in chunks(iter(lines), self.chunk):
            self._send("POST", name, body)

    def delete(self, name: str) -> None:
        """Remove a graph, or find that it is not there."""
        self._ask("DELETE", self.target.store, name, fine=(404,))

    def counts(self, names: Sequence[str]) -> dict[str, int]:
        """Count the statements of each graph, as the store's own query engine sees them."""
        found = dict.fromkeys(names, 0)
        rest = iter(names)
        while some := list(islice(rest, 200)):
            graphs = " ".join(f"<{name}>" for name in some)
            query = f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            for row in self._select(query):
                # Where nothing is found, some stores answer with a row that has no graph.
                if "g" in row:
                    found[row["g"]["value"]] = int(row["n"]["value"])
        return found

    def update(self, request: str) -> None:
        """Run a SPARQL update."""
        # As a body of its own: a form has a limit of 200 kB in some servers.
        headers = {"Content-Type": "application/sparql-update", "Accept": "*/*"}
        self._ask("POST", self.target.update, headers=headers, content=request.encode())

    def _send(self, method: str, name: str, body: bytes) -> None:
        kind = self.target.kind
        headers = {"Content-Type": kind.media_type}
        self._ask(method, self.target.store, name, headers=headers, content=kind.head + body)

    def _select(self, query: str) -> list[dict[str, dict[str, str]]]:
        # As a form: Virtuoso 7.2.5 never answers a query sent as a body of its own.
        kind = "application/sparql-results+json"
        answer = self._ask("POST", self.target.query, headers={"Accept": kind}, data={"query": query})
        _expect(answer, kind, "no SPARQL endpoint")
        try:
            rows: list[dict[str, dict[str, str]]] = answer.json()["results"]["bindings"]
        except (ValueError, KeyError) as error:
            raise StoreError(f"{self.target.query}: answers with no table of results", advice=_LATER) from error
        return rows

    def _ask(
        self,
        method: str,
        url: str,
        graph: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        data: Mapping[str, str] | None = None,
        fine: tuple[int, ...] = (),
    ) -> httpx.Response:
        what = f"{method} {url}{f', graph <{graph}>' if graph else ''}"
        params = {"graph": graph} if graph else None
        for pause in (*_WAITS, None):
            try:
                answer = self.http.request(method, url, params=params, headers=headers, content=content, data=data)
            except httpx.TransportError as error:
                # A store that has not answered yet is more likely to be elsewhere than to be about to start.
                if pause is None or not self._reached:
                    raise StoreError(f"{what}: {error or type(error).__name__}", advice=_unreached(url)) from error
            else:
                self._reached = True
                if answer.status_code < 300 or answer.status_code in fine:
                    return answer
                if pause is None or answer.status_code not in _AGAIN:
                    raise StoreError(f"{what}: {_said(answer)}", advice=_ADVICE.get(answer.status_code, _LATER))
            self.wait(pause)
        raise AssertionError("the last round returns or raises")


def _expect(answer: httpx.Response, kind: str, what: str) -> None:
    got = answer.headers.get("content-type", "").partition(";")[0].strip()
    # An empty graph has come back as text/plain and without any type.
    if got != kind and answer.content.strip():
        raise StoreError(
            f"{answer.url.copy_with(query=None)}: answers with {got or 'no media type'} where {kind} was asked for: {what}",
            advice="Correct the address; docs/push.md has that of each store.",
        )


def _said(answer: httpx.Response) -> str:
    text = " ".join(answer.text.split()) or answer.headers.get("location", "")
    return f"{answer.status_code} {answer.reason_phrase}{f': {text[:300]}' if text else ''}"


def _unreached(url: str) -> str:
    where = urlsplit(url).netloc
    return f"Is the store running, and is {where} its address? Run the same command again, it goes on where it stopped."
