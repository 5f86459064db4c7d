"""The leaves of a file as a line."""

from __future__ import annotations

from kgpub.publish.pages.drawing import Picture
from kgpub.publish.pages.leaves import Sheet
from kgpub.publish.pages.page import Link
from kgpub.publish.pages.strip import Block, blocks, strip


def drawn(*leaves: tuple[int, int]) -> Picture:
    picture = strip("x", "Leaves", [Block(a, b, Link(f"{a}-{b}", f"{a}.html"), f"L{a}") for a, b in leaves])
    assert picture is not None
    return picture


def words(picture: Picture) -> list[str]:
    return [shape.words.text for shape in picture.shapes if shape.tag == "text"]


def boxes(picture: Picture) -> list[tuple[float, float, str]]:
    found = [dict(part.attributes) | {"css": part.css} for shape in picture.shapes for part in shape.parts[:1]]
    return [(float(one["x"]), float(one["y"]), one["css"]) for one in found]


def test_a_copy_in_two_places_is_two_blocks() -> None:
    found = blocks(Sheet(5, 11, "l", "5-6, 10-11"), Link("l"), "L", False)
    assert [(one.first, one.last) for one in found] == [(5, 6), (10, 11)]


def test_gaps_are_counted_and_neighbours_have_none() -> None:
    assert words(drawn((3, 4), (5, 5), (7, 7), (20, 20))) == [
        "2 leaves",
        "3",
        "4",
        "5",
        "1 leaf",
        "7",
        "12 leaves",
        "20",
    ]


def test_blocks_on_the_same_leaves_stand_above_one_another() -> None:
    low, high = boxes(drawn((1, 2), (2, 3)))
    assert high[1] < low[1]
    assert (low[2], high[2]) == ("leaf", "leaf overlap")


def test_a_line_that_is_full_goes_on_below() -> None:
    picture = drawn(*((at, at) for at in range(1, 200, 2)))
    assert picture.width < 1200
    assert len({y for _, y, _ in boxes(picture)}) > 3


def test_every_block_is_a_link() -> None:
    assert [shape.words.href for shape in drawn((1, 1), (2, 2)).shapes if shape.tag == "a"] == ["1.html", "2.html"]


def test_nothing_is_no_picture() -> None:
    assert strip("x", "Leaves", []) is None
