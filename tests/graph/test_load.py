"""The door to the engine: Turtle and N-Quads in, sorted N-Quads out, nothing with a name that changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kgpub.errors import BadInput
from kgpub.graph.load import concepts_of, lines_of, load_store, nquads_lines, ontology_nquads, turtle_files
from tests.graph.built import context, ontology, records

GRAPH = "<https://example.org/graph/ontology>"
PREFIXES = "@prefix : <https://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"


def turtle(folder: Path, text: str, name: str = "a.ttl") -> Path:
    file = folder / name
    file.write_text(PREFIXES + text, encoding="utf-8")
    return file


def test_turtle_becomes_sorted_quads_of_one_graph_and_a_triple_said_twice_stands_once(tmp_path: Path) -> None:
    files = [turtle(tmp_path, ":b :p :c . :a :p 'x'@en, 1 ."), turtle(tmp_path, ":b :p :c .", "b.ttl")]
    assert ontology_nquads(files, GRAPH) == (
        f'<https://example.org/a> <https://example.org/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> {GRAPH} .\n'
        f'<https://example.org/a> <https://example.org/p> "x"@en {GRAPH} .\n'
        f"<https://example.org/b> <https://example.org/p> <https://example.org/c> {GRAPH} .\n"
    )


def test_broken_turtle_is_told_with_file_and_line(tmp_path: Path) -> None:
    file = turtle(tmp_path, ":a :p :b .\n:a :p\n")
    with pytest.raises(BadInput, match=r"a\.ttl: not valid Turtle: .*line [34]") as caught:
        ontology_nquads([file], GRAPH)
    assert caught.value.advice == "Mend the line it names."


@pytest.mark.parametrize("text", [":a :p [] .", "[] :p :a .", ":a :p ( :b ) ."])
def test_a_blank_node_in_the_ontology_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"a\.ttl: has a blank node") as caught:
        ontology_nquads([turtle(tmp_path, text)], GRAPH)
    assert caught.value.advice == "Give it an IRI."


def test_a_text_that_looks_like_a_blank_node_is_none(tmp_path: Path) -> None:
    assert ontology_nquads([turtle(tmp_path, ":a :p 'see _:b here' .")], GRAPH).count("\n") == 1


def test_turtle_files_are_taken_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.ttl", "a.ttl", "c.rq"):
        (tmp_path / name).touch()
    assert [file.name for file in turtle_files(tmp_path)] == ["a.ttl", "b.ttl"]
    assert turtle_files(tmp_path / "none") == []


def test_concepts_are_known_by_scheme_and_notation(tmp_path: Path) -> None:
    text = """
    :c1 skos:inScheme :concept\\/form ; skos:notation "letter" .
    :c2 skos:inScheme :concept\\/form .
    :c3 skos:inScheme :concept\\/topic ; skos:notation "oil" .
    """
    concepts = concepts_of(ontology_nquads([turtle(tmp_path, text)], GRAPH))
    assert concepts == {"form": frozenset({"letter", "c2"}), "topic": frozenset({"oil"})}


def test_the_projects_ontology_has_the_schemes_that_records_use() -> None:
    concepts = context().concepts
    assert {"form", "classification", "urgency", "stage", "topic"} <= set(concepts)
    assert "ciphered-telegram" in concepts["form"]
    assert concepts_of(ontology()) == concepts


def test_what_a_store_is_loaded_with_it_gives_back() -> None:
    text = "".join(one.nquads for one in records())
    assert set(nquads_lines(load_store(text))) == set(lines_of(text))


def test_quads_that_do_not_parse_stop_the_build() -> None:
    with pytest.raises(SyntaxError):
        load_store('<https://example.org/a b> <https://example.org/p> "x" .\n')


def test_lines_end_at_a_line_feed_and_nowhere_else() -> None:
    a = NamedNode("https://example.org/a")
    quads = [
        Quad(a, a, Literal(f"one{mark}two"), a) for mark in ("\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\n", "\r")
    ]
    assert len(nquads_lines(quads)) == len(quads)
    assert lines_of("a\u2028b\nc\n") == ["a\u2028b\n", "c\n"]
    assert lines_of("") == []
