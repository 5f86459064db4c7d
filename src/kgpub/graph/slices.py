"""What a document's graph points to: the part of the authority data that its validation has to look up."""

from __future__ import annotations

import re

from kgpub.graph.load import lines_of
from kgpub.vocabulary import CWC, PREFIXES

__all__ = ["LOOKED_UP", "Neighbourhood", "triples_of"]

_IRI = re.compile(r"<[^<>]*>")
_SUBCLASS = f"<{PREFIXES['rdfs']}subClassOf>"
_OFFICE = f"<{CWC}office>"
_OWNED_BY = (*(f"<{CWC}{local}>" for local in ("holder", "pseudonymOf")), _OFFICE)

LOOKED_UP = frozenset(
    {
        f"<{PREFIXES['rdf']}type>",
        f"<{PREFIXES['skos']}prefLabel>",
        f"<{PREFIXES['skos']}inScheme>",
        f"<{PREFIXES['dcterms']}isPartOf>",
        _SUBCLASS,
        *(
            f"<{CWC}{local}>"
            for local in ("born", "died", "from", "until", "holder", "office", "officeOf", "seat", "level")
        ),
        f"<{CWC}pseudonymOf>",
    }
)
"""The properties of other nodes that a shape may look up from a document; names in all scripts and the like stay out,
because rdflib takes as long to read them as to validate the document."""


def triples_of(nquads: str, graph: str) -> str:
    """Return the triples of one named graph (`<…>`) of an N-Quads text as N-Triples."""
    end = f" {graph} .\n"
    # Finding the few lines of a graph in a text is faster than splitting all of it.
    found, at = [], nquads.find(end)
    while at >= 0:
        found.append(f"{nquads[nquads.rfind(chr(10), 0, at) + 1 : at]} .\n")
        at = nquads.find(end, at + len(end))
    return "".join(found)


class Neighbourhood:
    """Indexes N-Triples texts by subject and by owner, and cuts out what stands around a graph."""

    def __init__(self, *texts: str) -> None:
        self._by_subject: dict[str, list[str]] = {}
        self._edges: dict[str, set[str]] = {}
        self._owned: dict[str, set[str]] = {}
        for text in texts:
            for line in lines_of(text):
                subject, predicate, rest = line.split(" ", 2)
                if predicate in LOOKED_UP:
                    self._by_subject.setdefault(subject, []).append(line)
                    if rest.startswith("<"):
                        self._edges.setdefault(subject, set()).add(rest[:-3])
                    if predicate in _OWNED_BY:
                        self._owned.setdefault(rest[:-3], set()).add(subject)
        axioms = {line for lines in self._by_subject.values() for line in lines if f" {_SUBCLASS} " in line}
        self.axioms = "".join(sorted(axioms))

    def around(self, triples: str) -> str:
        """Return, as sorted N-Triples, the nodes that some triples name, what belongs to those, and what that names in turn.

        Three steps reach from a person to the tenures, from these to the office, and to the others who held it.
        """
        own = {line.split(" ", 1)[0] for line in lines_of(triples)}
        seen: set[str] = set()
        edge = set(_IRI.findall(triples))
        for _ in range(3):
            edge = {node for node in edge if node in self._by_subject and node not in seen and node not in own}
            owned = {part for node in edge for part in self._owned.get(node, ()) if part not in seen}
            seen |= edge | owned
            edge = {other for node in edge | owned for other in self._edges.get(node, ())}
        found = {line for node in seen for line in self._by_subject[node]}
        return "".join(sorted({*found, *lines_of(self.axioms)}))
