"""Links elsewhere and their evidence."""

from __future__ import annotations

from kgpub.publish.pages.outside import outside
from tests.publish.pages.actor_samples import ANN, BOOK, HOSTILE


def test_links_say_what_agreed_and_why_one_was_turned_down() -> None:
    same, different = outside(BOOK, ANN)
    assert (same.item.text, same.how, same.agreed) == ("Wikidata Q1", "same", "dates and name")
    assert same.sources == ("one list", "another list")
    assert (different.how, different.reason) == ("different", HOSTILE)
