"""The description of the publication: DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) and VoID (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from kgpub.publish.contents import Contents
from kgpub.publish.dumps import MEDIA_TYPES, Dump
from kgpub.publish.output import Output
from kgpub.publish.turtle import turtle
from kgpub.vocabulary import ONTOLOGY, PREFIXES

__all__ = ["Publication", "write_catalogue"]

_WIKIDATA = "http://www.wikidata.org/entity/"
_TYPE = f"<{PREFIXES['rdf']}type>"
_MATCH = f"<{PREFIXES['skos']}exactMatch>"
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
    output: Output,
    publication: Publication,
    dumps: Sequence[Dump],
    contents: Contents,
    prefixes: Mapping[str, str],
    examples: str = "",
) -> None:
    """Write `catalogue.ttl`; sizes, checksums and counts are those of the dumps that the output already holds.

    `examples` is the file of example queries, where there is one.
    """
    writer = _Writer()
    dataset = f"{publication.base}dataset"
    _describe_dataset(writer, dataset, publication)
    for dump in dumps:
        _describe_distribution(writer, dataset, publication, dump, *output.files[dump.name])
    _describe_counts(writer, dataset, publication.base, contents)
    if examples:
        address = f"{publication.base}download/{examples}"
        writer.add(address, "rdf:type", _iri("foaf:Document"))
        writer.add(address, "dcterms:title", Literal("Example queries for the SPARQL endpoint", language="en"))
        writer.add(f"{publication.base}sparql-service", "dcterms:relation", NamedNode(address))
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


def _describe_counts(writer: _Writer, dataset: str, base: str, contents: Contents) -> None:
    subjects = {subject for subject, _, _ in contents.statements}
    properties = Counter(predicate[1:-1] for _, predicate, _ in contents.statements)
    classes = Counter(obj[1:-1] for _, predicate, obj in contents.statements if predicate == _TYPE)
    own = sum(1 for subject in subjects if subject.startswith(f"<{base}"))
    for predicate_, number in (
        ("void:triples", len(contents.statements)),
        ("void:distinctSubjects", len(subjects)),
        ("void:entities", own),
        ("void:properties", len(properties)),
        ("void:classes", len(classes)),
    ):
        writer.add(dataset, predicate_, _typed(number, "integer"))
    for number, (cls, count) in enumerate(sorted(classes.items()), 1):
        part = f"{dataset}#class-{number}"
        writer.add(dataset, "void:classPartition", NamedNode(part))
        writer.add(part, "void:class", NamedNode(cls))
        writer.add(part, "void:entities", _typed(count, "integer"))
    for number, (property_, count) in enumerate(sorted(properties.items()), 1):
        part = f"{dataset}#property-{number}"
        writer.add(dataset, "void:propertyPartition", NamedNode(part))
        writer.add(part, "void:property", NamedNode(property_))
        writer.add(part, "void:triples", _typed(count, "integer"))
    _describe_links(writer, dataset, contents)


def _describe_links(writer: _Writer, dataset: str, contents: Contents) -> None:
    links = sum(
        1 for _, predicate, obj in contents.statements if predicate == _MATCH and obj.startswith(f"<{_WIKIDATA}")
    )
    linkset = f"{dataset}#wikidata-links"
    writer.add(dataset, "void:subset", NamedNode(linkset))
    writer.add(linkset, "rdf:type", _iri("void:Linkset"))
    writer.add(linkset, "void:linkPredicate", NamedNode(_MATCH[1:-1]))
    writer.add(linkset, "void:subjectsTarget", NamedNode(dataset))
    writer.add(linkset, "void:objectsTarget", NamedNode(_WIKIDATA))
    writer.add(linkset, "void:triples", _typed(links, "integer"))
