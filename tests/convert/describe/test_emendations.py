"""Every field that a correction can name has the property that its values become."""

from __future__ import annotations

import json

import pytest

from kgpub.convert.corrections import _FIELDS
from kgpub.convert.describe.emendations import PROPERTY_OF_FIELD
from kgpub.convert.terms import name
from kgpub.vocabulary import PROPERTIES
from tests.tiny import PROJECT

SCHEMA = json.loads((PROJECT / "corpus" / "schema" / "record.schema.json").read_text(encoding="utf-8"))


def test_every_field_of_a_record_has_its_property_and_so_have_heading_and_text() -> None:
    assert set(PROPERTY_OF_FIELD) == {*SCHEMA["properties"], "heading", "text"}


def test_every_field_of_a_record_but_its_id_can_be_added() -> None:
    assert set(SCHEMA["properties"]) - {"id"} == _FIELDS


@pytest.mark.parametrize("prefixed", PROPERTY_OF_FIELD.values())
def test_each_property_has_an_iri_and_those_of_ours_are_in_the_vocabulary(prefixed: str) -> None:
    assert name(prefixed).startswith("<http")
    prefix, _, local = prefixed.partition(":")
    assert prefix != "cwc" or local in PROPERTIES
