"""What is said of a query that is no SPARQL."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kgpub.syntax import explained, located, where


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
        ("SELEC * {}", "the query cannot go on like this"),
        ("SELECT * { ?s ?p ?o . } )", "the query cannot go on like this"),
        ("SELECT ?x { ?x a foaf:Person }", "the prefix is not declared: begin the query with PREFIX"),
    ],
)
def test_what_is_wrong_is_in_words(query: str, what: str) -> None:
    assert where(error_of(query))[2] == what


def test_an_error_without_a_place_is_said_as_it_is() -> None:
    assert where(SyntaxError("no place")) == (0, 0, "no place")
    assert explained(SyntaxError("no place"), "ASK") == "no place"


def wrong_in(query: str) -> SyntaxError | None:
    try:
        Store().query(query)
    except SyntaxError as error:
        return error
    return None


FORMS = 'expected one of "SELECT", "ASK", "CONSTRUCT", "DESCRIBE"'


@pytest.mark.parametrize(
    ("query", "line", "column", "what"),
    [
        ("SELECT name FROM persons", 1, 8, 'expected one of "$", "(", "*", "?"'),
        ("SELECT *\nWHERE { ?s ?p }", 2, 15, 'expected one of "$", "\'", '),
        ("SELECT * { ?s ?p ?o } LIMIT x", 1, 29, "expected a number"),
        ("ASK { ?s ?p ?o LIMIT 5", 1, 16, 'expected one of ",", ".", ";", "{", "}"'),
        ("ASK{}%ZZ", 1, 6, "the query is at its end before this"),
        ("SELECT * { ?s ?p ?o }\n  ORDER ?s", 2, 3, "the query is at its end before this"),
        ("SELEC * {}", 1, 1, FORMS),
        ("# no more", 1, 10, FORMS),
        ("PREFIX a: <http://a.example/>\nBASE <http://b.example/>\n  hello", 3, 3, FORMS),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 40, "SELECT names a variable that the groups do not have"),
        ("SELECT * { ?s ?p <ht tp://x> }", 1, 29, "what ends before this place is not an IRI"),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", 1, 30, "Duplicated variable name in SELECT"),
    ],
)
def test_the_place_is_where_the_query_goes_wrong(query: str, line: int, column: int, what: str) -> None:
    """The engine alone names places that lie up to a keyword behind, and keywords that it tried on the way."""
    found = where(located(error_of(query), query, wrong_in))
    assert found[:2] == (line, column)
    assert found[2].startswith(what)


def test_a_place_that_cannot_be_bettered_stays() -> None:
    error = error_of("SELECT name {}")
    assert located(error, "SELECT name {}", lambda beginning: SyntaxError("not read")) is error
    assert located(SyntaxError("no place"), "ASK", wrong_in).args == ("no place",)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * { ?s ?p “x” }", "straight quotation marks"),
        ("ASK%20%7B%7D", "escaped twice"),
        ("SELECT * { ?s ?p &lt;http://x.example/&gt; }", "escaped for HTML"),
        ("ASK { ?s a foaf:Person }", "the prefix foaf: is not declared: begin the query with PREFIX foaf: <…>"),
    ],
)
def test_what_it_may_come_from_is_said(query: str, says: str) -> None:
    assert says in explained(located(error_of(query), query, wrong_in), query)


def test_nothing_is_guessed_where_nothing_points_to_it() -> None:
    assert explained(located(error_of("ASK { ?s ?p }"), "ASK { ?s ?p }", wrong_in), "ASK { ?s ?p }").endswith("^")
