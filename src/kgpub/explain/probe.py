"""Asks the store what an explanation needs to know, within a number of questions and of seconds."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgpub.errors import BadQuery
from kgpub.explain.model import Asker, Bound, Limits
from kgpub.explain.syntax import Asked, Part, Pieces, Slot, Swaps, group_text, slots_of, whole, written
from kgpub.results import Result, Term
from kgpub.vocabulary import PREFIXES

__all__ = ["NEW", "Probe", "Scope", "Spent", "rows_of"]

NEW = "explainNew"
"""The variable that takes the place of a constant, or shows the value of an expression."""


class Spent(Exception):
    """The questions or the seconds are used up."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What parts stand in: the text before and after them, `GRAPH <g> {` and `}`."""

    before: str = ""
    after: str = ""
    slots: tuple[Slot, ...] = ()
    """The names of graphs in it."""

    def inside(self, head: Pieces, swaps: Swaps) -> Scope:
        """Return the scope of a group with this head in this scope."""
        slots = (*self.slots, *slots_of(head))
        return Scope(f"{self.before}{written(head, swaps)}{{ ", f" }}{self.after}", slots)


class Probe:
    """The questions about one query; each is asked once."""

    def __init__(self, ask: Asker, asked: Asked, bound: Bound, limits: Limits, started: float | None = None) -> None:
        self._ask = ask
        self.asked = asked
        self.bound = bound
        self.limits = limits
        self.questions = 0
        self._end = (started or time.monotonic()) + limits.seconds
        self._known: dict[str, Result] = {}
        self._parameters = "".join(f" ?{variable.value}" for variable in bound)
        self._dataset = written(asked.dataset)

    @property
    def late(self) -> bool:
        """Whether the seconds are used up."""
        return time.monotonic() > self._end

    def result(self, text: str) -> Result:
        """Return the answer to a text, an empty one where the engine refuses it; raise Spent where no more may be asked."""
        if text not in self._known:
            if self.questions >= self.limits.questions or self.late:
                raise Spent
            self.questions += 1
            try:
                self._known[text] = self._ask(text, self.bound)
            except TimeoutError as error:
                raise Spent from error
            except (BadQuery, SyntaxError, RuntimeError, ValueError):
                # A constant exchanged may leave no SPARQL: that suggestion is then none.
                self._known[text] = Result()
        return self._known[text]

    def original(self, text: str) -> Result:
        """Return the answer to the query as it was asked; raise BadQuery where the engine finds that it is none."""
        try:
            return self._ask(text, self.bound)
        except TimeoutError as error:
            raise Spent from error

    def any(self, parts: Sequence[Part], scope: Scope, swaps: Swaps) -> bool:
        """Return whether parts have a match; what shares no variable is asked apart, for no product of the two is needed."""
        if not scope.before and all(part.kind == "triple" for part in parts):
            return all(self._any(one, scope, swaps) for one in _connected(parts))
        return self._any(parts, scope, swaps)

    def _any(self, parts: Sequence[Part], scope: Scope, swaps: Swaps) -> bool:
        head = f"SELECT (1 AS ?explainOne){self._parameters}"
        return bool(self.result(self._select(head, group_text(parts, swaps), scope, 1)).rows)

    def values(self, expression: str, parts: Sequence[Part], scope: Scope, swaps: Swaps) -> list[Term]:
        """Return the values that an expression or a variable has over the matches of parts, each once."""
        shown = expression if expression == f"?{NEW}" else f"({expression} AS ?{NEW})"
        head = f"SELECT DISTINCT {shown}{self._parameters}"
        found = self.result(self._select(head, group_text(parts, swaps), scope, self.limits.values)).rows
        return sorted({row[0] for row in found if row[0] is not None}, key=str)

    def texts(self, head: str, where: str, limit: int) -> list[tuple[Term | None, ...]]:
        """Return the rows of a SELECT of our own, which the query's parameters have no part in."""
        names = self._parameters
        return [
            row[: len(row) - len(self.bound)]
            for row in self.result(f"{head}{names} WHERE {{ {where} }} LIMIT {limit}").rows
        ]

    def there(self, role: str, text: str) -> bool:
        """Return whether the data has an IRI at all: as a property, a class, a graph, or as a thing said or spoken of."""
        patterns = {
            "predicate": (f"?s {text} ?o",),
            "class": (f"?s <{PREFIXES['rdf']}type> {text}",),
            "graph": (f"GRAPH {text} {{ ?s ?p ?o }}",),
        }
        asked = patterns.get(role, (f"{text} ?p ?o", f"?s ?p {text}"))
        return any(self.texts("SELECT (1 AS ?explainOne)", pattern, 1) for pattern in asked)

    def count(self, swaps: Swaps = {}, *, without: Iterable[str] = ()) -> tuple[int, bool]:  # noqa: B006
        """Return how many rows the whole query has with other constants, and whether there are more than are counted."""
        asked, limit = self.asked, 1 if self.asked.form == "ASK" else self.limits.rows + 1
        if asked.counts or asked.form != "SELECT":
            text = self._select(
                f"SELECT (1 AS ?explainOne){self._parameters}", group_text(asked.where.parts, swaps), Scope(), limit
            )
        else:
            text = whole(asked, swaps, without=without, limit=limit)
        number = len(self.result(text).rows)
        return min(number, self.limits.rows), number > self.limits.rows

    def _select(self, head: str, inside: str, scope: Scope, limit: int) -> str:
        return f"{head} {self._dataset}WHERE {{ {scope.before}{inside}{scope.after} }} LIMIT {limit}"


def _connected(parts: Sequence[Part]) -> list[list[Part]]:
    """Return the parts in lots that share no variable with each other, each in the order of the query."""
    lots: list[tuple[set[str], list[int]]] = []
    for place, part in enumerate(parts):
        names, places = set(part.variables), [place]
        apart = []
        for lot in lots:
            if lot[0] & names:
                names |= lot[0]
                places += lot[1]
            else:
                apart.append(lot)
        lots = [*apart, (names, places)]
    return [[parts[place] for place in sorted(places)] for _, places in sorted(lots, key=lambda lot: min(lot[1]))]


def rows_of(result: Result) -> int:
    """Return how many rows or triples an answer has; a yes is one."""
    return len(result.rows) or len(result.triples or ()) or int(bool(result.boolean))
