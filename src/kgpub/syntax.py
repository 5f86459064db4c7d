"""What the engine says of a query that is no SPARQL, in words: the place, and what could stand there."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from typing import Final

__all__ = ["explained", "located", "where"]

_SYMBOLS: Final = re.compile(r'"(?:[^"\\]|\\.)+"')
_CLASSES: Final = re.compile(r"(?<![\"'])\[(?:[^\]']|'[^']*')*\]")
_DIGITS: Final = "['0'..='9']"
_NEVER: Final = ('"<<"', '"<<("', '"{|"', '"~"')
"""What the engine names as possible and is no SPARQL 1.1."""
_RULES: Final = re.compile(r"\b(IRI parsing failed|[A-Z][A-Za-z]*(?: [A-Za-z]+){2,})(?=,|$)")
"""What the engine holds against a query that fits the grammar, as it stands among what it expected."""
_SAID: Final = {
    "The SELECT contains a variable that is unbound": (
        "SELECT names a variable that the groups do not have: add it to GROUP BY, or wrap it, as in (SAMPLE(?x) AS ?y)"
    ),
    "IRI parsing failed": "what ends before this place is not an IRI: escape blanks and other characters with %",
}
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_BEGINNING: Final = re.compile(
    r"(?:\s|\#[^\r\n]*(?:[\r\n]|\Z)|PREFIX\s+[\w.-]*:\s*<[^<>\s]*>|BASE\s*<[^<>\s]*>)*+(?!SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE)",
    re.IGNORECASE,
)
_PREFIXED: Final = re.compile(r"([\w.-]*):[^\s{}()<>,;\"']*$")
_HINTS: Final = (
    (
        re.compile(r"%(?:20|3[CEF]|7[BD])", re.IGNORECASE),
        "It seems to be escaped twice: %20 is a blank that was escaped.",
    ),
    (re.compile(r"&(?:lt|gt|quot|amp);"), "It seems to be escaped for HTML: write < for &lt;."),
    (re.compile(r"[“”„‘’]"), 'Texts stand in straight quotation marks ("), not in typographic ones.'),
)
_LONGEST_KEYWORD: Final = 16
_SHOWN: Final = 100
"""How many characters of the line at fault are shown."""


def where(error: SyntaxError) -> tuple[int, int, str]:
    """Return line, column and what is wrong there; line and column are 0 where the engine names no place."""
    found = _PLACE.search(str(error))
    if found is None:
        return 0, 0, str(error)
    return int(found[1]), int(found[2]), textwrap.shorten(_in_words(found[3]), 160, placeholder=" …")


def located(error: SyntaxError, query: str, parse: Callable[[str], SyntaxError | None]) -> SyntaxError:
    """Return the error at the place where the query goes wrong; `parse` says what is wrong with the beginning of a query.

    The engine reads a keyword as so many characters and then compares them, so that the place it names may lie behind what
    is wrong, up to the length of a keyword. The longest beginning that could go on ends where it is.
    """
    found = _PLACE.search(str(error))
    if found is None or not found[3].startswith("expected") or _symbols(found[3]) or _RULES.search(found[3]):
        return error
    beginning = _BEGINNING.match(query)
    if beginning is not None:
        return _at(query, beginning.end(), 'expected one of "SELECT", "ASK", "CONSTRUCT", "DESCRIBE"')
    end = _offset(query, int(found[1]), int(found[2]))
    for length in range(end, max(end - _LONGEST_KEYWORD, 0), -1):
        shorter = parse(query[:length])
        if shorter is None:
            return _at(query, length, "the query is at its end before this")
        place = _PLACE.search(str(shorter))
        if place and _symbols(place[3]) and _offset(query, int(place[1]), int(place[2])) == length:
            return _at(query, length, place[3])
    return error


def explained(error: SyntaxError, query: str) -> str:
    """Return what is wrong with a query, where, the line itself with a mark below the place, and what it may come from."""
    line, column, what = where(error)
    if not line:
        return what
    # Lines as the engine counts them: U+2028 and the like end none.
    lines = query.split("\n")
    text = lines[line - 1].rstrip("\r").replace("\t", " ") if line <= len(lines) else ""
    if "prefix is not declared" in what and (name := _PREFIXED.search(text[: column - 1])):
        what = f"the prefix {name[1]}: is not declared: begin the query with PREFIX {name[1]}: <…>"
    start = max(0, column - 1 - _SHOWN // 2)
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[start : start + _SHOWN])
    hints = "".join(f"\n{hint}" for sign, hint in _HINTS if sign.search(text[column - 1 : column + _SHOWN]))
    return f"line {line}, column {column}: {what}\n  {shown}\n  {' ' * (column - 1 - start)}^{hints}"


def _in_words(what: str) -> str:
    if "Prefix not found" in what:
        return "the prefix is not declared: begin the query with PREFIX"
    if not what.startswith("expected"):
        return what
    if rule := _RULES.search(what):
        return _SAID.get(rule[1], rule[1])
    # The engine lists every character that could stand there, page-long ranges of Unicode included; symbols suffice. Keywords
    # it lists are those that it tried somewhere before.
    symbols = _symbols(what)
    if not symbols:
        return "the query cannot go on like this"
    return f"expected {'one of ' if len(symbols) > 1 else ''}{', '.join(symbols)}"


def _symbols(what: str) -> list[str]:
    number = ["a number"] if _DIGITS in what else []
    return [one for one in _SYMBOLS.findall(_CLASSES.sub("", what)) if one not in _NEVER] or number


def _offset(query: str, line: int, column: int) -> int:
    return sum(len(text) + 1 for text in query.split("\n")[: line - 1]) + column - 1


def _at(query: str, offset: int, what: str) -> SyntaxError:
    before = query[:offset]
    return SyntaxError(f"error at {before.count(chr(10)) + 1}:{offset - before.rfind(chr(10))}: {what}")
