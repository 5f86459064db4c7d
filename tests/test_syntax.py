"""What is said of a query that is no SPARQL."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kgpub.syntax import explained, where


def error_of(query: str) -> SyntaxError:
    with pytest.raises(SyntaxError) as caught:
        Store().query(query)
    return caught.value


@pytest.mark.parametrize(
    ("query", "line", "mark"),
    [
        ("ASK {", 1, "  ASK {\n       ^"),
        ("SELECT *\nWHERE { ?s ?p }", 2, "  WHERE { ?s ?p }\n                 ^"),
        ("SELECT * {\r\n\t?s ?p ?o ;;; <a:p> x:y\r\n}", 2, "   ?s ?p ?o ;;; <a:p> x:y\n                         ^"),
    ],
)
def test_the_place_is_shown_with_a_mark_below_it(query: str, line: int, mark: str) -> None:
    said = explained(error_of(query), query)
    assert said.startswith(f"line {line}, column ")
    assert said.endswith(mark)


def test_a_long_line_is_shown_around_the_place_and_control_characters_are_not() -> None:
    query = "ASK { " + "?s ?p ?o . " * 500 + "\x07 )"
    said = explained(error_of(query), query)
    shown = said.split("\n")[1]
    assert len(shown) <= 102
    assert "\x07" not in said


def test_what_could_stand_there_is_in_words() -> None:
    line, column, what = where(error_of("SELECT * { ?s ?p"))
    assert (line, column) == (1, 17)
    assert what.startswith('expected one of "$", ')
    assert "u{" not in what
    assert len(what) <= 160


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELEC * {}", "expected CONSTRUCT"),
        ("SELECT * { ?s ?p ?o . } )", "the query cannot go on like this"),
        ("SELECT ?x { ?x a foaf:Person }", "the prefix is not declared: begin the query with PREFIX"),
    ],
)
def test_what_is_wrong_is_in_words(query: str, what: str) -> None:
    assert where(error_of(query))[2] == what


def test_an_error_without_a_place_is_said_as_it_is() -> None:
    assert where(SyntaxError("no place")) == (0, 0, "no place")
    assert explained(SyntaxError("no place"), "ASK") == "no place"
