"""Formats by name."""

from __future__ import annotations

import pytest

from kgpub.convert.formats import registry
from kgpub.convert.formats.bulletin import read_bulletin


def test_the_bulletin_is_registered() -> None:
    assert registry.get_format("bulletin") is read_bulletin
    assert "bulletin" in registry.names()


def test_a_name_belongs_to_one_format() -> None:
    registry.register("bulletin", read_bulletin)
    with pytest.raises(ValueError, match="'bulletin' is registered already"):
        registry.register("bulletin", lambda text, layout, names, file: read_bulletin(text, layout, names, file))


def test_an_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        registry.get_format("papyrus")


def test_a_format_says_what_its_rules_mean_and_the_editors_own_is_there_too() -> None:
    meanings = registry.meanings()
    assert meanings["signature"] == "The name stands below the text as a signature."
    assert meanings["correction"].startswith("An editor corrected")


def test_a_rule_means_one_thing() -> None:
    with pytest.raises(ValueError, match="the rule 'signature' means something else already: The name stands below"):
        registry.register("bulletin", read_bulletin, {"signature": "Something else."})
    assert registry.meanings()["signature"] == "The name stands below the text as a signature."
