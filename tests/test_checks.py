"""The checks over the whole store: a sound store passes all of them, and each finds the fault it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pyoxigraph import NamedNode, RdfFormat, Store

from kgpub.graph.checks import run_checks
from kgpub.queries import load_queries

ROOT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data" / "shapes"
BASE = "https://example.org/"
CHECKS = {query.name: query for query in load_queries(ROOT / "queries" / "check", relative_to=ROOT)}
PREFIXES = """
@base <https://example.org/> .
@prefix cwc: <https://w3id.org/cwcorr/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
OTHER = """
<document/W899> a cwc:Document ; dcterms:identifier "W899" ; dcterms:date "1950-05-01"^^xsd:date ;
  cwc:sender <person/petr-petrov> ; cwc:telegramNumber "76" ;
  cwc:heldAs <document/W899#archivalcopy-1> .
<document/W899#archivalcopy-1> a cwc:ArchivalCopy ; cwc:inUnit <archive/XYZ/fond-9/opis-1/delo-2> ; cwc:listy "8-9" .
<graph/W899> prov:wasDerivedFrom <file/W899.yaml> .
"""

CASES = [
    (case["check"], case["added"], case["message"])
    for case in yaml.safe_load((Path(__file__).parent / "data" / "checks" / "cases.yaml").read_text(encoding="utf-8"))
]

NEAR_MISSES = [
    (case["check"], case["added"])
    for case in yaml.safe_load(
        (Path(__file__).parent / "data" / "checks" / "near-misses.yaml").read_text(encoding="utf-8")
    )
]


def store(addition: str = "") -> Store:
    """Return the invented graphs, each under its name, with `addition` in a graph that nothing accounts for."""
    made = Store()
    parts = (
        ("W900", (DATA / "document.ttl").read_text(encoding="utf-8")),
        ("authority", (DATA / "authority.ttl").read_text(encoding="utf-8")),
        ("W899", PREFIXES + OTHER),
        ("added", PREFIXES + addition),
    )
    for name, text in parts:
        made.load(text.encode(), format=RdfFormat.TURTLE, to_graph=NamedNode(f"{BASE}graph/{name}"))
    return made


def messages(held: Store, name: str) -> set[str]:
    return {finding.message for finding in run_checks(held, [CHECKS[name]])}


@pytest.mark.parametrize("name", sorted(set(CHECKS) - {"statement-without-reading"}))
def test_a_sound_store_passes(name: str) -> None:
    """A check returns nothing where nothing is wrong."""
    assert messages(store(), name) == set()


def test_a_statement_with_a_reading_is_not_reported() -> None:
    """The invented document says where its sender was read, and of nothing else."""
    reported = messages(store(), "statement-without-reading")
    assert reported
    assert not [message for message in reported if "sender of document/W900 " in message]


@pytest.mark.parametrize(("name", "addition", "message"), CASES, ids=[case[0] for case in CASES])
def test_a_check_finds_its_fault(name: str, addition: str, message: str) -> None:
    """One fault more in the store is one message more, and it names the nodes."""
    assert messages(store(addition), name) - messages(store(), name) == {message}


@pytest.mark.parametrize(("name", "addition"), NEAR_MISSES)
def test_a_check_is_silent_where_the_dates_allow_it(name: str, addition: str) -> None:
    """What may be right, as far as the dates are known, is no fault."""
    assert messages(store(addition), name) == messages(store(), name)


def test_every_check_has_a_case() -> None:
    """No check is there that no test has seen speak."""
    assert {name for name, _, _ in CASES} == set(CHECKS)
    assert len(CHECKS) >= 8


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_check_says_how_grave_it_is_and_names_only_what_it_selects(name: str) -> None:
    """A placeholder that no column fills would be shown as it is."""
    check = CHECKS[name]
    assert check.severity in {"Violation", "Warning", "Info"}
    for case in (case for case in CASES if case[0] == name):
        assert "{" not in "".join(messages(store(case[1]), name))
