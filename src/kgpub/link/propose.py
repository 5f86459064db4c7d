"""Candidates for our entities, ranked, with what sets the first apart from the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kgpub.link.entities import Entity
from kgpub.link.items import Item
from kgpub.link.ledger import Decision
from kgpub.link.names import forms
from kgpub.link.score import Score, score
from kgpub.link.source import Progress, Source

__all__ = ["TIE", "Candidate", "Proposal", "accepted", "candidate", "propose", "unlinked"]

TIE = 0.05
"""Candidates nearer to each other than this fit equally: the score cannot tell them apart."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One item and how well it agrees."""

    item: Item
    score: Score
    taken: str = ""
    """The entity of ours that has this item already."""
    before: str = ""
    """What the ledger says of the pair: `reject: …`, `defer: …`."""

    @property
    def open(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.score.excluded and not self.taken and not self.before.startswith("reject")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entity of ours and its candidates: those that may be it, the best first, then those that cannot."""

    entity: Entity
    candidates: tuple[Candidate, ...]

    @property
    def margin(self) -> float | None:
        """How far the first is before the second that may be it; None where there are not two."""
        fit = [one.score.total for one in self.candidates if one.open]
        return round(fit[0] - fit[1], 3) if len(fit) > 1 else None

    @property
    def tied(self) -> bool:
        """Whether two fit equally, so that neither can be taken on this score."""
        return self.margin is not None and self.margin < TIE


def accepted(decisions: Sequence[Decision]) -> dict[str, str]:
    """Return the exactly matched item of each of our ids."""
    return {one.entity: one.item for one in decisions if one.exact}


def unlinked(
    entities: Sequence[Entity], decisions: Sequence[Decision], kinds: Collection[str] = ()
) -> tuple[Entity, ...]:
    """Return the entities without an accepted link, exact or close, of some kinds or of all."""
    linked = {one.entity for one in decisions if one.decision == "accept"}
    return tuple(one for one in entities if one.id not in linked and (not kinds or one.kind in kinds))


def propose(
    entities: Sequence[Entity], source: Source, decisions: Sequence[Decision], progress: Progress, limit: int = 5
) -> tuple[Proposal, ...]:
    """Return a proposal for each entity; for one that is known by a printed name alone, none is looked for."""
    wanted = {one.id: forms(one.names, one.kind) for one in entities if not one.unidentified}
    found = source.search(wanted, progress) if wanted else {}
    items = source.fetch(sorted({item for one in found.values() for item in one}), progress)
    proposals = []
    for entity in entities:
        ranked = [candidate(entity, items[item], decisions) for item in found.get(entity.id, ())]
        ranked.sort(key=lambda one: (not one.open, -one.score.total, len(one.item.id), one.item.id))
        proposals.append(Proposal(entity, tuple(ranked[:limit])))
    return tuple(proposals)


def candidate(entity: Entity, item: Item, decisions: Sequence[Decision]) -> Candidate:
    """Score one item for an entity, with what the ledger says of either."""
    links: Mapping[str, str] = accepted(decisions)
    taken = next((one for one, other in links.items() if other == item.id and one != entity.id), "")
    before = [one for one in decisions if (one.entity, one.item) == (entity.id, item.id) and one.decision != "accept"]
    said = f"{before[0].decision}: {before[0].reason}" if before else ""
    return Candidate(item, score(entity, item, links), taken, said)
