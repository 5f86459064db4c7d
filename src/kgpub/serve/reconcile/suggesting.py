"""Suggestions while somebody types: entities, properties and types by the beginning of a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from kgpub.matching import fold
from kgpub.serve.reconcile.candidates import Asked, Finder
from kgpub.serve.reconcile.entities import Entity
from kgpub.serve.reconcile.properties import PROPERTIES, TYPES, Property, Type

__all__ = ["PAGE", "suggest_entities", "suggest_properties", "suggest_types", "type_json"]

PAGE: Final = 20
"""How many suggestions one answer holds; `cursor` skips those that are shown."""


def suggest_entities(finder: Finder, prefix: str, cursor: int, types: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the entities of which an id is given or a name begins so, those with more letters first; else names alike.

    An empty prefix begins all.
    """
    asked = Asked(prefix, types, limit=PAGE + cursor)
    if prefix:
        found = _beginning(finder, prefix, asked) or [one.entity for one in finder.find(asked)]
    else:
        found = sorted(filter(asked.wants, finder.catalogue), key=lambda one: (-one.number("letters"), one.id))
    return {"result": [_entity(one) for one in found[cursor : cursor + PAGE]]}


def suggest_properties(prefix: str, cursor: int) -> dict[str, Any]:
    """Return the properties of which the id, the name or a word of it begins so."""
    return {"result": [_named(one) for one in _filtered(PROPERTIES.values(), prefix)][cursor : cursor + PAGE]}


def suggest_types(prefix: str, cursor: int) -> dict[str, Any]:
    """Return the types of which the id, the name or a word of it begins so, each with the broader one."""
    return {"result": [type_json(one) for one in _filtered(TYPES.values(), prefix)][cursor : cursor + PAGE]}


def type_json(one: Type) -> dict[str, Any]:
    """Return a type as the protocol has it."""
    broader = {"broader": [{"id": one.broader, "name": TYPES[one.broader].name}]} if one.broader else {}
    return {**_named(one), **broader}


def _beginning(finder: Finder, prefix: str, asked: Asked) -> list[Entity]:
    catalogue = finder.catalogue
    ranks = finder.index.beginning(prefix, asked.wants)
    if (known := catalogue.identified(prefix)) and asked.of_types(known):
        ranks[known.id] = -1
    entities = [entity for one in ranks if (entity := catalogue.get(one))]
    return sorted(entities, key=lambda one: (ranks[one.id], -one.number("letters"), one.name, one.id))


def _entity(one: Entity) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "description": one.description(),
        "notable": [{"id": one.type, "name": TYPES[one.type].name}],
    }


def _named(one: Property | Type) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "description": one.description}


def _filtered(table: Iterable[Any], prefix: str) -> list[Any]:
    sought = fold(prefix)
    return [one for one in table if _begins(fold(one.name), sought) or fold(one.id).startswith(sought)]


def _begins(name: str, sought: str) -> bool:
    words = name.split()
    return any(" ".join(words[i:]).startswith(sought) for i in range(len(words)))
