"""The format that a request wants: by `format=`, which a link can hold, before its Accept header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request

from kgpub.serve.guard import Refusal
from kgpub.serve.negotiation import choose

__all__ = ["wanted"]


def wanted(request: Request, names: Mapping[str, str], offered: Sequence[str], named: str = "") -> str:
    """Return the media type of the `format` named, else the best one offered; raise Refusal (400, 406) where there is none.

    `named` is a format that a form names, before that of the address.
    """
    if name := named or request.query_params.get("format"):
        if name not in names:
            raise Refusal(400, f"{name[:40]!r} is not a format. Formats: {', '.join(names)}.")
        return names[name]
    chosen = choose(request.headers.get("accept", ""), offered)
    if chosen is None:
        raise Refusal(406, f"None of the formats asked for is offered. Offered: {', '.join(offered)}.")
    return chosen
