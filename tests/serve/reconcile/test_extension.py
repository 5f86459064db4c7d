"""Data extension: what each property gives, typed; settings; refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kgpub.serve.reconcile.properties import PROPERTIES
from tests.serve.reconcile.forms import check


def extended(client: Any, ids: list[str], *properties: Any) -> dict[str, Any]:
    asked = {"ids": ids, "properties": [{"id": one} if isinstance(one, str) else one for one in properties]}
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)})
    assert answer.status_code == 200, answer.text
    return check("data-extension-response", answer.json())


def cells(client: Any, one: str, property_id: str, **settings: Any) -> list[Any]:
    asked = {"id": property_id, "settings": settings} if settings else property_id
    found = extended(client, [one], asked)["rows"][one][property_id]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("entity", "property_id", "values"),
    [
        ("person/ada-quill", "born", [{"date": "1890-02-03T00:00:00Z"}]),
        ("person/ivan-mast", "died", [{"str": "1972"}]),
        ("person/ada-quill", "wikidata", [{"str": "Q1"}]),
        ("person/ada-quill", "cover-name", [{"str": "Sparrow"}]),
        ("person/ada-quill", "name-cyrillic", [{"str": "Ада Перо"}]),
        ("person/ho-dae", "name-hangul", [{"str": "호대용"}]),
        ("person/ho-dae", "name-han", [{"str": "扈大龍"}]),
        ("person/ivan-mast", "printed-form", [{"str": "Mast"}]),
        ("person/ada-quill", "gloss", [{"str": "head of the harbour board"}]),
        ("person/ada-quill", "iri", [{"str": "https://example.org/letters/person/ada-quill"}]),
        ("person/ben-inkwell", "office", [{"id": "office/envoy-northport", "name": "Envoy in Northport"}]),
        ("person/ben-inkwell", "letters", [{"int": 4}]),
        ("person/ben-inkwell", "letters-sent", [{"int": 2}]),
        ("person/ben-inkwell", "first-letter", [{"id": "document/L1", "name": "Telegram, Inkwell to Seal: rope"}]),
        ("person/ben-inkwell", "first-letter-date", [{"date": "1950-01-10T00:00:00Z"}]),
        ("person/ben-inkwell", "last-letter", [{"id": "document/L4", "name": "Telegram, Inkwell to Quill: thanks"}]),
        (
            "person/ben-inkwell",
            "partner",
            [{"id": "person/ada-quill", "name": "Ada Quill"}, {"id": "person/dora-seal", "name": "Dora Seal"}],
        ),
        ("person/fedor-oar", "partner", [{"id": "person/piotr-oar", "name": "Piotr Oar"}]),
        ("person/fedor-oar", "first-letter-date", []),
        ("person/ben-inkwell", "place", [{"id": "place/northport", "name": "Northport"}]),
        (
            "office/envoy-northport",
            "holder",
            [{"id": "person/ben-inkwell", "name": "Ben Inkwell"}, {"id": "person/cyr-post", "name": "Cyr Post"}],
        ),
        ("office/envoy-northport", "seat", [{"id": "place/northport", "name": "Northport"}]),
        ("place/northport", "latitude", [{"float": 41.5}]),
        ("place/northport", "longitude", [{"float": 12.25}]),
        ("place/northport", "letters-sent", [{"int": 2}]),
        ("place/northport", "partner", [{"id": "place/southhaven", "name": "Southhaven"}]),
        ("place/wharf", "part-of", [{"id": "place/northport", "name": "Northport"}]),
        ("archive/TA", "letters", [{"int": 2}]),
        ("archive/TA/fond-1", "level", [{"str": "fond"}]),
        ("document/L1", "sender", [{"id": "person/ben-inkwell", "name": "Ben Inkwell"}]),
        ("document/L1", "form", [{"str": "ciphered telegram"}]),
        ("document/L3", "date", [{"str": "1950-02"}]),
        ("person/eve-typist", "letters", []),
        ("person/nobody", "born", []),
    ],
)
def test_a_property_gives_its_values_with_their_types(client, entity: str, property_id: str, values: list[Any]):
    assert cells(client, entity, property_id) == values


def test_every_property_can_be_fetched_for_everything(client, catalogue):
    found = extended(client, [one.id for one in catalogue], *PROPERTIES)
    filled = {key for row in found["rows"].values() for key, values in row.items() if values}
    # The invented world has no event, and its office belongs to no body.
    assert set(PROPERTIES) - filled == {"organisation", "from", "until"}


def test_the_head_tells_the_type_of_values_that_are_entities(client):
    assert extended(client, [], "office", "born")["meta"] == [
        {"id": "office", "name": "offices held", "type": {"id": "Office", "name": "office"}},
        {"id": "born", "name": "born"},
    ]


def test_settings_choose_number_language_and_form(client):
    everything = cells(client, "person/ho-dae", "names")
    assert len(everything) == 4
    assert cells(client, "person/ho-dae", "names", limit=2) == everything[:2]
    assert cells(client, "person/ho-dae", "names", limit="1", language="") == everything[:1]
    assert cells(client, "person/ho-dae", "names", language="ko-Hani") == [{"str": "扈大龍"}]
    assert len(cells(client, "person/ho-dae", "names", language="KO")) == 3
    assert cells(client, "person/ben-inkwell", "office", form="name") == [{"str": "Envoy in Northport"}]
    assert cells(client, "person/ben-inkwell", "office", form="iri") == [
        {"str": "https://example.org/letters/office/envoy-northport"}
    ]


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"ids": []}, "extend.properties"),
        ({"properties": []}, "extend.ids"),
        ({"ids": [5], "properties": []}, "extend.ids.0"),
        ({"ids": [], "properties": [{"id": "age"}]}, "extend.properties.0.id"),
        ({"ids": [], "properties": [{}]}, "extend.properties.0.id"),
        ({"ids": [], "properties": [{"id": "born", "settings": {"colour": 1}}]}, "extend.properties.0.settings.colour"),
        ({"ids": [], "properties": [{"id": "born", "settings": {"limit": -1}}]}, "extend.properties.0.settings.limit"),
        ({"ids": [], "properties": [{"id": "born", "settings": {"form": "x"}}]}, "extend.properties.0.settings.form"),
        (
            {"ids": [], "properties": [{"id": "born", "settings": {"language": 1}}]},
            "extend.properties.0.settings.language",
        ),
        ({"ids": [], "properties": [], "rows": 1}, "extend.rows"),
        ([], "extend"),
    ],
)
def test_a_query_that_is_not_understood_is_refused_with_its_place(client, asked: Any, where: str):
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)})
    assert (answer.status_code, answer.json()["where"]) == (400, where)


def test_too_many_ids_are_refused(client):
    asked = {"ids": ["x"] * 1001, "properties": []}
    assert client.post("/reconcile", data={"extend": json.dumps(asked)}).status_code == 413
