"""What the engine says of a query that is no SPARQL, in words: the place, and what could stand there."""

from __future__ import annotations

import re
import textwrap
from typing import Final

__all__ = ["explained", "where"]

_WORDS: Final = re.compile(r'"(?:[^"\\]|\\.)+"|\b[A-Z][A-Za-z0-9]+(?=,|$)')
_CLASSES: Final = re.compile(r"(?<![\"'])\[(?:[^\]']|'[^']*')*\]")
_NEVER: Final = ("LATERAL", "SERVICE")
"""What the engine names as possible and is refused here, or is no SPARQL 1.1."""
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SHOWN: Final = 100
"""How many characters of the line at fault are shown."""


def where(error: SyntaxError) -> tuple[int, int, str]:
    """Return line, column and what is wrong there; line and column are 0 where the engine names no place."""
    found = _PLACE.search(str(error))
    if found is None:
        return 0, 0, str(error)
    return int(found[1]), int(found[2]), textwrap.shorten(_in_words(found[3]), 160, placeholder=" …")


def _in_words(what: str) -> str:
    if "Prefix not found" in what:
        return "the prefix is not declared: begin the query with PREFIX"
    if not what.startswith("expected"):
        return what
    # The engine lists every character that could stand there, page-long ranges of Unicode included; words suffice.
    words = [word for word in _WORDS.findall(_CLASSES.sub("", what)) if word not in _NEVER]
    if not words:
        return "the query cannot go on like this"
    return f"expected {'one of ' if len(words) > 1 else ''}{', '.join(words)}"


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
