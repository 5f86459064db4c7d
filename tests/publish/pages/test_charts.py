"""Answers as drawings."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from kgpub.errors import BadQuery
from kgpub.publish.pages.charts import chart
from kgpub.results import Column, Result, Term
from tests.publish.pages.samples import BASE, book

BOOK = book(":document/X1 a cwc:Document", "person/ann", "person/bob")
NAMES = ("sender", "senderLabel", "recipient", "recipientLabel", "letters")


def result(*rows: tuple[str, str, int]) -> Result:
    def cells(one: str, other: str, number: int) -> tuple[Term, ...]:
        people = (part for name in (one, other) for part in (NamedNode(f"{BASE}person/{name}"), Literal(name.title())))
        return (*people, Literal(number))

    return Result(tuple(Column(name, name.capitalize()) for name in NAMES), tuple(cells(*row) for row in rows))


def test_bars_are_summed_by_name_and_the_longest_comes_first() -> None:
    drawn = chart(
        BOOK, "bar letters by senderLabel", result(("ann", "bob", 2), ("bob", "ann", 8), ("ann", "x", 2)), "q"
    )
    assert drawn is not None
    assert drawn.says == "Letters by sender"
    assert [(bar.name.text, bar.name.href, bar.number, bar.length) for bar in drawn.bars] == [
        ("Bob", "person/bob.html", "8", 1000),
        ("Ann", "person/ann.html", "4", 500),
    ]


def test_a_matrix_has_every_pair_and_a_shade_only_where_there_is_a_number() -> None:
    drawn = chart(
        BOOK, "matrix letters from senderLabel to recipientLabel", result(("ann", "bob", 10), ("bob", "ann", 1)), "q"
    )
    assert drawn is not None
    assert drawn.matrix is not None
    assert [link.text for link in drawn.matrix.down] == ["Ann", "Bob"]
    assert [link.text for link in drawn.matrix.across] == ["Bob", "Ann"]
    assert drawn.matrix.cells == ((("10", 5), ("", 0)), (("", 0), ("1", 1)))
    assert drawn.left == ""


def test_a_matrix_says_what_it_leaves_out() -> None:
    rows = [(f"p{at:02}", "bob", 20 - at) for at in range(20)]
    drawn = chart(BOOK, "matrix letters from senderLabel to recipientLabel", result(*rows), "q")
    assert drawn is not None
    assert drawn.left == f"The 14 and 1 with most; {sum(20 - at for at in range(14))} of {sum(range(1, 21))}."


def test_months_count_a_letter_once_and_say_how_many_are_undated() -> None:
    columns = (Column("date", "Date"), Column("document", "Letter"))
    days = [("1950-12-03", "a"), ("1950-12-03", "a"), ("1951-01", "b"), ("1951", "c")]
    rows = tuple((Literal(day), NamedNode(f"{BASE}document/{name}")) for day, name in days)
    drawn = chart(BOOK, "months of date", Result(columns, rows), "q")
    assert drawn is not None
    assert drawn.picture is not None
    assert (drawn.says, drawn.left) == ("Letters by month", "1 of no known month is left out.")
    words = [shape.words.text for shape in drawn.picture.shapes if shape.tag == "text"]
    assert words == ["1950", "1", "1951", "1"]


@pytest.mark.parametrize("spec", ["pie letters by senderLabel", "bar letters by nobody"])
def test_a_drawing_that_cannot_be_made_stops_the_build(spec: str) -> None:
    with pytest.raises(BadQuery, match="chart"):
        chart(BOOK, spec, result(("ann", "bob", 1)), "q")


def test_no_rows_are_no_drawing() -> None:
    assert chart(BOOK, "bar letters by senderLabel", result(), "q") is None
