"""A canned query with its parameters' terms in it, for engines that take none beside it: other stores, browsers.

The text is read as tokens of SPARQL, and a token that is a parameter is exchanged for a term's token; nothing else is touched.
So it means what binding the variable before the query runs means (queries.py): a sub-select that does not select the parameter
has a variable of its own of that name; where the parameter is selected, the term is selected under its name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from typing import Literal as Either

from pyoxigraph import Literal, NamedNode

from kgpub.errors import BadQuery

__all__ = ["Place", "pieces", "token", "with_terms"]

_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"""'
    r"|'''(?:[^'\\]|\\.|'{1,2}(?!'))*+'''"
    r'|"(?:[^"\\\r\n]|\\.)*+"'
    r"|'(?:[^'\\\r\n]|\\.)*+'"
    r"|<[^<>\"{}|^`\\\s]*+>"
    r"|\#[^\r\n]*+"
    r"|[?$](?P<variable>\w+)"
    r"|[\w.-]*:(?:[\w:.%-]|\\.)*"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|\s+"
    r"|.",
    re.DOTALL,
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_AFTER_GROUP: Final = ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_AFTER_ORDER: Final = ("LIMIT", "OFFSET", "VALUES")


def token(term: NamedNode | Literal) -> str:
    """Return a term as one token of SPARQL: its own text can end neither the token nor the line.

    pyoxigraph writes N-Triples, whose escapes SPARQL has too, and its IRIs hold no bracket, quote, space or backslash.
    """
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04X}", str(term))


class Place(NamedTuple):
    """Where a query's text has a parameter, as written there (`?one`), and what stands there when it has a value.

    That is the term itself ("term"), `(term AS ?one)` ("selected") or nothing ("nothing").
    """

    name: str
    variable: str
    use: Either["term", "selected", "nothing"]


def pieces(text: str, names: Collection[str]) -> tuple[str | Place, ...]:
    """Return a query's text cut at its parameters; raise BadQuery where the query itself gives one a value."""
    found: list[str | Place] = []
    for piece in _Cutting(text, frozenset(names)).run():
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)


def with_terms(text: str, terms: Mapping[str, NamedNode | Literal]) -> str:
    """Return a query with each parameter's term in its place; raise BadQuery where the query itself gives one a value."""
    return "".join(one if isinstance(one, str) else _filled(one, terms[one.name]) for one in pieces(text, terms))


def _filled(place: Place, term: NamedNode | Literal) -> str:
    written = token(term)
    return {"term": written, "selected": f"({written} AS {place.variable})", "nothing": ""}[place.use]


@dataclass(slots=True)
class _Cutting:
    """One pass over the tokens; `clause` is the one that the token stands in, `depth` its round brackets."""

    text: str
    names: frozenset[str]
    clause: str = ""
    depth: int = 0
    scopes: list[frozenset[str]] = field(default_factory=list)
    before: str = ""

    def run(self) -> Iterator[str | Place]:
        """Yield the tokens, those that are parameters as places."""
        self.scopes.append(self.names)
        for found in _TOKEN.finditer(self.text):
            name, word = found["variable"], (found["word"] or "").upper()
            if name in self.scopes[-1]:
                yield self._parameter(name, found[0])
            else:
                self._follow(found, word)
                yield found[0]
            if not found[0].isspace() and not found[0].startswith("#"):
                self.before = word or found[0]

    def _parameter(self, name: str, variable: str) -> Place:
        if self.before in ("AS", "VALUES"):
            raise BadQuery(f"the query itself gives {variable} a value", advice="Name the parameter otherwise.")
        if self.depth == 0 and self.clause == "SELECT":
            # Within, every use of it is the term; only the answer shows it.
            return Place(name, variable, "selected" if len(self.scopes) == 1 else "nothing")
        if self.depth == 0 and self.clause in ("GROUP", "ORDER"):
            # The same in every row: it neither parts nor orders them.
            return Place(name, variable, "nothing")
        return Place(name, variable, "term")

    def _follow(self, found: re.Match[str], word: str) -> None:
        """Note where the next token stands."""
        sign = found[0]
        if sign in "()":
            self.depth += 1 if sign == "(" else -1
        elif sign == "{":
            self.scopes.append(self.scopes[-1])
            self.clause, self.depth = "", 0
        elif sign == "}":
            self.scopes.pop()
            self.clause, self.depth = "", 0
        elif word == "SELECT":
            self.clause = word
            if len(self.scopes) > 1:
                self.scopes[-1] &= self._selected(found.end())
        elif word in ("GROUP", "ORDER") and self.depth == 0:
            self.clause = word
        elif word in ("WHERE", "FROM") or (self.depth == 0 and self._ends(word)):
            self.clause = ""

    def _ends(self, word: str) -> bool:
        return (self.clause == "GROUP" and word in _AFTER_GROUP) or (self.clause == "ORDER" and word in _AFTER_ORDER)

    def _selected(self, start: int) -> frozenset[str]:
        """Return the parameters that a sub-select gives out."""
        names: set[str] = set()
        depth = 0
        for found in _TOKEN.finditer(self.text, start):
            if found[0] == "{":
                break
            depth += {"(": 1, ")": -1}.get(found[0], 0)
            # What stands in an expression is used and not given out.
            if depth == 0 and found[0] == "*":
                return self.scopes[-1]
            if depth == 0 and found["variable"]:
                names.add(found["variable"])
        return frozenset(names)
