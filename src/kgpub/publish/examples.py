"""The canned queries as RDF, in the vocabulary of SIB's sparql-examples: a client that knows it offers them as they are.

https://github.com/sib-swiss/sparql-examples: each query is a sh:SPARQLExecutable with its text (sh:select), what it asks
(rdfs:comment), the endpoint that it is for (schema:target) and keywords; prefixes are declared once, beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from pyoxigraph import Literal, NamedNode, Triple

from kgpub.parameters import Parameter, term_of
from kgpub.publish.catalogue import Publication
from kgpub.publish.output import Output
from kgpub.publish.turtle import turtle
from kgpub.vocabulary import PREFIXES, expand

__all__ = ["NAME", "Example", "runnable", "write_examples"]

NAME: Final = "queries/examples.ttl"


class Example(Protocol):
    """What of a canned query is published as an example."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def question(self) -> str:
        """Its question in one sentence."""

    @property
    def text(self) -> str:
        """Its SPARQL, below a header."""

    @property
    def parameters(self) -> Sequence[Parameter]:
        """What it may be asked with."""

    @property
    def group(self) -> str:
        """What it is about."""

    @property
    def endpoint(self) -> str:
        """The endpoint it is for, empty for the publication's own."""


def write_examples(
    output: Output, publication: Publication, queries: Iterable[Example], prefixes: Mapping[str, str]
) -> None:
    """Write the queries that this publication's endpoint answers; those for another one need names filled in first."""
    here = [query for query in queries if not query.endpoint]
    if here:
        triples = [*_prefixes(publication.base), *(one for query in here for one in _described(query, publication))]
        output.write(NAME, turtle(triples, prefixes))


def runnable(query: Example, base: str) -> str:
    """Return a query's text without its header, with the defaults of its parameters as VALUES: it runs as it stands."""
    lines = [line for line in query.text.splitlines() if not line.startswith("#+")]
    text = "\n".join(lines).strip() + "\n"
    given = {
        one.name: term_of(one, one.default, query=query.name, base=base) for one in query.parameters if one.default
    }
    if not given:
        return text
    names, terms = " ".join(f"?{name}" for name in given), " ".join(map(str, given.values()))
    head, brace, rest = text.partition("{")
    return f"{head}{brace}\n  VALUES ({names}) {{ ({terms}) }}{rest}"


def _described(query: Example, publication: Publication) -> Iterable[Triple]:
    node, language = NamedNode(f"{publication.base}{NAME}#{query.name}"), publication.language
    kinds = ("sh:SPARQLExecutable", "sh:SPARQLSelectExecutable")
    yield from (Triple(node, _iri("rdf:type"), _iri(kind)) for kind in kinds)
    yield Triple(node, _iri("rdfs:label"), Literal(query.title, language=language))
    yield Triple(node, _iri("rdfs:comment"), Literal(query.question or query.title, language=language))
    if query.group:
        yield Triple(node, _iri("schema:keywords"), Literal(query.group))
    yield Triple(node, _iri("sh:prefixes"), _set(publication.base))
    yield Triple(node, _iri("sh:select"), Literal(runnable(query, publication.base)))
    yield Triple(node, _iri("schema:target"), NamedNode(f"{publication.base}sparql"))


def _prefixes(base: str) -> Iterable[Triple]:
    node = _set(base)
    declared = {name: NamedNode(f"{base}{NAME}#prefix-{name}") for name in PREFIXES}
    yield Triple(node, _iri("rdf:type"), _iri("owl:Ontology"))
    yield from (Triple(node, _iri("sh:declare"), one) for one in declared.values())
    for name, one in declared.items():
        yield Triple(one, _iri("sh:prefix"), Literal(name))
        yield Triple(one, _iri("sh:namespace"), Literal(PREFIXES[name], datatype=_iri("xsd:anyURI")))


def _set(base: str) -> NamedNode:
    return NamedNode(f"{base}{NAME}#prefixes")


def _iri(name: str) -> NamedNode:
    return NamedNode(expand(name))
