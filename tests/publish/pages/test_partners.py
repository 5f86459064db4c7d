"""Correspondents and relays."""

from __future__ import annotations

from kgpub.publish.pages.partners import partners, relayed_by, relayed_for
from tests.publish.pages.actor_samples import ANN, BOB, BOOK, CAI


def test_correspondents_are_counted_both_ways() -> None:
    found = partners(BOOK, ANN)
    assert [(one.name.text, one.sent, one.received) for one in found] == [("Cai", 1, 1), ("Bob", 1, 0)]
    assert found[0].between is None


def test_relays_are_told_from_both_sides() -> None:
    (passed,) = relayed_for(BOOK, BOB)
    assert (passed.recipient.text, [link.text for link in passed.letters]) == ("Cai", ["X1"])
    assert [one.via.text for one in relayed_by(BOOK, CAI)] == ["Bob"]
