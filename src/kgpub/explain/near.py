"""What near a culprit would not empty the query: other constants in its place, each measured by asking the query with it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kgpub.explain.core import Found
from kgpub.explain.model import Suggestion
from kgpub.explain.names import Names, distance, lexical, nearness, shown, term_text
from kgpub.explain.probe import NEW, Probe, Scope
from kgpub.explain.syntax import Comparison, Part, Pieces, Slot, Swaps, slots_of, written
from kgpub.results import Term

__all__ = ["Change", "changes", "measured"]

_CONSTANTS: Final = ("predicate", "subject", "object", "class", "graph", "value")
_ORDERED: Final = ("<", ">", "<=", ">=")
_TRIED: Final = 6
_KEPT: Final = 3
_WINDOW: Final = 0.12
_GUESS: Final = 0.6


@dataclass(frozen=True, slots=True)
class Change:
    """Another text for one slot, how near it is to the one that stands there (1: the same name), and by what."""

    slot: Slot
    text: str
    score: float
    why: str = ""
    pieces: Pieces = ()
    """How it is shown, where that is more than a term."""

    @property
    def swaps(self) -> Mapping[int, str]:
        """The change as swaps."""
        return {self.slot.number: self.text}


def changes(probe: Probe, names: Names, found: Found, swaps: Swaps) -> list[Change]:
    """Return what could stand in place of what empties the query, the nearest first, not yet measured."""
    if found.kind in ("filter", "filters"):
        made = [
            one
            for part in found.parts
            for each in part.comparisons
            for one in _compared(probe, names, found, each, swaps)
        ]
    elif found.kind in ("minus", "not exists"):
        made = []
    else:
        made = [one for part in found.parts for one in _replaced(probe, names, found, part, swaps)]
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
    parts = (*found.beside, *found.parts) if found.kind in ("filter", "filters", "join") else found.parts
    for one in () if kept else near[:_TRIED]:
        if one.score > _GUESS and probe.any(parts, found.scope, {**swaps, **one.swaps}):
            return [(one, _suggestion(one, swaps, base, 0, False))]
    return kept


def _suggestion(change: Change, swaps: Swaps, base: str, rows: int, more: bool) -> Suggestion:
    why = change.why or ("" if change.score > _GUESS else "not alike, but it is there")
    use = shown(change.pieces, base, swaps) if change.pieces else term_text(change.text, base)
    return Suggestion(shown((change.slot,), base, swaps), use, why, rows, more)


# -- constants of patterns -----------------------------------------------------------------------------------------------


def _replaced(probe: Probe, names: Names, found: Found, part: Part, swaps: Swaps) -> Iterator[Change]:
    if part.kind in ("values", "bind"):
        yield from _listed(probe, names, found, part, swaps)
        return
    slots = [slot for slot in slots_of(part.head if part.kind == "graph" else part.pieces) if slot.role in _CONSTANTS]
    for slot in (*slots, *found.scope.slots):
        if slot.number in swaps:
            continue
        for term in _instead(probe, found, part, slot, slots, swaps):
            if str(term) != written((slot,), swaps) and not _said(part, slot, term, found, swaps):
                score, why = names.alike(written((slot,), swaps), term)
                yield Change(slot, str(term), max(score, _least(found, slot)), why)
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
    for one in _likeliest(probe, names, found, part, first, slots, swaps):
        for slot in gone:
            made = {**swaps, first.number: one.text}
            for other in _likeliest(probe, names, found, part, slot, slots, made) if slot is not first else ():
                exchanged = {first.number: one.text, slot.number: other.text}
                pieces = tuple(
                    Slot(piece.number, piece.role, (exchanged[piece.number],))
                    if isinstance(piece, Slot) and piece.number in exchanged
                    else piece
                    for piece in triple.pieces
                )
                yield Change(triple, written(pieces, swaps), min(one.score, other.score), other.why, pieces)


def _likeliest(
    probe: Probe, names: Names, found: Found, part: Part, slot: Slot, slots: Sequence[Slot], swaps: Swaps
) -> list[Change]:
    terms = _instead(probe, found, part, slot, slots, swaps)
    made = [Change(slot, str(term), *names.alike(written((slot,), swaps), term)) for term in terms]
    return sorted(made, key=lambda one: (-round(one.score, 6), one.text))[:_KEPT]


def _least(found: Found, slot: Slot) -> float:
    """How near a change is at least, whatever its name: what is right but for its graph, and then what is of another class."""
    if slot in found.scope.slots:
        return 0.8
    return 0.7 if found.kind == "join" and slot.role == "class" else 0.0


def _instead(probe: Probe, found: Found, part: Part, slot: Slot, slots: Sequence[Slot], swaps: Swaps) -> Sequence[Term]:
    """The terms with which the query has matches; where there are none, those of the part beside its neighbours, or alone."""
    new = {**swaps, slot.number: f"?{NEW}"}
    if slot.role == "predicate" and not _plain(part, slot):
        # No variable may stand in a path.
        return probe.values(f"?{NEW}", (_ANY_PROPERTY,), Scope(), {})
    where = probe.asked.where.parts
    near = [one for one in found.beside if one.variables & part.variables]
    tries = [(where, Scope()), ([*near, part], found.scope), ((part,), found.scope)]
    for parts, scope in tries:
        terms = [one for one in probe.values(f"?{NEW}", parts, scope, new) if isinstance(one, NamedNode | Literal)]
        if terms:
            return terms
    if slot.role in ("predicate", "class") and not probe.there(slot.role, written((slot,), swaps)):
        # Two constants are wrong at once: the others of this part are left open as well.
        free = {one.number: f"?explainFree{one.number}" for one in slots if one is not slot}
        found_free = probe.values(f"?{NEW}", (part,), found.scope, {**new, **free})
        return [one for one in found_free if isinstance(one, NamedNode)]
    return []


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


def _said(part: Part, slot: Slot, term: Term, found: Found, swaps: Swaps) -> bool:
    """Whether the part would say what another one of the query already says."""
    text = written(part.pieces, {**swaps, slot.number: str(term)})
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


# -- filters -----------------------------------------------------------------------------------------------------------------


def _compared(probe: Probe, names: Names, found: Found, one: Comparison, swaps: Swaps) -> Iterator[Change]:
    if one.slot.number in swaps:
        return
    values = probe.values(written(one.left, swaps), found.beside, found.scope, swaps)
    if not values:
        yield from _variables(found, one, swaps)
        return
    for constant in one.constants:
        text = written((constant,), swaps)
        if one.operator in ("CONTAINS", "STRSTARTS", "STRENDS", "REGEX"):
            yield from _loosened(one, constant, swaps)
            continue
        for term in values:
            if str(term) == text:
                continue
            yield Change(constant, str(term), *_nearness(names, one.operator, text, term))
        yield from _retyped(text, constant, values)


def _nearness(names: Names, operator: str, text: str, term: Term) -> tuple[float, str]:
    if operator in _ORDERED and isinstance(term, Literal):
        apart = distance(lexical(text), term.value)
        if apart is not None:
            return nearness(apart), ""
    return names.alike(text, term)


def _retyped(text: str, constant: Slot, values: Sequence[Term]) -> Iterator[Change]:
    """The constant as it stands, with a datatype or a language that the values have."""
    if not text.startswith('"'):
        return
    said = lexical(text)
    kinds = {(one.language or "", one.datatype.value) for one in values if isinstance(one, Literal)}
    for language, datatype in sorted(kinds):
        other = str(Literal(said, language=language) if language else Literal(said, datatype=NamedNode(datatype)))
        if other != text:
            yield Change(
                constant, other, 1.0, "the kind of text that the values are" if language else "the values' datatype"
            )


def _loosened(one: Comparison, constant: Slot, swaps: Swaps) -> Iterator[Change]:
    """A search in a text without regard to case, languages and datatypes."""
    loose: Pieces = ("LCASE(STR(", *one.left, "))")
    if one.operator == "REGEX":
        yield _tried(
            one, ("REGEX(STR(", *one.left, "), STR(", constant, '), "i")'), 0.99, "without regard to case", swaps
        )
        return
    pieces = (f"{one.operator}(", *loose, ", LCASE(STR(", constant, ")))")
    yield _tried(one, pieces, 0.99, "without regard to case", swaps)
    words = [word for word in lexical(written((constant,), swaps)).split() if len(word) > 3]
    for word in words:
        text = str(Literal(word.lower()))
        yield _tried(one, ("CONTAINS(", *loose, f", {text})"), 0.65, "a word of it anywhere", swaps)


def _tried(one: Comparison, pieces: Pieces, score: float, why: str, swaps: Swaps) -> Change:
    return Change(one.slot, written(pieces, swaps), score, why, pieces)


def _variables(found: Found, one: Comparison, swaps: Swaps) -> Iterator[Change]:
    """The variables whose names are like one that has no value in any row."""
    bound = sorted(frozenset().union(*(part.variables for part in found.beside)))
    for slot in slots_of(one.left):
        name = written((slot,), swaps)[1:]
        if slot.role == "variable" and name not in bound:
            for other in bound:
                score = difflib.SequenceMatcher(None, name, other).ratio()
                if score > _GUESS:
                    yield Change(slot, f"?{other}", score)
