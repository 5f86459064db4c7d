"""The name index: variants of a printed name, and bearers told apart by place and date."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from kgpub.convert.fields.names import Bearer, Circumstances, NameIndex, Tenure, build_index, letters

AUTHORITY: dict[str, list[dict[str, Any]]] = {
    "persons": [
        {
            "id": "anna-berg",
            "name": "Anna Berg",
            "printed": ["Berg"],
            "coverNames": [{"id": "nord-lys", "name": "Nord Lys", "printed": ["Nord-Lys"]}],
            "tenures": [{"office": "envoy-oslo", "from": "1950-01", "until": "1950-12"}],
        },
        {
            "id": "ole-berg",
            "name": "Ole Berg",
            "printed": ["Berg"],
            "tenures": [{"office": "envoy-riga", "from": "1949"}],
        },
        {"id": "li-wen-ho", "name": "Li Wen-ho", "names": [{"text": "Lǐ Wén-hō", "lang": "zh-Latn-pinyin"}]},
        {"id": "c-hae", "name": "Ch’ae Un", "printed": ["Ch’ae Un"]},
        {
            "id": "karl-lind",
            "name": "Karl Lind",
            "printed": ["Lind"],
            "tenures": [{"office": "envoy-oslo", "from": "1950-12"}],
        },
    ],
    "offices": [
        {"id": "envoy-oslo", "name": "Envoy in Oslo", "seat": "oslo", "printed": ["Envoy"]},
        {"id": "envoy-riga", "name": "Envoy in Riga", "seat": "riga", "printed": ["Envoy"]},
    ],
    "places": [
        {"id": "oslo", "name": "Oslo", "printed": ["Oslo", "Christiania"]},
        {"id": "old-oslo", "name": "Oslo (old)"},
    ],
    "organisations": [
        {"id": "ministry", "name": "Ministry of Ships", "partOf": "cabinet"},
        {"id": "cabinet", "name": "Cabinet"},
    ],
}


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return build_index(AUTHORITY)


@pytest.mark.parametrize("printed", ["Nord Lys", "NORD-LYS", "N O R D L Y S", "Nord-Lys", "nord lys"])
def test_spacing_hyphens_and_capitals_do_not_hide_a_cover_name(index: NameIndex, printed: str) -> None:
    assert index.lookup(printed) == (Bearer("person", "anna-berg", "nord-lys"),)


@pytest.mark.parametrize("printed", ["Li Wen-ho", "LI WEN HO", "Li WenHo", "Li Wenho", "LǏ WÉN-HŌ"])
def test_a_name_is_found_in_running_text_in_its_variants(index: NameIndex, printed: str) -> None:
    found = index.find(f"A talk with {printed}, who agreed.")
    assert [(name.printed, name.bearers[0].id) for name in found] == [(printed, "li-wen-ho")]


@pytest.mark.parametrize("printed", ["Ch’ae Un", "Cha’e Un", "CH’AE UN"])
def test_an_apostrophe_may_stand_anywhere(index: NameIndex, printed: str) -> None:
    assert [name.bearers[0].id for name in index.find(f"by {printed} today")] == ["c-hae"]


def test_a_name_inside_a_longer_word_is_not_found(index: NameIndex) -> None:
    assert index.find("The Bergen line, the iceberg, LINDEN") == []


def test_a_word_glued_behind_a_place_does_not_hide_it(index: NameIndex) -> None:
    assert [name.printed for name in index.find("From OsloReceived 18:30")] == ["Oslo"]


def test_a_printed_form_outranks_the_same_modern_name(index: NameIndex) -> None:
    assert index.lookup("Oslo") == (Bearer("place", "oslo"),)


@pytest.mark.parametrize(("place", "bearer"), [("oslo", "anna-berg"), ("riga", "ole-berg")])
def test_bearers_of_one_name_are_told_apart_by_place(index: NameIndex, place: str, bearer: str) -> None:
    chosen = index.choose(index.lookup("Berg"), Circumstances("1950-06-01", (place,)))
    assert chosen == Bearer("person", bearer)


def test_bearers_that_fit_alike_are_not_chosen_between(index: NameIndex) -> None:
    assert index.choose(index.lookup("Berg"), Circumstances("1950-06-01", ())) is None


@pytest.mark.parametrize(
    ("day", "holder"), [("1950-06-01", "anna-berg"), ("1951-03-01", "karl-lind"), ("1949-01-01", None)]
)
def test_an_office_resolves_by_the_day(index: NameIndex, day: str, holder: str | None) -> None:
    assert index.holder("envoy-oslo", day) == holder


def test_an_office_named_alone_is_told_by_the_place(index: NameIndex) -> None:
    chosen = index.choose(index.lookup("Envoy"), Circumstances("1950-06-01", ("riga",)))
    assert chosen == Bearer("office", "envoy-riga")


def test_an_uncertain_bound_counts_as_printed() -> None:
    assert Tenure("x", "y", "1950-02~", "1950-11~").covers("1950-11-30")
    assert not Tenure("x", "y", "1950-02~", "1950-11~").covers("1950-12-01")


def test_the_index_travels_to_a_worker(index: NameIndex) -> None:
    assert pickle.loads(pickle.dumps(index)).lookup("Lind") == index.lookup("Lind")


def test_an_empty_authority_finds_nothing() -> None:
    assert build_index({}).find("Anna Berg in Oslo") == []


def test_letters_keep_digits_and_drop_everything_between() -> None:
    assert letters("8th M-D.G’S ó") == "8thmdgso"
