"""First mentions in a running text."""

from __future__ import annotations

from kgpub.convert.fields.names import build_index
from kgpub.convert.formats.bulletin.layout import Layout
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.mentions import read_mentions
from kgpub.convert.formats.bulletin.values import Desk

NAMES = build_index(
    {
        "persons": [
            {"id": "ivan-voroshilov", "name": "Ivan Voroshilov", "printed": ["Voroshilov"]},
            {"id": "ane-kim", "name": "Ane Kim", "printed": ["Kim"]},
            {"id": "ole-kim", "name": "Ole Kim", "printed": ["Kim"]},
        ],
        "organisations": [
            {"id": "cabinet-of-latgale", "name": "Cabinet", "printed": ["Government of Latgale"]},
            {"id": "sixth-rye-division", "name": "6th rye division"},
            {"id": "twelfth-rye-division", "name": "12th rye division"},
        ],
        "offices": [{"id": "envoy-in-latgale", "name": "Envoy in Latgale"}],
        "places": [
            {"id": "latgale", "name": "Latgale"},
            {"id": "north-latgale", "name": "North Latgale"},
            {"id": "south-latgale", "name": "South Latgale"},
            {"id": "ussuriysk", "name": "Ussuriysk", "printed": ["Voroshilov"]},
        ],
        "events": [{"id": "rye-war", "name": "Rye War", "printed": ["war in Latgale"]}],
    }
)


def ids(text: str, parties: frozenset[str] = frozenset()) -> tuple[list[str], Desk]:
    desk = Desk(NAMES, Layout(), "text.txt", "D001", "1950-07-01")
    mentions = read_mentions([Line(1, text)], desk, parties)
    keys = ("actor", "place", "organisation", "event")
    return [next(mention[key] for key in keys if key in mention) for mention in mentions], desk


def test_only_the_first_mention_counts() -> None:
    assert ids("Latgale is large; Latgale is wet.")[0] == ["latgale"]


def test_a_party_is_mentioned_where_the_text_speaks_of_it() -> None:
    parties = frozenset({"ivan-voroshilov"})
    assert ids("To Comrade Voroshilov! The rye is ripe.", parties)[0] == []
    assert ids("Transmit to Voroshilov that the rye is ripe.", parties)[0] == []
    assert ids("The rye [that Voroshilov asked for] is ripe.", parties)[0] == []
    assert ids("The rye that Voroshilov asked for is ripe.", parties)[0] == ["ivan-voroshilov"]


def test_what_an_offices_name_holds_is_mentioned() -> None:
    assert ids("The Envoy in Latgale agrees.")[0] == ["latgale"]


def test_units_of_an_enumeration_share_their_noun() -> None:
    assert ids("The 6th, 12th and 14th rye divisions march.")[0] == ["sixth-rye-division", "twelfth-rye-division"]


def test_one_half_of_a_country_is_told_by_the_other() -> None:
    assert ids("Seed for North and South Latgale.")[0] == ["north-latgale", "south-latgale"]
    assert ids("Seed for [North] Latgale.")[0] == ["north-latgale"]


def test_a_place_or_event_is_found_in_other_capitals() -> None:
    assert ids("The Rye war.")[0] == ["rye-war"]
    assert ids("The war in LATGALE.")[0] == ["rye-war", "latgale"]


def test_of_a_government_only_its_country_is_mentioned() -> None:
    assert ids("The Government of Latgale agrees.")[0] == ["latgale"]


def test_an_event_and_the_place_in_its_name_are_both_mentioned() -> None:
    assert ids("The war in Latgale is over.")[0] == ["rye-war", "latgale"]


def test_a_name_of_a_person_and_a_place_is_told_by_the_word_before() -> None:
    assert ids("They came from Voroshilov by plane.")[0] == ["ussuriysk"]
    assert ids("They asked Voroshilov for a plane.")[0] == ["ivan-voroshilov"]


def test_a_name_with_two_bearers_is_left_out_with_a_warning() -> None:
    found, desk = ids("They asked Kim for a plane.")
    assert found == []
    (problem,) = desk.problems
    assert (problem.field, problem.value, problem.severity) == ("D001.mentions", "Kim", "warning")
    assert problem.message == "several bear this name, and neither office, place nor date tells them apart"
