"""What things in a graph are called."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from kgpub.graph.load import load_store
from kgpub.labels import Graph
from kgpub.vocabulary import PREFIXES

BASE = "https://example.org/"
PARTS = f"""
<{BASE}person/ada> <{PREFIXES["skos"]}prefLabel> "Ada Federkiel"@de <{BASE}graph/authority> .
<{BASE}person/ada> <{PREFIXES["skos"]}prefLabel> "Ada Quill"@en <{BASE}graph/authority> .
<{BASE}document/L1> <{PREFIXES["dcterms"]}title> "A letter"@en <{BASE}graph/L1> .
<{BASE}document/L1> <{PREFIXES["cwc"]}sender> <{BASE}person/ada> <{BASE}graph/L1> .
<{BASE}document/L1> <{PREFIXES["cwc"]}inReplyTo> <{BASE}document/L0> <{BASE}graph/derived> .
<{BASE}document/L1#way> <{PREFIXES["cwc"]}agent> <{BASE}person/ada> <{BASE}graph/L1> .
<{BASE}document/L1#way> <{PREFIXES["cwc"]}stage> "received" <{BASE}graph/L1> .
<{BASE}document/L1#claim> <{PREFIXES["cwc"]}onProperty> <{PREFIXES["dcterms"]}date> <{BASE}graph/L1> .
<{BASE}document/L1#claim> <{PREFIXES["cwc"]}claimedValue> "1950" <{BASE}graph/L1> .
<{BASE}document/L1#claim> <{PREFIXES["cwc"]}editionValue> "1951" <{BASE}graph/L1> .
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph(load_store(PARTS), BASE)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("person/ada", "Ada Quill"),
        ("document/L1", "A letter"),
        ("document/L1#way", "stage received, agent Ada Quill"),
        ("person/nobody", ""),
        ("document/L1#claim", "onProperty dcterms:date, claimedValue 1950, editionValue 1951"),
    ],
)
def test_a_thing_is_called_by_its_english_name_its_title_or_what_it_says(graph: Graph, path: str, label: str) -> None:
    assert graph.label(NamedNode(BASE + path)) == label


def test_a_thing_elsewhere_is_called_by_its_address_or_prefixed_name(graph: Graph) -> None:
    assert graph.label(NamedNode("https://archive.example.net/1")) == "https://archive.example.net/1"
    assert graph.label(NamedNode(f"{PREFIXES['wd']}Q1")) == "wd:Q1"


def test_a_literal_is_called_what_it_says_and_says_nothing_more(graph: Graph) -> None:
    assert graph.label(Literal("362")) == "362"
    assert graph.about(Literal("362")) == []
    assert graph.short(Literal("362")) == ""


def test_a_thing_is_short_by_its_path_or_its_prefix(graph: Graph) -> None:
    assert graph.short(NamedNode(f"{BASE}person/ada")) == "person/ada"
    assert graph.short(NamedNode(f"{PREFIXES['cwc']}sender")) == "cwc:sender"


def test_a_statement_tells_which_record_makes_it(graph: Graph) -> None:
    """One that the build derived stands in none."""
    said = {one.predicate.value.rpartition("#")[2]: one for one in graph.about(NamedNode(f"{BASE}document/L1"))}
    assert (said["sender"].record, said["inReplyTo"].record) == ("L1", "")
    assert said["sender"].triple == (
        f"<{BASE}document/L1>",
        f"<{PREFIXES['cwc']}sender>",
        f"<{BASE}person/ada>",
    )
