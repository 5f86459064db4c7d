"""The description of the publication: DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) and VoID (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kgpub.publish.dumps import MEDIA_TYPES, Dump
from kgpub.publish.output import Output
from kgpub.publish.turtle import turtle
from kgpub.vocabulary import ONTOLOGY, PREFIXES

__all__ = ["Publication", "write_catalogue"]

_WIKIDATA = "http://www.wikidata.org/entity/"
_MEDIA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Publication:
    """What the catalogue says of the publication as a whole; `modified` is a day, the corpus's, never the clock's."""

    base: str
    title: str
    description: str
    publisher: str
    licence: str
    language: str
    version: str
    modified: str


class _Writer:
    def __init__(self) -> None:
        self.triples: list[Triple] = []

    def add(self, subject: str, predicate: str, *objects: NamedNode | Literal) -> None:
        prefix, _, local = predicate.partition(":")
        node, property_ = NamedNode(subject), NamedNode(PREFIXES[prefix] + local)
        self.triples += [Triple(node, property_, obj) for obj in objects]


def _iri(prefixed: str) -> NamedNode:
    prefix, _, local = prefixed.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def _typed(value: str | int, kind: str) -> Literal:
    return Literal(str(value), datatype=_iri(f"xsd:{kind}"))


def write_catalogue(
    output: Output, publication: Publication, dumps: Sequence[Dump], quads: Sequence[Quad], prefixes: Mapping[str, str]
) -> None:
    """Write `catalogue.ttl`; sizes, checksums and counts are those of the dumps that the output already holds."""
    writer = _Writer()
    dataset = f"{publication.base}dataset"
    _describe_dataset(writer, dataset, publication)
    for dump in dumps:
        _describe_distribution(writer, dataset, publication, dump, *output.files[dump.name])
    _describe_counts(writer, dataset, publication.base, list(dict.fromkeys(quad.triple for quad in quads)))
    output.write("catalogue.ttl", turtle(sorted(writer.triples, key=str), prefixes))


def _describe_dataset(writer: _Writer, dataset: str, publication: Publication) -> None:
    agent = f"{publication.base}publisher"
    writer.add(agent, "rdf:type", _iri("foaf:Agent"))
    writer.add(agent, "foaf:name", Literal(publication.publisher))
    catalogue = f"{publication.base}catalogue"
    writer.add(catalogue, "rdf:type", _iri("dcat:Catalog"))
    writer.add(catalogue, "dcterms:title", Literal(publication.title, language=publication.language))
    writer.add(catalogue, "dcterms:publisher", NamedNode(agent))
    writer.add(catalogue, "dcat:dataset", NamedNode(dataset))
    writer.add(dataset, "rdf:type", _iri("dcat:Dataset"), _iri("void:Dataset"))
    writer.add(dataset, "dcterms:title", Literal(publication.title, language=publication.language))
    if publication.description:
        writer.add(dataset, "dcterms:description", Literal(publication.description, language=publication.language))
    writer.add(dataset, "dcterms:publisher", NamedNode(agent))
    writer.add(dataset, "dcterms:license", NamedNode(publication.licence))
    writer.add(dataset, "dcterms:modified", _typed(publication.modified, "date"))
    writer.add(dataset, "dcat:version", Literal(publication.version))
    writer.add(dataset, "void:uriSpace", Literal(publication.base))
    writer.add(
        dataset, "void:vocabulary", NamedNode(ONTOLOGY), *(_iri(f"{p}:") for p in ("dcterms", "skos", "prov", "geo"))
    )
    writer.add(dataset, "void:sparqlEndpoint", NamedNode(f"{publication.base}sparql"))
    service = f"{publication.base}sparql-service"
    writer.add(service, "rdf:type", _iri("dcat:DataService"))
    writer.add(service, "dcterms:title", Literal("SPARQL endpoint", language="en"))
    writer.add(service, "dcat:endpointURL", NamedNode(f"{publication.base}sparql"))
    writer.add(service, "dcat:servesDataset", NamedNode(dataset))
    writer.add(catalogue, "dcat:service", NamedNode(service))


def _describe_distribution(
    writer: _Writer, dataset: str, publication: Publication, dump: Dump, size: int, digest: str
) -> None:
    address = NamedNode(f"{publication.base}download/{dump.name}")
    node, checksum = f"{dataset}#{dump.name}", f"{dataset}#{dump.name}-sha256"
    writer.add(dataset, "dcat:distribution", NamedNode(node))
    writer.add(node, "rdf:type", _iri("dcat:Distribution"))
    writer.add(node, "dcterms:title", Literal(dump.name))
    writer.add(node, "dcterms:license", NamedNode(publication.licence))
    writer.add(node, "dcterms:modified", _typed(publication.modified, "date"))
    writer.add(node, "dcat:accessURL", address)
    writer.add(node, "dcat:downloadURL", address)
    writer.add(node, "dcat:byteSize", _typed(size, "nonNegativeInteger"))
    writer.add(node, "dcat:mediaType", NamedNode(_MEDIA + MEDIA_TYPES[dump.format]))
    if dump.gzipped:
        writer.add(node, "dcat:compressFormat", NamedNode(f"{_MEDIA}application/gzip"))
    writer.add(node, "spdx:checksum", NamedNode(checksum))
    writer.add(checksum, "rdf:type", _iri("spdx:Checksum"))
    writer.add(checksum, "spdx:algorithm", _iri("spdx:checksumAlgorithm_sha256"))
    writer.add(checksum, "spdx:checksumValue", _typed(digest, "hexBinary"))
    writer.add(dataset, "void:dataDump", address)


def _describe_counts(writer: _Writer, dataset: str, base: str, triples: Sequence[Triple]) -> None:
    type_ = _iri("rdf:type")
    subjects = {triple.subject for triple in triples}
    writer.add(dataset, "void:triples", _typed(len(triples), "integer"))
    writer.add(dataset, "void:distinctSubjects", _typed(len(subjects), "integer"))
    writer.add(
        dataset,
        "void:entities",
        _typed(sum(1 for s in subjects if getattr(s, "value", "").startswith(base)), "integer"),
    )
    writer.add(dataset, "void:properties", _typed(len({triple.predicate for triple in triples}), "integer"))
    classes = Counter(t.object.value for t in triples if t.predicate == type_ and isinstance(t.object, NamedNode))
    writer.add(dataset, "void:classes", _typed(len(classes), "integer"))
    for number, (cls, count) in enumerate(sorted(classes.items()), 1):
        part = f"{dataset}#class-{number}"
        writer.add(dataset, "void:classPartition", NamedNode(part))
        writer.add(part, "void:class", NamedNode(cls))
        writer.add(part, "void:entities", _typed(count, "integer"))
    properties = Counter(triple.predicate.value for triple in triples)
    for number, (property_, count) in enumerate(sorted(properties.items()), 1):
        part = f"{dataset}#property-{number}"
        writer.add(dataset, "void:propertyPartition", NamedNode(part))
        writer.add(part, "void:property", NamedNode(property_))
        writer.add(part, "void:triples", _typed(count, "integer"))
    match = _iri("skos:exactMatch")
    links = sum(1 for t in triples if t.predicate == match and getattr(t.object, "value", "").startswith(_WIKIDATA))
    linkset = f"{dataset}#wikidata-links"
    writer.add(dataset, "void:subset", NamedNode(linkset))
    writer.add(linkset, "rdf:type", _iri("void:Linkset"))
    writer.add(linkset, "void:linkPredicate", match)
    writer.add(linkset, "void:subjectsTarget", NamedNode(dataset))
    writer.add(linkset, "void:objectsTarget", NamedNode("http://www.wikidata.org/entity/"))
    writer.add(linkset, "void:triples", _typed(links, "integer"))
