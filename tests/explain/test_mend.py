"""Mended queries: each, run as it stands, has the rows that the suggestion says, and is the asker's own text where it can be."""

from __future__ import annotations

import pytest
from pyoxigraph import QueryBoolean, Store

from kgpub.explain.model import Asker, Explanation
from kgpub.explain.zero import explain
from kgpub.vocabulary import PREFIXES
from tests.explain.conftest import BASE
from tests.explain.test_zero import PATTERNS

DECLARED = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())


def rows(store: Store, text: str) -> int:
    """Ask as the endpoint does: no prefix is known but those that the query declares."""
    answer = store.query(text, base_iri=BASE, use_default_graph_as_union=True)
    return int(bool(answer)) if isinstance(answer, QueryBoolean) else sum(1 for _ in answer)


def mends(explanation: Explanation) -> list[tuple[int, str]]:
    return [(one.rows, one.query) for culprit in explanation.culprits for one in culprit.suggestions if one.rows]


@pytest.mark.parametrize("text", [case[0] for case in PATTERNS])
def test_each_mended_query_has_the_rows_that_were_measured(ask: Asker, store: Store, text: str) -> None:
    made = mends(explain(ask, DECLARED + text, base=BASE, prefixes={}, mends=True))
    assert made != []
    for number, query in made:
        # Of a CONSTRUCT the matches are counted, which may give one triple twice, and of a count what it counts.
        assert 0 < rows(store, query) <= number
        assert "CONSTRUCT" in text or "COUNT(" in text or rows(store, query) == number


def test_nothing_is_mended_unasked(ask: Asker) -> None:
    made = mends(explain(ask, DECLARED + PATTERNS[0][0], base=BASE, prefixes={}))
    assert {query for _, query in made} == {""}


OWN = [
    # a comment, a semicolon and the layout stay; so does the other word that is spelt the same
    (
        "SELECT ?d WHERE { ?d cwc:sendr ?p ; # cwc:sendr\n   dcterms:title ?t }",
        "SELECT ?d WHERE { ?d cwc:sender ?p ; # cwc:sendr\n   dcterms:title ?t }",
    ),
    # of two places that say the same, the one that is meant
    (
        'SELECT ?d { ?d dcterms:title ?t FILTER(?t != "Ada Quil"@en) ?d cwc:sender [ skos:prefLabel "Ada Quil"@en ] }',
        'SELECT ?d { ?d dcterms:title ?t FILTER(?t != "Ada Quil"@en) ?d cwc:sender [ skos:prefLabel "Ada Quill"@en ] }',
    ),
    # a path stays a path, a whole IRI whole
    ("SELECT ?d { ?d cwc:sender <person/ada-quil> }", "SELECT ?d { ?d cwc:sender <person/ada-quill> }"),
    (
        f"SELECT ?d {{ ?d cwc:sender <{BASE}person/ada-quil> }}",
        f"SELECT ?d {{ ?d cwc:sender <{BASE}person/ada-quill> }}",
    ),
    # triples of its own are no rows, and still its own
    ("CONSTRUCT { ?d a cwc:X } WHERE { ?d cwc:sendr ?p }", "CONSTRUCT { ?d a cwc:X } WHERE { ?d cwc:sender ?p }"),
    ("ASK { ?d cwc:sendr ?p }", "ASK { ?d cwc:sender ?p }"),
]


@pytest.mark.parametrize(("text", "wanted"), OWN)
def test_a_query_is_mended_in_its_own_words(ask: Asker, text: str, wanted: str) -> None:
    made = mends(explain(ask, DECLARED + text, base=BASE, prefixes={}, mends=True))
    assert made[0][1] == DECLARED + wanted


def test_a_wrong_namespace_is_mended_where_it_is_declared(ask: Asker, store: Store) -> None:
    text = "PREFIX dcterms: <http://purl.org/dc/term/>\nSELECT ?d { ?d dcterms:title ?t }"
    ((number, query),) = mends(explain(ask, text, base=BASE, prefixes={}, mends=True))
    assert query == text.replace("dc/term/", "dc/terms/")
    assert rows(store, query) == number


def test_an_undeclared_prefix_is_declared(ask: Asker, store: Store) -> None:
    ((number, query),) = mends(explain(ask, "SELECT ?d { ?d dcterms:title ?t }", base=BASE, prefixes={}, mends=True))[
        :1
    ]
    assert query.startswith(f"PREFIX dcterms: <{PREFIXES['dcterms']}>\n")
    assert rows(store, query) == number


def test_all_the_first_suggestions_make_one_query(ask: Asker, store: Store) -> None:
    text = DECLARED + 'SELECT ?d { ?d cwc:sendr ?p ; dcterms:date ?on FILTER(?on > "1990-01-01"^^xsd:date) }'
    explanation = explain(ask, text, base=BASE, prefixes={}, mends=True)
    assert explanation.together
    assert rows(store, explanation.query) == explanation.together
    assert "cwc:sender ?p ; dcterms:date ?on FILTER(?on > " in explanation.query


def test_what_cannot_be_mended_in_place_is_written_anew(ask: Asker, store: Store) -> None:
    text = DECLARED + 'SELECT ?d { ?d dcterms:title ?t FILTER(CONTAINS(?t, "TIDES")) }'
    ((number, query), *_) = mends(explain(ask, text, base=BASE, prefixes={}, mends=True))
    assert "LCASE" in query
    assert "PREFIX dcterms:" in query
    assert rows(store, query) == number
