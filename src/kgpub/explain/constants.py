"""Other constants for a pattern: what the query has matches with in their place, the nearest by name first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from kgpub.explain.change import ALIKE, Change
from kgpub.explain.core import Found
from kgpub.explain.names import Names
from kgpub.explain.probe import NEW, Probe, Scope
from kgpub.explain.syntax import Part, Slot, Swaps, slots_of, written
from kgpub.results import Term

__all__ = ["replaced"]

_CONSTANTS: Final = ("predicate", "subject", "object", "class", "graph", "value")
_PAIRED: Final = 3


def replaced(probe: Probe, names: Names, found: Found, part: Part, swaps: Swaps) -> Iterator[Change]:
    """Yield other constants for a part that has no match, or none with the others."""
    if part.kind in ("values", "bind"):
        yield from _listed(probe, names, found, part, swaps)
        return
    slots = [slot for slot in slots_of(part.head if part.kind == "graph" else part.pieces) if slot.role in _CONSTANTS]
    for slot in (*slots, *found.scope.slots):
        if slot.number in swaps:
            continue
        for one in _nearest(probe, names, found, part, slot, slots, swaps):
            if one.text != written((slot,), swaps) and not _said(part, one, found, swaps):
                yield Change(slot, one.text, max(one.score, _least(found, slot)), one.why)
    yield from _both(probe, names, found, part, slots, swaps)
    yield from _turned(probe, found, part, swaps)


def _both(
    probe: Probe, names: Names, found: Found, part: Part, slots: Sequence[Slot], swaps: Swaps
) -> Iterator[Change]:
    """A triple of which a property and another constant are both not there: the likeliest pairs that are."""
    triple = next((slot for slot in slots_of(part.pieces) if slot.role == "triple"), None)
    gone = [slot for slot in slots if not probe.there(slot.role, written((slot,), swaps))]
    first = next((slot for slot in gone if slot.role == "predicate" and _plain(part, slot)), None)
    if triple is None or first is None or len(gone) < 2:
        return
    for one in _nearest(probe, names, found, part, first, slots, swaps)[:_PAIRED]:
        for slot in gone:
            made = {**swaps, first.number: one.text}
            if slot is first:
                continue
            for other in _nearest(probe, names, found, part, slot, slots, made)[:_PAIRED]:
                exchanged = {first.number: one.text, slot.number: other.text}
                pieces = tuple(
                    Slot(piece.number, piece.role, (exchanged[piece.number],))
                    if isinstance(piece, Slot) and piece.number in exchanged
                    else piece
                    for piece in triple.pieces
                )
                yield Change(triple, written(pieces, swaps), min(one.score, other.score), other.why, pieces)


def _nearest(
    probe: Probe, names: Names, found: Found, part: Part, slot: Slot, slots: Sequence[Slot], swaps: Swaps
) -> list[Change]:
    """What could stand in a slot, the nearest first: what the query has matches with, and where that is nothing alike,
    what the part has."""
    made: list[Change] = []
    for terms in _instead(probe, found, part, slot, slots, swaps):
        made += [Change(slot, str(term), *names.alike(written((slot,), swaps), term)) for term in terms]
        if any(one.score > ALIKE for one in made):
            break
    return sorted(made, key=lambda one: (-round(one.score, 6), one.text))


def _least(found: Found, slot: Slot) -> float:
    """How near a change is at least, whatever its name: what is right but for its graph, and then what is of another class."""
    if slot in found.scope.slots:
        return 0.8
    return 0.7 if found.kind == "join" and slot.role == "class" else 0.0


def _instead(
    probe: Probe, found: Found, part: Part, slot: Slot, slots: Sequence[Slot], swaps: Swaps
) -> Iterator[Sequence[Term]]:
    """The terms with which the query has matches; then those with which the part has, beside its neighbours and alone."""
    new = {**swaps, slot.number: f"?{NEW}"}
    if slot.role == "predicate" and not _plain(part, slot):
        # No variable may stand in a path.
        yield probe.values(f"?{NEW}", (_ANY_PROPERTY,), Scope(), {})
        return
    near = [one for one in found.beside if one.variables & part.variables]
    alone = [([*near, part], found.scope), ([part], found.scope)]
    together = [([*near, *found.parts], found.scope), (list(found.parts), found.scope)]
    any_there = False
    for parts, scope in [(list(probe.asked.where.parts), Scope()), *(together if found.kind == "join" else alone)]:
        terms = [one for one in probe.values(f"?{NEW}", parts, scope, new) if isinstance(one, NamedNode | Literal)]
        any_there = any_there or bool(terms)
        if terms:
            yield terms
    if not any_there and slot.role in ("predicate", "class") and not probe.there(slot.role, written((slot,), swaps)):
        # Two constants are wrong at once: the others of this part are left open as well.
        free = {one.number: f"?explainFree{one.number}" for one in slots if one is not slot}
        terms_free = probe.values(f"?{NEW}", (part,), found.scope, {**new, **free})
        yield [one for one in terms_free if isinstance(one, NamedNode)]


def _listed(probe: Probe, names: Names, found: Found, part: Part, swaps: Swaps) -> Iterator[Change]:
    """Of a VALUES or a BIND: what its variable is where the part does not say."""
    slots = [slot for slot in slots_of(part.pieces) if slot.role in ("value", "filter")]
    if not part.bound or not slots:
        return
    others = [one for one in probe.asked.where.parts if one is not part]
    rest = [one for one in found.parts if one is not part]
    for parts, scope in ((others, Scope()), ([*found.beside, *rest], found.scope), (rest, found.scope)):
        if terms := probe.values(f"?{part.bound}", parts, scope, swaps):
            for slot in slots:
                yield from (Change(slot, str(term), *names.alike(written((slot,), swaps), term)) for term in terms)
            return


def _said(part: Part, change: Change, found: Found, swaps: Swaps) -> bool:
    """Whether the part would say what another one of the query already says."""
    text = written(part.pieces, {**swaps, **change.swaps})
    return any(written(one.pieces, swaps) == text for one in (*found.beside, *found.parts) if one is not part)


def _turned(probe: Probe, found: Found, part: Part, swaps: Swaps) -> Iterator[Change]:
    """A triple with subject and object exchanged, where that has a match."""
    for slot in slots_of(part.pieces):
        ends = written(slot.pieces[-1:], swaps) if slot.role == "triple" else '"'
        if ends.startswith('"') or slot.number in swaps:
            continue
        turned = (*slot.pieces[-1:], *slot.pieces[1:-1], *slot.pieces[:1])
        text = written(turned, swaps)
        if probe.any((part,), found.scope, {**swaps, slot.number: text}):
            yield Change(slot, text, 0.92, "the other way round", turned)


def _plain(part: Part, slot: Slot) -> bool:
    """Whether a property stands alone between subject and object, and not in a path."""
    return any(one.role == "triple" and one.pieces[1:-1] == (" ", slot, " ") for one in slots_of(part.pieces))


_ANY_PROPERTY: Final = Part("triple", (f"?explainS ?{NEW} ?explainO .",), frozenset())
