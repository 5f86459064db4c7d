"""The alignment: its terms exist, and a reasoner draws from it what is true and no contradiction."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SDO

from kgpub.vocabulary import CLASSES, CWC, PROPERTIES

with warnings.catch_warnings():
    # Its modules use names that rdflib has deprecated.
    warnings.simplefilter("ignore", DeprecationWarning)
    from owlrl.OWLRL import OWLRL_Semantics

# None of our code runs here, and measuring coverage more than doubles the time of the reasoner.
pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data"
ALIGNMENT = rdflib.Graph().parse(ROOT / "ontology" / "alignment.ttl")
ONTOLOGY = rdflib.Graph().parse(ROOT / "ontology" / "cwc.ttl")
EXTERNAL = rdflib.Graph().parse(DATA / "alignment" / "external.ttl")
BASE = "https://example.org/"
AXIOMS = (RDFS.subClassOf, RDFS.subPropertyOf)

PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "cwc": CWC,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rico": "https://www.ica.org/standards/RiC/ontology#",
    "schema": "https://schema.org/",
}


def term(prefixed: str) -> rdflib.URIRef:
    prefix, _, local = prefixed.partition(":")
    return rdflib.URIRef(PREFIXES[prefix] + local)


def reason(addition: str = "") -> tuple[rdflib.Graph, list[str]]:
    """Return the OWL RL closure of the ontology, the alignment and the invented graphs, and the contradictions in it."""
    graph = rdflib.Graph() + ONTOLOGY + ALIGNMENT + EXTERNAL
    for name in ("document", "authority"):
        graph.parse(DATA / "shapes" / f"{name}.ttl")
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    graph.parse(data=f"@base <{BASE}> .\n{prefixes}{addition}", format="turtle")
    # Definitions and examples bear on nothing and triple the work.
    for predicate in (RDFS.label, RDFS.isDefinedBy, rdflib.SKOS.definition, rdflib.SKOS.example):
        graph.remove((None, predicate, None))
    semantics = OWLRL_Semantics(graph, False, False, False)
    semantics.closure()
    return graph, [str(message) for message in semantics.error_messages]


@pytest.fixture(scope="module")
def closure() -> tuple[rdflib.Graph, list[str]]:
    return reason()


def test_the_alignment_holds_sub_class_and_sub_property_axioms_of_our_terms_only() -> None:
    """Nothing is said of other vocabularies' terms, and nothing is made equivalent to them."""
    header = set(ALIGNMENT.subjects(RDF.type, OWL.Ontology))
    axioms = [triple for triple in ALIGNMENT if triple[0] not in header]
    assert len(axioms) > 100
    for subject, predicate, _ in axioms:
        assert predicate in AXIOMS
        names = CLASSES if predicate == RDFS.subClassOf else PROPERTIES
        assert str(subject).removeprefix(CWC) in names


def test_every_term_that_we_align_to_exists_in_its_vocabulary() -> None:
    """An IRI with a slip would be a promise to nobody."""
    targets = {target for axiom in AXIOMS for target in ALIGNMENT.objects(None, axiom)}
    assert len(targets) > 60
    for target in targets:
        known = (target, RDF.type, None) in EXTERNAL
        # rdflib keeps the full lists of these two vocabularies.
        known = known or any(target.startswith(str(listed)) and target in listed for listed in (SDO, DCTERMS))
        assert known, target


def test_classes_are_aligned_to_classes_and_properties_to_properties() -> None:
    """A class below a property, or the other way round, would be nonsense that no reasoner of ours reports."""
    for axiom, kinds in (
        (RDFS.subClassOf, {OWL.Class}),
        (RDFS.subPropertyOf, {OWL.ObjectProperty, OWL.DatatypeProperty}),
    ):
        for subject, target in ALIGNMENT.subject_objects(axiom):
            stated = set(EXTERNAL.objects(target, RDF.type))
            assert stated <= kinds
            if stated and axiom == RDFS.subPropertyOf:
                assert stated & set(ONTOLOGY.objects(subject, RDF.type)), (subject, target)


def test_the_invented_graphs_contradict_nothing(closure: tuple[rdflib.Graph, list[str]]) -> None:
    """The domains, ranges and disjoint classes of the aligned vocabularies hold for what we publish."""
    assert closure[1] == []


@pytest.mark.parametrize(
    "contradiction",
    [
        "<document/W900> cwc:sender <place/riverside> .",
        "<document/W900> a cwc:Person .",
        "<person/ivan-ivanov> a cwc:Organisation .",
        "<office/harbour-master> a cwc:Person .",
        "<document/W900#transmission-1> a cwc:Reading .",
    ],
)
def test_the_reasoner_sees_a_contradiction_where_there_is_one(contradiction: str) -> None:
    """Else its silence on the invented graphs would say nothing."""
    assert reason(contradiction)[1] != []


@pytest.mark.parametrize(
    ("node", "types"),
    [
        (
            "document/W900",
            "rico:RecordResource crm:E33_Linguistic_Object crm:E90_Symbolic_Object schema:Message prov:Entity",
        ),
        ("document/W899", "cwc:Document rico:Record"),
        ("document/W900#archivalcopy-1", "rico:Instantiation crm:E18_Physical_Thing"),
        ("document/W900#transmission-1", "rico:Activity rico:Event crm:E7_Activity prov:Activity"),
        ("document/W900#reference-1", "cito:Citation"),
        ("edition/boat-papers#citation-1", "cito:Citation"),
        ("attested/xyz-letter", "rico:Record crm:E33_Linguistic_Object foaf:Document"),
        ("document/W900#mention-1", "oa:Annotation"),
        ("document/W900#registrynumber-1", "rico:Identifier crm:E42_Identifier"),
        ("person/ivan-ivanov", "cwc:Actor rico:Person rico:Agent crm:E21_Person foaf:Person prov:Agent schema:Person"),
        ("person/ivan-ivanov#heron", "rico:AgentName crm:E41_Appellation"),
        ("person/ivan-ivanov#tenure-1", "rico:PositionHoldingRelation rico:Relation"),
        ("organisation/boat-office", "cwc:Actor rico:Group crm:E74_Group foaf:Organization"),
        ("office/harbour-master", "rico:Position rico:Agent"),
        ("place/riverside", "rico:Place crm:E53_Place prov:Location geo:SpatialThing"),
        ("event/flood", "rico:Event crm:E5_Event"),
        ("archive/XYZ/fond-9", "rico:RecordSet crm:E78_Curated_Holding schema:ArchiveComponent"),
    ],
)
def test_the_reasoner_finds_what_our_things_are_elsewhere(
    closure: tuple[rdflib.Graph, list[str]], node: str, types: str
) -> None:
    """Whoever queries with another vocabulary finds our things."""
    inferred = set(closure[0].objects(rdflib.URIRef(BASE + node), RDF.type))
    assert {term(name) for name in types.split()} <= inferred


@pytest.mark.parametrize(
    ("subject", "predicate", "target"),
    [
        ("document/W900", "rico:hasSender", "person/ivan-ivanov"),
        ("document/W900", "rico:hasAddressee", "person/petr-petrov"),
        ("document/W900", "cito:repliesTo", "document/W899"),
        ("document/W900", "rico:isReplyTo", "document/W899"),
        ("document/W900", "crm:P67_refers_to", "place/lakeside"),
        ("document/W900", "prov:wasAttributedTo", "person/ivan-ivanov"),
        ("document/W900", "rico:hasOrHadConstituent", "document/W900a"),
        ("document/W900a", "schema:isPartOf", "document/W900"),
        ("document/W900", "rico:hasOrHadInstantiation", "document/W900#archivalcopy-1"),
        ("person/ivan-ivanov#heron", "rico:isOrWasAgentNameOf", "person/ivan-ivanov"),
    ],
)
def test_the_reasoner_finds_our_statements_elsewhere(
    closure: tuple[rdflib.Graph, list[str]], subject: str, predicate: str, target: str
) -> None:
    """Whoever queries with another vocabulary's property finds our statements."""
    assert (rdflib.URIRef(BASE + subject), term(predicate), rdflib.URIRef(BASE + target)) in closure[0]


def test_nothing_of_ours_is_taken_for_something_else_of_ours(closure: tuple[rdflib.Graph, list[str]]) -> None:
    """Domains and ranges give each node the class that it has, and those above it, but no other."""
    graph, _ = closure
    ours = {term(f"cwc:{name}") for name in CLASSES}
    above = {(lower, upper) for lower, upper in ONTOLOGY.subject_objects(RDFS.subClassOf)}
    stated = rdflib.Graph()
    for name in ("document", "authority"):
        stated.parse(DATA / "shapes" / f"{name}.ttl")
    nodes = {subject for subject, cls in stated.subject_objects(RDF.type) if cls in ours}
    assert len(nodes) > 30
    for node in nodes:
        direct = set(stated.objects(node, RDF.type)) & ours
        allowed = direct | {upper for lower, upper in above if lower in direct}
        assert set(graph.objects(node, RDF.type)) & ours == allowed, node
