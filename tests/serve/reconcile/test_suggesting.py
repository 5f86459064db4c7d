"""Suggestions: by the beginning of a name in any script, by id, page by page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.serve.reconcile.forms import check

FORMS = {"entity": "entities", "property": "properties", "type": "types"}


def suggested(client: Any, kind: str, prefix: str, **more: Any) -> list[str]:
    answer = client.get(f"/reconcile/suggest/{kind}", params={"prefix": prefix, **more})
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in check(f"suggest-{FORMS[kind]}-response", answer.json())["result"]]


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("Ada", "person/ada-quill"),
        ("quil", "person/ada-quill"),
        ("ада п", "person/ada-quill"),
        ("Spar", "person/ada-quill"),
        ("호대", "person/ho-dae"),
        ("Ivan M", "person/ivan-mast"),
        ("person/eve-typist", "person/eve-typist"),
        ("L2", "document/L2"),
        ("Ada Qvill", "person/ada-quill"),
    ],
)
def test_an_entity_is_suggested_by_what_is_typed(client, prefix: str, first: str):
    assert suggested(client, "entity", prefix)[0] == first


def test_who_has_more_letters_comes_first_and_types_narrow(client):
    # He has four letters, she three.
    assert suggested(client, "entity", "", type="Person")[:2] == ["person/ben-inkwell", "person/ada-quill"]
    assert suggested(client, "entity", "northp") == [
        "place/northport",
        "organisation/northport",
        "office/envoy-northport",
    ]
    assert suggested(client, "entity", "northp", type="Organisation") == ["organisation/northport"]


def test_a_cursor_skips_what_was_shown(client):
    whole = suggested(client, "entity", "")
    assert whole[5:] == suggested(client, "entity", "", cursor=5)[: len(whole) - 5]
    assert suggested(client, "property", "", cursor=1)[0] == suggested(client, "property", "")[1]
    assert suggested(client, "entity", "ada", cursor=9_999_999) == []


def test_properties_and_types_are_suggested_by_name_word_and_id(client):
    assert suggested(client, "property", "last") == ["last-letter", "last-letter-date"]
    assert "name-cyrillic" in suggested(client, "property", "cyrillic") + suggested(client, "property", "name-cyr")
    assert suggested(client, "type", "organ") == ["Organisation", "Actor"]
    assert suggested(client, "type", "zzz") == []


def test_a_type_tells_the_broader_one(client):
    (person,) = client.get("/reconcile/suggest/type?prefix=Person&cursor=0").json()["result"][:1]
    assert person["broader"] == [{"id": "Actor", "name": "person or organisation"}]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({}, "prefix"),
        ({"prefix": "x" * 251}, "prefix"),
        ({"prefix": "a", "cursor": "-1"}, "cursor"),
        ({"prefix": "a", "cursor": "٣"}, "cursor"),
        ({"prefix": "a", "type": "Ship"}, "type"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(client, given: dict[str, str], where: str):
    answer = client.get("/reconcile/suggest/entity", params=given)
    assert (answer.status_code, answer.json()["where"]) == (400, where)
