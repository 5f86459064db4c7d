"""Other constants, variables and functions for a filter: what the rows that it removes have to offer."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from kgpub.explain.change import ALIKE, Change
from kgpub.explain.core import Found
from kgpub.explain.names import Names, distance, lexical, nearness
from kgpub.explain.probe import Probe
from kgpub.explain.syntax import Comparison, Pieces, Slot, Swaps, slots_of, written
from kgpub.results import Term

__all__ = ["compared"]

_ORDERED: Final = ("<", ">", "<=", ">=")


def compared(probe: Probe, names: Names, found: Found, one: Comparison, swaps: Swaps) -> Iterator[Change]:
    """Yield what could stand in a comparison that no row passes: a value that there is, a kind, a variable, a looser test."""
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
                if score > ALIKE:
                    yield Change(slot, f"?{other}", score)
