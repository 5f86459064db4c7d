"""The places: routes on a map, and all of them in a list."""

from __future__ import annotations

import re

from kgpub.publish.pages import atlas
from tests.publish.pages.samples import HARBOUR, book, harbour, hrefs, links, texts

BOOK = harbour()


def test_a_route_leads_to_its_letters_and_one_beyond_the_map_is_listed() -> None:
    picture = next(atlas.pages(BOOK)).body.routes
    assert {"letters.html#/?from=west&to=east", "letters.html#/?from=east&to=far"} <= hrefs(picture)
    assert "East → Far: 1" in texts(picture.shapes)
    assert any(shape.css == "land" and len(dict(shape.attributes)["d"]) > 1000 for shape in picture.shapes)


def test_the_table_of_places_has_all_and_says_which_have_no_point() -> None:
    own = next(atlas.pages(BOOK)).body
    assert [one.name.text for one in own.places] == ["East", "Far", "Lost", "West"]
    assert [(one.sent.text, one.received.text) for one in own.places] == [
        ("1", "1"),
        ("0", "1"),
        ("0", "0"),
        ("1", "0"),
    ]
    assert [link.text for link in own.nowhere] == ["Lost"]
    assert (own.hub, own.without) == ("East", 1)


def test_places_that_lie_side_by_side_are_one_and_their_routes_together() -> None:
    near = (
        HARBOUR
        + """
    :document/X4 a cwc:Document
    :document/X4 cwc:sentFrom :place/west
    :document/X4 cwc:sentTo :place/annex
    :place/annex a cwc:Place
    :place/annex geo:lat "40.001"
    :place/annex geo:long "116.001"
    """
    )
    picture = next(atlas.pages(book(near))).body.routes
    both = [link for link in links(picture) if "to=annex" in link.href]
    assert {link.href for link in both} == {"letters.html#/?from=west&to=annex&from=west&to=east"}


def test_a_graph_without_letters_has_no_such_page() -> None:
    assert list(atlas.pages(book(""))) == []


def test_the_page_is_the_same_each_time_and_holds_no_style() -> None:
    said = repr(list(atlas.pages(harbour())))
    assert said == repr(list(atlas.pages(harbour())))
    assert not re.search(r"'style'|'onclick'", said)
