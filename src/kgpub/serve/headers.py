"""The headers that every answer bears: data is for everyone, pages run no script and load nothing from elsewhere."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["EMBEDDED", "SCRIPTED", "SECURITY", "SITE", "SecurityHeaders"]

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

SCRIPTED: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'; "
        "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk=' "
        "'sha256-c0O6TmFAkgpNbHxKAa1BrveWHHopjEtC47i0PzMudxg='; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
"""For a page with a query engine: its own scripts and a worker made of one of them, which reach this service and no other.

The two digests are of the styles that the editor's table writes into the page, for columns and while one is dragged.
"""

SITE: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
}
"""For a page of the publication: it runs its own scripts, which ask nobody."""

_RAW: Final = tuple((name.lower().encode(), value.encode()) for name, value in SECURITY.items())
_NAMES: Final = frozenset(name for name, _ in _RAW)
_POLICY: Final = b"content-security-policy"
_EMBEDDED_POLICY: Final = EMBEDDED["Content-Security-Policy"].encode()
_EMBEDDED: Final = (
    *(pair for pair in _RAW if pair[0] not in (_POLICY, b"x-frame-options")),
    (_POLICY, _EMBEDDED_POLICY),
)
_SCRIPTED_POLICY: Final = SCRIPTED["Content-Security-Policy"].encode()
_SCRIPTED: Final = (*(pair for pair in _RAW if pair[0] != _POLICY), (_POLICY, _SCRIPTED_POLICY))
_SITE_POLICY: Final = SITE["Content-Security-Policy"].encode()
_SITE: Final = (*(pair for pair in _RAW if pair[0] != _POLICY), (_POLICY, _SITE_POLICY))
_SETS: Final = {_EMBEDDED_POLICY: _EMBEDDED, _SCRIPTED_POLICY: _SCRIPTED, _SITE_POLICY: _SITE}
"""The headers of an answer that asks for another policy than the rest, by that policy."""


class SecurityHeaders:
    """ASGI middleware that sets the headers on each answer, errors included; one that bears another policy has that."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                asked = next((value for name, value in message["headers"] if name == _POLICY), b"")
                own = (pair for pair in message["headers"] if pair[0] not in _NAMES)
                message["headers"] = [*own, *_SETS.get(asked, _RAW)]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
