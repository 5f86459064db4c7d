"""What is served: the value that every part of the service reads, and how IRIs and local addresses become each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Store

from kgpub.queries import Query
from kgpub.results import shorten
from kgpub.serve.endpoint.address import Address
from kgpub.serve.limits import Limits
from kgpub.vocabulary import PREFIXES, VOCABULARY_BASE

__all__ = ["Site"]

_LABELS = tuple(
    NamedNode(PREFIXES[prefix] + local)
    for prefix, local in (("skos", "prefLabel"), ("dcterms", "title"), ("rdfs", "label"), ("dcterms", "identifier"))
)
_SAFE = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Site:
    """A publication as served. `base` ends with a slash; an IRI below it is answered at its path.

    `dist` is the folder of downloads, None where there are none. `source` is the N-Quads file that the store was loaded from,
    for those who load it again; without one they are given a copy. The store is only read.
    """

    store: Store
    base: str
    title: str
    dist: Path | None = None
    queries: tuple[Query, ...] = ()
    description: str = ""
    licence: str = ""
    version: str = ""
    limits: Limits = field(default_factory=Limits)
    source: Path | None = None
    entities: str = "direct"
    """How an entity's IRI is answered: `direct` with a description, `see-other` with 303 to the description's address."""
    release: str = ""
    """A digest of what is served."""
    endpoint: Address | None = None
    """The triple store that answers queries, where there is one behind the service."""

    def nodes(self, path: str) -> tuple[NamedNode, ...]:
        """Return the IRIs that a path may stand for: below the base, then below the vocabulary's (concepts, the ontology)."""
        try:
            return tuple(NamedNode(base + path) for base in dict.fromkeys((self.base, VOCABULARY_BASE)))
        except ValueError:
            return ()

    def href(self, iri: str, root: str = "") -> str:
        """Return where a page links for an IRI: its path here, the IRI itself elsewhere, nothing where it is no web address."""
        for base in (self.base, VOCABULARY_BASE):
            if iri.startswith(base):
                path, mark, fragment = iri.removeprefix(base).partition("#")
                return f"{root}/{quote(path, _SAFE)}{mark}{quote(fragment, _SAFE)}"
        return iri if iri.startswith(("https://", "http://")) else ""

    def short(self, iri: str) -> str:
        """Return an IRI as people read it: a path below the base, else a prefixed name."""
        return shorten(iri, {**PREFIXES, "": self.base})

    def label(self, node: NamedNode) -> str:
        """Return the name of a node, English before others; its short IRI where it has none."""
        for predicate in _LABELS:
            found = [quad.object for quad in self.store.quads_for_pattern(node, predicate, None)]
            literals = [value for value in found if isinstance(value, Literal)]
            if literals:
                return min(literals, key=lambda value: (value.language != "en", value.value)).value
        return self.short(node.value)
