"""A query with changes made, as a text to run: the asker's own text where its places can be told, else written anew.

The reader of queries does not say where in the text a constant stands. What is mended in place is therefore read again, and is
taken only where it then asks the very query that was measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Final

from pyoxigraph import RdfFormat, parse

from kgpub.explain.prefixes import Source
from kgpub.explain.read import NotUnderstood, Reading
from kgpub.explain.syntax import Asked, Swaps, group_text, whole, written
from kgpub.vocabulary import PREFIXES

__all__ = ["mended"]

_NAME: Final = r"(?:[A-Za-z][\w.-]*)?:(?:[\w%-](?:[\w.%-]*[\w%-])?)?"
_TOKEN: Final = re.compile(
    r"\#[^\r\n]*"
    r"|(?P<term>(?:'''.*?'''|\"\"\".*?\"\"\"|'(?:[^'\\\r\n]|\\.)*'|\"(?:[^\"\\\r\n]|\\.)*\")"
    rf"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^(?:<[^<>\s]*>|{_NAME}))?"
    rf"|<[^<>\"{{}}|^`\\\s]*>|[?$]\w+|{_NAME}|(?<![\w.])[+-]?\d+(?:\.\d+)?(?!\w)|\btrue\b|\bfalse\b|(?<=\s)a(?=\s))",
    re.DOTALL,
)
_PLAIN: Final = re.compile(r"[A-Za-z][\w-]*")
_TRIED: Final = 6
_FEW: Final = 4
"""Places that are exchanged at most."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A term as it stands in a text, and what it is when it is written whole."""

    start: int
    end: int
    text: str
    term: str


def mended(source: Source, made: Asked, swaps: Swaps, instead: Mapping[str, str]) -> str:
    """Return the text of a query with other constants and other namespaces; nothing where it has no text of its own."""
    text = _redeclared(source.text, instead)
    wanted = whole(made, swaps)
    try:
        asked, reading = Source(text, source.base, source.prefixes).read({})
    except NotUnderstood:
        return ""
    for one in islice(_exchanged(text, reading, whole(asked), wanted), _TRIED):
        if _asks(source, one, wanted):
            return one
    return _anew(made, swaps) if made.form in ("SELECT", "ASK") else ""


def _asks(source: Source, text: str, wanted: str) -> bool:
    try:
        asked, _ = Source(text, source.base, source.prefixes).read({})
    except NotUnderstood:
        return False
    return whole(asked) == wanted


def _redeclared(text: str, instead: Mapping[str, str]) -> str:
    for prefix, space in instead.items():
        declared = re.compile(rf"(\bPREFIX\s+{re.escape(prefix)}:\s*)<[^<>]*>", re.IGNORECASE)
        line = f"<{space}>"
        text, found = declared.subn(lambda one, line=line: f"{one[1]}{line}", text, count=1)  # type: ignore[misc]
        text = text if found else f"PREFIX {prefix}: {line}\n{text}"
    return text


def _exchanged(text: str, reading: Reading, now: str, wanted: str) -> Iterator[str]:
    """Yield the text with the terms exchanged by which two queries differ, in each of the places where they may stand."""
    old, new = ([found["term"] for found in _TOKEN.finditer(one) if found["term"]] for one in (now, wanted))
    edits = [(was, is_) for was, is_ in zip(old, new, strict=False) if was != is_]
    if len(old) != len(new) or len(edits) > _FEW:
        return
    if not edits:
        yield text
        return
    tokens = list(_tokens(text, reading))
    places = [[one for one in tokens if one.term == was] for was, _ in edits]
    for chosen in product(*places):
        if len({one.start for one in chosen}) == len(chosen):
            yield _with(text, {one: is_ for one, (_, is_) in zip(chosen, edits, strict=True)}, reading)


def _with(text: str, edits: Mapping[_Token, str], reading: Reading) -> str:
    for token, term in sorted(edits.items(), key=lambda one: -one[0].start):
        relative = token.text.startswith("<") and "://" not in token.text
        prefixes = {"": reading.base} if relative else reading.prefixes
        text = text[: token.start] + _short(term, prefixes, relative=relative) + text[token.end :]
    return text


def _short(
    term: str, prefixes: Mapping[str, str], used: dict[str, str] | None = None, *, relative: bool = False
) -> str:
    """Return a term with its IRI, or that of its datatype, as a prefixed name, or as the path below a base."""
    head, mark, rest = ("", "<", term[1:]) if term.startswith("<") else term.rpartition('"^^<')
    if not mark:
        return term
    iri = rest[:-1]
    head += mark[:-1]
    if relative and not head:
        return f"<{iri.removeprefix(prefixes[''])}>"
    for prefix, space in sorted(prefixes.items(), key=lambda one: -len(one[1])):
        if iri.startswith(space) and _PLAIN.fullmatch(iri.removeprefix(space)):
            if used is not None:
                used[prefix] = space
            return f"{head}{prefix}:{iri.removeprefix(space)}"
    return term


def _tokens(text: str, reading: Reading) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        if token := found["term"]:
            yield _Token(found.start(), found.end(), token, _term(token, reading))


def _term(token: str, reading: Reading) -> str:
    if token[0] in "?$":
        return f"?{token[1:]}"
    if token == "a":
        return f"<{PREFIXES['rdf']}type>"
    declared = "".join(f"@prefix {prefix}: <{space}> . " for prefix, space in reading.prefixes.items())
    turtle = f"{declared}<urn:x> <urn:x> {token} ."
    try:
        return str(next(iter(parse(turtle.encode(), format=RdfFormat.TURTLE, base_iri=reading.base))).object)
    except (SyntaxError, StopIteration, ValueError):
        return ""


def _anew(made: Asked, swaps: Swaps) -> str:
    """Return the query as it was taken apart, a part on each line."""
    head = "ASK" if made.form == "ASK" else written(made.head, swaps)
    parts = [f"  {group_text((part,), swaps)}" for part in made.where.parts]
    lines = [
        head,
        written(made.dataset, swaps),
        "WHERE {",
        *parts,
        "}",
        *(written(one, swaps) for one in made.after.values()),
    ]
    used: dict[str, str] = {}
    body = "\n".join(_TOKEN.sub(lambda found: _short(found[0], PREFIXES, used), line) for line in lines if line.strip())
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in used.items()) + body + "\n"
