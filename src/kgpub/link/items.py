"""What Wikidata knows of an item, read from triples in its RDF model (mediawiki.org, Wikibase/Indexing/RDF Dump Format)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kgpub.link.names import Name

__all__ = ["ENTITY", "GEO_WKT", "PQ", "PREFIXES", "PS", "WDT", "Item", "P", "Position", "item_of", "read_item"]

ENTITY = "http://www.wikidata.org/entity/"
WDT = "http://www.wikidata.org/prop/direct/"
P = "http://www.wikidata.org/prop/"
PS = "http://www.wikidata.org/prop/statement/"
PQ = "http://www.wikidata.org/prop/qualifier/"
GEO_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_RDFS_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_ALT_LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
_SAME_AS = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
PREFIXES = {
    "wd": ENTITY,
    "wdt": WDT,
    "p": P,
    "ps": PS,
    "pq": PQ,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
}
_POINT = re.compile(r"(?i:point)\s*\(\s*(-?[\d.]+(?:[eE]-?\d+)?)\s+(-?[\d.]+(?:[eE]-?\d+)?)\s*\)")


@dataclass(frozen=True, slots=True)
class Position:
    """A position that a person held (P39), with the qualifiers that say when."""

    item: str
    names: tuple[Name, ...]
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What is known of one item; times are as the endpoint writes them."""

    id: str
    names: tuple[Name, ...] = ()
    types: tuple[str, ...] = ()
    """Instance of (P31)."""
    born: tuple[str, ...] = ()
    died: tuple[str, ...] = ()
    began: tuple[str, ...] = ()
    """Inception, start time, point in time (P571, P580, P585)."""
    ended: tuple[str, ...] = ()
    """Dissolved, end time, point in time (P576, P582, P585)."""
    positions: tuple[Position, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    """Latitude and longitude (P625)."""
    within: tuple[str, ...] = ()
    """Country, administrative unit, part of, parent organisation (P17, P131, P361, P749)."""
    within_names: tuple[Name, ...] = ()
    merged_into: str = ""
    """The item that this one redirects to."""

    @property
    def known(self) -> bool:
        """Whether anything is said of it; nothing is said of a deleted item."""
        return bool(self.names or self.types or self.merged_into)

    @property
    def name(self) -> str:
        """What to call it: its English label where there is one."""
        english = [one.text for one in self.names if one.lang in ("en", "mul")]
        return (english or [one.text for one in self.names] or [self.id])[0]


def read_item(store: Store, item: str) -> Item:
    """Return what a store says of an item."""
    reading = _Reading(store, NamedNode(ENTITY + item))
    within = reading.items("P17", "P131", "P361", "P749")
    redirect = [node.value for node in reading.objects(reading.node, _SAME_AS) if isinstance(node, NamedNode)]
    return Item(
        id=item,
        names=_names(store, reading.node),
        types=reading.items("P31"),
        born=reading.literals("P569"),
        died=reading.literals("P570"),
        began=reading.literals("P571", "P580", "P585"),
        ended=reading.literals("P576", "P582", "P585"),
        positions=tuple(sorted(reading.positions(), key=lambda one: (one.start, one.item, one.end))),
        points=tuple(sorted(reading.points())),
        within=within,
        within_names=tuple(name for one in within for name in _names(store, NamedNode(ENTITY + one))),
        merged_into=min(redirect, default="").removeprefix(ENTITY),
    )


def item_of(iri: str) -> str:
    """Return the id of an item's IRI, empty for any other IRI."""
    return iri.removeprefix(ENTITY) if iri.startswith(f"{ENTITY}Q") else ""


class _Reading:
    def __init__(self, store: Store, node: NamedNode) -> None:
        self.store = store
        self.node = node

    def objects(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        found = (quad.object for quad in self.store.quads_for_pattern(node, predicate, None))
        # An unknown value is a blank node; it tells nothing.
        return sorted((one for one in found if isinstance(one, NamedNode | Literal)), key=str)

    def literals(self, *properties: str) -> tuple[str, ...]:
        found = (one for name in properties for one in self.objects(self.node, NamedNode(WDT + name)))
        return tuple(dict.fromkeys(one.value for one in found if isinstance(one, Literal)))

    def items(self, *properties: str) -> tuple[str, ...]:
        found = (one for name in properties for one in self.objects(self.node, NamedNode(WDT + name)))
        return tuple(
            dict.fromkeys(
                one.value.removeprefix(ENTITY)
                for one in found
                if isinstance(one, NamedNode) and one.value.startswith(ENTITY)
            )
        )

    def positions(self) -> Iterator[Position]:
        for statement in self.objects(self.node, NamedNode(f"{P}P39")):
            if not isinstance(statement, NamedNode):
                continue
            start, end = (
                min((one.value for one in self.objects(statement, NamedNode(PQ + name))), default="")
                for name in ("P580", "P582")
            )
            for office in self.objects(statement, NamedNode(f"{PS}P39")):
                if isinstance(office, NamedNode):
                    yield Position(office.value.removeprefix(ENTITY), _names(self.store, office), start, end)

    def points(self) -> Iterator[tuple[float, float]]:
        for text in self.literals("P625"):
            if found := _POINT.search(text):
                yield float(found[2]), float(found[1])


def _names(store: Store, node: NamedNode) -> tuple[Name, ...]:
    """Labels before aliases, in the order of their languages."""
    found: list[Name] = []
    for predicate in (_RDFS_LABEL, _ALT_LABEL):
        said = (quad.object for quad in store.quads_for_pattern(node, predicate, None))
        names = {Name(one.value, one.language or "") for one in said if isinstance(one, Literal)}
        found += sorted(names, key=lambda name: (name.lang, name.text))
    return tuple(dict.fromkeys(found))
