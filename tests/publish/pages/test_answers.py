"""Answers as tables."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kgpub.publish.pages.answers import table
from kgpub.results import Column, Result
from kgpub.vocabulary import EDTF, PREFIXES
from tests.publish.pages.samples import BASE, book

BOOK = book("""
    :document/X1 a cwc:Document
    :document/X1 dcterms:title "First"@en
""")
DAY = NamedNode(f"{PREFIXES['xsd']}date")
COLUMNS = tuple(Column(name, name.capitalize()) for name in ("date", "document", "documentLabel", "number"))


def row(day: Literal | None, label: str = "<b>First</b>", number: int = 1) -> tuple[Literal | NamedNode | None, ...]:
    return (day, NamedNode(f"{BASE}document/X1"), Literal(label), Literal(number))


def test_a_thing_and_its_label_are_one_linked_cell_and_a_day_is_said_in_words() -> None:
    made = table(BOOK, Result(COLUMNS, (row(Literal("1950-07-01", datatype=DAY)),)), 9)
    assert [(head.name, head.number) for head in made.head] == [("date", False), ("document", False), ("number", True)]
    day, document, number = made.rows[0]
    assert (day.link.text, day.value) == ("1 July 1950", "1950-07-01")
    assert (document.link.text, document.link.href) == ("<b>First</b>", "document/X1.html")
    assert (number.link.text, number.value) == ("1", "")


def test_a_long_answer_is_cut_and_its_length_is_kept() -> None:
    made = table(BOOK, Result(COLUMNS, tuple(row(None, str(at)) for at in range(5))), 2)
    assert (len(made.rows), made.total) == (2, 5)
    assert made.rows[1][1].link.text == "1"


def test_only_dates_are_put_into_words() -> None:
    """A year in a text or a telegram's number is no date; what MIN made a string of is one."""
    cells = [Literal("1950"), Literal("3410/sh"), Literal("1950-07-01"), Literal("1950-07~", datatype=NamedNode(EDTF))]
    made = table(BOOK, Result((Column("x", "X"),), tuple((one,) for one in cells)), 9)
    assert [one[0].link.text for one in made.rows] == ["1950", "3410/sh", "1 July 1950", "about July 1950"]
