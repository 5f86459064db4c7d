"""What can be matched: an entity with its names and facts, and all of them by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

__all__ = ["COVER", "OTHER", "PREFERRED", "PRINTED", "Catalogue", "Day", "Entity", "Link", "Name", "Value"]

PREFERRED: Final = "name"
OTHER: Final = "other name"
PRINTED: Final = "printed form"
COVER: Final = "cover name"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity, its language tag, and what kind of name it is."""

    text: str
    lang: str
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """A value that is an entity of ours; `count` says in how many letters, where that is what it was found by."""

    id: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or less of one, as the graph has it: 1878-12-18, 1905, 1951-03~."""

    text: str


Value: TypeAlias = Link | Day | Name | str | int | float


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place … as clients see it; `facts` has its values by the ids of properties.py."""

    id: str
    iri: str
    type: str
    name: str
    gloss: str
    names: tuple[Name, ...]
    facts: Mapping[str, tuple[Value, ...]]
    unidentified: bool = False

    def number(self, property_id: str) -> int:
        """Return the whole number that a fact is, 0 where there is none."""
        first = next(iter(self.facts.get(property_id, ())), 0)
        return first if isinstance(first, int) else 0

    def description(self) -> str:
        """Return the few words that tell an entity from its namesakes: its gloss and the days of its life or span."""
        born, died = (self._day(*names) for names in (("born", "from"), ("died", "until")))
        span = f"{born or '?'} to {died or '?'}" if born or died else ""
        known = "not identified: known by a printed name only" if self.unidentified else ""
        return "; ".join(filter(None, (self.gloss, span, known)))

    def _day(self, *property_ids: str) -> str:
        found = [value.text for one in property_ids for value in self.facts.get(one, ()) if isinstance(value, Day)]
        return found[0] if found else ""


@dataclass(frozen=True)
class Catalogue:
    """All entities, found by id, IRI or Wikidata id, letters also by their number."""

    base: str
    entities: tuple[Entity, ...]
    _ids: dict[str, Entity] = field(default_factory=dict, repr=False)
    _others: dict[str, tuple[Entity, ...]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for entity in self.entities:
            self._ids[entity.id] = entity
            # The bare id of anything but a letter is a word, and may be the name of something else.
            numbers = (
                {name.text for name in entity.names if name.kind == PRINTED} if entity.type == "Document" else set()
            )
            for key in {*numbers, *map(str, entity.facts.get("wikidata", ()))}:
                self._others[key] = (*self._others.get(key, ()), entity)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities)

    def get(self, entity_id: str) -> Entity | None:
        """Return the entity of an id (`person/joseph-stalin`) or IRI."""
        return self._ids.get(entity_id.removeprefix(self.base))

    def identified(self, text: str) -> Entity | None:
        """Return the one entity that a text is the id, the IRI, the number or the Wikidata id of."""
        named = self._others.get(text.removeprefix("http://www.wikidata.org/entity/"), ())
        return self.get(text) or (named[0] if len(named) == 1 else None)

    def linked(self, values: Iterable[Value]) -> list[tuple[Entity, int]]:
        """Return the entities that links lead to, with their counts, in the order given."""
        found = ((self._ids.get(one.id), one.count) for one in values if isinstance(one, Link))
        return [(entity, count) for entity, count in found if entity]
