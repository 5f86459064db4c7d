"""Who is a candidate, with which score, and when one may be taken unseen."""

from __future__ import annotations

import pytest

from tests.serve.reconcile.conftest import features, ids, matches


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ada Quill", "person/ada-quill"),
        ("ADA-QUILL", "person/ada-quill"),
        ("Ада Перо", "person/ada-quill"),
        ("호대용", "person/ho-dae"),
        ("扈大龍", "person/ho-dae"),
        ("Ho Tae Yŏng", "person/ho-dae"),
        ("Иван Мачта", "person/ivan-mast"),
        ("Kawazaki", "place/wharf"),
        ("Oldwharf", "place/wharf"),
        ("Envoy in Northport", "office/envoy-northport"),
        ("TA, fond 1", "archive/TA/fond-1"),
    ],
)
def test_a_full_name_in_any_script_that_one_bears_is_a_match(ask, name: str, found: str):
    candidates = ask(name)
    assert matches(candidates) == [found]
    assert (candidates[0]["id"], candidates[0]["score"]) == (found, 100.0)
    assert features(candidates[0])["full_name"] is True


def test_a_cover_name_leads_to_the_person_and_says_so(ask):
    (first, *_) = ask("Sparrow")
    assert (first["id"], first["name"], first["match"]) == ("person/ada-quill", "Ada Quill", False)
    assert first["description"].startswith("Sparrow is a cover name of Ada Quill; head of the harbour board")
    assert features(first)["cover_name"] is True


def test_namesakes_are_candidates_and_no_match(ask):
    found = ask("Mast")
    assert ids(found)[:2] == ["person/igor-mast", "person/ivan-mast"]
    assert matches(found) == []
    assert features(found[0])["bearers"] == 2


def test_a_surname_printed_for_one_is_no_match_where_another_has_it_in_a_longer_name(ask):
    found = ask("Oar")
    assert found[0]["id"] == "person/fedor-oar"
    assert features(found[0])["bearers"] == 1
    assert matches(found) == []


def test_initials_are_no_match_where_another_person_fits_them(ask):
    assert matches(ask("I.V. Mast")) == []
    assert matches(ask("Ivan Mast")) == ["person/ivan-mast"]


def test_the_same_words_in_another_order_are_too_near_for_a_match(ask):
    found = ask("Quay Moor")
    assert [(one["id"], one["score"]) for one in found] == [("person/quay-moor", 100.0), ("person/moor-quay", 98.0)]
    assert matches(found) == []


def test_one_name_of_a_place_and_a_body_needs_the_type(ask):
    assert matches(ask("Northport")) == []
    assert matches(ask("Northport", type="Place")) == ["place/northport"]
    assert matches(ask("Northport", type=["Organisation"])) == ["organisation/northport"]


def test_who_is_known_by_a_printed_name_only_is_no_match(ask):
    (first, *_) = ask("Rudder")
    assert (first["id"], first["match"]) == ("person/rudder", False)
    assert "not identified" in first["description"]
    assert features(first)["unidentified"] is True


def test_a_name_with_a_slip_is_a_candidate_below_100_and_no_match(ask):
    (first, *_) = ask("Ada Quil")
    assert first["id"] == "person/ada-quill"
    assert 85 < first["score"] < 100
    assert first["match"] is False


def test_a_surname_alone_finds_all_who_have_it_in_a_longer_name_and_a_title_is_no_hindrance(ask):
    assert {one["id"]: one["score"] for one in ask("Мачта")} == {"person/ivan-mast": 85.0}
    assert [(one["id"], one["match"]) for one in ask("The Very Honourable Harbour Pilot Rudder")] == [
        ("person/rudder", False)
    ]


def test_a_name_that_nobody_bears_has_no_candidate(ask):
    assert ask("Zxqv Wtt") == []


def test_a_property_that_agrees_raises_and_one_that_differs_lowers(ask):
    plain = {one["id"]: one["score"] for one in ask("I. Mastt")}
    found = ask("I. Mastt", properties=[{"pid": "born", "v": "1898"}])
    told = {one["id"]: one["score"] for one in found}
    assert told["person/ivan-mast"] == pytest.approx(plain["person/ivan-mast"] / 2 + 50, abs=0.01)
    assert told["person/igor-mast"] == pytest.approx(plain["person/igor-mast"] - 25, abs=0.01)
    assert found[0]["id"] == "person/ivan-mast"


def test_a_property_decides_between_namesakes_where_it_rules_the_others_out(ask):
    found = ask("Mast", properties=[{"pid": "born", "v": "1898-08-17"}])
    assert matches(found) == ["person/ivan-mast"]
    assert features(found[0])["properties_agreed"] == 1
    assert features(found[1])["properties_contradicted"] == 1


def test_a_property_that_is_unknown_of_a_namesake_does_not_rule_it_out(ask):
    found = ask("Mast", properties=[{"pid": "died", "v": 1972}])
    assert [(one["id"], one["score"]) for one in found[:2]] == [("person/ivan-mast", 100.0), ("person/igor-mast", 98.0)]
    assert matches(found) == []


def test_a_property_that_speaks_against_it_takes_the_match_away(ask):
    found = ask("Ada Quill", properties=[{"pid": "born", "v": "1700"}])
    assert (found[0]["id"], found[0]["score"], found[0]["match"]) == ("person/ada-quill", 75.0, False)


def test_properties_alone_find_candidates(ask):
    found = ask(properties=[{"pid": "office", "v": "Envoy in Northport"}])
    assert ids(found) == ["person/ben-inkwell", "person/cyr-post"]
    assert matches(ask(properties=[{"pid": "office", "v": "Envoy in Northport"}])) == []
    assert matches(ask(properties=[{"pid": "wikidata", "v": "Q1"}])) == ["person/ada-quill"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("person/ada-quill", "person/ada-quill"),
        ("https://example.org/letters/person/ada-quill", "person/ada-quill"),
        ("Q1", "person/ada-quill"),
        ("L1", "document/L1"),
        ("X1", "document/L4"),
    ],
)
def test_an_id_finds_its_entity(ask, text: str, found: str):
    (only,) = ask(text)
    assert (only["id"], only["match"], only["score"]) == (found, True, 100.0)
    assert features(only)["identifier"] is True


def test_letters_are_found_by_title_only_where_they_are_asked_for(ask):
    title = "Telegram, Inkwell to Seal: rope"
    assert all(one["type"][0]["id"] != "Document" for one in ask(title))
    assert matches(ask(title, type="Document")) == ["document/L1"]


def test_types_may_be_broader_ones_and_iris_and_strict_or_not(ask):
    both = ask("Northport", type="https://w3id.org/cwcorr/ontology#Actor")
    assert ids(both) == ["organisation/northport"]
    assert ask("Northport", type=["Place", "Organisation"], type_strict="all") == []
    wished = {one["id"]: one["score"] for one in ask("Northport", type="Place", type_strict="should")}
    assert (wished["place/northport"], wished["organisation/northport"]) == (100.0, 90.0)


def test_the_best_come_first_and_no_more_than_asked_for(ask):
    scores = [one["score"] for one in ask("Mast", limit=50)]
    assert scores == sorted(scores, reverse=True)
    assert len(ask("Mast", limit=1)) == 1
