"""Who wrote to whom, and through whom."""

from __future__ import annotations

import re

from kgpub.publish.pages import network
from tests.publish.pages.samples import book, harbour, links

BOOK = harbour()


def test_a_letter_with_a_relay_goes_through_it_and_one_without_goes_straight() -> None:
    own = next(network.pages(BOOK)).body
    assert {link.title for link in links(own.picture) if "letter" in link.title} == {
        "Ann, passed on by Cai: 1 letter",
        "Passed on by Cai to Bob: 1 letter",
        "Ann to Bob: 1 letter without a relay, and 1 through a relay",
    }
    assert [(pair.letters.text, [count for _, count in pair.relays]) for pair in own.pairs] == [("2", [1])]
    assert [link.href for link in own.without] == ["document/X3.html"]


def test_a_graph_without_letters_has_no_such_page() -> None:
    assert list(network.pages(book(""))) == []


def test_the_page_is_the_same_each_time_and_holds_no_style() -> None:
    said = repr(list(network.pages(harbour())))
    assert said == repr(list(network.pages(harbour())))
    assert not re.search(r"'style'|'onclick'", said)
