"""The shapes: an invented graph conforms, and each change of it is answered with exactly the message that fits."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
import yaml
from rdflib.namespace import RDF, RDFS, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from kgpub.graph.shapes import Job, _FastGraph, read_shapes, validate_job
from kgpub.vocabulary import CWC

ROOT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data" / "shapes"
SHAPES = rdflib.Namespace("https://w3id.org/cwcorr/shapes#")
SPAN = {"span_from": "1949-01-01", "span_until": "1953-12-31"}
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}


@dataclass(frozen=True, slots=True)
class Case:
    """One change of an invented graph, and the shapes that then speak: one, and those that must follow from it."""

    shape: str
    old: str
    new: str
    message: str = ""
    also: tuple[str, ...] = ()


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((DATA / f"{name}-cases.yaml").read_text(encoding="utf-8"))
    made = [Case(**{**one, "also": tuple(one.get("also", ()))}) for one in found]
    return [pytest.param(case, id=f"{number}-{case.shape}") for number, case in enumerate(made)]


DOCUMENT_CASES, AUTHORITY_CASES, ACTOR_CASES = cases("document"), cases("authority"), cases("actor")


class Prepared(rdflib.Graph):
    """Parses each query text once: pySHACL asks the same few of every graph, and parsing one takes ten times its running."""

    def query(self, query_object, *args, **kwargs):  # type: ignore[no-untyped-def]
        return super().query(_prepared(query_object), *args, **kwargs)


@functools.cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def shapes_text(graph: str = "") -> str:
    """Return the shapes whose first line says that they are for `graph` (`document`, `authority`), or all of them."""
    files = sorted((ROOT / "shapes").glob("*.ttl"))
    return read_shapes([file for file in files if graph in file.read_text(encoding="utf-8").splitlines()[0]], SPAN)


@functools.cache
def shapes(graph: str = "") -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes_text(graph), format="turtle")


@functools.cache
def ontology() -> rdflib.Graph:
    """Return what the build lays beside every graph: which concepts there are, and which class is below which."""
    concepts = rdflib.Graph().parse(ROOT / "ontology" / "concepts.ttl")
    terms = rdflib.Graph().parse(ROOT / "ontology" / "cwc.ttl")
    graph = rdflib.Graph()
    for triple in (*concepts.triples((None, RDF.type, None)), *terms.triples((None, RDFS.subClassOf, None))):
        graph.add(triple)
    return graph


@functools.cache
def parsed(text: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format="turtle")


def read(name: str) -> str:
    return (DATA / f"{name}.ttl").read_text(encoding="utf-8")


def found(own: str, around: str = "", *, fast: bool = False) -> set[tuple[str, str, str]]:
    """Return shape, severity and message of every result for the nodes that `own` describes.

    `fast` asks as the build does: constraints in SPARQL are answered by Oxigraph instead of rdflib.
    """
    data = Prepared().parse(data=own, format="turtle")
    focus = set(data.subjects())
    data += ontology()
    if around:
        data += parsed(around)
    kind = "document" if around else "authority"
    if fast:
        data = _FastGraph(data.serialize(format="nt"))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(kind), inplace=True)
    return {
        (
            str(report.value(result, SH.sourceShape)).removeprefix(SHAPES),
            str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
            str(message),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
        if report.value(result, SH.focusNode) in focus
        for message in report.objects(result, SH.resultMessage)
    }


def changed(graph: str, case: Case) -> str:
    text = read(graph)
    assert text.count(case.old) == 1, f"{case.old!r} stands {text.count(case.old)} times in {graph}.ttl"
    return text.replace(case.old, case.new)


def expected(case: Case) -> set[tuple[str, str, str]]:
    shape = SHAPES[case.shape]
    severity = str(shapes().value(shape, SH.severity)).removeprefix(str(SH))
    messages = case.message or str(shapes().value(shape, SH.message))
    return {(case.shape, severity, message) for message in messages.split("\n")}


def targeted() -> set[rdflib.term.Node]:
    return {shape for predicate in (SH.targetClass, SH.targetSubjectsOf) for shape in shapes().subjects(predicate)}


def test_the_invented_document_conforms() -> None:
    """No shape says anything of a document that has all there is to have."""
    assert found(read("document"), read("authority")) == set()


def test_the_invented_authority_conforms() -> None:
    """No shape says anything of authority entries that are complete."""
    assert found(read("authority")) == set()


@pytest.mark.parametrize("case", DOCUMENT_CASES)
def test_a_broken_document_is_answered_with_the_message_that_fits(case: Case) -> None:
    """One change of the document gives the message of one shape, and of those that the case says follow."""
    results = found(changed("document", case), read("authority"))
    assert found(changed("document", case), read("authority"), fast=True) == results
    assert {result for result in results if result[0] not in case.also} == expected(case)
    assert {result[0] for result in results} == {case.shape, *case.also}


@pytest.mark.parametrize("case", AUTHORITY_CASES)
def test_a_broken_authority_entry_is_answered_with_the_message_that_fits(case: Case) -> None:
    """One change of the authority gives the message of one shape, and of those that the case says follow."""
    results = found(changed("authority", case))
    assert found(changed("authority", case), fast=True) == results
    assert {result for result in results if result[0] not in case.also} == expected(case)
    assert {result[0] for result in results} == {case.shape, *case.also}


@pytest.mark.parametrize("case", ACTOR_CASES)
def test_a_document_is_held_against_the_lives_and_offices_of_its_actors(case: Case) -> None:
    """What the authority says of an actor is said of the document, by name."""
    assert found(read("document"), changed("authority", case)) == expected(case)


def test_the_graph_of_a_further_edition_may_leave_title_and_abstract_to_the_first() -> None:
    """A document that a merged identifier of the same graph leads to needs no title there."""
    left = [
        line for line in read("document").splitlines() if "Ivanov to Petrov" not in line and "asked for" not in line
    ]
    assert len(left) == len(read("document").splitlines()) - 2
    assert found("\n".join(left), read("authority")) == set()


def test_every_shape_with_a_target_is_broken_by_a_case() -> None:
    """No shape is there that no test has seen speak."""
    broken = {parameter.values[0].shape for parameter in (*DOCUMENT_CASES, *AUTHORITY_CASES, *ACTOR_CASES)}
    assert {str(shape).removeprefix(SHAPES) for shape in targeted()} == broken


def test_every_shape_says_in_english_what_is_wrong_and_how_grave_it_is() -> None:
    """A message names the fault and, after a colon or in a sentence of its own, what would be right."""
    kinds = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)
    every = {shape for kind in kinds for shape in shapes().subjects(RDF.type, kind)}
    assert len(every) > 150
    for shape in every:
        messages = list(shapes().objects(shape, SH.message))
        assert [message.language for message in messages if isinstance(message, rdflib.Literal)] == ["en"], shape
        assert ": " in messages[0], shape
        assert str(messages[0]).endswith("."), shape
        assert set(shapes().objects(shape, SH.severity)) <= SEVERITIES, shape
        assert len(list(shapes().objects(shape, SH.severity))) == 1, shape


def test_every_shape_has_a_name() -> None:
    """Shapes, constraints and groups are IRIs of the shapes namespace; only lists and paths are blank nodes."""
    for predicate in (SH.severity, SH.message, SH.targetClass, SH.targetSubjectsOf, SH.select):
        for subject in shapes().subjects(predicate):
            assert str(subject).startswith(SHAPES), subject


def test_a_sparql_shape_and_its_constraint_say_the_same() -> None:
    """pySHACL joins the two messages, so they must be one."""
    pairs = list(shapes().subject_objects(SH.sparql))
    assert pairs
    for shape, constraint in pairs:
        assert shapes().value(shape, SH.message) == shapes().value(constraint, SH.message)
        assert shapes().value(shape, SH.severity) == shapes().value(constraint, SH.severity)


def test_shapes_speak_only_of_terms_that_the_ontology_defines() -> None:
    """A slip in a term's name would make a shape silent."""
    defined = set(rdflib.Graph().parse(ROOT / "ontology" / "cwc.ttl").subjects())
    nodes = {node for triple in shapes() for node in triple if isinstance(node, rdflib.URIRef) and node.startswith(CWC)}
    assert nodes
    assert nodes <= defined


def test_the_build_validates_with_these_shapes() -> None:
    """The stage that the build calls finds nothing in the invented document, and the fault in a broken one."""
    around = rdflib.Graph().parse(data=read("authority"), format="turtle") + ontology()
    good = rdflib.Graph().parse(data=read("document"), format="turtle")
    bad = rdflib.Graph().parse(data=read("document").replace('"answers"', '"quotes"'), format="turtle")
    jobs = [
        Job("W900", own.serialize(format="nt"), around.serialize(format="nt"), shapes_text()) for own in (good, bad)
    ]
    assert validate_job(jobs[0]) == ()
    (finding,) = validate_job(jobs[1])
    assert finding.severity == "violation"
    assert finding.message.startswith("The kind of reference is missing, doubled or unknown")


def test_the_shapes_are_well_formed() -> None:
    """They conform to the shapes of SHACL itself (https://www.w3.org/TR/shacl/, appendix C)."""
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text
