"""Where a place lies."""

from __future__ import annotations

from kgpub.publish.pages.locator import locator
from tests.publish.pages.actor_samples import BOOK
from tests.publish.pages.samples import BASE


def test_the_locator_draws_the_neighbours_and_there_is_none_without_coordinates() -> None:
    found = locator(BOOK, f"{BASE}place/harbour")
    assert found is not None
    drawn = [shape.words.text for shape in found.shapes if shape.words.text]
    assert "Harbour" in drawn
    assert "Nearby" in drawn
    assert any(text.endswith("°S") for text in drawn)
    assert locator(BOOK, f"{BASE}place/lost") is None
