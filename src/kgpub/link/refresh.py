"""Renews the pinned slice from an endpoint, and says what became of the items that we link to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgpub.link.entities import Entity
from kgpub.link.items import Item
from kgpub.link.ledger import Decision
from kgpub.link.names import forms
from kgpub.link.propose import unlinked
from kgpub.link.source import Progress
from kgpub.link.wikidata import WikidataSource, to_ntriples

__all__ = ["Refreshed", "refresh"]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The new slice, and what an editor must look at."""

    content: str
    items: int
    checked: int
    merged: tuple[tuple[str, str, str], ...]
    """Entity, the item it was linked to, and the item that this redirects to now."""
    deleted: tuple[tuple[str, str], ...]
    shared: tuple[tuple[str, tuple[str, ...]], ...]
    """An item, and the entities of ours that all lead to it."""
    doubled: tuple[tuple[str, tuple[str, ...]], ...]
    """An entity of ours, and the items that it is matched with."""

    opposed: tuple[tuple[str, str, str], ...] = ()
    """Entity, an item that was rejected for it, and the accepted item that this redirects to now."""

    @property
    def unchanged(self) -> int:
        """How many linked items are what they were."""
        return self.checked - len(self.merged) - len(self.deleted)

    def lines(self) -> Iterator[str]:
        """Yield the report, what needs an editor first."""
        for entity, old, new in self.merged:
            yield f"merged: {entity}: {old} redirects to {new}; defer {old}, and accept {new} if it is the same"
        for entity, old, new in self.opposed:
            yield f"rejected and accepted: {entity}: {old}, which was rejected, redirects to {new}; defer {old}"
        for entity, item in self.deleted:
            yield f"deleted: {entity}: nothing is said of {item} any more"
        for item, entities in self.shared:
            yield f"two of ours on one item: {item}: {', '.join(entities)}"
        for entity, items in self.doubled:
            yield f"one of ours on two items: {entity}: {', '.join(items)}"
        yield (
            f"{self.checked} linked items looked up: {self.unchanged} unchanged, {len(self.merged)} merged, "
            f"{len(self.deleted)} deleted. The slice holds {self.items} items."
        )

    @property
    def sound(self) -> bool:
        """Whether no link needs an editor."""
        return not (self.merged or self.deleted or self.shared or self.doubled or self.opposed)


def refresh(
    entities: Sequence[Entity], source: WikidataSource, decisions: Sequence[Decision], progress: Progress
) -> Refreshed:
    """Fetch all decided items, and the candidates of all unlinked entities, anew."""
    wanted = {one.id: forms(one.names, one.kind) for one in unlinked(entities, decisions) if not one.unidentified}
    found = source.search(wanted, progress) if wanted else {}
    asked = {one.item for one in decisions} | {item for items in found.values() for item in items}
    items = source.fetch(sorted(asked), progress)
    targets = {item.merged_into for item in items.values() if item.merged_into} - set(items)
    items |= source.fetch(sorted(targets), progress)
    return _report(decisions, items, to_ntriples(source.triples()))


def _report(decisions: Sequence[Decision], items: Mapping[str, Item], content: str) -> Refreshed:
    exact = sorted((one.entity, one.item) for one in decisions if one.exact)
    merged = [(entity, item, items[item].merged_into) for entity, item in exact if items[item].merged_into]
    deleted = [(entity, item) for entity, item in exact if not items[item].known]
    rejected = [(one.entity, one.item) for one in decisions if one.decision == "reject"]
    pairs = {(entity, items[item].merged_into or item) for entity, item in exact}
    opposed = [
        (entity, item, target)
        for entity, item in sorted(rejected)
        if (target := items[item].merged_into) and (entity, target) in pairs
    ]
    return Refreshed(
        content=content,
        items=sum(1 for item in items.values() if item.known),
        checked=len(exact),
        merged=tuple(merged),
        deleted=tuple(deleted),
        shared=_several([(items[item].merged_into or item, entity) for entity, item in exact]),
        doubled=_several([(entity, items[item].merged_into or item) for entity, item in exact]),
        opposed=tuple(opposed),
    )


def _several(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return tuple((key, tuple(sorted(values))) for key, values in sorted(found.items()) if len(values) > 1)
