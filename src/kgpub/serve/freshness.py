"""What tells a client that it has an answer already: a strong ETag of the release and the bytes, and the release's day."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.responses import Response

__all__ = ["Freshness", "is_unchanged"]


class Freshness:
    """The validators of one release: `release` is its digest, `modified` its day as YYYY-MM-DD; either may be unknown."""

    def __init__(self, release: str, modified: str) -> None:
        self._release = release
        day = datetime.fromisoformat(modified).replace(tzinfo=UTC) if modified else None
        self._modified = format_datetime(day, usegmt=True) if day else ""

    def mark(self, response: Response) -> Response:
        """Set the validators of a whole response and return it."""
        response.headers["ETag"] = self.tag(response.headers.get("content-type", ""), bytes(response.body))
        response.headers["Cache-Control"] = "no-cache"
        if self._modified:
            response.headers["Last-Modified"] = self._modified
        return response

    def tag(self, content_type: str, content: bytes) -> str:
        """Return the ETag of an answer."""
        digest = hashlib.blake2b(self._release.encode(), digest_size=16)
        digest.update(content_type.encode() + b"\0")
        digest.update(content)
        return f'"{digest.hexdigest()}"'


def is_unchanged(asked: dict[bytes, bytes], etag: bytes, modified: bytes) -> bool:
    """Return whether a request's conditions hold for an answer (RFC 9110 section 13.2.2): its tag decides, else its day."""
    if b"if-none-match" in asked:
        tags = [tag.strip().removeprefix(b"W/") for tag in asked[b"if-none-match"].split(b",")]
        return etag in tags or tags == [b"*"]
    since = asked.get(b"if-modified-since", b"")
    if not since or not modified:
        return False
    try:
        return parsedate_to_datetime(modified.decode()) <= parsedate_to_datetime(since.decode("latin-1"))
    except (ValueError, TypeError):
        # A date that cannot be read is no condition.
        return False
