"""The references of the real corpus: held to the golden cases, and to the shapes that no record's own graph is held to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import ModuleType

import pyshacl
import pytest
import rdflib
import yaml
from pyoxigraph import NamedNode, RdfFormat, Store, serialize
from rdflib.namespace import SH

from kgpub.graph.load import turtle_files
from kgpub.graph.shapes import read_shapes
from kgpub.project import Project
from kgpub.vocabulary import CWC
from tests.parts import bench_program
from tests.tiny import PROJECT

pytestmark = pytest.mark.slow

GOLDEN = PROJECT / "tests" / "golden" / "references.yaml"


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    """The measuring program, which is no part of the package."""
    return bench_program("references")


@pytest.fixture
def store(real_store: Store) -> Store:
    return real_store


def values(store: Store, query: str) -> list[tuple[str, ...]]:
    prefixes = f"PREFIX cwc: <{CWC}> PREFIX dcterms: <http://purl.org/dc/terms/>"
    rows = store.query(f"{prefixes} {query}", use_default_graph_as_union=True)
    return sorted(tuple(term.value.rpartition("/")[2] if term else "" for term in row) for row in rows)  # type: ignore


def test_the_golden_cases_are_well_formed() -> None:
    """Each names one reference, says why, and stands once."""
    cases = yaml.safe_load(GOLDEN.read_text(encoding="utf-8"))
    keys = Counter((one["document"], one["lines"], one.get("number"), one.get("date")) for one in cases)
    assert set(keys.values()) == {1}
    assert all(len(one["ground"]) > 10 for one in cases)


def test_every_reference_means_what_the_reader_decided(measure: ModuleType, store: Store) -> None:
    """No wrong match, none missed, and no reference that nobody has decided."""
    golden = measure.cases(GOLDEN)
    references, matches = measure.found(store)
    assert references == set(golden)
    found = {case: {one.document for one in matches if one.case == case} for case in golden}
    assert {case: found[case] for case in golden if found[case] != golden[case]} == {}


def test_the_page_of_figures_is_what_the_command_makes(measure: ModuleType, store: Store) -> None:
    """docs/references.md is not written by hand."""
    references, matches = measure.found(store)
    made = measure.page(measure.cases(GOLDEN), references, matches, measure.letters(store))
    assert (PROJECT / "docs" / "references.md").read_text(encoding="utf-8") == made


def test_a_wrong_match_would_be_counted(measure: ModuleType) -> None:
    """One right of two found, one right of three decided."""
    case, other = measure.Case("L2", "1", "", ""), measure.Case("L3", "1", "", "")
    golden = {case: frozenset({"L1"}), other: frozenset({"L4", "L5"})}
    matches = {measure.Found(case, "L1", "r"), measure.Found(other, "L6", "r")}
    assert measure.compare(golden, matches) == (2, 1, 1 / 2, 1 / 3)


def test_derived_statements_conform_to_the_shapes(publication: Project, store: Store) -> None:
    """Records are judged one by one, before references are resolved; matches and attested letters are judged here."""
    derived = store.quads_for_pattern(None, None, None, NamedNode(f"{publication.base}graph/derived"))
    triples = [quad.triple for quad in derived]
    graph = rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    references = f"SELECT DISTINCT ?r {{ ?m <{CWC}matchOf> ?r }}"
    for (reference,) in graph.query(references):  # type: ignore[misc]
        graph.add((reference, rdflib.RDF.type, rdflib.URIRef(f"{CWC}Reference")))
    for kind in ("Person", "Organisation"):
        for quad in store.quads_for_pattern(None, NamedNode(str(rdflib.RDF.type)), NamedNode(f"{CWC}{kind}")):
            graph.add((rdflib.URIRef(quad.subject.value), rdflib.RDF.type, rdflib.URIRef(f"{CWC}Actor")))
    span = {"span_from": "1950-01-01", "span_until": "1956-12-31"}
    shapes = rdflib.Graph().parse(data=read_shapes(turtle_files(PROJECT / "shapes"), span, "document"), format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    kinds = {"AttestedDocument", "Match"}
    found = [
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultMessage)))
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
        if str(report.value(result, SH.sourceShape)).rpartition("#")[2].partition("-")[0] in kinds
    ]
    assert found == []
    assert (None, rdflib.RDF.type, rdflib.URIRef(f"{CWC}Match")) in graph


def test_citations_of_one_letter_lead_to_one_node(store: Store) -> None:
    """The decision and its draft cite one telegram; so do the letter of Mao's and the telegram that carries it."""
    cited = values(store, "SELECT ?letter ?document { ?letter a cwc:AttestedDocument ; cwc:citedIn ?document }")
    by_letter: dict[str, list[str]] = {}
    for letter, document in cited:
        by_letter.setdefault(letter, []).append(document)
    assert by_letter["from-andrey-vyshinsky-no-802-1950"] == ["W046", "W046a"]
    assert by_letter["from-vladimir-razuvaev-no-1352-1951"] == ["W096", "W096a", "W097a"]
    assert by_letter["from-gao-gang-and-kim-il-sung-to-mao-zedong-1951-06-13"] == ["W070", "W071a"]
    assert by_letter["from-matthew-ridgway-to-kim-il-sung-and-peng-dehuai-1951-06-30"] == ["W079", "W080a"]
    assert by_letter["from-nikolai-roshchin-no-1112-1126-1950"] == ["W018"]


def test_no_letter_is_both_published_and_known_only_from_its_mention(store: Store) -> None:
    assert values(store, "SELECT ?x { ?x a cwc:AttestedDocument , cwc:Document }") == []
    senders = "SELECT ?x { ?x a cwc:AttestedDocument . { ?x cwc:sender ?a } UNION { ?x cwc:recipient ?a } }"
    assert values(store, senders) == []


def test_no_match_leads_into_its_own_carrier(store: Store) -> None:
    own = "{ ?citing cwc:encloses+ ?found } UNION { ?found cwc:encloses+ ?citing } UNION { FILTER(?citing = ?found) }"
    matches = "?match a cwc:Match ; cwc:citedIn ?citing ; cwc:matchedTo ?found ."
    assert values(store, f"SELECT ?citing ?found {{ {matches} {own} }}") == []
    assert len(values(store, f"SELECT ?match {{ {matches} }}")) == 41


def test_each_letter_has_a_file_of_its_own(publication: Project) -> None:
    """Its Turtle says what it is and where it is mentioned."""
    file = publication.outputs.dist / "attested" / "from-mao-zedong-no-3153-1950.ttl"
    text = file.read_text(encoding="utf-8")
    assert "cwc:AttestedDocument" in text
    assert "Known only from its mention in W045: Mao Zedong to Joseph Stalin, No. 3153" in text
    letters = [one for one in Path(file.parent).glob("*.ttl") if "cwc:citedIn" in one.read_text(encoding="utf-8")]
    assert len(letters) == 45


def test_an_editors_none_keeps_the_rules_away(store: Store) -> None:
    """M18 cites the order to leave Korea; M20 bears the same printed day, and is another."""
    reference = "?citing dcterms:identifier 'M18' ; cwc:refersTo ?reference . ?reference cwc:resolvedTo ?found ."
    prefixes = f"PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX cwc: <{CWC}>"
    (found,) = {
        row["found"].value
        for row in store.query(f"{prefixes} SELECT ?found {{ {reference} }}", use_default_graph_as_union=True)
    }  # type: ignore[union-attr]
    assert found.rpartition("/")[2] == "from-joseph-stalin-to-terenty-shtykov-1950-10-13"
