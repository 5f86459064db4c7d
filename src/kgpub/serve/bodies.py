"""The body of a request, read up to a limit."""

from __future__ import annotations

from starlette.requests import Request

__all__ = ["read_body"]

_DIGITS = 18


async def read_body(request: Request, room: int) -> bytes | None:
    """Return a request's body, or None as soon as it is known to be larger than `room` bytes."""
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and (len(length) > _DIGITS or int(length) > room):
        return None
    # The length is not taken on trust: a chunked body states none.
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > room:
            return None
    return bytes(body)
