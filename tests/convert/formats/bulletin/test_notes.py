"""Notes on a sheet: their kind, their lines, and by whom they are."""

from __future__ import annotations

from typing import Any

import pytest

from kgpub.convert.formats.bulletin.heading import read_heading
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.notes import heading_notes, read_notes, trailing_notes
from kgpub.convert.formats.bulletin.values import Desk


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def short(notes: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(note["kind"], note.get("by", ""), note["lines"]) for note in notes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rye is in.\n[signature]\nLIND", [("handwritten", "karl-lind", "2")]),
        ("The rye is in.\nLIND\n[signature]\n\n3 May", [("handwritten", "karl-lind", "3")]),
        (
            "[signature] L I N D\n[signature] D A H L",
            [("handwritten", "karl-lind", "1"), ("handwritten", "eva-dahl", "2")],
        ),
        ("I need your\nsignature.", []),
        ("(Berg’s hand-written note)\nRIGA", [("handwritten", "anna-berg", "1")]),
        ("Berg’s handwritten draft is attached.", [("attachment", "anna-berg", "1")]),
        ("LIND\n3-ae.\n10.IX.51", [("margin", "", "2")]),
        ("In the margins Berg wrote “yes”\nbeside point 2.", [("margin", "anna-berg", "1-2")]),
        (
            "In the margins Berg wrote “yes”. He wrote a note at the top\nto Dahl to “buy it.”",
            [("margin", "anna-berg", "1-2"), ("resolution", "anna-berg", "1-2")],
        ),
        ("LIND\nFor Dahl.\nWe ask you to read it.\nBERG", [("attachment", "anna-berg", "2-4")]),
        ("Note:\nThe rye went by post.", [("attachment", "", "1-2")]),
        ("The king was ill [Ed. note: he was\nnot] and at home.", [("editor", "", "1-2")]),
        ("LIND\nThis copy was received by post.\n\nDahl read it.", [("editor", "", "2-4")]),
    ],
)
def test_a_note_has_kind_hand_and_lines(desk: Desk, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert short(read_notes(lines(text), desk)) == expected


def test_a_heading_says_that_the_text_is_from_notes() -> None:
    heading = read_heading(lines("7. 3 May 1950, telegram, Lind to Berg [from notes;\nno copy]"))
    assert heading_notes(heading) == []
    heading = read_heading(lines("7. 3 May 1950, telegram, Lind to Berg [from notes taken\nin Riga]"))
    assert short(heading_notes(heading)) == [("editor", "", "1-2")]


def test_numbered_notes_behind_the_source_are_the_translators() -> None:
    source = lines("[Source: APRF, List 2]\n1. The stamp is blurred\nand late.\n2. A bureau.")
    assert short(trailing_notes(source, ["morten-vik"])) == [
        ("editor", "morten-vik", "2-3"),
        ("editor", "morten-vik", "4"),
    ]
    assert short(trailing_notes(lines("[Source: APRF, List 2] A copy\nis in Oslo"), ["morten-vik"])) == [
        ("editor", "", "1-2")
    ]
