"""The statements of a store by property: what many graphs say counts once, and what was asked once is kept."""

from __future__ import annotations

from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Store

from kgpub.vocabulary import expand

__all__ = ["Statements", "Thing"]

Thing: TypeAlias = NamedNode | Literal


class Statements:
    """Reads a store one whole property at a time, which is far quicker than a question for each thing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._forth: dict[str, dict[str, tuple[Thing, ...]]] = {}
        self._back: dict[str, dict[str, tuple[str, ...]]] = {}

    def of(self, prefixed: str) -> dict[str, tuple[Thing, ...]]:
        """Return the values of a property (`cwc:sender`) by the IRI of their subject, sorted."""
        if prefixed not in self._forth:
            found: dict[str, set[Thing]] = {}
            for quad in self._store.quads_for_pattern(None, NamedNode(expand(prefixed)), None):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                    found.setdefault(quad.subject.value, set()).add(quad.object)
            self._forth[prefixed] = {iri: tuple(sorted(values, key=str)) for iri, values in found.items()}
        return self._forth[prefixed]

    def subjects(self, prefixed: str, iri: str) -> tuple[str, ...]:
        """Return the IRIs of which a property has this value, sorted."""
        if prefixed not in self._back:
            found: dict[str, list[str]] = {}
            for subject, values in self.of(prefixed).items():
                for value in values:
                    found.setdefault(value.value, []).append(subject)
            self._back[prefixed] = {value: tuple(sorted(subjects)) for value, subjects in found.items()}
        return self._back[prefixed].get(iri, ())
