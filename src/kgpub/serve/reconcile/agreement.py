"""Whether a value that a client gives agrees with what we know: days as far as both go, numbers by nearness, others by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from kgpub.matching import fold, similarity
from kgpub.serve.reconcile.entities import Day, Entity, Link, Name, Value
from kgpub.serve.reconcile.properties import Property

__all__ = ["AGREES", "Condition", "Given", "Reference", "Verdict", "compare", "text_of"]

AGREES: Final = 0.9
"""From this likeness on two values agree."""
_NEAR: Final = 0.05
"""How far two coordinates may lie apart, in degrees."""
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?")
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that a client has matched already."""

    id: str
    name: str = ""


Given: TypeAlias = Reference | str | int | float | bool


@dataclass(frozen=True, slots=True)
class Condition:
    """A property with the values that a client gives; one that agrees is enough.

    `ids` are the entities that the values name, found beforehand where the property leads to entities.
    """

    property: Property
    values: tuple[Given, ...]
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an entity stands to the conditions: how many agree, are missed, are contradicted, and cannot be judged."""

    agreed: int = 0
    missed: int = 0
    contradicted: int = 0
    unknown: int = 0


def compare(entity: Entity, conditions: Iterable[Condition]) -> Verdict:
    """Return how an entity stands to conditions: a single value that differs contradicts, one of several is only missed."""
    count = Counter(_standing(entity, condition) for condition in conditions if condition.values)
    return Verdict(count["agreed"], count["missed"], count["contradicted"], count["unknown"])


def text_of(given: Given) -> str:
    """Return a given value as text."""
    return (given.name or given.id) if isinstance(given, Reference) else str(given).strip()


def _standing(entity: Entity, condition: Condition) -> str:
    known = entity.facts.get(condition.property.id, ())
    if not known:
        return "unknown"
    single = condition.property.single
    if any(isinstance(one, Link) and one.id in condition.ids for one in known):
        return "agreed"
    texts = [text_of(one) for one in condition.values]
    if any(_agree(text, value, single) for text in texts for value in known if not isinstance(value, Link)):
        return "agreed"
    return "contradicted" if single else "missed"


def _agree(text: str, value: Value, single: bool) -> bool:
    if isinstance(value, Day):
        return _same_day(text, value.text)
    if isinstance(value, int | float):
        return _same_number(text, value)
    if isinstance(value, Name):
        return fold(text) == fold(value.text)
    if isinstance(value, str) and single:
        # Q109356 and Q109357 are alike as words, and as far apart as can be.
        return text.rpartition("/")[2] == value.rpartition("/")[2]
    return isinstance(value, str) and similarity(text, value) >= AGREES


def _same_day(given: str, known: str) -> bool:
    iso = _ISO.fullmatch(given)
    parts = [part for part in iso.groups() if part] if iso else _YEAR.findall(given)[:1]
    ours = _ISO.match(known)
    if not parts or not ours:
        return given == known
    return all(one == other for one, other in zip(parts, filter(None, ours.groups()), strict=False))


def _same_number(given: str, known: float) -> bool:
    try:
        number = float(given)
    except ValueError:
        return False
    return number == known if isinstance(known, int) else abs(number - known) <= _NEAR
