"""What is said when the store behind the service does not do what it was asked: to whom it may concern, and what to do."""

from __future__ import annotations

import httpx

__all__ = ["broken", "refused"]

_SAID = 300
_OPERATOR = "Whoever runs this service:"


def broken(error: httpx.TransportError) -> tuple[int, str]:
    """Return status and message for a connection that failed: 503 where none was made, 502 where it broke off."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return 503, "The triple store behind this service cannot be reached. Try again in a minute."
    if isinstance(error, httpx.TimeoutException):
        return 504, "The triple store behind this service did not answer in time. Narrow the query, or try again later."
    return 502, "The triple store behind this service broke off its answer. Try again in a minute."


def refused(status: int, body: bytes) -> tuple[int, str]:
    """Return status and message for an answer of the store that is none; its own words are in it where they may help."""
    # Virtuoso repeats the query, which the client knows.
    text = " ".join(body.decode("utf-8", "replace").partition("SPARQL query:")[0].split())[:_SAID]
    words = f" It says: {text}" if text and "<" not in text[:1] else ""
    if status == 400:
        return 400, f"The triple store does not take this query. Mend it, or begin from one at /queries.{words}"
    if status in (401, 403):
        return 502, f"The triple store wants another user. {_OPERATOR} set KGPUB_ENDPOINT_USER and _PASSWORD."
    if status in (429, 503):
        return 503, "The triple store behind this service has no room for the query now. Try again in a minute."
    if status in (408, 504):
        return 504, "The query took the triple store too long and was stopped. Narrow it, or download the data."
    if status < 500:
        return 502, f"There is no SPARQL endpoint at the store's address ({status}). {_OPERATOR} correct --endpoint."
    return 502, f"The triple store cannot run this query ({status}). Write it more simply, or download the data.{words}"
