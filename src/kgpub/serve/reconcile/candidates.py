"""From a query to candidates: their scores, and the one that may be taken without a person looking.

A score is the likeness of the nearest name in hundredths; a name that holds every word asked for counts 85 at least, one of
which every word is asked for 75. Each property that agrees takes it half the way up to 100; each that is
unknown takes 2 from it, each that is missed 5, each that is contradicted 25; with `type_strict: should` a candidate of another
type loses 10. A name less alike than 70 is no candidate. templates/reconcile.html says this to users.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from kgpub.matching import fold
from kgpub.serve.reconcile.agreement import AGREES, Condition, Given, Reference, Verdict, compare, text_of
from kgpub.serve.reconcile.entities import Catalogue, Entity, Link, Name
from kgpub.serve.reconcile.index import Hit, NameIndex, folded
from kgpub.serve.reconcile.properties import within

__all__ = ["Asked", "Candidate", "Finder"]

_FLOOR: Final = 0.7
_NEAR: Final = 3.0
"""A second candidate within less than so many points leaves the choice to a person; other names reach 97 at most."""
_UNKNOWN: Final = 2.0
_MISSED: Final = 5.0
_CONTRADICTED: Final = 25.0
_OTHER_TYPE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One reconciliation query that has passed the checks."""

    text: str = ""
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = 10
    conditions: tuple[Condition, ...] = ()

    def wants(self, entity: Entity) -> bool:
        """Return whether the types asked for let an entity be a candidate; letters are one only where asked for."""
        if not self.types or self.strict == "should":
            return entity.type != "Document" or "Document" in self.types
        return self.of_types(entity)

    def of_types(self, entity: Entity) -> bool:
        """Return whether an entity is of one of the types, or of all of them where that is asked."""
        needed = all if self.strict == "all" else any
        return not self.types or needed(within(entity.type, one) for one in self.types)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be what was asked for, and all that speaks for it. `name` is the one it was found by."""

    entity: Entity
    score: float
    name: Name | None = None
    likeness: float = 0.0
    full: bool = False
    bearers: int = 0
    verdict: Verdict = field(default_factory=Verdict)
    by_id: bool = False
    match: bool = False


class Finder:
    """Finds candidates in one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.index = NameIndex(catalogue)
        self._linked = {
            key for entity in catalogue for key, values in entity.facts.items() if isinstance(values[0], Link)
        }

    def find(self, asked: Asked) -> list[Candidate]:
        """Return the candidates of a query, best first, at most one of them a match."""
        if known := self.catalogue.identified(asked.text):
            fits = asked.strict == "should" or asked.of_types(known)
            return [Candidate(known, 100.0, by_id=True, match=True)] if fits else []
        asked = replace(asked, conditions=tuple(self._resolved(one) for one in asked.conditions))
        ordered = sorted(
            self._scored(asked), key=lambda one: (-one.score, -one.entity.number("letters"), one.entity.id)
        )
        if ordered and self._safe(asked, ordered):
            ordered[0] = replace(ordered[0], match=True)
        return ordered[: asked.limit]

    def _scored(self, asked: Asked) -> list[Candidate]:
        if not asked.text:
            return [one for entity in self.catalogue if asked.wants(entity) and (one := self._by_facts(asked, entity))]
        bearers = self.index.bearers(asked.text, asked.wants)
        found = (self._by_name(asked, hit, bearers) for hit in self.index.near(asked.text, asked.wants).values())
        return [one for one in found if one.likeness >= _FLOOR]

    def _resolved(self, condition: Condition) -> Condition:
        """Return a condition with the entities that its values mean: by id, or by a name as good as theirs."""
        if condition.property.id not in self._linked:
            return condition
        return replace(condition, ids=frozenset(one for value in condition.values for one in self._meant(value)))

    def _meant(self, value: Given) -> set[str]:
        known = self.catalogue.identified(value.id if isinstance(value, Reference) else text_of(value))
        if known or isinstance(value, Reference):
            return {known.id} if known else set()
        hits = self.index.near(text_of(value), lambda one: True)
        return {one for one, hit in hits.items() if hit.likeness >= AGREES}

    def _by_name(self, asked: Asked, hit: Hit, bearers: set[str]) -> Candidate:
        verdict = compare(hit.entity, asked.conditions)
        score = 100 * hit.likeness
        for _ in range(verdict.agreed):
            score += (100 - score) / 2
        score -= _UNKNOWN * verdict.unknown + _MISSED * verdict.missed + _CONTRADICTED * verdict.contradicted
        score -= 0 if asked.of_types(hit.entity) else _OTHER_TYPE
        full = hit.entity.id in bearers
        count = len(bearers) if full else 0
        return Candidate(hit.entity, round(max(score, 0), 2), hit.name, hit.likeness, full, count, verdict)

    def _by_facts(self, asked: Asked, entity: Entity) -> Candidate | None:
        """Return a candidate found by properties alone: its score is the share of them that agree."""
        verdict = compare(entity, asked.conditions)
        score = round(100 * verdict.agreed / len(asked.conditions), 2)
        return Candidate(entity, score, verdict=verdict) if score and not verdict.contradicted else None

    def _safe(self, asked: Asked, ordered: list[Candidate]) -> bool:
        """Return whether the first candidate may be taken unseen: nothing speaks against it, and nobody else comes near."""
        first = ordered[0]
        if first.verdict.contradicted or first.verdict.missed or first.entity.unidentified:
            return False
        if any(other.score > first.score - _NEAR and not other.verdict.contradicted for other in ordered[1:]):
            return False
        if not asked.text:
            keys = [one for one in asked.conditions if one.property.id in ("wikidata", "iri")]
            return bool(keys) and first.verdict.agreed == len(asked.conditions)
        if first.entity.type == "Person" and not first.verdict.agreed and _surname_alone(asked.text):
            return False
        ruled_out = {one.entity.id for one in ordered if one.verdict.contradicted}
        namesakes = self._namesakes(asked, first.entity) - ruled_out
        return first.full and namesakes == {first.entity.id} and len(folded(asked.text)) > 1

    def _namesakes(self, asked: Asked, entity: Entity) -> set[str]:
        """Return who bears the name in full; of a person also whoever has the one word, or the initials, in a longer name."""
        bearers = self.index.bearers(asked.text, asked.wants)
        if entity.type != "Person":
            return bearers
        others = self.index.sharing if len(fold(asked.text).split()) == 1 else self.index.by_initials
        return bearers | others(asked.text, lambda one: one.type == "Person")


def _surname_alone(text: str) -> bool:
    """Whether a name is one word of a script that parts words: more people bear it than any authority file knows."""
    return len(fold(text).split()) == 1 and text.lower() != text.upper()
