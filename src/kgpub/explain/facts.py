"""Why a culprit empties the query, in words: what of it the data does not have, and what it has in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pyoxigraph import Literal

from kgpub.explain.core import Found
from kgpub.explain.names import lexical, shown, term_text
from kgpub.explain.probe import NEW, Probe, Scope
from kgpub.explain.syntax import Comparison, Part, Slot, Swaps, slots_of, written
from kgpub.results import Term
from kgpub.vocabulary import PREFIXES

__all__ = ["reason"]

_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_SHOWN: Final = 5
_LOOKED_AT: Final = 12
_WHOLE: Final = ("triple", "comparison", "variable", "function", "part")


def reason(probe: Probe, found: Found, swaps: Swaps, base: str) -> str:
    """Return in a sentence or two why parts have no match, or leave no row."""
    if found.kind in ("pattern", "graph"):
        said = [_missing(probe, slot, found.scope, swaps, base) for slot in _constants(found.parts[0])]
        return " ".join(filter(None, said)) or _apart(probe, found, swaps, base)
    if found.kind == "values":
        return "It lists no value."
    if found.kind == "select":
        return "What stands inside has matches, but its own modifiers leave none."
    if found.kind == "join":
        shared = _shared(found.parts)
        missing = [_missing(probe, slot, found.scope, swaps, base) for part in found.parts for slot in _constants(part)]
        if shared and len(found.parts) == 2:
            return " ".join(
                [*filter(None, missing), f"Each matches alone, but no two of their matches agree on {shared}."]
            )
        return " ".join([*filter(None, missing), "Each matches alone, but not all at once."])
    if found.kind == "exists":
        return "No row has what it asks for."
    if found.kind in ("not exists", "minus"):
        return "Every row has what it excludes."
    removed = "This filter removes" if found.kind == "filter" else "Together these filters remove"
    values = [_values(probe, found, one, swaps, base) for part in found.parts for one in part.comparisons]
    return " ".join([f"{removed} every row.", *dict.fromkeys(filter(None, values))])


def _constants(part: Part) -> list[Slot]:
    pieces = part.head if part.kind == "graph" else part.pieces
    return [slot for slot in slots_of(pieces) if slot.role not in _WHOLE][:_LOOKED_AT]


def _missing(probe: Probe, slot: Slot, scope: Scope, swaps: Swaps, base: str) -> str:
    """What a constant lacks in the whole data, empty where it is there; texts are looked at with their property."""
    text = written((slot,), swaps)
    if not text.startswith("<") or text == _TYPE:
        return ""
    name = term_text(text, base)
    if probe.there(slot.role, text):
        return ""
    told = {
        "predicate": f"No statement has the property {name}.",
        "graph": f"There is no graph {name}.",
        "class": f"Nothing is of the class {name}.",
    }
    return told.get(slot.role, f"{name} stands nowhere in the data.")


def _apart(probe: Probe, found: Found, swaps: Swaps, base: str) -> str:
    """Everything in a pattern is in the data, but nowhere together: what stands in the place of a text, where it has one."""
    part = found.parts[0]
    for slot in _constants(part):
        text = written((slot,), swaps)
        if slot.role == "object" and text.startswith('"'):
            values = probe.values(f"?{NEW}", (part,), found.scope, {**swaps, slot.number: f"?{NEW}"})
            if not values:
                continue
            said = lexical(text)
            same = [one for one in values if isinstance(one, Literal) and one.value == said]
            if same:
                return f"The text is there, but written {' and '.join(term_text(one, base) for one in same[:_SHOWN])}."
            return f"No value is {term_text(text, base)}; there {_told(values, base)}."
    if found.scope.before and probe.any((part,), Scope(), swaps):
        return "It has matches, but in other graphs."
    return "Everything it names is in the data, but not together in one statement."


def _shared(parts: Sequence[Part]) -> str:
    names = sorted(frozenset().union(*(part.variables for part in parts)))
    shared = [name for name in names if sum(name in part.variables for part in parts) > 1]
    return " and ".join(f"?{name}" for name in shared)


def _values(probe: Probe, found: Found, one: Comparison, swaps: Swaps, base: str) -> str:
    left = written(one.left, swaps)
    values = probe.values(left, found.beside, found.scope, swaps)
    if not values:
        bound = frozenset().union(*(part.variables for part in found.beside))
        names = [written((slot,), swaps) for slot in slots_of(one.left) if slot.role == "variable"]
        unbound = sorted({name for name in names if name[1:] not in bound})
        if unbound:
            return f"No pattern binds {' or '.join(unbound)}."
        return f"{shown(one.left, base, swaps)} has no value in any row."
    return f"Of {shown(one.left, base, swaps)} there {_told(values, base)}."


def _told(values: Sequence[Term], base: str) -> str:
    """The values where they are few, else their kinds and the first and the last of them."""
    if len(values) <= _SHOWN:
        listed = ", ".join(term_text(one, base) for one in values)
        return f"is one value: {listed}" if len(values) == 1 else f"are {len(values)} values: {listed}"
    ordered = sorted(values, key=lambda one: (_number(one), getattr(one, "value", "")))
    first, last = term_text(ordered[0], base), term_text(ordered[-1], base)
    kinds = sorted({_kind(one, base) for one in values})
    return f"are {len(values):,} values ({', '.join(kinds[:_SHOWN])}), from {first} to {last}"


def _number(term: Term) -> float:
    try:
        return float(getattr(term, "value", ""))
    except ValueError:
        return 0.0


def _kind(term: Term, base: str) -> str:
    if not isinstance(term, Literal):
        return "IRI"
    return f"@{term.language}" if term.language else term_text(f"<{term.datatype.value}>", base)
