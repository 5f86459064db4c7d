"""The ledger of links, replayed: what was decided last about each pair of an entry of ours and an item elsewhere."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kgpub.convert.context import Context
from kgpub.model import Problem, RawLayer

__all__ = ["Link", "replay"]


@dataclass(frozen=True, slots=True)
class Link:
    """One decision, and where in the ledger it stands."""

    entity: str
    item: str
    decision: str
    """`accept`, `reject` or `defer`."""
    match: str
    """`exact` or `close`."""
    agreed: tuple[str, ...]
    evidence: str
    reason: str
    by: str
    on: str
    file: str
    field: str


def replay(layer: RawLayer | None, context: Context) -> tuple[tuple[Link, ...], list[Problem]]:
    """Return what stands after all decisions, in the order of the ledger, and what is wrong with it.

    A later decision on the same pair replaces the earlier one. Two items on one entry, or one item on two entries, are
    problems: an exact match says that both are the same thing.
    """
    if layer is None:
        return (), []
    read = [_link(layer, index, raw) for index, raw in enumerate(layer.data["links"])]
    problems = [problem for one in read for problem in _unknown(one, layer, context)]
    last = {(one.entity, one.item): one for one in read}
    links = [one for one in read if last[one.entity, one.item] is one]
    problems += _doubled(links, layer)
    return tuple(links), problems


def _link(layer: RawLayer, index: int, raw: Any) -> Link:
    return Link(
        entity=raw["entity"],
        item=raw["item"],
        decision=raw["decision"],
        match=raw.get("match", "exact"),
        agreed=tuple(raw.get("agreed", ())),
        evidence=raw.get("evidence", ""),
        reason=raw.get("reason", ""),
        by=raw["by"],
        on=str(raw["on"]),
        file=layer.file,
        field=f"links[{index}]",
    )


def _unknown(link: Link, layer: RawLayer, context: Context) -> Iterator[Problem]:
    if link.entity in context.kinds:
        return
    near = difflib.get_close_matches(link.entity, sorted(context.kinds), 1, 0.5)
    advice = f"Did you mean {near[0]!r}?" if near else "Name the id of an entry of the authority files."
    path = f"{link.field}.entity"
    yield Problem(layer.file, layer.line(path), path, link.entity, "stands in no authority file", advice)


def _doubled(links: Sequence[Link], layer: RawLayer) -> Iterator[Problem]:
    exact = [one for one in links if one.decision == "accept" and one.match == "exact"]
    for key, advice in (
        ("entity", "Reject one of the two items, or accept it as a close match."),
        ("item", "Reject it for one of the two entries, or merge them if they are one."),
    ):
        seen: dict[str, Link] = {}
        for one in exact:
            value, path = getattr(one, key), f"{one.field}.{key}"
            if earlier := seen.get(value):
                other = earlier.item if key == "entity" else earlier.entity
                message = f"is matched exactly with {other} too (line {layer.line(earlier.field)})"
                yield Problem(layer.file, layer.line(path), path, value, message, advice)
            seen.setdefault(value, one)
