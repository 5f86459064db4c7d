"""A query as pieces of text: every constant that could be another is a slot, so that a query can be written with other ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = [
    "Asked",
    "Comparison",
    "Group",
    "Part",
    "Piece",
    "Pieces",
    "Slot",
    "Swaps",
    "group_text",
    "slots_of",
    "whole",
    "written",
]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the query whose text can be exchanged.

    Its role is `subject`, `predicate`, `object`, `class`, `graph`, `value` (VALUES, BIND), `filter` (a constant there),
    `variable` (of a filter), `comparison` or `triple` (a whole one).
    """

    number: int
    role: str
    pieces: Pieces


Piece: TypeAlias = "str | Slot"
Pieces: TypeAlias = tuple[Piece, ...]
Swaps: TypeAlias = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A test of a filter: an expression that varies from row to row, the operator or function, and the constants."""

    slot: Slot
    left: Pieces
    operator: str
    constants: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a group: a triple pattern, a filter, an OPTIONAL, a nested group.

    `head` is what stands before an inner group (`GRAPH <g>`, `OPTIONAL`).
    """

    kind: str
    pieces: Pieces
    variables: frozenset[str]
    inner: tuple[Group, ...] = ()
    head: Pieces = ()
    comparisons: tuple[Comparison, ...] = ()
    bound: str = ""
    """The variable that a BIND or a VALUES of one variable binds."""


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between two braces, in its order; each conjunct of a filter is a part of its own."""

    parts: tuple[Part, ...]

    @property
    def variables(self) -> frozenset[str]:
        """The variables that the group can bind."""
        inside = [part.variables for part in self.parts if part.kind not in ("filter", "exists", "not exists", "minus")]
        return frozenset().union(*inside)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query taken apart: `head` is what stands before WHERE, `after` the modifiers by name, in their order."""

    form: str
    head: Pieces
    dataset: Pieces
    where: Group
    after: Mapping[str, Pieces] = field(default_factory=dict)
    counts: bool = False
    """Whether it aggregates without GROUP BY, and so has a row whatever the pattern."""


def written(pieces: Iterable[Piece], swaps: Swaps = {}) -> str:  # noqa: B006 - it is only read
    """Return the text of pieces, with the texts of `swaps` in place of the slots of these numbers."""
    return "".join(
        piece if isinstance(piece, str) else swaps.get(piece.number) or written(piece.pieces, swaps) for piece in pieces
    )


def group_text(parts: Iterable[Part], swaps: Swaps = {}) -> str:  # noqa: B006
    """Return the parts of a group as they stand between its braces."""
    return " ".join(written(part.pieces, swaps) for part in parts)


def whole(asked: Asked, swaps: Swaps = {}, *, without: Iterable[str] = (), limit: int = 0) -> str:  # noqa: B006
    """Return the query as a SELECT with other constants, without the modifiers named, and with no more than `limit` rows."""
    select = asked.form == "SELECT"
    head = written(asked.head, swaps) if select else "SELECT *"
    gone = set(without)
    after = {name: written(pieces, swaps) for name, pieces in asked.after.items() if name not in gone}
    if limit and "limit" not in after:
        names = list(after)
        place = names.index("values") if "values" in names else len(names)
        after = dict([*list(after.items())[:place], ("limit", f"LIMIT {limit}"), *list(after.items())[place:]])
    where = group_text(asked.where.parts, swaps)
    return " ".join([head, written(asked.dataset, swaps), f"WHERE {{ {where} }}", *after.values()])


def slots_of(pieces: Iterable[Piece]) -> Iterator[Slot]:
    """Yield the slots of pieces, outer ones before those inside them."""
    for piece in pieces:
        if isinstance(piece, Slot):
            yield piece
            yield from slots_of(piece.pieces)
