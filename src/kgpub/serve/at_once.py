"""Descriptions of entities that are answered before any route is looked for: what is a file and known already costs no more.

Only the plainest request is taken: no query, no prefix of a proxy, and an address that the route (resources.py) has answered from
a file before. The headers are those of the route; a test holds the two to the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kgpub.serve.headers import SECURITY
from kgpub.serve.resources import Resources

__all__ = ["AtOnce"]

_KEPT: Final = 2_000
"""Heads of answers that are kept, of about a thousand bytes each."""
_SECURITY: Final = tuple((name.lower().encode(), value.encode()) for name, value in SECURITY.items())
_NEXT: Final = (b"content-length", b"etag")

Headers = tuple[tuple[bytes, bytes], ...]


class AtOnce:
    """ASGI middleware that answers what `resources` can from a file; `route` is the one that it answers for."""

    def __init__(self, app: ASGIApp, resources: Resources, route: Route) -> None:
        self._app = app
        self._resources = resources
        self._route = route
        self._head = lru_cache(_KEPT)(self._made)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        form = self._resources.plainly_asked(scope) if scope["type"] == "http" else ""
        path = scope["path"][1:] if form else ""
        body = self._resources.at_once(path, form) if form else None
        if body is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = self._route
        tag = self._resources.freshness.tag(self._resources.media_type(form), body)
        own = ((b"content-length", str(len(body)).encode()), (b"etag", tag.encode()))
        await send({"type": "http.response.start", "status": 200, "headers": [*self._head(path, form), *own]})
        await send({"type": "http.response.body", "body": body})

    def _made(self, path: str, form: str) -> Headers:
        """Return the headers that are the same for whatever bytes, made by the route's own code."""
        response = self._resources.answered(path, form, b"")
        # What CORSMiddleware says of all that passes it.
        response.headers.add_vary_header("Origin")
        own = {name for name, _ in response.raw_headers}
        security = (pair for pair in _SECURITY if pair[0] not in own)
        return (*(pair for pair in response.raw_headers if pair[0] not in _NEXT), *security)
