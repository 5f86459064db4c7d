"""The headers that every answer bears: data is for everyone, pages run no script and load nothing from elsewhere."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["EMBEDDED", "SECURITY", "SecurityHeaders"]

SECURITY: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Link, Retry-After, X-Kgpub-Truncated, X-Total-Count",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
EMBEDDED: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
    ),
}
"""For a page that is made to be shown within another site's: it has no script, no form and no session that could be abused."""

_RAW: Final = tuple((name.lower().encode(), value.encode()) for name, value in SECURITY.items())
_NAMES: Final = frozenset(name for name, _ in _RAW)
_POLICY: Final = b"content-security-policy"
_EMBEDDED_POLICY: Final = EMBEDDED["Content-Security-Policy"].encode()
_EMBEDDED: Final = (
    *(pair for pair in _RAW if pair[0] not in (_POLICY, b"x-frame-options")),
    (_POLICY, _EMBEDDED_POLICY),
)


class SecurityHeaders:
    """ASGI middleware that sets the headers on each answer, errors included; one that bears EMBEDDED may be framed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                framed = (_POLICY, _EMBEDDED_POLICY) in message["headers"]
                own = (pair for pair in message["headers"] if pair[0] not in _NAMES)
                message["headers"] = [*own, *(_EMBEDDED if framed else _RAW)]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
