"""Queries taken apart and written again: they must mean what they meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgpub.explain.model import Asker
from kgpub.explain.read import NotAsked, NotUnderstood, read
from kgpub.explain.syntax import slots_of, whole
from tests.explain.conftest import BASE
from tests.tiny import PROJECT

QUERIES = sorted((PROJECT / "queries").rglob("*.rq"))

FORMS = [
    "SELECT * { ?d cwc:sender ?p ; cwc:recipient ?r . OPTIONAL { ?d cwc:via ?v } FILTER(!BOUND(?v)) }",
    "SELECT DISTINCT ?p (COUNT(DISTINCT ?d) AS ?n) { ?d cwc:sender ?p } GROUP BY ?p HAVING(COUNT(*) > 1) ORDER BY DESC(?n) ?p",
    "SELECT ?d { ?d (cwc:sender|cwc:recipient) <person/ada-quill> } ORDER BY ?d LIMIT 2 OFFSET 1",
    "SELECT ?a ?b { ?a cwc:inReplyTo+/^cwc:inReplyTo* ?b }",
    "SELECT ?d ?x { ?d !(cwc:sender|cwc:recipient) ?x . ?d a cwc:Document }",
    "SELECT * { VALUES (?p ?x) { (<person/ada-quill> UNDEF) (UNDEF 2) } ?d cwc:sender ?p OPTIONAL { ?y cwc:copyCount ?x } }",
    "SELECT ?d ?y { ?d dcterms:date ?x BIND(SUBSTR(STR(?x), 1, 4) AS ?y) FILTER(?y IN ('1950', '1951') && ?y NOT IN ('x')) }",
    "SELECT ?d { ?d a cwc:Document MINUS { ?d cwc:via ?v } FILTER NOT EXISTS { ?d cwc:inReplyTo ?o FILTER(?o != ?d) } }",
    "SELECT ?g ?d { GRAPH ?g { ?d a cwc:Document } FILTER(STRENDS(STR(?g), '1') || REGEX(STR(?g), 'l3', 'i')) }",
    "SELECT ?p ?n { { SELECT ?p (COUNT(*) AS ?n) { ?d cwc:sender ?p } GROUP BY ?p } FILTER(?n * 2 - 1 > 1 + 1) }",
    "SELECT (GROUP_CONCAT(?i; SEPARATOR=', ') AS ?all) (MAX(?i) AS ?last) "
    "{ { SELECT ?i { ?d dcterms:identifier ?i } ORDER BY ?i } }",
    "SELECT ?d { ?d cwc:sender [ skos:prefLabel 'Ada Quill'@en ; a cwc:Person ] . _:b cwc:copyRecipient ?p }",
    "SELECT * { ?d cwc:sender [ skos:prefLabel ?n ] }",
    "BASE <https://example.org/> PREFIX p: <letters/person/> SELECT ?d { ?d cwc:sender p:ada-quill ; cwc:form ?f } # a remark }",
    "SELECT ?x { ?x cwc:copyCount 2 . ?y geo:lat ?z FILTER(?z > -1.5 && -?z < 1e3 && xsd:integer(?z) = 41) }",
    "SELECT ?t { ?d dcterms:title ?t FILTER(LANGMATCHES(LANG(?t), '*') && IF(STRLEN(?t) > 30, true, false)) }",
    "SELECT ?d (COALESCE(?v, 'none') AS ?x) { ?d a cwc:Document OPTIONAL { ?d cwc:via ?v FILTER(ISIRI(?v)) } } "
    "VALUES ?d { <document/L3> }",
    "SELECT ?d { { ?d cwc:sender <person/ada-quill> } UNION { ?d cwc:recipient <person/ada-quill> } UNION { ?d cwc:via ?z } }",
    'SELECT ?s { ?s cwc:reason """The answer\\nis""" } ',
    "SELECT ?s { ?s cwc:reason 'The answer is of 1950.' ; cwc:printedValue \"1951-03-01\" }",
]


@pytest.mark.parametrize("text", FORMS)
def test_a_query_written_again_has_the_same_rows(ask: Asker, text: str) -> None:
    """Every form that the grammar has, on rows that are there."""
    asked, _ = read(text, base=BASE)
    once, again = ask(text, {}), ask(whole(asked), {})
    assert sorted(map(str, again.rows)) == sorted(map(str, once.rows))
    if "*" not in text.partition("{")[0]:
        assert again.columns == once.columns


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_every_query_of_the_project_is_understood(ask: Asker, file: Path) -> None:
    """And gives the same when it is written again, where it is a SELECT."""
    text = file.read_text(encoding="utf-8")
    asked, _ = read(text, base=BASE)
    if asked.form == "SELECT":
        assert sorted(map(str, ask(whole(asked), {}).rows)) == sorted(map(str, ask(text, {}).rows))


def test_every_place_has_a_number_of_its_own() -> None:
    """So that a change of one is a change of no other."""
    asked, _ = read("SELECT ?a { ?a ?p 1 FILTER(?a = 1 || CONTAINS(?a, 'x')) MINUS { ?a ?q 1 } }", base=BASE)
    numbers = [slot.number for part in asked.where.parts for slot in slots_of(part.pieces)]
    assert len(numbers) == len(set(numbers)) > 8


def test_prefixes_are_told_apart() -> None:
    """Those declared, those used, those that nobody declared."""
    _, reading = read("PREFIX a: <http://a/> SELECT ?x { ?x a:b b:c ; cwc:sender ?y }", base=BASE)
    assert reading.declared == {"a": "http://a/"}
    assert list(reading.unknown) == ["b"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("SELECT ?x { SERVICE <http://x/> { ?x ?y ?z } }", NotAsked),
        ("SELECT ?x { ?x ?y ?z " + " " * 8000 + "}", NotAsked),
        ("SELECT ?x { ?x ?y " + "[" * 30 + "]" * 30 + "}", NotAsked),
        ("INSERT DATA { <a> <b> <c> }", NotUnderstood),
        ("SELECT ?x { << ?x ?y ?z >> ?p ?o }", NotUnderstood),
        ("", NotUnderstood),
    ],
)
def test_what_is_not_understood_is_refused(text: str, error: type[Exception]) -> None:
    """With a reason, never with an error of the parser's own."""
    with pytest.raises(error):
        read(text, base=BASE)
