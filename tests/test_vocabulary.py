"""The vocabulary: code, ontology, concept schemes, shapes and record format name the same terms."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN

from kgpub.vocabulary import (
    CLASSES,
    CWC,
    EDTF,
    ONTOLOGY,
    PREFIXES,
    PROPERTIES,
    SCHEMES,
    VOCABULARY_BASE,
    concept_iri,
    expand,
)

ROOT = Path(__file__).parents[1]
GRAPH = rdflib.Graph().parse(ROOT / "ontology" / "cwc.ttl")
CONCEPTS = rdflib.Graph().parse(ROOT / "ontology" / "concepts.ttl")
SCHEMA = rdflib.Namespace("https://schema.org/")
RECORD = ROOT / "src" / "kgpub" / "collect" / "schemas" / "record.schema.json"
TERMS = sorted({*CLASSES, *PROPERTIES, "edtf"})
PROPERTY_KINDS = {OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property}
EXAMPLE_PREFIXES = {
    **PREFIXES,
    "doc": f"{VOCABULARY_BASE}document/",
    **{kind: f"{VOCABULARY_BASE}{kind}/" for kind in ("edition", "event", "office", "organisation", "person", "place")},
}


def iri(local: str) -> rdflib.URIRef:
    return rdflib.URIRef(CWC + local)


def values(subject: rdflib.term.Node, *predicates: rdflib.URIRef) -> set[rdflib.term.Node]:
    return {value for predicate in predicates for value in GRAPH.objects(subject, predicate)}


def schema_values(definition: str) -> set[str]:
    """Return the values that the record format allows for `forms`, `classifications` … (an enum, or a list of examples)."""
    schema: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    node = schema["$defs"][definition]["properties"]
    node = node.get("value") or node["stage"]
    return set(node.get("enum") or node["examples"])


def test_the_ontology_defines_exactly_the_terms_of_the_code() -> None:
    """A term that only one of the two knows is a slip in the other."""
    defined = {str(subject).removeprefix(CWC) for subject in GRAPH.subjects() if str(subject).startswith(CWC)}
    assert defined == set(TERMS)
    assert {str(one).removeprefix(CWC) for one in GRAPH.subjects(RDF.type, OWL.Class)} == set(CLASSES)
    properties = {one for kind in PROPERTY_KINDS for one in GRAPH.subjects(RDF.type, kind)}
    assert {str(one).removeprefix(CWC) for one in properties} == set(PROPERTIES)
    assert (rdflib.URIRef(EDTF), RDF.type, RDFS.Datatype) in GRAPH


@pytest.mark.parametrize("local", TERMS)
def test_every_term_has_a_label_a_definition_and_an_example(local: str) -> None:
    """A reader of the ontology finds each term named, defined in a sentence or two, and used."""
    (label,) = GRAPH.objects(iri(local), RDFS.label)
    (definition,) = GRAPH.objects(iri(local), SKOS.definition)
    (example,) = GRAPH.objects(iri(local), SKOS.example)
    assert isinstance(label, rdflib.Literal)
    assert isinstance(definition, rdflib.Literal)
    assert (label.language, definition.language) == ("en", "en")
    assert re.fullmatch(r"[A-Z].{20,}[.]", definition)
    assert f"cwc:{local}" in str(example)
    assert GRAPH.value(iri(local), RDFS.isDefinedBy) == rdflib.URIRef(ONTOLOGY)


@pytest.mark.parametrize("local", TERMS)
def test_every_example_is_turtle_that_uses_the_term(local: str) -> None:
    """An example can be pasted; its prefixes are those of the publication."""
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in EXAMPLE_PREFIXES.items())
    text = f"@base <{VOCABULARY_BASE}> .\n{prefixes}{GRAPH.value(iri(local), SKOS.example)}"
    graph = rdflib.Graph().parse(data=text, format="turtle")
    nodes = {node for triple in graph for node in triple}
    datatypes = {node.datatype for node in nodes if isinstance(node, rdflib.Literal)}
    assert iri(local) in nodes | datatypes


@pytest.mark.parametrize("local", sorted(PROPERTIES))
def test_every_property_says_what_it_stands_between(local: str) -> None:
    """One class on a side is a domain or range; several are listed as included, never both."""
    for exact, included in ((RDFS.domain, SCHEMA.domainIncludes), (RDFS.range, SCHEMA.rangeIncludes)):
        one, several = values(iri(local), exact), values(iri(local), included)
        assert (len(one) == 1) != (len(several) > 1), exact
        for value in one | several:
            assert not str(value).startswith(CWC) or str(value).removeprefix(CWC) in {*CLASSES, "edtf"}


def test_nothing_in_the_ontology_is_a_blank_node() -> None:
    """Dumps of it can be compared line by line."""
    for graph in (GRAPH, CONCEPTS, rdflib.Graph().parse(ROOT / "ontology" / "alignment.ttl")):
        assert not [triple for triple in graph if any(isinstance(node, rdflib.BNode) for node in triple)]


def test_the_ontology_says_what_it_is() -> None:
    """Title, licence, version and prefix stand in its header."""
    header = rdflib.URIRef(ONTOLOGY)
    assert (header, RDF.type, OWL.Ontology) in GRAPH
    version = str(GRAPH.value(header, OWL.versionInfo))
    assert GRAPH.value(header, OWL.versionIRI) == rdflib.URIRef(f"{ONTOLOGY}/{version}")
    assert GRAPH.value(header, VANN.preferredNamespacePrefix) == rdflib.Literal("cwc")
    assert GRAPH.value(header, VANN.preferredNamespaceUri) == rdflib.Literal(CWC)
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator):
        assert len(list(GRAPH.objects(header, predicate))) == 1, predicate


@pytest.mark.parametrize("folder", ["shapes", "queries"])
def test_shapes_and_queries_use_only_terms_that_are_defined(folder: str) -> None:
    """A misspelt term in a query or a shape finds nothing, and nobody notices."""
    files = [file for file in sorted((ROOT / folder).rglob("*")) if file.suffix in {".ttl", ".rq"}]
    assert files
    for file in files:
        used = set(re.findall(r"\bcwc:([A-Za-z]\w*)", file.read_text(encoding="utf-8")))
        assert used <= set(TERMS), file


def test_every_term_is_looked_at_by_a_shape() -> None:
    """What no shape mentions, nobody checks."""
    text = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "shapes").glob("*.ttl")))
    used = set(re.findall(r"\bcwc:([A-Za-z]\w*)", text))
    assert {*CLASSES, *PROPERTIES} - used - {"Actor"} == set()


def test_the_schemes_are_those_of_the_code() -> None:
    """Every scheme of the code stands in the concepts file, and no other."""
    schemes = {str(one) for one in CONCEPTS.subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == {f"{VOCABULARY_BASE}concept/{scheme}" for scheme in SCHEMES}


def test_every_concept_is_complete() -> None:
    """Name, definition and notation; in one scheme, at its top or below a concept; its IRI is made of both."""
    concepts = set(CONCEPTS.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 60
    for concept in concepts:
        (label,) = CONCEPTS.objects(concept, SKOS.prefLabel)
        (definition,) = CONCEPTS.objects(concept, SKOS.definition)
        (notation,) = CONCEPTS.objects(concept, SKOS.notation)
        (scheme,) = CONCEPTS.objects(concept, SKOS.inScheme)
        assert isinstance(label, rdflib.Literal)
        assert isinstance(definition, rdflib.Literal)
        assert (label.language, definition.language) == ("en", "en")
        assert definition.endswith(".")
        assert str(concept) == concept_iri(str(scheme).rsplit("/", 1)[1], str(notation))
        top, broader = set(CONCEPTS.objects(concept, SKOS.topConceptOf)), set(CONCEPTS.objects(concept, SKOS.broader))
        assert (top == {scheme}) != (len(broader) == 1)
        assert all((wide, SKOS.narrower, concept) in CONCEPTS and wide in concepts for wide in broader)
        assert all((scheme, SKOS.hasTopConcept, concept) in CONCEPTS for scheme in top)


@pytest.mark.parametrize(
    ("scheme", "definition"),
    [("form", "form"), ("classification", "classification"), ("urgency", "urgency"), ("stage", "transmission")],
)
def test_the_schemes_hold_what_the_record_format_allows(scheme: str, definition: str) -> None:
    """A value that a record may hold has a concept, and a concept can stand in a record."""
    members = CONCEPTS.subjects(SKOS.inScheme, rdflib.URIRef(f"{VOCABULARY_BASE}concept/{scheme}"))
    assert {str(CONCEPTS.value(member, SKOS.notation)) for member in members} == schema_values(definition)


def test_topics_are_two_levels_deep() -> None:
    """Four fields with their topics; a document bears topics and a reader browses fields."""
    scheme = rdflib.URIRef(f"{VOCABULARY_BASE}concept/topic")
    fields = set(CONCEPTS.subjects(SKOS.topConceptOf, scheme))
    assert {str(CONCEPTS.value(field, SKOS.notation)) for field in fields} == {"diplomacy", "war", "supply", "politics"}
    for field in fields:
        topics = set(CONCEPTS.objects(field, SKOS.narrower))
        assert len(topics) >= 5
        assert not [below for topic in topics for below in CONCEPTS.objects(topic, SKOS.narrower)]


def test_expand_knows_the_prefixes_and_refuses_others() -> None:
    """A prefixed name becomes an IRI; a prefix that is not ours is an error at once."""
    assert expand("cwc:sender") == f"{CWC}sender"
    with pytest.raises(KeyError):
        expand("nobody:sender")
