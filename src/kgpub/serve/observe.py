"""Seeing what the service does: every request is counted, and written as a line of JSON without anything about a person.

A line has the route (not the path), method, status, milliseconds, bytes, and for queries rows and the reason of a refusal: no
address, no name of a client, and no query unless it is asked for. A reader of the log that stops reading holds nothing up:
lines are then dropped, and counted.
"""

from __future__ import annotations

import json
import os
import queue
import threading
import time
from datetime import UTC, datetime
from typing import Any, Final

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgpub.serve.engine import Gone
from kgpub.serve.metrics import Metrics

__all__ = ["Log", "Observed"]

_WAITING: Final = 10_000
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})


class Log:
    """Writes lines to a file descriptor in a thread of its own."""

    def __init__(self, out: int, *, queries: bool = False) -> None:
        self._out = out
        self._lines: queue.Queue[bytes | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._write, name="log", daemon=True)
        self._thread.start()
        self.queries = queries
        self.dropped = 0

    def line(self, values: dict[str, Any]) -> None:
        """Write a line, or count it as dropped where too many wait."""
        try:
            self._lines.put_nowait(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Write what waits, for at most a second."""
        try:
            self._lines.put_nowait(None)
        except queue.Full:
            return
        self._thread.join(1)

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                while line:
                    line = line[os.write(self._out, line) :]
            except OSError:
                self.dropped += 1


class Observed:
    """ASGI middleware that counts and logs each request."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log: Log | None = None) -> None:
        self._app = app
        self._metrics = metrics
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what came of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        notes: dict[str, Any] = scope.setdefault("kgpub.notes", {})
        seen = {"status": 0, "bytes": 0}

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            else:
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except (Gone, ClientDisconnect):
            # Who is cut off for being slow is gone as well, but by our doing.
            seen["status"], notes["reason"] = notes.get("cut", (499, "gone"))
        finally:
            self._note(scope, notes, seen, time.perf_counter() - began)

    def _note(self, scope: Scope, notes: dict[str, Any], seen: dict[str, int], seconds: float) -> None:
        route = notes.get("route") or getattr(scope.get("route"), "path", "") or "other"
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        self._metrics.answered(route, method, seen["status"], seconds, seen["bytes"])
        self._metrics.rows += notes.get("rows") or 0
        self._metrics.truncated += notes.get("reason") == "truncated"
        if self._log is None:
            return
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "route": route,
            "method": method,
            "status": seen["status"],
            "ms": round(seconds * 1000, 1),
            "bytes": seen["bytes"],
        }
        for name in ("rows", "reason", "cached", *(("query",) if self._log.queries else ())):
            if notes.get(name) is not None:
                line[name] = notes[name]
        self._log.line(line)
