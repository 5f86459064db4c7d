"""Cover names by channel."""

from __future__ import annotations

from kgpub.publish.pages.covers import covers, towards
from tests.publish.pages.actor_samples import ANN, BOB, BOOK


def test_a_cover_name_has_its_channels_and_the_letters_that_are_in_none() -> None:
    (cover,) = covers(BOOK, ANN)
    (channel,) = cover.signed
    assert (channel.partner.text, channel.when) == ("Bob", "1 July 1950 to 20 July 1950")
    assert [link.text for link in channel.direct] == ["X2"]
    assert [link.text for link in channel.passed] == ["X1"]
    assert [link.text for link in cover.others] == ["X4"]
    assert [one.name.text for one in towards(BOOK, BOB)] == ["Moth"]
