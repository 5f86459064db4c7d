"""What a connection may take: time for a request's headers and body, a least rate both ways, and a place at the door.

uvicorn waits for senders and readers as long as they like. `bounded` returns its protocol for HTTP with limits added, whichever
parser it uses: a connection is always at one of three stages, which uvicorn's own attributes tell.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import sys
from typing import Any, ClassVar, Final, cast

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from kgpub.serve.door import Door
from kgpub.serve.headers import SECURITY

if sys.platform == "win32":
    fcntl = None
else:
    import fcntl
    import termios

__all__ = ["bounded"]

HEAD: Final = "head"
BODY: Final = "body"
ANSWER: Final = "answer"
_LINGER: Final = 1.0
"""Seconds in which who is cut off can read why."""
_STOPPING: Final = 1.0
"""Seconds of silence that a reader has when the service stops."""
_PIPELINED: Final = 100
"""Requests that may wait behind another on one connection."""
_NAMES: Final = {
    408: "Request Timeout",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}


class _Bounded(asyncio.Protocol):
    """Stands before one of uvicorn's protocols for HTTP in the order of classes."""

    door: ClassVar[Door]
    address: str = ""
    # What uvicorn's protocols have, alike for both parsers.
    transport: asyncio.Transport
    loop: asyncio.AbstractEventLoop
    client: tuple[str, int] | None
    cycle: Any
    flow: Any
    config: Any
    server_state: Any

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.timeout_keep_alive = self.door.limits.keep_alive_seconds
        self._since = 0.0
        self._received = 0
        self._cut_at: float | None = None
        self._unsent: tuple[float, int] | None = None
        self._answered: Any = None
        if self.door.is_proxy is None:
            believed = ProxyHeadersMiddleware(self.config.loaded_app, self.config.forwarded_allow_ips).trusted_hosts
            self.door.is_proxy = believed.__contains__

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a place at the door, or say that there is none."""
        super().connection_made(transport)
        self._since = self.loop.time()
        limit = self.door.enter(self, self.client[0] if self.client else "")
        if limit == "connections":
            self._cut(503, limit, f"There are {self.door.most:,} connections, as many as may be. Try again later.")
        elif limit:
            most = self.door.limits.client_connections
            self._cut(429, limit, f"Your address has {most:,} connections, as many as one may have. Close some.")

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        self.door.leave(self)
        self.door.leaving.discard(self)
        self._tell_gone()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Pass on what came, and note what it belongs to."""
        if self._cut_at is not None:
            return
        before = self._stage()
        if before[0] == HEAD and not self._received:
            self._since = self.loop.time()
        super().data_received(data)
        if self._stage() != before:
            self._since, self._received = self.loop.time(), 0
        else:
            self._received += len(data)
        self._hold_size()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._since, self._received = self.loop.time(), 0
        super().on_response_complete()  # type: ignore[misc]

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        # Of the faster parser: there `cycle` is the last request that came, which may wait behind this one.
        self._answered = cycle
        super()._start_asgi_task(cycle, app)  # type: ignore[misc]

    def _tell_gone(self) -> bool:
        """Let the application know that nobody listens; return whether an answer was under way."""
        busy = bool(getattr(self, "pipeline", ()))
        for cycle in (self.cycle, self._answered):
            if cycle is not None and not cycle.response_complete:
                busy = busy or cycle.response_started
                cycle.disconnected = True
                cycle.message_event.set()
        return busy

    def resume_writing(self) -> None:
        """Go on writing: the client has taken what there was."""
        self._unsent = None
        super().resume_writing()

    def shutdown(self) -> None:
        """Stop: an answer that is under way may end, but nobody waits for a request that is not whole."""
        self.door.stopping = True
        if self._cut_at is not None:
            self.transport.abort()
        elif self.transport.is_closing():
            return
        elif self._stage()[0] == BODY:
            self._cut(503, "stopping", "The service is being stopped. Try again later.")
        else:
            super().shutdown()  # type: ignore[misc]

    def idle_since(self) -> float | None:
        """Return since when no request has been whole; None while one is answered, or its body comes."""
        return self._since if self._stage()[0] == HEAD and not self.transport.is_closing() else None

    def judge(self, now: float) -> None:
        """Cut the connection off where a limit is passed."""
        if self._cut_at is not None:
            if now - self._cut_at >= _LINGER:
                self.transport.abort()
        elif not self._is_taken(now):
            _forget_unsent(self.transport)
            self.abort("write_seconds")
        elif not self.transport.is_closing():
            stage, cycle = self._stage()
            if stage == HEAD:
                self._judge_head(now - self._since, cycle)
            elif stage == BODY:
                self._judge_body(now)

    def abort(self, reason: str) -> None:
        """Close the connection at once."""
        self.door.cut[reason] += 1
        self.door.leave(self)
        self.transport.abort()

    def _stage(self) -> tuple[str, Any]:
        """Return what is being waited for, and the request that it belongs to or follows."""
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            return HEAD, cycle
        return (BODY if cycle.more_body else ANSWER), cycle

    def _hold_size(self) -> None:
        stage, cycle = self._stage()
        most = self.door.limits.header_bytes
        if len(getattr(self, "pipeline", ())) > _PIPELINED:
            self.abort("pipelined")
        elif stage == HEAD and self._received > most and not _is_unread(cycle) and not self.transport.is_closing():
            self._cut(431, "header_bytes", f"The headers are longer than {most:,} bytes. Send a long query by POST.")

    def _judge_head(self, waited: float, cycle: Any) -> None:
        seconds = self.door.limits.header_seconds
        # Between two requests uvicorn's own timer runs.
        if waited <= seconds or (cycle is not None and not self._received):
            return
        if not self._received or _is_unread(cycle):
            self.abort("header_seconds")
        else:
            self._cut(408, "header_seconds", f"The headers were not whole after {seconds:g} seconds.")

    def _judge_body(self, now: float) -> None:
        limits = self.door.limits
        if self.flow.read_paused:
            # It is us who read no more: that time is not the client's.
            self._since, self._received = now, 0
            return
        waited = now - self._since
        if waited > limits.body_seconds:
            self._cut(408, "body_seconds", f"The body was not whole after {limits.body_seconds:g} seconds.")
        elif waited > limits.header_seconds + self._received / limits.least_rate:
            said = f"{limits.least_rate:,} bytes a second, after {limits.header_seconds:g} seconds"
            self._cut(408, "least_rate", f"The body came too slowly: a sender must keep to {said}.")

    def _is_taken(self, now: float) -> bool:
        """Whether the client takes its answer: since the last look the bytes left are fewer, by the least rate or more."""
        waiting = self.transport.get_write_buffer_size()
        if not waiting:
            self._unsent = None
            return True
        left = waiting + _unacknowledged(self.transport)
        if self._unsent is None or left > self._unsent[1]:
            self._unsent = (now, left)
            return True
        since, before = self._unsent
        limits = self.door.limits
        window = min(limits.write_seconds, _STOPPING) if self.door.stopping else limits.write_seconds
        if now - since < window:
            return True
        self._unsent = (now, left)
        return before - left >= limits.least_rate * window

    def _cut(self, status: int, reason: str, words: str) -> None:
        """Say why the connection is closed, where nothing of an answer is sent yet, and close it."""
        self._cut_at = self.loop.time()
        if self.cycle is not None:
            self.cycle.scope.setdefault("kgpub.notes", {})["cut"] = (status, reason)
        if self._tell_gone() or self.transport.get_write_buffer_size() or not self.door.linger(self):
            self.abort(reason)
            return
        self.door.cut[reason] += 1
        self.transport.write(_answer(status, words, self.server_state.default_headers))
        # Closed at once, what the client has sent meanwhile would make the system take the answer back.
        if self.transport.can_write_eof():
            self.transport.write_eof()
        else:
            self.transport.close()


def bounded(door: Door, base: type[asyncio.Protocol] = AutoHTTPProtocol) -> type[asyncio.Protocol]:
    """Return uvicorn's protocol for HTTP, held to the limits of a door; `base` is the parser's."""
    return cast("type[asyncio.Protocol]", type("Bounded", (_Bounded, base), {"door": door}))


def _is_unread(cycle: Any) -> bool:
    """Whether a request was answered before its body was whole: what comes now is the rest of it, and thrown away."""
    return cycle is not None and cycle.more_body


def _unacknowledged(transport: asyncio.Transport) -> int:
    """Return the bytes that the system holds for the client: it takes them from us in lumps, so that these tell too little."""
    if fcntl is None:
        return 0
    try:
        size = fcntl.ioctl(transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4))
    except (OSError, ValueError, AttributeError):
        return 0
    return int.from_bytes(size, sys.byteorder)


def _forget_unsent(transport: asyncio.Transport) -> None:
    """Let the system throw away what it still holds for a client; it would offer it for a quarter of an hour."""
    with contextlib.suppress(OSError, ValueError, AttributeError, TypeError):
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _answer(status: int, words: str, defaults: list[tuple[bytes, bytes]]) -> bytes:
    body = f"{words}\n".encode()
    headers = {
        **{name.decode(): value.decode() for name, value in defaults},
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(body)),
        "cache-control": "no-store",
        "connection": "close",
        **({"retry-after": "5"} if status in (429, 503) else {}),
        **SECURITY,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} {_NAMES[status]}\r\n{lines}\r\n".encode("latin-1") + body
