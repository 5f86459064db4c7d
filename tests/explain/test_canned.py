"""Canned queries without rows: the parameter at fault, in the words of the form."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from kgpub.explain.canned import explain_canned
from kgpub.explain.model import Asker, Bound, Explanation, Limits
from kgpub.queries import Query, bind, find_query, load_queries
from kgpub.results import Result
from tests.explain.conftest import BASE

QUERIES = load_queries(Path(__file__).parents[2] / "queries" / "site")
HERE = [query for query in QUERIES if not query.endpoint]


def said(ask: Asker, store: Store, name: str, limits: Limits | None = None, **given: str) -> Explanation:
    query = find_query(QUERIES, name)
    return explain_canned(ask, query, bind(query, given, base=BASE, store=store), base=BASE, limits=limits)


def rows(ask: Asker, store: Store, query: Query, **given: str) -> int:
    return len(ask(query.text, bind(query, given, base=BASE, store=store)).rows)


def test_days_the_wrong_way_round_are_seen(ask: Asker, store: Store) -> None:
    """And what the other way round gives."""
    found = said(ask, store, "who-wrote-to-whom", after="1950-03-01", until="1950-01-01")
    (culprit,) = found.culprits
    assert culprit.parts == ("From (day): 1950-03-01", "Until (day): 1950-01-01")
    assert "1950-03-01 is later than 1950-01-01" in culprit.reason
    (suggestion,) = culprit.suggestions
    assert suggestion.use == "From (day): 1950-01-01, Until (day): 1950-03-01"
    query = find_query(QUERIES, "who-wrote-to-whom")
    assert suggestion.rows == rows(ask, store, query, after="1950-01-01", until="1950-03-01") > 0


def test_a_day_after_the_last_letter_is_told_with_the_span(ask: Asker, store: Store) -> None:
    """The nearest day that would do stands first; the other day is not at fault."""
    given = {"one": "ben-inkwell", "other": "ada-quill"}
    found = said(
        ask,
        store,
        "letters-between",
        None,
        one="ben-inkwell",
        other="ada-quill",
        after="1960-01-01",
        until="1970-01-01",
    )
    (culprit,) = found.culprits
    assert culprit.parts == ("From (day): 1960-01-01",)
    assert culprit.without == 2
    assert "from 1950-02 to 1950-03-01" in culprit.reason
    assert culprit.suggestions[0].use == "From (day): 1950-03-01"
    query = find_query(QUERIES, "letters-between")
    assert culprit.suggestions[0].rows == rows(ask, store, query, **given, after="1950-03-01")


def test_a_person_who_never_wrote_is_told_with_persons_who_did(ask: Asker, store: Store) -> None:
    """Each of them measured."""
    found = said(ask, store, "letters-between", one="cyr-post", other="dora-seal")
    assert [one.parts for one in found.culprits] == [("One: person/cyr-post",)]
    query = find_query(QUERIES, "letters-between")
    for one in found.culprits[0].suggestions:
        value = one.use.removeprefix("One: ")
        assert one.rows == rows(ask, store, query, one=value, other="dora-seal") > 0
    assert "with One: person/ada-quill in place of One: person/cyr-post: 1 row (Ada Quill)" in found.text


def test_a_canned_query_with_rows_says_so(ask: Asker, store: Store) -> None:
    """There is nothing to explain."""
    assert said(ask, store, "documents-by-form").rows == rows(ask, store, find_query(QUERIES, "documents-by-form"))


def test_where_no_parameter_is_at_fault_the_sparql_is_explained(ask: Asker) -> None:
    """A query on something that the publication has none of."""
    text = "SELECT ?d ?who { ?d cwc:sendr ?p ; cwc:recipient ?who }"
    found = explain_canned(ask, Query(name="q", file="q.rq", title="Q", text=text), {}, base=BASE)
    assert found.culprits[0].suggestions[0].use == "cwc:sender"


def test_the_limits_hold(ask: Asker, store: Store) -> None:
    """An explanation that may ask nothing more says that it ended early."""
    found = said(ask, store, "letters-between", Limits(questions=3), one="cyr-post", other="dora-seal")
    assert (found.rows, found.complete, found.questions) == (0, False, 3)


def test_an_asker_that_takes_too_long_ends_the_search(ask: Asker, store: Store) -> None:
    """Even at the first question."""

    def slow(text: str, bound: Bound) -> Result:
        raise TimeoutError

    query = find_query(QUERIES, "documents-by-form")
    found = explain_canned(slow, query, {}, base=BASE)
    assert (found.rows, found.complete) == (None, False)


def test_a_query_for_another_endpoint_is_not_asked(ask: Asker) -> None:
    """It says for which."""
    (query, *_) = [one for one in QUERIES if one.endpoint]
    found = explain_canned(ask, query, {}, base=BASE)
    assert (found.rows, found.not_looked_into) == (None, (f"a query for another endpoint, {query.endpoint}",))


@pytest.mark.parametrize("query", HERE, ids=lambda query: query.name)
def test_every_canned_query_can_be_explained(ask: Asker, store: Store, query: Query) -> None:
    """With its defaults, whether it has rows on this publication or not."""
    try:
        bound = bind(query, {}, base=BASE)
    except Exception as error:
        pytest.skip(str(error))
    found = explain_canned(ask, query, bound, base=BASE)
    assert found.rows or found.culprits or found.not_looked_into or not found.complete
