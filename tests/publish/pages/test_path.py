"""The path of a message and its picture."""

from __future__ import annotations

import pytest

from kgpub.publish.pages.drawing import Shape
from kgpub.publish.pages.evidence import evidence
from kgpub.publish.pages.path import between, route
from kgpub.publish.pages.path_picture import draw
from tests.publish.pages.samples import BASE, book

IRI = f"{BASE}document/X1"
BOOK = book(
    """
    :document/X1 a cwc:Document
    :document/X1 cwc:sender :person/ann
    :document/X1 cwc:signer :person/ann
    :document/X1 cwc:signer :person/eve
    :document/X1 cwc:signedAs :person/ann#fox
    :document/X1 cwc:addressedAs :person/bob#owl
    :document/X1 cwc:via :person/cai
    :document/X1 cwc:recipient :person/bob
    :document/X1 cwc:sentTo :place/town
    :document/X1 cwc:reading :document/X1#r1
    :document/X1#r1 cwc:onProperty cwc:sentTo
    :document/X1#r1 cwc:onValue :place/town
    :document/X1#r1 cwc:certainty "inferred"
    :document/X1#r1 cwc:rule "seat-of-office"
    :document/X1 cwc:reading :document/X1#r2
    :document/X1#r2 cwc:onProperty cwc:via
    :document/X1#r2 cwc:onValue :person/cai
    :document/X1#r2 cwc:certainty "printed"
    :document/X1#r2 cwc:page "7"
    :document/X1#r2 cwc:lines "12-13"
    :document/X1#r2 cwc:printedForm "Envoy"
    :document/X1 cwc:reading :document/X1#r3
    :document/X1#r3 cwc:onProperty cwc:office
    :document/X1#r3 cwc:onValue :office/envoy
    :document/X1#r3 cwc:lines "12-13"
    :document/X1#r3 cwc:printedForm "Envoy"
    :document/X1 cwc:transmission :document/X1#t1
    :document/X1 cwc:transmission :document/X1#t2
    :document/X1 cwc:transmission :document/X1#t3
    :document/X1#t2 cwc:position "1"
    :document/X1#t2 cwc:at "1950-07-01T23:50:00"
    :document/X1#t1 cwc:position "2"
    :document/X1#t1 cwc:at "1950-07-02T01:35:00"
    :document/X1#t3 cwc:position "3"
    :document/X1#t3 cwc:at "1950-07-02"
    :document/X1 cwc:distribution :document/X1#c1
    :document/X1 cwc:distribution :document/X1#c2
    :document/X1#c1 cwc:position "1"
    :document/X1#c1 cwc:copyRecipient :person/bob
    :document/X1#c1 cwc:copyCount "2"
    :document/X1#c2 cwc:position "2"
    :document/X1#c2 cwc:copyCount "1"
    :document/X1#c2 cwc:printedForm "head of the post"
    :document/X1 cwc:enclosedIn :document/X0
    :person/ann skos:prefLabel "Ann"@en
    :person/bob skos:prefLabel "Bob <b>"@en
    :person/ann#fox skos:prefLabel "Fox"@en
    :person/ann#fox cwc:pseudonymOf :person/ann
    :person/bob#owl cwc:pseudonymOf :person/bob
    :office/envoy skos:prefLabel "Envoy in Town"@en
    """,
    "person/ann",
    "person/bob",
)
WAY = route(BOOK, IRI, evidence(BOOK, IRI))


def test_cover_names_belong_to_those_who_bear_them_and_offices_to_those_named_by_them() -> None:
    (sender,), (relay,), (recipient,) = WAY.role("from"), WAY.role("via"), WAY.role("to")
    assert [one.cover.text.rpartition("/")[2] if one.cover else "" for one in (sender, relay, recipient)] == [
        "Fox",
        "",
        "bob#owl",
    ]
    assert [one.text for one in relay.offices] == ["Envoy in Town"]
    assert relay.read == ("p. 7, lines 12–13: “Envoy”",)
    assert [one.name.text for one in WAY.signers] == [f"{BASE}person/eve"]


def test_what_is_inferred_is_said_to_be_with_what_it_goes_by() -> None:
    (town,) = WAY.sent_to
    assert town.certainty == "inferred"
    assert town.read == ("inferred, from the seat of the office",)
    assert WAY.unsure


def test_stations_stand_by_position_with_the_time_between_known_minutes() -> None:
    assert [one.time for one in WAY.stations] == ["23:50", "01:35", ""]
    assert [one.since for one in WAY.stations] == ["", "1 h 45 min", ""]
    assert not WAY.backwards


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        ("1950-07-01T04:00:00", "1950-07-01T04:00:00", "same minute"),
        ("1950-07-01T04:00:00", "1950-07-03T05:01:00", "2 d 1 h 1 min"),
        ("1950-07-01T04:00:00", "1950-07-01T03:30:00", "30 min earlier"),
        ("1950-07-01", "1950-07-01T03:30:00", ""),
        ("", "1950-07-01T03:30:00", ""),
    ],
)
def test_the_time_between_is_never_made_up(earlier: str, later: str, words: str) -> None:
    assert between(earlier, later) == words


def test_the_copy_list_counts_sheets_and_keeps_those_who_are_not_known() -> None:
    assert [(one.name.text, one.count, one.known) for one in WAY.copies] == [
        ("Bob <b>", 2, True),
        ("head of the post", 1, False),
    ]
    assert WAY.sheets == 3


def test_the_picture_has_all_parts_inside_its_frame_and_links_to_pages_that_are_there() -> None:
    picture = draw(WAY)
    shapes = _all(picture.shapes)
    words = [shape.words.text for shape in shapes if shape.tag == "text"]
    for expected in ("FROM", "THROUGH", "TO", "Ann", "signed as Fox", "signed by", "COPY LIST: 3 COPIES", "1 h 45 min"):
        assert any(expected in one for one in words), expected
    assert {shape.words.href for shape in shapes if shape.tag == "a"} >= {"person/ann.html", "person/bob.html"}
    for shape in shapes:
        for name, value in shape.attributes:
            if name in ("y", "cy", "y1", "y2"):
                assert 0 <= float(value) <= picture.height, shape
            if name in ("x", "cx", "x1", "x2"):
                assert 0 <= float(value) <= picture.width, shape


def test_an_uncertain_place_is_drawn_otherwise_than_a_printed_one() -> None:
    dots = [shape.css for shape in _all(draw(WAY).shapes) if shape.tag == "circle"]
    assert dots.count("dot unsure") == 1
    assert dots.count("dot") == 3


def test_a_letter_of_which_nothing_is_known_has_a_picture_all_the_same() -> None:
    bare = book(":document/X1 a cwc:Document")
    picture = draw(route(bare, IRI, evidence(bare, IRI)))
    assert picture.height > 0


def _all(shapes: tuple[Shape, ...]) -> list[Shape]:
    return [one for shape in shapes for one in (shape, *_all(shape.parts))]
