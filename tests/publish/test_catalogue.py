"""The description of the publication: every figure in it is the one on disk, and every term one that a standard has."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS, VOID, XSD

from kgpub.publish.catalogue import Publication, write_catalogue
from kgpub.publish.contents import Contents
from kgpub.publish.dumps import write_dumps
from kgpub.publish.output import Output

BASE = "https://example.org/letters/"
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
VERSION = rdflib.URIRef(f"{DCAT}version")
DATASET = rdflib.URIRef(f"{BASE}dataset")
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
PUBLICATION = Publication(
    base=BASE,
    title='Letters of the "Harbour"',
    description="Four letters.",
    publisher="The Harbour Society",
    licence=LICENCE,
    language="en",
    version="1.2.0",
    modified="2024-02-29",
)
# What DCAT 3 adds or borrows that rdflib's tables do not hold: https://www.w3.org/TR/vocab-dcat-3/
DCAT_3 = {VERSION}
SPDX_OF_DCAT_3 = {
    SPDX[name] for name in ("checksum", "Checksum", "algorithm", "checksumAlgorithm_sha256", "checksumValue")
}

Writer = Callable[[Publication], rdflib.Graph]


@pytest.fixture
def catalogue(output: Output, contents: Contents, prefixes: dict[str, str]) -> Writer:
    def write(publication: Publication = PUBLICATION) -> rdflib.Graph:
        dumps = write_dumps(output, "letters", ("ttl", "nq", "jsonld"), contents, prefixes, 20_000)
        output.settle()
        write_catalogue(output, publication, dumps, contents, prefixes)
        output.settle()
        return rdflib.Graph().parse(output.folder / "catalogue.ttl")

    return write


def test_every_dump_is_described_as_it_is_on_disk(catalogue: Writer, output: Output) -> None:
    """Size, checksum and packing of each distribution are read off the file itself."""
    graph = catalogue(PUBLICATION)
    nodes = list(graph.objects(DATASET, DCAT.distribution))
    described = set()
    for node in nodes:
        name = str(graph.value(node, DCTERMS.title))
        content = (output.folder / name).read_bytes()
        checksum = graph.value(node, SPDX.checksum)
        assert graph.value(node, DCAT.byteSize) == rdflib.Literal(str(len(content)), datatype=XSD.nonNegativeInteger)
        assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        assert str(graph.value(checksum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()
        assert graph.value(node, DCAT.downloadURL) == rdflib.URIRef(f"{BASE}download/{name}")
        packed = (node, DCAT.compressFormat, None) in graph
        assert packed == name.endswith(".gz")
        assert not packed or gzip.decompress(content) == (output.folder / name.removesuffix(".gz")).read_bytes()
        described.add(name)
    assert described == {path.name for path in output.folder.glob("letters.*")}
    assert {name for name in described if name.endswith(".gz")} == {"letters.nq.gz", "letters.jsonld.gz"}
    assert set(graph.objects(DATASET, VOID.dataDump)) == {rdflib.URIRef(f"{BASE}download/{name}") for name in described}


def test_the_media_type_of_a_packed_dump_is_that_of_its_content(catalogue: Writer) -> None:
    """DCAT 3, 6.8.17: dcat:mediaType is of the content, dcat:compressFormat of the packing."""
    graph = catalogue(PUBLICATION)
    (node,) = graph.subjects(DCTERMS.title, rdflib.Literal("letters.nq.gz"))
    assert str(graph.value(node, DCAT.mediaType)).endswith("/application/n-quads")
    assert str(graph.value(node, DCAT.compressFormat)).endswith("/application/gzip")


def test_the_counts_are_those_of_the_dump(catalogue: Writer, output: Output) -> None:
    """Counted anew, with another library, in the Turtle that people download."""
    graph = catalogue(PUBLICATION)
    data = rdflib.Graph().parse(output.folder / "letters.ttl")
    subjects = set(data.subjects())

    def figure(property_: rdflib.URIRef, of: rdflib.term.Node = DATASET) -> int:
        return int(str(graph.value(of, property_)))

    assert figure(VOID.triples) == len(data)
    assert figure(VOID.distinctSubjects) == len(subjects)
    assert figure(VOID.entities) == sum(1 for one in subjects if str(one).startswith(BASE))
    assert figure(VOID.properties) == len(set(data.predicates()))
    classes = set(data.objects(None, RDF.type))
    assert figure(VOID.classes) == len(classes)
    parts = {graph.value(part, VOID["class"]): part for part in graph.objects(DATASET, VOID.classPartition)}
    assert set(parts) == classes
    for cls, part in parts.items():
        assert figure(VOID.entities, part) == len(set(data.subjects(RDF.type, cls))), cls
    parts = {graph.value(part, VOID.property): part for part in graph.objects(DATASET, VOID.propertyPartition)}
    assert set(parts) == set(data.predicates())
    for property_, part in parts.items():
        assert figure(VOID.triples, part) == len(list(data.triples((None, property_, None)))), property_


def test_the_links_to_wikidata_are_a_linkset(catalogue: Writer) -> None:
    """Only published matches count: one is verified, one was rejected."""
    graph = catalogue(PUBLICATION)
    (linkset,) = graph.subjects(RDF.type, VOID.Linkset)
    assert (DATASET, VOID.subset, linkset) in graph
    assert graph.value(linkset, VOID.linkPredicate) == SKOS.exactMatch
    assert graph.value(linkset, VOID.triples) == rdflib.Literal(1)


def test_the_catalogue_says_whose_it_is_since_when_and_under_which_licence(catalogue: Writer) -> None:
    """What a harvester reads first, of the dataset and of each of its distributions."""
    graph = catalogue(PUBLICATION)
    modified = rdflib.Literal("2024-02-29", datatype=XSD.date)
    assert (rdflib.URIRef(f"{BASE}catalogue"), DCAT.dataset, DATASET) in graph
    assert graph.value(DATASET, DCTERMS.title) == rdflib.Literal('Letters of the "Harbour"', lang="en")
    assert graph.value(DATASET, VERSION) == rdflib.Literal("1.2.0")
    publisher = graph.value(DATASET, DCTERMS.publisher)
    assert graph.value(publisher, FOAF.name) == rdflib.Literal("The Harbour Society")
    for node in (DATASET, *graph.objects(DATASET, DCAT.distribution)):
        assert graph.value(node, DCTERMS.license) == rdflib.URIRef(LICENCE)
        assert graph.value(node, DCTERMS.modified) == modified
    (service,) = graph.subjects(RDF.type, DCAT.DataService)
    assert graph.value(service, DCAT.endpointURL) == graph.value(DATASET, VOID.sparqlEndpoint)


def test_every_term_is_one_that_its_standard_has(catalogue: Writer) -> None:
    """rdflib knows the terms of VoID, DCMI, FOAF and DCAT 2; what DCAT 3 adds is listed above."""
    graph = catalogue(PUBLICATION)
    used = set(graph.predicates()) | set(graph.objects(None, RDF.type))
    spaces = (DCAT, VOID, DCTERMS, FOAF, RDF)
    known = {term for term in used if any(str(term).startswith(str(space)) and term in space for space in spaces)}
    assert used - known <= DCAT_3 | SPDX_OF_DCAT_3
    assert {DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, VOID.Dataset} <= known
    assert SPDX.Checksum in used


def test_no_description_is_no_statement_and_no_node_is_blank(output: Output, catalogue: Writer) -> None:
    """An empty text would say that the dataset is described by nothing."""
    graph = catalogue(Publication(BASE, "T", "", "P", LICENCE, "en", "1", "2024-02-29"))
    assert (DATASET, DCTERMS.description, None) not in graph
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)
    assert list(parse(Path(output.folder / "catalogue.ttl").read_bytes(), format=RdfFormat.TURTLE))
