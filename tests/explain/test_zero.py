"""Queries without rows: what empties each, and what near it would not; the numbers are checked by asking again."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store, Variable

from kgpub.errors import BadQuery
from kgpub.explain.model import Asker, Bound, Explanation, Limits
from kgpub.explain.store import asker
from kgpub.explain.zero import explain
from kgpub.project import Project
from kgpub.results import Result
from tests.explain.conftest import BASE

D = "SELECT ?d WHERE { "

PATTERNS = [
    # a property, a class, a thing, a graph that is not there
    (D + "?d cwc:sentBy ?p }", "?d cwc:sentBy ?p", "No statement has the property cwc:sentBy", "cwc:sender", 6),
    (D + "?d cwc:sendr ?p }", "?d cwc:sendr ?p", "No statement has the property", "cwc:sender", 6),
    (D + "?d schema:title ?t }", "?d schema:title ?t", "No statement has the property", "dcterms:title", 11),
    (
        D + "?d a cwc:Documents }",
        "?d rdf:type cwc:Documents",
        "Nothing is of the class cwc:Documents",
        "cwc:Document",
        6,
    ),
    (D + "?d cwc:sender <person/quill> }", "?d cwc:sender <person/quill>", "stands nowhere", "<person/ada-quill>", 1),
    (D + "?d cwc:sender <person/ada-quil> }", "?d cwc:sender <person/ada-quil>", "nowhere", "<person/ada-quill>", 1),
    (D + "<document/L9> cwc:sender ?d }", "<document/L9> cwc:sender ?d", "stands nowhere", "<document/L1>", 1),
    (
        D + "GRAPH <graph/authorities> { ?d a cwc:Person } }",
        "GRAPH <graph/authorities>",
        "There is no graph",
        "<graph/authority>",
        5,
    ),
    (
        D + "GRAPH <graph/L1> { ?d cwc:sender <person/dora-seal> } }",
        "?d cwc:sender <person/dora-seal>",
        "in other graphs",
        "<graph/L2>",
        1,
    ),
    (
        D + "?d cwc:sentBy <person/quill> }",
        "?d cwc:sentBy <person/quill>",
        "nowhere",
        "?d cwc:sender <person/ada-quill>",
        1,
    ),
    # what is there, but not there
    (D + "?d cwc:sender <person/cyr-post> }", "?d cwc:sender <person/cyr-post>", "not together", "cwc:citedSender", 1),
    (
        D + "<person/ada-quill> cwc:sender ?d }",
        "<person/ada-quill> cwc:sender ?d",
        "not together",
        "?d cwc:sender <person/ada-quill>",
        1,
    ),
    (
        "ASK { <document/L1> cwc:sender <person/ada-quill> }",
        "<document/L1> cwc:sender",
        "not together",
        "<document/L3>",
        1,
    ),
    # a language, a datatype, a script
    (D + '?d skos:prefLabel "Ada Quill" }', '"Ada Quill"', 'written "Ada Quill"@en', '"Ada Quill"@en', 1),
    (D + '?d skos:prefLabel "Ada Quill"@fr }', '"Ada Quill"@fr', 'written "Ada Quill"@en', '"Ada Quill"@en', 1),
    (D + '?d skos:prefLabel "Ада Перо"@ru }', '"Ада Перо"@ru', "No value is", '"Ada Quill"@en', 1),
    (D + '?d skos:prefLabel "Ada Quil"@en }', '"Ada Quil"@en', "No value is", '"Ada Quill"@en', 1),
    (
        D + '?d cwc:sender [ skos:prefLabel "Quill"@en ] }',
        '[] skos:prefLabel "Quill"@en',
        "No value is",
        '"Ada Quill"@en',
        1,
    ),
    (D + '?d skos:notation "telegram" }', '"telegram"', "there are 2 values", '"ciphered-telegram"', 1),
    (D + '?d dcterms:date "1950-02-03" }', '"1950-02-03"', "xsd:date", '"1950-02-03"^^xsd:date', 1),
    (
        D + '?d dcterms:date "1950-02-04"^^xsd:date }',
        '"1950-02-04"^^xsd:date',
        "No value is",
        '"1950-02-03"^^xsd:date',
        1,
    ),
    (D + '?d cwc:copyCount "2" }', '?d cwc:copyCount "2"', "written 2", "2", 1),
    # inside something
    (
        D + "{ SELECT ?d WHERE { ?d cwc:sendr ?p } } ?d dcterms:title ?t }",
        "?d cwc:sendr ?p",
        "No statement",
        "cwc:sender",
        6,
    ),
    (
        D + "?d cwc:inReplyTo/cwc:sendr <person/ben-inkwell> }",
        "cwc:inReplyTo/cwc:sendr",
        "property cwc:sendr",
        "cwc:sender",
        1,
    ),
    (D + "?d cwc:inReplyTo+ <document/L9> }", "cwc:inReplyTo+ <document/L9>", "stands nowhere", "<document/L1>", 2),
    (D + "?d ^cwc:sendr ?x }", "?d ^cwc:sendr ?x", "No statement", "cwc:sender", 6),
    (D + "?d a cwc:Document FILTER EXISTS { ?d cwc:sendr ?x } }", "?d cwc:sendr ?x", "No statement", "cwc:sender", 6),
    (
        D + "?d a cwc:Document OPTIONAL { ?d cwc:sendr ?x } FILTER(?x = <person/ada-quill>) }",
        "?d cwc:sendr ?x",
        "No statement",
        "cwc:sender",
        1,
    ),
    ("CONSTRUCT { ?d a ?x } WHERE { ?d cwc:sendr ?x }", "?d cwc:sendr ?x", "No statement", "cwc:sender", 6),
    ("SELECT (COUNT(*) AS ?n) WHERE { ?d cwc:sendr ?x }", "?d cwc:sendr ?x", "No statement", "cwc:sender", 6),
    ("SELECT DISTINCT ?p WHERE { ?d cwc:sendr ?p } ORDER BY ?p", "?d cwc:sendr ?p", "No statement", "cwc:sender", 3),
]

JOINS = [
    (
        D + "?d a cwc:Person ; cwc:recipient ?y }",
        ("?d rdf:type cwc:Person", "?d cwc:recipient ?y"),
        "agree on ?d",
        "?y cwc:recipient ?d",
    ),
    (
        D + "?d cwc:sender ?p . ?p a cwc:Organisation }",
        ("?d cwc:sender ?p", "?p rdf:type cwc:Organisation"),
        "agree on ?p",
        "cwc:Person",
    ),
    (
        D + "VALUES ?p { <person/quill> } ?d cwc:sender ?p }",
        ("VALUES (?p) { (<person/quill>) }", "?d cwc:sender ?p"),
        "nowhere",
        "<person/ada-quill>",
    ),
    (
        D + "?d cwc:sender ?p } VALUES ?p { <person/quill> }",
        ("?d cwc:sender ?p", "VALUES (?p) { (<person/quill>) }"),
        "nowhere",
        "<person/ada-quill>",
    ),
    (
        D + "BIND(<person/quill> AS ?p) ?d cwc:sender ?p }",
        ("BIND(<person/quill> AS ?p)", "?d cwc:sender ?p"),
        "nowhere",
        "<person/ada-quill>",
    ),
    (
        D + "?d dcterms:title ?t ; cwc:sender ?p ; cwc:recipient ?p }",
        ("?d cwc:sender ?p", "?d cwc:recipient ?p"),
        "agree on ?d and ?p",
        "cwc:signer",
    ),
]

FILTERS = [
    (
        D + '?d dcterms:date ?x FILTER(?x >= "1960-01-01"^^xsd:date) }',
        ('FILTER (?x >= "1960-01-01"^^xsd:date)',),
        "Of ?x there are 5 values",
        '"1950-03-01"^^xsd:date',
        2,
        6,
    ),
    (
        D + '?d dcterms:date ?x FILTER(?x < "1900-01-01"^^xsd:date) }',
        ('FILTER (?x < "1900-01-01"^^xsd:date)',),
        "5 values",
        '"1950-01-30"^^xsd:date',
        1,
        6,
    ),
    (
        D + '?d dcterms:date ?x FILTER("1960-01-01"^^xsd:date <= ?x) }',
        ('FILTER ("1960-01-01"^^xsd:date <= ?x)',),
        "5 values",
        '"1950-03-01"^^xsd:date',
        2,
        6,
    ),
    (
        D + '?d dcterms:date ?x FILTER(?x >= "1950-02-03") }',
        ('FILTER (?x >= "1950-02-03")',),
        "5 values",
        '"1950-02-03"^^xsd:date',
        3,
        6,
    ),
    (
        D + '?d dcterms:date ?x FILTER(?x >= "1950-02-10"^^xsd:date && ?x <= "1950-02-20"^^xsd:date) }',
        ('FILTER (?x >= "1950-02-10"^^xsd:date)', 'FILTER (?x <= "1950-02-20"^^xsd:date)'),
        "Together",
        '"1950-02-03"^^xsd:date',
        1,
        6,
    ),
    (
        D + "?d dcterms:date ?x FILTER(YEAR(?x) = 1952) }",
        ("FILTER (YEAR(?x) = 1952)",),
        "Of YEAR(?x) there is one value: 1950",
        "1950",
        5,
        6,
    ),
    (D + "?d dcterms:date ?date FILTER(?dat > 5) }", ("FILTER (?dat > 5)",), "No pattern binds ?dat", None, 0, 6),
    (
        D + '?d dcterms:title ?title FILTER(CONTAINS(?titel, "rope")) }',
        ('FILTER CONTAINS(?titel, "rope")',),
        "No pattern binds ?titel",
        "?title",
        2,
        11,
    ),
    (
        D + '?d dcterms:title ?t FILTER(CONTAINS(?t, "ROPE")) }',
        ('FILTER CONTAINS(?t, "ROPE")',),
        "10 values",
        'CONTAINS(LCASE(STR(?t)), LCASE(STR("ROPE")))',
        2,
        11,
    ),
    (
        D + '?d dcterms:title ?t FILTER REGEX(?t, "^TELEGRAM") }',
        ('FILTER REGEX(?t, "^TELEGRAM")',),
        "10 values",
        'REGEX(STR(?t), STR("^TELEGRAM"), "i")',
        3,
        11,
    ),
    (
        D + '?d skos:prefLabel ?n FILTER(LANG(?n) = "eng") }',
        ('FILTER (LANG(?n) = "eng")',),
        'one value: "en"',
        '"en"',
        22,
        22,
    ),
    (
        D + '?d skos:prefLabel ?n FILTER(?n = "Ada Quill") }',
        ('FILTER (?n = "Ada Quill")',),
        "values",
        '"Ada Quill"@en',
        1,
        22,
    ),
    (
        D + "?d cwc:sender ?p FILTER(?p IN (<person/quill>, <person/x>)) }",
        ("FILTER (?p IN (<person/quill>, <person/x>))",),
        "3 values",
        "<person/ada-quill>",
        1,
        6,
    ),
    (
        D + "?d a cwc:Document FILTER NOT EXISTS { ?d cwc:sender ?x } }",
        ("FILTER NOT EXISTS { ?d cwc:sender ?x . }",),
        "Every row",
        None,
        0,
        6,
    ),
    (D + "?d a cwc:Document MINUS { ?d cwc:sender ?x } }", ("MINUS { ?d cwc:sender ?x . }",), "Every row", None, 0, 6),
]

MODIFIERS = [
    (D + "?d cwc:sender ?p } OFFSET 50", "OFFSET 50", 6),
    (D + "?d cwc:sender ?p } LIMIT 0", "LIMIT 0", 6),
    ("SELECT ?p (COUNT(*) AS ?n) { ?d cwc:sender ?p } GROUP BY ?p HAVING(COUNT(*) > 9)", "HAVING ((COUNT(*) > 9))", 3),
]


def said(ask: Asker, text: str) -> Explanation:
    found = explain(ask, text, base=BASE)
    assert found.rows == 0
    assert found.complete
    return found


@pytest.mark.parametrize(("text", "part", "reason", "use", "rows"), PATTERNS)
def test_a_pattern_that_matches_nothing_is_named_with_what_would(
    ask: Asker, text: str, part: str, reason: str, use: str, rows: int
) -> None:
    """The first suggestion is the one that a reader would make."""
    (culprit,) = said(ask, text).culprits
    assert part in culprit.parts[0]
    assert reason in culprit.reason
    assert (culprit.suggestions[0].use, culprit.suggestions[0].rows) == (use, rows)


@pytest.mark.parametrize(("text", "parts", "reason", "use"), JOINS)
def test_patterns_that_fail_only_together_are_named_together(
    ask: Asker, text: str, parts: tuple[str, ...], reason: str, use: str | None
) -> None:
    """And nothing that could be left out is."""
    (culprit,) = said(ask, text).culprits
    assert culprit.parts == parts
    assert reason in culprit.reason
    assert [one.use for one in culprit.suggestions][:1] == ([use] if use else [])


@pytest.mark.parametrize(("text", "parts", "reason", "use", "rows", "without"), FILTERS)
def test_a_filter_that_removes_every_row_is_named_with_the_values_there_are(
    ask: Asker, text: str, parts: tuple[str, ...], reason: str, use: str | None, rows: int, without: int
) -> None:
    """And how many rows there are without it."""
    (culprit,) = said(ask, text).culprits
    assert culprit.parts == parts
    assert reason in culprit.reason
    assert culprit.without == without
    assert [(one.use, one.rows) for one in culprit.suggestions][:1] == ([(use, rows)] if use else [])


@pytest.mark.parametrize(("text", "part", "without"), MODIFIERS)
def test_a_modifier_that_leaves_nothing_is_named(ask: Asker, text: str, part: str, without: int) -> None:
    """The pattern itself has matches."""
    (culprit,) = said(ask, text).culprits
    assert (culprit.kind, culprit.parts, culprit.without) == ("modifier", (part,), without)


@pytest.mark.parametrize("text", [row[0] for row in (*PATTERNS, *FILTERS) if "SELECT ?d WHERE" in str(row[0])])
def test_the_rows_of_a_suggestion_are_those_of_the_query_with_it(ask: Asker, text: str) -> None:
    """Counted here by writing the change into the text by hand, where the text shows the part as the explanation does."""
    compared = 0
    for culprit in said(ask, text).culprits:
        for one in culprit.suggestions:
            if text.count(one.instead) == 1:
                compared += 1
                assert len(ask(text.replace(one.instead, one.use), {}).rows) == one.rows
    assert compared or "LCASE" in str(said(ask, text)) or culprit.without or "^" in text


def test_what_stands_in_the_way_next_is_told_too(ask: Asker) -> None:
    """A property, and behind it a filter: both, the second measured with the first mended."""
    found = said(ask, D + '?d cwc:sentBy ?p . ?p skos:prefLabel ?n FILTER(LANG(?n) = "eng") }')
    assert [(one.round, one.suggestions[0].use) for one in found.culprits] == [(1, "cwc:sender"), (2, '"en"')]
    assert found.culprits[0].suggestions[0].rows == 0
    assert found.culprits[1].suggestions[0].rows == found.together == 6
    assert "it matches, but the rest still does not" in found.text
    assert "With the first suggestions followed, this is still in the way" in found.text


def test_two_mistakes_at_once_are_mended_together(ask: Asker) -> None:
    """Neither alone would do."""
    found = said(ask, D + "?d a cwc:Documents ; cwc:sender <person/quill> }")
    assert [one.suggestions[0].use for one in found.culprits] == ["cwc:Document", "<person/ada-quill>"]
    assert [one.suggestions[0].rows for one in found.culprits] == [1, 1]
    assert found.together == 1


def test_of_a_union_every_branch_is_told(ask: Asker) -> None:
    """Each is empty for a reason of its own."""
    found = said(ask, D + "{ ?d cwc:sendr ?x } UNION { ?d cwc:recipent ?x } }")
    assert [one.suggestions[0].use for one in found.culprits] == ["cwc:sender", "cwc:recipient"]
    assert [one.suggestions[0].rows for one in found.culprits] == [6, 6]


def test_what_another_branch_gives_is_no_merit_of_a_change(ask: Asker) -> None:
    """No value of the one branch passes its filter: only the other branch is mended."""
    found = said(ask, D + '{ ?d dcterms:date ?x FILTER(?x > "1990") } UNION { ?d cwc:sendr ?y } }')
    filtered, misspelt = found.culprits
    assert filtered.parts == ('FILTER (?x > "1990")',)
    for one in filtered.suggestions:
        assert one.rows < 6
    assert (misspelt.suggestions[0].use, misspelt.suggestions[0].rows) == ("cwc:sender", 6)


PREFIXES = [
    (D + "?d ccw:sender ?y }", "ccw:", "is not declared", "cwc:", 6),
    (
        "PREFIX c: <http://w3id.org/cwcor/ontology#> " + D + "?d c:sender ?y }",
        "PREFIX c: <http://w3id.org/cwcor/ontology#>",
        "nothing in the data begins so",
        "<https://w3id.org/cwcorr/ontology#>",
        6,
    ),
    (
        "PREFIX dcterms: <https://purl.org/dc/terms/> " + D + "?d dcterms:title ?y }",
        "PREFIX dcterms:",
        "begins so",
        "<http://purl.org/dc/terms/>",
        11,
    ),
]


@pytest.mark.parametrize(("text", "part", "reason", "use", "rows"), PREFIXES)
def test_a_prefix_that_is_wrong_is_told_once(
    ask: Asker, text: str, part: str, reason: str, use: str, rows: int
) -> None:
    """Not once for every pattern that uses it."""
    (culprit,) = said(ask, text).culprits
    assert culprit.kind == "prefix"
    assert part in culprit.parts[0]
    assert reason in culprit.reason
    assert (culprit.suggestions[0].use, culprit.suggestions[0].rows) == (use, rows)


def test_http_where_the_data_says_https_is_seen(store: Store) -> None:
    """schema.org is written both ways all over the web."""
    own = Store()
    own.update("INSERT DATA { <http://x/a> <https://schema.org/name> 'A' }")
    found = explain(asker(own), "PREFIX s: <http://schema.org/> SELECT ?x { ?x s:name ?n }")
    assert found.culprits[0].suggestions[0].use == "<https://schema.org/>"
    assert found.culprits[0].suggestions[0].rows == 1


@pytest.mark.parametrize(
    ("text", "rows"),
    [(D + "?d cwc:sender ?p }", 6), ("ASK { ?d cwc:sender ?p }", 1), ("CONSTRUCT { ?d a ?p } { ?d cwc:sender ?p }", 6)],
)
def test_a_query_with_rows_says_so(ask: Asker, text: str, rows: int) -> None:
    """There is nothing to explain."""
    found = explain(ask, text, base=BASE)
    assert (found.rows, found.culprits) == (rows, ())
    assert "there is nothing to explain" in found.text


def test_a_parameter_is_bound_and_not_pasted(ask: Asker) -> None:
    """The terms go to the engine with every question."""
    bound: Bound = {Variable("who"): NamedNode(f"{BASE}person/ada-quill")}
    text = "SELECT ?d ?who WHERE { ?d cwc:sender ?who ; cwc:form ?f . ?f skos:notation 'lettr' }"
    found = explain(ask, text, base=BASE, bound=bound)
    assert found.culprits[0].suggestions[0].use == '"letter"'
    assert found.culprits[0].suggestions[0].rows == 1
    bound = {Variable("who"): Literal("nobody")}
    assert explain(ask, "SELECT ?d ?who { ?d cwc:sender ?who }", base=BASE, bound=bound).rows == 0


def test_what_is_no_query_is_said_as_ever(ask: Asker) -> None:
    """As without the explanation."""
    with pytest.raises(BadQuery, match="not SPARQL"):
        explain(ask, "SELECT ?x WHERE { ?x a }", base=BASE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("SELECT * { SERVICE <http://nowhere.invalid/> { ?s ?p ?o } }", "SERVICE, which asks another endpoint"),
        ("SELECT * " + "{" * 2000 + "?d cwc:nope ?y" + "}" * 2000, "brackets in more than 24 layers"),
        ('SELECT * { ?d cwc:nope "' + "x" * 300_000 + '" }', "a query of more than 8,000 characters"),
    ],
)
def test_what_is_better_not_asked_is_not(text: str, why: str) -> None:
    """The engine is not even handed it."""

    def never(text: str, bound: Bound) -> Result:
        raise AssertionError(text)

    found = explain(never, text)
    assert (found.rows, found.not_looked_into) == (None, (why,))
    assert found.text == f"Not asked, and not looked into: {why}.\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("DESCRIBE <person/quill>", "a DESCRIBE without a WHERE"),
        (D + "?d !(cwc:sender|^cwc:recipient) <person/x> }", "a negated property set with an inverse in it"),
        (D + " ".join(f"?a{n} cwc:nope ?a{n + 1} ." for n in range(300)) + "}", "too many parts"),
    ],
)
def test_what_is_not_looked_into_is_declared(ask: Asker, text: str, why: str) -> None:
    """It has no rows, and more is not claimed."""
    found = explain(ask, text, base=BASE)
    assert (found.rows, found.culprits) == (0, ())
    assert why in found.text


HOSTILE = {
    "optional": D + "?d cwc:sendr ?x OPTIONAL { " * 22 + "?d cwc:nope ?y" + " }" * 22 + "}",
    "union": D + "{ ?d cwc:sendr ?x } UNION { " * 20 + "?d cwc:nope ?y" + "}" * 20 + "}",
    "functions": D + "?d cwc:sender ?x FILTER(" + "IF(true, " * 20 + "false" + ", false)" * 20 + ") }",
    "collection": D + "?d cwc:sender " + "(" * 20 + "1" + ")" * 20 + "}",
    "chain": D + " ".join(f"?a{n} cwc:nope{n} ?a{n + 1} ." for n in range(40)) + "}",
    "conditions": D + "?d cwc:sender ?x FILTER(" + " && ".join(f"?x = {n}" for n in range(300)) + ") }",
    "values": D + "?d cwc:sender ?x VALUES ?x {" + " ".join(f"<p{n}>" for n in range(1000)) + "} }",
    "product": D + "?d ?b ?c . ?e ?f ?g FILTER(?d = ?e && ?c = 77) }",
    "subselects": D + "{ SELECT * { " * 11 + "?d cwc:nope ?y" + "}}" * 11 + "}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_query_made_to_be_slow_is_answered_within_the_limits(ask: Asker, name: str) -> None:
    """Something is said of each, the questions are counted, and the seconds hold (with room for a busy machine)."""
    started = time.monotonic()
    found = explain(ask, HOSTILE[name], base=BASE, limits=Limits(questions=60, seconds=3.0))
    assert time.monotonic() - started < 15
    # On a busy machine the time is over before the first question, which it then says.
    assert found.rows == 0 or (found.rows, found.questions, found.complete) == (None, 0, False)
    assert found.questions <= 60
    assert found.culprits or not found.complete
    assert found.complete or "The search ended early" in found.text


def test_no_seconds_are_no_questions(ask: Asker) -> None:
    """And the explanation says that it is not one."""
    found = explain(ask, D + "?d cwc:sendr ?x }", base=BASE, limits=Limits(seconds=0.0))
    assert (found.rows, found.questions, found.complete) == (None, 0, False)
    assert found.text == "The search ended before the query was answered.\n"


def test_an_asker_that_takes_too_long_ends_the_search(ask: Asker) -> None:
    """A worker may be stopped from outside, and says so by TimeoutError; what was found stays."""
    asked = []

    def slow(text: str, bound: Bound) -> Result:
        asked.append(text)
        if len(asked) > 4:
            raise TimeoutError
        return ask(text, bound)

    found = explain(slow, D + "?d cwc:sendr ?x }", base=BASE)
    assert not found.complete
    assert [one.parts for one in found.culprits] == [("?d cwc:sendr ?x",)]


def test_the_same_question_has_the_same_answer(ask: Asker) -> None:
    """No clock, no hash order: blank nodes and sets of terms included."""
    for text in (row[0] for row in (*PATTERNS, *JOINS)):
        assert explain(ask, str(text), base=BASE) == explain(ask, str(text), base=BASE)


def test_the_json_form_says_what_the_value_says(ask: Asker) -> None:
    """For a page or a program."""
    found = said(ask, D + "?d cwc:sentBy ?p }")
    read = json.loads(found.as_json())
    assert read["rows"] == 0
    assert read["culprits"][0]["suggestions"][0] == {
        "instead": "cwc:sentBy", "use": "cwc:sender", "why": "", "rows": 6, "more": False
    }  # fmt: skip
    assert replace(found, culprits=()).text == "No rows.\n"


@pytest.mark.slow
def test_the_real_graph_is_explained_in_the_words_of_its_readers(publication: Project, real_store: Store) -> None:
    """An issue's own cases: a property that is not there, a bare name, a name in another script, a date as text."""
    answer = asker(real_store, base=publication.base)
    cases = {
        D + "?d cwc:sentBy ?p . ?p a cwc:Person }": "cwc:sender",
        D + "?d cwc:sender <person/stalin> }": "<person/joseph-stalin>",
        D + '?d cwc:sender ?p . ?p skos:prefLabel "Stalin" }': '"Joseph Stalin"@en',
        D + '?d cwc:sender ?p . ?p skos:prefLabel "Сталин" }': '"Joseph Stalin"@en',
        D + '?d dcterms:date "1950-07-01" }': '"1950-07-01"^^xsd:date',
        D + '?d dcterms:date ?x FILTER(?x >= "1950-07-01") }': '"1950-07-01"^^xsd:date',
        D + "?d a cwc:Letter ; cwc:sender <person/joseph-stalin> }": "cwc:Document",
    }
    for text, use in cases.items():
        first = explain(answer, text, base=publication.base).culprits[0].suggestions[0]
        assert (first.use, first.rows > 0) == (use, True), text


def test_the_module_is_small_enough_to_be_asked_from_a_worker() -> None:
    """An explanation is a plain frozen value: it crosses to another process as it is."""
    import pickle

    found = Explanation("SELECT", 0, not_looked_into=("SERVICE",))
    assert pickle.loads(pickle.dumps(found)) == found
    assert Path(explain.__code__.co_filename).name == "zero.py"
