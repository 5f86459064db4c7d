"""The body of a request, read up to a limit."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

__all__ = ["read_body"]

_DIGITS: Final = 18
_DISCARDED: Final = 2_000_000
"""Bytes beyond the limit that are still read and thrown away: closed while it sends, a client may never see the answer."""


async def read_body(request: Request, room: int) -> bytes | None:
    """Return a request's body, or None for one that is larger than `room` bytes: at once where it is much larger."""
    most = room + _DISCARDED
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and (len(length) > _DIGITS or int(length) > most):
        return None
    # The length is not taken on trust: a chunked body states none.
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= room:
            body += chunk
        elif size > most:
            return None
    return bytes(body) if size <= room else None
