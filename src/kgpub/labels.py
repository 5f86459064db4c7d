"""What a built graph says of a thing in a few words: its name, its short form, and what a part is told by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Store

from kgpub.results import shorten
from kgpub.vocabulary import PREFIXES, expand

__all__ = ["Graph", "Said", "Thing"]

Thing: TypeAlias = NamedNode | Literal

_PARTS = (
    *("cwc:stage", "cwc:at", "cwc:place", "cwc:agent", "cwc:means", "cwc:copyCount"),
    *("cwc:archive", "cwc:fond", "cwc:opis", "cwc:papka", "cwc:delo", "cwc:listy"),
    *("cwc:referenceKind", "cwc:citedNumber", "cwc:citedNumberEnd", "cwc:citedDate"),
    *("cwc:citedSender", "cwc:citedRecipient", "cwc:resolvedTo"),
    *("cwc:numberKind", "rdf:value", "cwc:noteKind", "cwc:noteBy", "dcterms:date", "dcterms:description"),
    *("cwc:numberInEdition", "dcterms:isPartOf", "cwc:pages"),
    *("cwc:onProperty", "cwc:claimedValue", "cwc:editionValue"),
)
"""What a part is told by, in this order."""

_NO_RECORDS = {"derived", "authority", "archives", "ontology", "provenance"}


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about a thing: its value, the record that makes it (empty for a derived one), and its N-Triples terms."""

    predicate: NamedNode
    value: Thing
    record: str
    triple: tuple[str, str, str]


class Graph:
    """Reads a store in the words of the ontology; the publication has no blank nodes, and none is met here."""

    def __init__(self, store: Store, base: str) -> None:
        self.store = store
        self.base = base
        self._prefixes = {**PREFIXES, "": base}

    def about(self, thing: Thing, prefixed: str = "") -> list[Said]:
        """Return what is said of a thing, by one property (`cwc:sender`) or by all."""
        if isinstance(thing, Literal):
            return []
        predicate = NamedNode(expand(prefixed)) if prefixed else None
        return [
            Said(
                quad.predicate,
                quad.object,
                self._record(getattr(quad.graph_name, "value", "")),
                (str(quad.subject), str(quad.predicate), str(quad.object)),
            )
            for quad in self.store.quads_for_pattern(thing, predicate, None)
            if isinstance(quad.object, NamedNode | Literal)
        ]

    def nodes(self, thing: Thing, prefixed: str) -> list[NamedNode]:
        """Return the things that a property of a thing leads to, in the order of their IRIs."""
        found = {said.value for said in self.about(thing, prefixed) if isinstance(said.value, NamedNode)}
        return sorted(found, key=lambda node: node.value)

    def texts(self, thing: Thing, prefixed: str) -> list[str]:
        """Return the values of a property as text, sorted, each once."""
        return sorted({said.value.value for said in self.about(thing, prefixed)})

    def text(self, thing: Thing, prefixed: str) -> str:
        """Return the value of a property as text, the first of several, empty where there is none."""
        return next(iter(self.texts(thing, prefixed)), "")

    def short(self, thing: Thing) -> str:
        """Return the path or prefixed name of a thing; empty for a literal."""
        return shorten(thing.value, self._prefixes) if isinstance(thing, NamedNode) else ""

    def label(self, thing: Thing) -> str:
        """Return what a thing is called: its English name, its title, what a part says, or a literal's own text.

        A thing that is not the publication's own, of which nothing is known here, is called by its address or prefixed name.
        """
        if isinstance(thing, Literal):
            return thing.value
        names = [said.value for said in self.about(thing, "skos:prefLabel")]
        english = sorted(name.value for name in names if isinstance(name, Literal) and name.language == "en")
        return (english or self.texts(thing, "dcterms:title") or [self._told(thing) or self._elsewhere(thing)])[0]

    def _told(self, part: NamedNode) -> str:
        told = []
        for name in _PARTS:
            labels = sorted({self.label(said.value) for said in self.about(part, name)})
            told += [f"{name.partition(':')[2]} {', '.join(labels)}"] if labels else []
        return ", ".join(told)

    def _elsewhere(self, thing: NamedNode) -> str:
        short = self.short(thing)
        return short if ":" in short else ""

    def _record(self, graph: str) -> str:
        name = graph.removeprefix(f"{self.base}graph/")
        return "" if name in _NO_RECORDS else name
