"""Answers as JSON, or as a call of the function that an older client names (JSONP)."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from starlette.responses import Response

from kgpub.serve.reconcile.wrong import Wrong

__all__ = ["answer", "callback_of"]

_CALLBACK: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]{0,63}(?:\.[A-Za-z_$][A-Za-z0-9_$]{0,63}){0,5}", re.ASCII)
_ESCAPED: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What would end a script or a line of it; within JSON these stand in strings only."""


def callback_of(given: str | None) -> str:
    """Return the name of the function to call, empty for none; raise Wrong for what is more than a dotted name."""
    if given is None or _CALLBACK.fullmatch(given):
        return given or ""
    raise Wrong(
        "callback",
        "This is not the name of a function.",
        "Use letters, digits, _, $ and dots, or ask for JSON by CORS.",
    )


def answer(value: Any, callback: str = "", status: int = 200) -> Response:
    """Return a JSON answer; with a callback, a script that calls it."""
    text = _json(value)
    if not callback:
        return Response(text, status, media_type="application/json")
    # The comment keeps the first bytes of the answer ours, whatever the name is.
    return Response(f"/**/{callback}({text.translate(_ESCAPED)});", status, media_type="text/javascript")


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half a surrogate pair, which JSON can write and UTF-8 cannot.
        return json.dumps(value, separators=(",", ":"))
    return text
