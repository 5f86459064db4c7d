"""What the engine says of a query that is no SPARQL, in words: the place, and what could stand there."""

from __future__ import annotations

import re
import textwrap
from typing import Final

__all__ = ["explained", "where"]

_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)+"')
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SHOWN: Final = 100
"""How many characters of the line at fault are shown."""


def where(error: SyntaxError) -> tuple[int, int, str]:
    """Return line, column and what is wrong there; line and column are 0 where the engine names no place."""
    found = _PLACE.search(str(error))
    if found is None:
        return 0, 0, str(error)
    what = found[3]
    if what.startswith("expected one of"):
        # The engine lists every character that could stand there, page-long ranges of Unicode included; words suffice.
        what = f"expected one of {', '.join(_QUOTED.findall(what))}"
    return int(found[1]), int(found[2]), textwrap.shorten(what, 160, placeholder=" …")


def explained(error: SyntaxError, query: str) -> str:
    """Return what is wrong with a query, where, and the line itself with a mark below the place."""
    line, column, what = where(error)
    if not line:
        return what
    # Lines as the engine counts them: U+2028 and the like end none.
    lines = query.split("\n")
    text = lines[line - 1].rstrip("\r").replace("\t", " ") if line <= len(lines) else ""
    start = max(0, column - 1 - _SHOWN // 2)
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[start : start + _SHOWN])
    return f"line {line}, column {column}: {what}\n  {shown}\n  {' ' * (column - 1 - start)}^"
