"""Terms in the text of a query: what a store without parameters is sent means what binding them means."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from kgpub.bound import Place, pieces, token, with_terms
from kgpub.errors import BadQuery
from kgpub.vocabulary import PREFIXES

XSD = PREFIXES["xsd"]
HOSTILE = [
    Literal('"'), Literal("'"), Literal('" } UNION { ?s ?p ?o } #'), Literal("line\nend\r\n\ttab"), Literal("\\"),
    Literal("\\\\"),
    Literal('\\" }'), Literal("\\u0022 } #"), Literal("\\u005C\\u0022"), Literal("<script>alert(1)</script>"), Literal("}"),
    Literal("\x01\x7f\x85\u2028"), Literal("?value $value"), Literal("日本 \U0001f600"), Literal('"""'),
    Literal("a", language="zh-hans"),
    Literal("1950-07-01", datatype=NamedNode(f"{XSD}date")), Literal("not a day", datatype=NamedNode(f"{XSD}date")), Literal(-7),
    NamedNode("https://example.org/a?b=c&d='e'#f"), NamedNode("https://example.org/é/日本;(x)!*"), NamedNode("urn:x:%3E%7D%22"),
]  # fmt: skip


def rows(text: str, **terms: NamedNode | Literal) -> list[tuple[str, ...]]:
    answer = Store().query(text, substitutions={Variable(name): value for name, value in terms.items()})
    assert isinstance(answer, QuerySolutions)
    names = sorted(variable.value for variable in answer.variables)
    return [tuple(str(row[name]) for name in names) for row in answer]


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_a_term_is_one_token_whatever_is_in_it(value: NamedNode | Literal) -> None:
    written = token(value)
    assert not any(char < " " or char in "\x7f\x85\u2028\u2029" for char in written)
    text = with_terms(
        "SELECT ?value ?same { VALUES ?x { 1 } BIND(STR(?value) AS ?same) FILTER(?x = 1) }", {"value": value}
    )
    assert rows(text) == [(str(Literal(value.value)), str(value))]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("SELECT ?x ?v { ?x <urn:p> ?v }", 'SELECT ?x ("t" AS ?v) { ?x <urn:p> "t" }'),
        ("SELECT * { ?x <urn:p> $v }", 'SELECT * { ?x <urn:p> "t" }'),
        ("SELECT (STR(?v) AS ?y) ?v {} ORDER BY DESC(?v) ?v ?y", 'SELECT (STR("t") AS ?y) ("t" AS ?v) {} ORDER BY DESC("t")  ?y'),
        ("SELECT ?v (COUNT(*) AS ?n) {} GROUP BY ?v ?x", 'SELECT ("t" AS ?v) (COUNT(*) AS ?n) {} GROUP BY  ?x'),
        # What a text, an IRI or a comment holds is no variable, and ?vv is another one.
        ("ASK { <urn:?v> ?p '?v' ; ?vv \"?v\" # ?v\n }", "ASK { <urn:?v> ?p '?v' ; ?vv \"?v\" # ?v\n }"),
        ("ASK { { SELECT ?x ?v { ?x ?p ?v } } }", 'ASK { { SELECT ?x  { ?x ?p "t" } } }'),
        # A sub-select that does not give it out has another variable of the name.
        ("ASK { { SELECT ?x { ?x ?p ?v } } ?v ?v ?v }", 'ASK { { SELECT ?x { ?x ?p ?v } } "t" "t" "t" }'),
        ("ASK { { SELECT (COUNT(*) AS ?v2) { ?x ?p ?v } } }", "ASK { { SELECT (COUNT(*) AS ?v2) { ?x ?p ?v } } }"),
        ("ASK { { SELECT * { ?x ?p ?v } } }", 'ASK { { SELECT * { ?x ?p "t" } } }'),
        ("CONSTRUCT { ?x ?p ?v } WHERE { ?x ?p ?v }", 'CONSTRUCT { ?x ?p "t" } WHERE { ?x ?p "t" }'),
    ],
)  # fmt: skip
def test_only_what_is_the_parameter_is_exchanged(text: str, means: str) -> None:
    assert with_terms(text, {"v": Literal("t")}) == means
    assert with_terms(text, {}) == text


@pytest.mark.parametrize("text", ["SELECT (1 AS ?v) {}", "ASK { VALUES ?v { 1 } }", "ASK { BIND(1 AS $v) }"])
def test_a_query_that_gives_the_parameter_a_value_is_refused(text: str) -> None:
    with pytest.raises(BadQuery, match="itself gives"):
        with_terms(text, {"v": Literal("t")})


def test_pieces_put_together_are_the_text_and_a_place_for_each_parameter_says_what_stands_there() -> None:
    """What the reader's browser fills in is what `with_terms` fills in."""
    text = "SELECT ?one ?d { ?d <s:> ?one FILTER(COALESCE(?day <= ?until, true)) } ORDER BY ?one"
    found = pieces(text, ["one", "until"])
    assert "".join(one if isinstance(one, str) else one.variable for one in found) == text
    assert [(one.name, one.use) for one in found if isinstance(one, Place)] == [
        ("one", "selected"),
        ("one", "term"),
        ("until", "term"),
        ("one", "nothing"),
    ]
