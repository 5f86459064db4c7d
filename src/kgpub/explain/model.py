"""What an explanation says: culprits, each with what near it would give rows, as a value with a text and a JSON form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Variable

from kgpub.results import Result

__all__ = ["Asker", "Bound", "Culprit", "Explanation", "Limits", "Suggestion"]

Bound: TypeAlias = Mapping[Variable, NamedNode | Literal]
Asker: TypeAlias = Callable[[str, Bound], Result]
"""What answers a query with the terms that its parameters stand for; it may raise TimeoutError, which ends the explanation."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an explanation may ask; the seconds are looked at between two questions, for none can be interrupted."""

    questions: int = 150
    seconds: float = 5.0
    rows: int = 1000
    values: int = 2000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One change of the query, and the rows that the changed query was measured to have (`more`: more than so many).

    No rows: the part that was changed then has matches, but something else still empties the query. Where a query has
    several culprits, a change is measured with the first suggestion for each of the others followed.
    """

    instead: str
    use: str
    why: str
    rows: int
    more: bool = False
    query: str = ""
    """The whole query with the change, where that was asked for and the query has rows with it."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Of a canned query: the parameters that the change sets, as a form has them."""


@dataclass(frozen=True, slots=True)
class Culprit:
    """What empties the query: its parts as SPARQL, why in words, and what would not.

    `without` is how many rows the query has without it, None where that was not asked; `round` is 1 for what stands in the
    way first, 2 for what is left once the first suggestions are followed, and so on.
    """

    kind: str
    parts: tuple[str, ...]
    reason: str
    suggestions: tuple[Suggestion, ...] = ()
    without: int | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a query has no rows; or that it has some; or why that was not looked into."""

    form: str
    rows: int | None
    """None where it was not asked, or not answered in time."""
    more: bool = False
    culprits: tuple[Culprit, ...] = ()
    together: int | None = None
    """The rows of the query with the first suggestion for every culprit, where one alone is not enough."""
    not_looked_into: tuple[str, ...] = ()
    questions: int = 0
    complete: bool = True
    counts: bool = False
    """Whether it counts (or sums …) without groups: it has a row then, of nothing."""
    query: str = ""
    """The whole query with all the first suggestions, where that was asked for."""

    @property
    def text(self) -> str:
        """The explanation in plain words, a line for each thing."""
        return "\n".join(self._lines()) + "\n"

    def as_json(self) -> str:
        """Return the explanation as JSON, its keys those of this value."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"

    def as_dict(self) -> dict[str, Any]:
        """Return the explanation as plain values; what there is no query or parameter to mend with has no key for it."""
        return _told(asdict(self))

    def _lines(self) -> Iterator[str]:
        if self.rows:
            yield f"The query has {_rows(self.form, self.rows, self.more)}: there is nothing to explain."
            return
        if self.rows is None:
            told = f"Not asked, and not looked into: {', '.join(self.not_looked_into)}."
            yield told if self.not_looked_into else "The search ended before the query was answered."
            return
        yield "No." if self.form == "ASK" else "Nothing to count." if self.counts else "No rows."
        before = 1
        for culprit in self.culprits:
            if culprit.round > before:
                before = culprit.round
                yield "\nWith the first suggestions followed, this is still in the way:"
            yield from self._culprit(culprit)
        if self.together is not None:
            yield "\nThe numbers for one change are those with the first suggestion for every other followed."
            yield f"All the first suggestions together: {_rows(self.form, self.together, self.together >= 1000)}."
        for one in self.not_looked_into:
            yield f"\nNot looked into: {one}."
        if not self.complete:
            yield f"\nThe search ended early, after {self.questions} questions: there may be more to say."

    def _culprit(self, culprit: Culprit) -> Iterator[str]:
        yield ""
        yield from (f"  {part}" for part in culprit.parts)
        yield culprit.reason
        for one in culprit.suggestions:
            why = f" ({one.why})" if one.why else ""
            then = _rows(self.form, one.rows, one.more) if one.rows else "it matches, but the rest still does not"
            yield f"  - with {one.use} in place of {one.instead}: {then}{why}"
        if culprit.without:
            which = "it" if len(culprit.parts) == 1 else "them"
            yield f"  Without {which}: {_rows(self.form, culprit.without, culprit.without >= 1000)}."


def _told(values: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in values.items():
        if key in ("query", "given") and not value:
            continue
        parts = isinstance(value, tuple) and bool(value) and isinstance(value[0], dict)
        made[key] = [_told(one) for one in value] if parts else value
    return made


def _rows(form: str, number: int, more: bool) -> str:
    if form == "ASK":
        return "yes"
    unit = "row" if form == "SELECT" else "match"
    many = "s" if unit == "row" else "es"
    return f"{number:,}{' or more' if more else ''} {unit}{'' if number == 1 else many}"
