"""Which parts of a query leave it without rows: a smallest set, found by leaving parts out and asking again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kgpub.explain.probe import Probe, Scope
from kgpub.explain.syntax import Group, Part, Swaps, slots_of, written

__all__ = ["Found", "reasons"]

_JOINED: Final = ("triple", "group", "union", "graph", "select", "values", "bind")
_FILTERS: Final = ("filter", "exists", "not exists", "minus")


@dataclass(frozen=True, slots=True)
class Found:
    """Parts that empty the query, and what they were asked together with.

    Kinds: `pattern`, `graph`, `values`, `select` (nothing matches it alone), `join` (each matches, together they do not),
    `filter`, `exists`, `not exists`, `minus` (one that removes every row), `filters` (several that do together).
    """

    kind: str
    parts: tuple[Part, ...]
    beside: tuple[Part, ...]
    scope: Scope


def reasons(probe: Probe, group: Group, scope: Scope, swaps: Swaps) -> list[Found]:
    """Return what leaves a group without matches: every pattern that matches nothing alone, else a join, else filters."""
    joined = [part for part in group.parts if part.kind in _JOINED]
    empty = [part for part in joined if part.kind != "bind" and not probe.any((part,), scope, swaps)]
    if empty:
        beside = tuple(part for part in joined if part not in empty)
        return [found for part in empty for found in _opened(probe, part, beside, scope, swaps)]
    if not probe.any(joined, scope, swaps):
        core = _shrunk(joined, lambda parts: not probe.any(parts, scope, swaps))
        return [Found("join", core, tuple(part for part in joined if part not in core), scope)]
    matched = [part for part in group.parts if part.kind not in _FILTERS]
    if not probe.any(matched, scope, swaps):
        core = _shrunk(matched, lambda parts: not probe.any(parts, scope, swaps))
        return [Found("join", core, tuple(part for part in matched if part not in core), scope)]
    return _filters(probe, group, matched, scope, swaps)


def _opened(probe: Probe, part: Part, beside: tuple[Part, ...], scope: Scope, swaps: Swaps) -> list[Found]:
    """What empties one part that has no matches alone: itself, or something inside it."""
    if part.kind == "triple":
        return [Found("pattern", (part,), beside, scope)]
    if part.kind == "values":
        return [Found("values", (part,), beside, scope)]
    inside = scope.inside(part.head, swaps) if part.kind == "graph" else scope
    if part.kind == "graph" and not probe.any((_ANYTHING,), inside, swaps):
        return [Found("graph", (part,), beside, scope)]
    found = [one for group in part.inner for one in reasons(probe, group, inside, swaps)]
    return found or [Found("select", (part,), beside, scope)]


def _filters(probe: Probe, group: Group, matched: Sequence[Part], scope: Scope, swaps: Swaps) -> list[Found]:
    filters = [part for part in group.parts if part.kind in _FILTERS]

    def empties(chosen: Sequence[Part]) -> bool:
        kept = [part for part in group.parts if part in matched or part in chosen]
        return not probe.any(kept, scope, swaps)

    if not filters or not empties(filters):
        return []
    alone = [part for part in filters if empties((part,))]
    if not alone:
        return [Found("filters", _shrunk(filters, empties), tuple(matched), scope)]
    return [found for part in alone for found in _removing(probe, part, tuple(matched), scope, swaps)]


def _removing(probe: Probe, part: Part, matched: tuple[Part, ...], scope: Scope, swaps: Swaps) -> list[Found]:
    """One filter that removes every row; an EXISTS is looked into as if its group were joined."""
    if part.kind == "exists":
        joined = tuple(one for one in matched if one.kind in _JOINED)
        if found := reasons(probe, Group((*joined, *part.inner[0].parts)), scope, swaps):
            return found
    if part.kind == "filter" and (optional := _unfilled(probe, part, matched, scope, swaps)) is not None:
        joined = tuple(one for one in matched if one.kind in _JOINED)
        if found := reasons(probe, Group((*joined, *optional.inner[0].parts)), scope, swaps):
            return found
    return [Found(part.kind, (part,), matched, scope)]


def _unfilled(probe: Probe, part: Part, matched: Sequence[Part], scope: Scope, swaps: Swaps) -> Part | None:
    """The OPTIONAL that alone could bind a variable which the filter compares, and never does."""
    for comparison in part.comparisons:
        names = {written(slot.pieces)[1:] for slot in slots_of(comparison.left) if slot.role == "variable"}
        if not comparison.constants or probe.values(written(comparison.left, swaps), matched, scope, swaps):
            continue
        for one in matched:
            if one.kind == "optional" and names & one.inner[0].variables:
                return one
    return None


def _shrunk(parts: Sequence[Part], empties: Callable[[Sequence[Part]], bool]) -> tuple[Part, ...]:
    """Return parts none of which can be left out: the plainest are tried first, so that what names something stays."""
    core = list(parts)
    for part in sorted(parts, key=lambda part: (_named(part), -parts.index(part))):
        fewer = [one for one in core if one is not part]
        if fewer and empties(fewer):
            core = fewer
    return tuple(core)


def _named(part: Part) -> int:
    """How much of its own a part names: a type says less than a thing, a thing less than a text."""
    weights = {"subject": 3, "object": 3, "value": 3, "filter": 3, "class": 1}
    return max((weights.get(slot.role, 0) for slot in slots_of(part.pieces)), default=0)


_ANYTHING = Part("triple", ("?explainS ?explainP ?explainO .",), frozenset({"explainS", "explainP", "explainO"}))
