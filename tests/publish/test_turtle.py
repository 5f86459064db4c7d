"""Turtle for people: few prefixes, subjects together, the order that was given, the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys

import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kgpub.publish.turtle import prefixes_of, turtle
from kgpub.vocabulary import EDTF, PREFIXES

BASE = "https://example.org/letters/"


def triple(subject: str, predicate: str, obj: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), obj)


ADA = triple(f"{BASE}person/ada", f"{PREFIXES['skos']}prefLabel", Literal("Ada", language="en"))
BORN = triple(f"{BASE}person/ada", f"{PREFIXES['cwc']}born", Literal("1890", datatype=NamedNode(EDTF)))
PART = triple(f"{BASE}document/L1#part", f"{PREFIXES['cwc']}agent", NamedNode(f"{BASE}person/ada"))


def test_the_prefixes_are_those_of_the_vocabularies_and_of_each_kind_of_entity() -> None:
    """A reader of a file sees `doc:L1` and `person:ada`, under the publication's own base."""
    prefixes = prefixes_of(BASE)
    assert prefixes.items() >= PREFIXES.items()
    assert prefixes["doc"] == f"{BASE}document/"
    assert prefixes["person"] == f"{BASE}person/"


def test_only_prefixes_in_use_are_declared() -> None:
    """The head of a small file stays small: a datatype counts as a use, the one that plain texts leave out does not."""
    note = triple(f"{BASE}person/ada", f"{PREFIXES['cwc']}reason", Literal("A plain text."))
    text = turtle([ADA, BORN, note], prefixes_of(BASE)).decode()
    declared = {line.split()[1] for line in text.splitlines() if line.startswith("@prefix")}
    assert declared == {"person:", "skos:", "cwc:"}


def test_a_subject_is_written_once_with_all_it_says() -> None:
    """Its triples stand together, so they are joined by `;`."""
    text = turtle([ADA, BORN], prefixes_of(BASE)).decode()
    assert text.count("person:ada") == 1
    assert ";" in text


def test_a_part_reads_back_as_it_was_in_two_parsers() -> None:
    """A `#` in a prefixed name is escaped (Turtle 1.1, PN_LOCAL_ESC), and every parser has to undo that."""
    content = turtle([PART], prefixes_of(BASE))
    assert [quad.triple for quad in parse(content, format=RdfFormat.TURTLE)] == [PART]
    assert [str(s) for s in rdflib.Graph().parse(data=content, format="turtle").subjects()] == [
        f"{BASE}document/L1#part"
    ]


def test_the_order_given_is_kept() -> None:
    """Order is the caller's; sorting again would part a document from its parts."""
    there = [quad.triple for quad in parse(turtle([PART, BORN, ADA], prefixes_of(BASE)), format=RdfFormat.TURTLE)]
    assert there == [PART, BORN, ADA]


def test_the_bytes_do_not_depend_on_the_order_of_hashes() -> None:
    """Prefixes go into a set on the way: three processes with other seeds must write the same."""
    program = (
        "import sys; from pyoxigraph import *; from kgpub.publish.turtle import *; from kgpub.vocabulary import PREFIXES;"
        "s = NamedNode('https://example.org/document/L1');"
        "sys.stdout.buffer.write(turtle([Triple(s, NamedNode(iri + 'x'), s) for iri in PREFIXES.values()],"
        " prefixes_of('https://example.org/')))"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(made) == 1
    assert made.pop().count(b"@prefix") == len(PREFIXES) + 1
