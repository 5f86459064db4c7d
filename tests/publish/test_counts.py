"""Figures: documents as printed, the items they are, and tables of them, counted by hand in tests/data/tiny.trig."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from kgpub.graph.load import nquads_lines
from kgpub.publish.contents import Contents, read_contents
from kgpub.publish.counts import breakdown, count
from kgpub.vocabulary import PREFIXES


def test_the_figures_are_those_of_the_graph(contents: Contents, quads: list[Quad]) -> None:
    """Five editions of four items (L4 and X1 are one), one enclosure; a triple of two graphs counts once."""
    counts = count(contents)
    triples = counts.pop("Triples")
    assert counts == {
        "Documents as printed": 5,
        "Archival items": 4,
        "Messages enclosed in them": 1,
        "Known only from being cited": 3,
        "Persons": 5,
        "Organisations": 1,
        "Places": 2,
        "Archival units": 4,
        "Named graphs": 12,
    }
    assert triples == len({(q.subject, q.predicate, q.object) for q in quads})
    assert triples < len(quads)


def test_an_empty_graph_has_nothing() -> None:
    """No class need be there to be counted."""
    assert set(count(read_contents("")).values()) == {0}


def test_tables_leave_enclosures_out_and_put_the_most_first(contents: Contents) -> None:
    """L3a, a letter of Seal's, is in none of them; equal numbers go by name; dates count by year, partial ones too."""
    tables = dict(breakdown(contents))
    assert tables["Documents by form"] == {"ciphered-telegram": 3, "letter": 1}
    assert list(tables["Documents by form"]) == ["ciphered-telegram", "letter"]
    assert tables["Documents by year"] == {"1950": 4}
    assert list(tables["Documents by sender"].items()) == [("ben-inkwell", 2), ("ada-quill", 1), ("dora-seal", 1)]
    assert tables["Documents by recipient"] == {"ben-inkwell": 2, "ada-quill": 1, "dora-seal": 1}


def test_the_date_of_a_note_is_not_that_of_a_document(quads: list[Quad]) -> None:
    """Notes, publications and others have dates of their own."""
    note = NamedNode("https://example.org/letters/document/L1#note-1")
    date = Quad(
        note, NamedNode(f"{PREFIXES['dcterms']}date"), Literal("1951-01-01"), NamedNode("https://example.org/g")
    )
    assert dict(breakdown(read_contents("".join(nquads_lines([*quads, date])))))["Documents by year"] == {"1950": 4}
