"""What the endpoint speaks and which graphs it holds (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

import threading
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Triple, serialize

from kgpub.serve.formats import GRAPHS, W3C_FORMATS
from kgpub.serve.site import Site
from kgpub.vocabulary import PREFIXES

__all__ = ["Description"]

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_TYPE: Final = NamedNode(f"{PREFIXES['rdf']}type")
_INTEGER: Final = NamedNode(f"{PREFIXES['xsd']}integer")
_COUNTS: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
# The engine repeats a triple that stands in several graphs.
_ALL: Final = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"


class Description:
    """The description of one site's endpoint; counts are made once, when it is first asked for, as the store is only read."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lock = threading.Lock()
        self._counts: tuple[int, tuple[tuple[NamedNode, int], ...]] | None = None

    def written(self, media_type: str, endpoint: str) -> bytes:
        """Return the description in a format of RDF, of the endpoint at the address at which it was asked."""
        form = GRAPHS[media_type]
        prefixes = {"sd": SD, "void": PREFIXES["void"], "dcterms": PREFIXES["dcterms"], "formats": _FORMATS}
        pretty = form in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML)
        return serialize(self._triples(endpoint), format=form, prefixes=prefixes if pretty else None) or b""

    def _counted(self) -> tuple[int, tuple[tuple[NamedNode, int], ...]]:
        with self._lock:
            if self._counts is None:
                whole = self._site.store.query(_ALL, use_default_graph_as_union=True)
                graphs = self._site.store.query(_COUNTS)
                assert isinstance(whole, QuerySolutions)  # both are SELECTs
                assert isinstance(graphs, QuerySolutions)
                found = [(row["g"], int(row["n"].value)) for row in graphs]
                named = sorted(
                    (pair for pair in found if isinstance(pair[0], NamedNode)), key=lambda pair: pair[0].value
                )
                self._counts = (int(next(whole)["n"].value), tuple(named))
            return self._counts

    def _triples(self, endpoint: str) -> list[Triple]:
        total, graphs = self._counted()
        service, dataset, union = (NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph"))
        found = [
            _typed(service, "Service"),
            _sd(service, "endpoint", NamedNode(endpoint)),
            _sd(service, "supportedLanguage", NamedNode(f"{SD}SPARQL11Query")),
            _sd(service, "feature", NamedNode(f"{SD}UnionDefaultGraph")),
            *(_sd(service, "resultFormat", NamedNode(f"{_FORMATS}{name}")) for name in W3C_FORMATS),
            _sd(service, "defaultDataset", dataset),
            _typed(dataset, "Dataset"),
            Triple(dataset, NamedNode(f"{PREFIXES['dcterms']}title"), Literal(self._site.title)),
            _sd(dataset, "defaultGraph", union),
            *_graph(union, total),
        ]
        for number, (name, size) in enumerate(graphs, 1):
            node, graph = (NamedNode(f"{endpoint}#{kind}-{number}") for kind in ("named-graph", "graph"))
            found += [
                _sd(dataset, "namedGraph", node),
                _typed(node, "NamedGraph"),
                _sd(node, "name", name),
                _sd(node, "graph", graph),
                *_graph(graph, size),
            ]
        return found


def _sd(subject: NamedNode, name: str, value: NamedNode) -> Triple:
    return Triple(subject, NamedNode(SD + name), value)


def _typed(node: NamedNode, name: str) -> Triple:
    return Triple(node, _TYPE, NamedNode(SD + name))


def _graph(node: NamedNode, size: int) -> list[Triple]:
    count = Literal(str(size), datatype=_INTEGER)
    return [_typed(node, "Graph"), Triple(node, NamedNode(f"{PREFIXES['void']}triples"), count)]
