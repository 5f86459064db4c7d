"""Whether what a client gives agrees with what is known, kind by kind."""

from __future__ import annotations

from typing import Any

import pytest

from kgpub.serve.reconcile.agreement import Condition, Verdict, compare
from kgpub.serve.reconcile.entities import Day, Entity, Link, Name, Value
from kgpub.serve.reconcile.properties import PROPERTIES

AGREED, MISSED, CONTRADICTED, UNKNOWN = Verdict(1), Verdict(0, 1), Verdict(0, 0, 1), Verdict(0, 0, 0, 1)


def verdict(property_id: str, known: tuple[Value, ...], *given: Any, meant: frozenset[str] = frozenset()) -> Verdict:
    facts = {property_id: known} if known else {}
    entity = Entity("x/1", "https://example.org/x/1", "Person", "X", "", (), facts)
    return compare(entity, [Condition(PROPERTIES[property_id], given, meant)])


@pytest.mark.parametrize(
    ("known", "given", "found"),
    [
        ("1898-08-17", "1898-08-17", AGREED),
        ("1898-08-17", "1898-08", AGREED),
        ("1898-08-17", "1898", AGREED),
        ("1898-08-17", 1898, AGREED),
        ("1898-08-17", "1898-08-17T00:00:00Z", AGREED),
        ("1898", "1898-08-17", AGREED),
        ("1898-08~", "1898-08-17", AGREED),
        ("1898-08-17", "17 August 1898", AGREED),
        ("1898-08-17", "1898-08-18", CONTRADICTED),
        ("1898-08-17", "1899", CONTRADICTED),
        ("1898-08-17", "18 August 1899", CONTRADICTED),
        ("1898-08-17", "unknown", CONTRADICTED),
    ],
)
def test_days_agree_as_far_as_both_go(known: str, given: Any, found: Verdict) -> None:
    assert verdict("born", (Day(known),), given) == found


@pytest.mark.parametrize(
    ("given", "found"), [("41.5", AGREED), (41.54, AGREED), (41.6, CONTRADICTED), ("north", CONTRADICTED)]
)
def test_coordinates_agree_where_they_are_near(given: Any, found: Verdict) -> None:
    assert verdict("latitude", (41.5,), given) == found


def test_counts_agree_only_where_they_are_the_same() -> None:
    assert verdict("letters", (4,), "4") == AGREED
    assert verdict("letters", (4,), 4.01) == MISSED


def test_ids_elsewhere_agree_only_where_they_are_the_same() -> None:
    assert verdict("wikidata", ("Q109356",), "Q109356") == AGREED
    assert verdict("wikidata", ("Q109356",), "http://www.wikidata.org/entity/Q109356") == AGREED
    assert verdict("wikidata", ("Q109356",), "Q109357") == CONTRADICTED


def test_names_agree_in_any_dress_and_other_words_nearly() -> None:
    assert verdict("names", (Name("Ho Dae-yong", "en", "name"),), "HO DAE YONG") == AGREED
    assert verdict("names", (Name("Ho Dae-yong", "en", "name"),), "Ho Dae-yon") == MISSED
    assert verdict("form", ("ciphered telegram",), "Ciphered telegrams") == AGREED
    assert verdict("form", ("ciphered telegram",), "letter") == MISSED


def test_entities_agree_by_what_was_meant() -> None:
    assert verdict("office", (Link("office/a"), Link("office/b")), "b", meant=frozenset({"office/b"})) == AGREED
    assert verdict("office", (Link("office/a"),), "b", meant=frozenset({"office/b"})) == MISSED
    assert verdict("seat", (Link("place/a"),), "b") == CONTRADICTED


def test_one_of_several_values_is_enough_and_what_is_unknown_is_no_contradiction() -> None:
    assert verdict("born", (Day("1898-08-17"),), "1701", "1898") == AGREED
    assert verdict("born", (), "1701") == UNKNOWN
    assert verdict("born", (Day("1898-08-17"),)) == Verdict()
