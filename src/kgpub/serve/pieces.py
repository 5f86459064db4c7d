"""The answer of a canned query as a response: whole, so that it is kept and tagged, or in pieces where it is large."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Final

from starlette.responses import Response, StreamingResponse

from kgpub.serve.encoding import CSV, LINES, TSV

__all__ = ["respond"]

_IN_PIECES: Final = (CSV, TSV, LINES, "application/jsonl")
_ROWS: Final = 1_000
"""Rows up to which an answer is given whole."""
_BYTES: Final = 1 << 16
"""Bytes of one piece."""


def respond(body: bytes, rows: int, media_type: str, headers: Mapping[str, str]) -> Response:
    """Return the response; a large table goes in pieces, so that a slow client does not have all of it copied for it."""
    if rows <= _ROWS or media_type not in _IN_PIECES:
        return Response(body, media_type=media_type, headers=dict(headers))
    return StreamingResponse(_pieces(body), media_type=media_type, headers=dict(headers))


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), _BYTES):
        yield body[start : start + _BYTES]
