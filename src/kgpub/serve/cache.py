"""Answers kept in memory: what was asked once of a release is not worked out again, and a client that has it is told so.

A release never changes while it is served, so an answer is good for as long as the process lives; it is known by what was
asked (path, parameters, formats taken), and its ETag by its bytes and the release.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgpub.serve.freshness import is_unchanged

__all__ = ["Cache", "CachedAnswers", "Entry"]

_NEVER: Final = ("/health", "/ready", "/metrics", "/download", "/reconcile")
"""Paths whose answers change, are files, or name the host that was asked."""
_OVERHEAD: Final = 1_000
"""Bytes that an entry takes beside its body."""
_SHARE: Final = 8
"""No answer takes more of the cache than one part in so many."""
_PATIENCE: Final = 5.0
"""Seconds that a request waits for another that asks the same."""
_LONGEST_KEY: Final = 40_000
Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole answer with status 200: its headers, its body, and the tag that names both."""

    headers: Headers
    body: bytes
    etag: bytes
    notes: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, response: Response) -> Entry:
        """Return the entry of a response."""
        return cls.made(
            [(name, value) for name, value in response.raw_headers if name != b"etag"], bytes(response.body)
        )

    @classmethod
    def made(cls, headers: list[tuple[bytes, bytes]], body: bytes, notes: tuple[tuple[str, Any], ...] = ()) -> Entry:
        """Return the entry of headers and a body; what a client may keep, it asks about again each time."""
        etag = dict(headers).get(b"etag") or _tag(dict(headers).get(b"content-type", b""), body)
        kept = [(name, value) for name, value in headers if name != b"etag"]
        if not any(name == b"cache-control" for name, _ in kept):
            kept.append((b"cache-control", b"no-cache"))
        return cls((*kept, (b"etag", etag)), body, etag, notes)

    def response(self, request: Request) -> Response:
        """Return the answer as a response."""
        response = Response(self.body)
        response.raw_headers = list(self.headers)
        request.scope.setdefault("kgpub.notes", {}).update(self.notes, cached=True)
        return response

    async def send(self, scope: Scope, send: Send) -> None:
        """Send the answer, or that the client has it already."""
        if is_unchanged(dict(scope["headers"]), self.etag, dict(self.headers).get(b"last-modified", b"")):
            headers = [pair for pair in self.headers if pair[0] not in (b"content-length", b"content-type")]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": list(self.headers)})
        await send({"type": "http.response.body", "body": self.body})


def _tag(content_type: bytes, body: bytes) -> bytes:
    digest = hashlib.blake2b(body, digest_size=16)
    # A table and a page of one query differ in bytes; two formats with the same bytes differ in their type.
    digest.update(content_type)
    return b'"' + digest.hexdigest().encode() + b'"'


class Cache:
    """Entries by what was asked, at most so many bytes of them; what was not asked for longest goes first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    @property
    def keeps(self) -> bool:
        """Whether anything is kept at all."""
        return self._size > 0

    def get(self, key: Hashable) -> Entry | None:
        """Return the entry, or None."""
        found = self._entries.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._entries.move_to_end(key)
        return found

    def put(self, key: Hashable, entry: Entry) -> None:
        """Keep an entry, unless it would push out too many others."""
        if len(entry.body) + _OVERHEAD > self._size // _SHARE or key in self._entries:
            return
        self._entries[key] = entry
        self.bytes += len(entry.body) + _OVERHEAD
        while self.bytes > self._size:
            _, gone = self._entries.popitem(last=False)
            self.bytes -= len(gone.body) + _OVERHEAD


class CachedAnswers:
    """ASGI middleware that answers a GET or HEAD from the cache, and keeps the answers that pass."""

    def __init__(self, app: ASGIApp, cache: Cache) -> None:
        self._app = app
        self._cache = cache
        self._under_way: dict[Hashable, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or pass the request on."""
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        if (found := self._cache.get(key)) is None and key in self._under_way:
            # Many ask the same at once when it is new: one works it out, the others wait for that a while.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._under_way[key].wait(), _PATIENCE)
            found = self._cache.get(key)
        if found is not None:
            scope.setdefault("kgpub.notes", {}).update(found.notes, cached=True)
            await found.send(scope, send)
            return
        with self._working_out(key):
            await _Keeping(self._cache, key, scope, send).run(self._app, receive)

    @contextlib.contextmanager
    def _working_out(self, key: Hashable) -> Iterator[None]:
        if key in self._under_way or not self._cache.keeps:
            yield
            return
        event = self._under_way[key] = asyncio.Event()
        try:
            yield
        finally:
            del self._under_way[key]
            event.set()


class _Keeping:
    """One answer on its way out: held back until it is known to be whole, where it may be kept."""

    def __init__(self, cache: Cache, key: Hashable, scope: Scope, send: Send) -> None:
        self._cache = cache
        self._key = key
        self._scope = scope
        self._send = send
        self._start: Message | None = None

    async def run(self, app: ASGIApp, receive: Receive) -> None:
        await app(self._scope, receive, self._pass)

    async def _pass(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _may_be_kept(message):
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        start, self._start = self._start, None
        if message.get("more_body"):
            # It comes in pieces, as a file does: it goes through as it is.
            await self._send(start)
            await self._send(message)
            return
        # A kept answer is given before any route is looked for, and counted as of this one.
        route = getattr(self._scope.get("route"), "path", "")
        notes = (*self._scope.get("kgpub.notes", {}).items(), ("route", route))
        entry = Entry.made(list(start["headers"]), message.get("body", b""), notes)
        self._cache.put(self._key, entry)
        await entry.send(self._scope, self._send)


def _may_be_kept(message: Message) -> bool:
    vary = next((value for name, value in message["headers"] if name == b"vary"), b"")
    kept = (b"cache-control", b"no-store") not in message["headers"]
    return message["status"] == 200 and b"Host" not in vary and kept


def _key(scope: Scope) -> Hashable | None:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(_NEVER):
        return None
    accept, body = b"", False
    for name, value in scope["headers"]:
        if name == b"accept":
            accept = b",".join((accept, value)) if accept else value
        # A GET with a body is refused, whatever is kept.
        body = body or (name == b"content-length" and value != b"0") or name == b"transfer-encoding"
    if body:
        return None
    # An encoded slash is not the slash that it is in `path`.
    slashes = scope.get("raw_path", b"").lower().count(b"%2f")
    key = (scope["path"], slashes, scope["query_string"], accept, scope.get("root_path", ""))
    # A request as long as its answer is not worth a place.
    return key if len(accept) + len(scope["query_string"]) < _LONGEST_KEY else None
