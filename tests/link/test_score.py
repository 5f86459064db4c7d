"""What each part of a score says, what it adds up to, and what excludes an item."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kgpub.link.entities import Entity, Letter, Tenure
from kgpub.link.items import Item, Position
from kgpub.link.names import Name
from kgpub.link.score import CAP, Part, score

PETR = Entity(
    "petr-lodkin",
    "person",
    "https://example.org/person/petr-lodkin",
    (Name("Petr Lodkin", "en"), Name("Пётр Ильич Лодкин", "ru")),
    born="1900-05-06",
    died="1960",
    tenures=(Tenure("envoy-in-lowport", (Name("Envoy of the USSR in Lowport", "en"),), "1949-02", "1952"),),
    letters=(Letter("L1", "Letter", "1950-03-01", ("sender of",)),),
)
ITEM = Item(
    "Q1",
    (Name("Petr Lodkin", "en"), Name("Лодкин, Пётр Ильич", "ru")),
    ("Q5",),
    ("1900-05-06T00:00:00Z",),
    ("1960-01-01T00:00:00Z",),
    positions=(Position("Q7", (Name("envoy of the Soviet Union to Lowport", "en"),), "1949-01-01T00:00:00Z"),),
)
PLACE = Entity(
    "lowport",
    "place",
    "https://example.org/place/lowport",
    (Name("Lowport", "en"),),
    latitude=54.5,
    longitude=-3.25,
    within=("mereland",),
    within_names=(Name("Mereland", "en"),),
)
TOWN = Item(
    "Q2",
    (Name("Lowport", "en"),),
    ("Q486972",),
    points=((54.5, -3.25),),
    within=("Q3",),
    within_names=(Name("Mereland", "en"),),
)
FOG = Entity(
    "fog", "event", "https://example.org/event/fog", (Name("Great Fog", "en"),), start="1893-02-01", end="1893-02-20"
)
BOARD = Entity(
    "board",
    "organisation",
    "https://example.org/organisation/board",
    (Name("Lamp Board", "en"),),
    letters=(Letter("L1", "Letter", "1893-02-03", ("recipient of",)),),
)


def part(entity: Entity, item: Item, name: str, links: dict[str, str] | None = None) -> Part:
    return next(one for one in score(entity, item, links).parts if one.name == name)


def test_a_name_alone_comes_to_a_half_and_everything_together_to_one() -> None:
    whole = score(PETR, ITEM)
    assert whole.total >= 0.95
    assert whole.agreed == ("name", "dates", "office")
    bare = score(replace(PETR, born="", died="", tenures=(), letters=()), Item("Q1", ITEM.names, ("Q5",)))
    assert 0.45 <= bare.total <= 0.5
    assert score(PLACE, TOWN).total == 0.9


TOTALS: list[tuple[str, dict[str, Any], float, float]] = [
    ("the same in all", {}, 0.95, 1.0),
    ("no position there", {"positions": ()}, 0.8, 0.87),
    ("born and died in the same years", {"born": ("1900-01-01T00:00:00Z",)}, 0.95, 1.0),
    ("the old calendar's birthday", {"born": ("1900-05-19T00:00:00Z",)}, 0.9, 1.0),
    ("a birthday in another year", {"born": ("1901-05-06T00:00:00Z",)}, 0.75, 0.9),
    ("one of two births there", {"born": ("1850-01-02T00:00:00Z", "1900-05-06T00:00:00Z")}, 0.95, 1.0),
    ("the father", {"born": ("1872-03-02T00:00:00Z",), "died": ("1931-04-02T00:00:00Z",)}, 0.0, CAP),
    ("the son, fourteen at the letter", {"born": ("1936-03-02T00:00:00Z",), "died": ()}, 0.0, CAP),
    ("not a human", {"types": ("Q3305213",)}, 0.0, CAP),
    ("a family name", {"types": ("Q101352",)}, 0.0, CAP),
    ("another name altogether", {"names": (Name("Vera Marsh", "en"),)}, 0.0, 0.6),
    ("a Russian name that differs", {"names": (Name("Petr Lodkin", "en"), Name("Иван Сидоров", "ru"))}, 0.5, 0.82),
    ("what it is is not said", {"types": ()}, 0.95, 1.0),
]


@pytest.mark.parametrize(("what", "change", "least", "most"), TOTALS, ids=[one[0] for one in TOTALS])
def test_the_total_of(what: str, change: dict[str, Any], least: float, most: float) -> None:
    assert least <= score(PETR, replace(ITEM, **change)).total <= most


ACTIVITY: list[tuple[dict[str, Any], dict[str, Any], float | None, str, bool]] = [
    ({}, {}, 1.0, "there in", False),
    ({}, {"died": ()}, 0.6, "there in", False),
    ({"tenures": ()}, {"died": ("1950-02-27T00:00:00Z",)}, 0.0, "died 1950-02-27, but ours acts in 1950-03-01", True),
    (
        {"tenures": ()},
        {"born": ("1951-02-03T00:00:00Z",)},
        0.0,
        "born 1951-02-03, but ours is seen from 1950-03-01",
        True,
    ),
    ({"tenures": ()}, {"born": ("1935-03-02T00:00:00Z",)}, 0.0, "14 years old at most", True),
    ({"tenures": ()}, {"born": ("1935-02-28T00:00:00Z",)}, 1.0, "there in", False),
    ({"tenures": ()}, {"born": (), "died": ()}, None, "not known on both sides", False),
    ({"tenures": (), "letters": ()}, {}, None, "not known on both sides", False),
]


@pytest.mark.parametrize(("ours", "theirs", "value", "said", "contradicts"), ACTIVITY)
def test_a_life_that_excludes_the_letter(
    ours: dict[str, Any], theirs: dict[str, Any], value: float | None, said: str, contradicts: bool
) -> None:
    found = part(replace(PETR, born="", died="", **ours), replace(ITEM, **theirs), "activity")
    assert (found.value, found.contradicts) == (value, contradicts)
    assert said in found.said


def test_who_is_only_mentioned_may_be_dead_but_must_have_been_born() -> None:
    mentioned = replace(PETR, tenures=(), letters=(Letter("L1", "", "1970-01-05", ("mentioned in",)),))
    assert part(mentioned, ITEM, "activity") == Part("activity", None, "ours is only mentioned")
    late = replace(ITEM, born=("1971-06-07T00:00:00Z",), died=())
    assert part(replace(mentioned, born="", died=""), late, "activity").contradicts


def test_an_office_counts_where_it_was_held_in_the_same_days() -> None:
    assert part(PETR, ITEM, "offices").value == 1.0
    later = Position("Q7", ITEM.positions[0].names, "1958-01-01T00:00:00Z", "1959-01-01T00:00:00Z")
    assert part(PETR, replace(ITEM, positions=(later,)), "offices").value == 0.0
    undated = Position("Q7", ITEM.positions[0].names)
    assert part(PETR, replace(ITEM, positions=(undated,)), "offices").value == 0.6
    other = Position("Q8", (Name("head keeper of the lamps", "en"),), "1949-01-01T00:00:00Z")
    assert part(PETR, replace(ITEM, positions=(other,)), "offices").said == "no office of ours is among the item's"
    # The office itself is linked: its item decides, whatever it is called there.
    assert part(PETR, replace(ITEM, positions=(other,)), "offices", {"envoy-in-lowport": "Q8"}).value == 1.0


@pytest.mark.parametrize(
    ("ours", "theirs", "alike"),
    [
        ("Ambassador of the USSR to the DPRK", "ambassador of the Soviet Union to North Korea", True),
        ("Ambassador of the USSR to the PRC", "ambassador of the Soviet Union to North Korea", False),
        ("Ambassador of the USSR to the PRC", "Ambassador of the Soviet Union to the People's Republic of China", True),
        ("Minister of War", "Minister of Finance", False),
    ],
)
def test_an_office_by_other_words(ours: str, theirs: str, alike: bool) -> None:
    entity = replace(PETR, tenures=(Tenure("x", (Name(ours, "en"),), "1950"),))
    item = replace(ITEM, positions=(Position("Q7", (Name(theirs, "en"),), "1950-01-01T00:00:00Z"),))
    assert ((part(entity, item, "offices").value or 0.0) > 0.5) is alike


@pytest.mark.parametrize(
    ("point", "value", "contradicts"),
    [
        ((54.5, -3.25), 1.0, False),
        ((54.53, -3.25), 1.0, False),
        ((54.95, -3.25), 0.526, False),
        ((56.5, -3.25), 0.0, False),
        ((-33.1, 151.2), 0.0, True),
    ],
)
def test_a_place_is_as_near_as_it_is(point: tuple[float, float], value: float, contradicts: bool) -> None:
    found = part(PLACE, replace(TOWN, points=(point,)), "coordinates")
    assert found.value == pytest.approx(value, abs=0.01)
    assert found.contradicts is contradicts


def test_what_a_place_lies_in_is_compared_by_item_and_by_name() -> None:
    assert part(PLACE, TOWN, "within").value == 1.0
    elsewhere = replace(TOWN, within_names=(Name("Downland", "en"),))
    assert part(PLACE, elsewhere, "within").value == 0.0
    assert part(PLACE, elsewhere, "within", {"mereland": "Q3"}).value == 1.0
    assert part(PLACE, replace(TOWN, within=()), "within").value is None


def test_events_are_told_by_their_days_and_organisations_by_their_founding() -> None:
    fog = Item("Q4", FOG.names, began=("1893-02-01T00:00:00Z",), ended=("1893-02-20T00:00:00Z",))
    assert score(FOG, fog).total == pytest.approx(0.9)
    assert score(FOG, replace(fog, began=("1952-12-05T00:00:00Z",), ended=())).total <= CAP
    assert not score(BOARD, Item("Q5000", BOARD.names, began=("1836-01-01T00:00:00Z",))).excluded
    assert score(BOARD, Item("Q5001", BOARD.names, began=("1950-04-01T00:00:00Z",))).excluded == (
        "founded 1950-04-01…1950-04-30, but ours is seen from 1893-02-03",
    )


def test_a_script_that_only_one_side_has_is_no_disagreement() -> None:
    assert part(PETR, replace(ITEM, names=(Name("Petr Lodkin", "en"),)), "names").value == 0.9
    assert part(PETR, replace(ITEM, names=(Name("彼得", "zh"),)), "names").value == 0.0
    assert part(PETR, replace(ITEM, names=(Name("Лодкин, Пётр Ильич", "ru"),)), "names").value == 0.98
