"""What near a culprit would not empty the query: changes, each measured by asking the query with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kgpub.explain.change import ALIKE, Change
from kgpub.explain.comparisons import compared
from kgpub.explain.constants import replaced
from kgpub.explain.core import Found
from kgpub.explain.model import Suggestion
from kgpub.explain.names import Names, shown, term_text
from kgpub.explain.probe import Probe
from kgpub.explain.syntax import Swaps

__all__ = ["changes", "measured"]

_WINDOW: Final = 0.12
"""How far behind the nearest change another one may be and still be told."""

_TRIED: Final = 6
_KEPT: Final = 3


def changes(probe: Probe, names: Names, found: Found, swaps: Swaps) -> list[Change]:
    """Return what could stand in place of what empties the query, the nearest first, not yet measured."""
    if found.kind in ("filter", "filters"):
        made = [
            one
            for part in found.parts
            for each in part.comparisons
            for one in compared(probe, names, found, each, swaps)
        ]
    elif found.kind in ("minus", "not exists"):
        made = []
    else:
        made = [one for part in found.parts for one in replaced(probe, names, found, part, swaps)]
    best: dict[tuple[int, str], Change] = {}
    for one in made:
        key = (one.slot.number, one.text)
        if key not in best or best[key].score < one.score:
            best[key] = one
    return sorted(best.values(), key=lambda one: (-round(one.score, 6), one.slot.number, one.text))


def measured(
    probe: Probe, found: Found, near: Sequence[Change], swaps: Swaps, base: str
) -> list[tuple[Change, Suggestion]]:
    """Return the nearest changes with which the query has rows; where none has, one with which the culprit has matches."""
    kept: list[tuple[Change, Suggestion]] = []
    for one in near[:_TRIED]:
        if len(kept) == _KEPT or (kept and one.score < kept[0][0].score - _WINDOW):
            break
        rows, more = probe.count({**swaps, **one.swaps})
        if rows:
            kept.append((one, _suggestion(one, swaps, base, rows, more)))
    if kept and kept[0][0].score > ALIKE:
        return kept
    # Nothing alike gives rows: what is alike and lets the culprit match is likelier meant, and the rest is looked at next.
    parts = (*found.beside, *found.parts) if found.kind in ("filter", "filters", "join") else found.parts
    for one in near[:_TRIED]:
        if one.score > ALIKE and probe.any(parts, found.scope, {**swaps, **one.swaps}):
            return [(one, _suggestion(one, swaps, base, 0, False)), *kept[: _KEPT - 1]]
    return kept


def _suggestion(change: Change, swaps: Swaps, base: str, rows: int, more: bool) -> Suggestion:
    why = change.why if change.score > ALIKE else "not alike, but it is there"
    use = shown(change.pieces, base, swaps) if change.pieces else term_text(change.text, base)
    return Suggestion(shown((change.slot,), base, swaps), use, why, rows, more)
