"""Why a canned query has no rows: which of its parameters leave none, in the words of its form."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Variable

from kgpub.explain.model import Asker, Bound, Culprit, Explanation, Limits, Suggestion
from kgpub.explain.names import distance, shown_iri
from kgpub.explain.probe import Spent
from kgpub.explain.zero import explain
from kgpub.matching import similarity
from kgpub.parameters import Parameter
from kgpub.queries import Query
from kgpub.results import Result
from kgpub.vocabulary import PREFIXES, VOCABULARY_BASE

__all__ = ["explain_canned"]

_KEPT = 3
_DAYS = ("date", "gYear")


def explain_canned(
    ask: Asker, query: Query, bound: Bound, *, base: str = VOCABULARY_BASE, limits: Limits | None = None
) -> Explanation:
    """Return why a canned query has no rows with the terms that its parameters are bound to.

    Where no parameter is at fault, its SPARQL is explained as any other.
    """
    if query.endpoint:
        return Explanation("SELECT", None, not_looked_into=(f"a query for another endpoint, {query.endpoint}",))
    asking = _Asking(ask, query, base, limits or Limits())
    rows = None
    try:
        if rows := asking.count(bound):
            return Explanation("SELECT", rows)
        culprits = tuple(_culprits(asking, bound))
    except Spent:
        return Explanation("SELECT", rows, questions=asking.questions, complete=False)
    if culprits:
        return Explanation("SELECT", 0, culprits=culprits, questions=asking.questions)
    return explain(ask, query.text, base=base, bound=bound, limits=limits)


class _Asking:
    """Asks one query with other terms, within the limits."""

    def __init__(self, ask: Asker, query: Query, base: str, limits: Limits) -> None:
        self._ask = ask
        self.query = query
        self.base = base
        self.questions = 0
        self._limits = limits
        self._end = time.monotonic() + limits.seconds

    def result(self, bound: Bound, text: str = "") -> Result:
        """Return the answer with these terms; raise Spent where no more may be asked."""
        if self.questions >= self._limits.questions or time.monotonic() > self._end:
            raise Spent
        self.questions += 1
        try:
            return self._ask(text or self.query.text, bound)
        except TimeoutError as error:
            raise Spent from error

    def count(self, bound: Bound) -> int:
        """Return how many rows the query has with these terms."""
        return len(self.result(bound).rows)

    def said(self, parameter: Parameter, term: NamedNode | Literal) -> str:
        """Return a parameter with its value as a form shows them."""
        value = shown_iri(term.value, self.base).strip("<>") if isinstance(term, NamedNode) else term.value
        return f"{parameter.label}: {value}"


def _culprits(asking: _Asking, bound: Bound) -> Iterator[Culprit]:
    given = [one for one in asking.query.parameters if Variable(one.name) in bound]
    if turned := _turned(asking, given, bound):
        yield turned
        return
    free = [one for one in given if one.default == ""]
    plain = _without(bound, free)
    answer = asking.result(plain)
    if answer.rows and free:
        yield _limiting(asking, free, bound, answer)
        return
    for one in given:
        if one not in free and (made := _others(asking, one, plain)):
            term = bound[Variable(one.name)]
            reason = "No row has this value; nothing else that was given is needed for that."
            yield Culprit("parameter", (asking.said(one, term),), reason, made)


def _without(bound: Bound, gone: Sequence[Parameter]) -> Bound:
    names = {one.name for one in gone}
    return {variable: term for variable, term in bound.items() if variable.value not in names}


def _turned(asking: _Asking, given: Sequence[Parameter], bound: Bound) -> Culprit | None:
    """Two days of which the first is the later one."""
    for one, other in itertools.combinations([each for each in given if each.type in _DAYS], 2):
        first, last = bound[Variable(one.name)], bound[Variable(other.name)]
        if first.value <= last.value:
            continue
        rows = asking.count({**bound, Variable(one.name): last, Variable(other.name): first})
        said = (asking.said(one, first), asking.said(other, last))
        reason = f"{first.value} is later than {last.value}, so no day is in the span."
        use = f"{asking.said(one, last)}, {asking.said(other, first)}"
        turned = {one.name: last.value, other.name: first.value}
        suggestions = (Suggestion(", ".join(said), use, "the other way round", rows, given=turned),) if rows else ()
        return Culprit("parameters", said, reason, suggestions)
    return None


def _limiting(asking: _Asking, free: Sequence[Parameter], bound: Bound, answer: Result) -> Culprit:
    """The fewest of the parameters that may stay away with which the query has no rows."""
    core = list(free)
    for one in free:
        fewer = [each for each in core if each is not one]
        gone = [each for each in free if each not in fewer]
        if fewer and not asking.count(_without(bound, gone)):
            core = fewer
    made = [suggestion for one in core for suggestion in _others(asking, one, bound, answer)]
    said = tuple(asking.said(one, bound[Variable(one.name)]) for one in core)
    without = asking.count(_without(bound, core))
    what = "this" if len(core) == 1 else "these together"
    days = sorted(_days(asking, answer))
    span = f" Without what limits it, the days run from {days[0]} to {days[-1]}." if _shown(answer) else ""
    kind = "parameter" if len(core) == 1 else "parameters"
    return Culprit(kind, said, f"No row is left by {what}.{span}", tuple(made), without)


def _days(asking: _Asking, answer: Result) -> set[str]:
    """The days in an answer; of one that shows none, those of all documents."""
    every = f"SELECT DISTINCT ?day WHERE {{ ?document <{PREFIXES['dcterms']}date> ?day }}"
    return _shown(answer) or _shown(asking.result({}, every))


def _shown(answer: Result) -> set[str]:
    cells = [cell for row in answer.rows for cell in row if isinstance(cell, Literal)]
    return {cell.value[:10] for cell in cells if cell.datatype.value.endswith(("#date", "#dateTime", "#edtf"))}


def _others(
    asking: _Asking, parameter: Parameter, bound: Bound, answer: Result | None = None
) -> tuple[Suggestion, ...]:
    """What else a parameter may be: the nearest values of its pick-list, or the nearest days, that were measured to do."""
    variable = Variable(parameter.name)
    now = bound[variable]
    made: list[Suggestion] = []
    for term, label in _candidates(asking, parameter, now, answer):
        if rows := asking.count({**bound, variable: term}):
            said, given = asking.said(parameter, term), {parameter.name: term.value.removeprefix(asking.base)}
            made.append(Suggestion(asking.said(parameter, now), said, label, rows, given=given))
        if len(made) == _KEPT:
            break
    return tuple(made)


def _candidates(
    asking: _Asking, parameter: Parameter, now: NamedNode | Literal, answer: Result | None
) -> list[tuple[NamedNode | Literal, str]]:
    if parameter.type in _DAYS:
        size = 4 if parameter.type == "gYear" else 10
        days = {day[:size] for day in _days(asking, answer or Result()) if len(day) >= size}
        near = sorted(days, key=lambda day: (distance(day, now.value) or 0.0, day))[: 2 * _KEPT]
        return [(Literal(day, datatype=now.datatype), "") for day in near if isinstance(now, Literal)]
    if parameter.values:
        return [(Literal(value), "") for value in parameter.values if value != now.value]
    if not parameter.pick:
        return []
    rows = [row for row in asking.result({}, parameter.pick).rows if row[0] != now]
    found = [(row[0], getattr(row[1], "value", "")) for row in rows if isinstance(row[0], NamedNode | Literal)]
    return sorted(found, key=lambda one: (-similarity(one[0].value, now.value), one[0].value))[: 4 * _KEPT]
