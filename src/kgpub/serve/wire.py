"""Messages between the service and its workers: a JSON head and a body of bytes, each with its length before it."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    # Workers read no streams: they need not load what would be ten times themselves.
    from asyncio import StreamReader

__all__ = ["packed", "read_from", "receive", "send", "unpacked"]

_LENGTHS: Final = struct.Struct("!IQ")


def packed(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """Return a message as bytes."""
    text = json.dumps(head).encode()
    return b"".join((_LENGTHS.pack(len(text), len(body)), text, body))


def unpacked(message: bytes) -> dict[str, Any]:
    """Return the head of a message."""
    head, _ = _LENGTHS.unpack_from(message)
    found: dict[str, Any] = json.loads(message[_LENGTHS.size : _LENGTHS.size + head])
    return found


def send(channel: int, head: Mapping[str, Any], body: bytes = b"") -> None:
    """Write a message to a file descriptor, all of it."""
    left = memoryview(packed(head, body))
    while left:
        left = left[os.write(channel, left) :]


def receive(channel: int) -> tuple[dict[str, Any], bytes] | None:
    """Read a message from a file descriptor; None at its end."""
    lengths = _exactly(channel, _LENGTHS.size)
    if lengths is None:
        return None
    head, body = (_exactly(channel, size) for size in _LENGTHS.unpack(lengths))
    return (json.loads(head), body) if head is not None and body is not None else None


async def read_from(reader: StreamReader) -> tuple[dict[str, Any], bytes] | None:
    """Read a message from a stream; None at its end."""
    try:
        head, body = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
        return json.loads(await reader.readexactly(head)), await reader.readexactly(body)
    except (EOFError, OSError):
        # asyncio's IncompleteReadError is an EOFError.
        return None


def _exactly(channel: int, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        chunk = os.read(channel, min(size - len(data), 1 << 20))
        if not chunk:
            return None
        data += chunk
    return bytes(data)
