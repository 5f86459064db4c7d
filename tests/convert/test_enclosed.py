"""Enclosures: an id made from the carrier's, once, and lines within the carrier's."""

from __future__ import annotations

import pytest

from kgpub.convert.enclosed import enclosure_problems
from tests.convert.samples import layer

HEAD = "id: L1\nlines: 10-20,30-40\n"


def told(text: str) -> list[tuple[int, str, str, str, str]]:
    record = layer("records/L1.yaml", text)
    found = enclosure_problems(record.data, record)
    return [(one.line, one.field, one.value, one.message, one.advice) for one in found]


@pytest.mark.parametrize(
    "enclosures",
    ["", "enclosures: []\n", "enclosures:\n- {id: L1a, lines: 12-15}\n- {id: L1b, lines: '20,30-40'}\n",
     "enclosures:\n- {id: L1a, lines: 12-15, enclosures: [{id: L1aa, lines: 13}]}\n"],
)  # fmt: skip
def test_good_enclosures_have_no_problems(enclosures: str) -> None:
    assert told(HEAD + enclosures) == []


WRONG = [
    (
        "enclosures:\n- id: L2a\n  lines: 12\n",
        (4, "enclosures[0].id", "L2a", "is not its carrier's id and a letter", "Write L1a."),
    ),
    (
        "enclosures:\n- {id: L1a, lines: 12}\n- {id: L11a, lines: 13}\n",
        (5, "enclosures[1].id", "L11a", "is not its carrier's id and a letter", "Write L1b."),
    ),
    (
        "enclosures:\n- {id: L1a, lines: 12}\n- {id: L1a, lines: 13}\n",
        (5, "enclosures[1].id", "L1a", "stands twice; the other is at line 4", "Give one of them the next letter."),
    ),
    (
        "enclosures:\n- id: L1a\n  lines: 12,19-31\n",
        (
            5,
            "enclosures[0].lines",
            "12,19-31",
            "has lines outside its carrier's: 19-31",
            "Its carrier has the lines 10-20,30-40.",
        ),
    ),
    (
        "enclosures:\n- id: L1a\n  lines: 12-15\n  enclosures:\n  - id: L1aa\n    lines: 11-13\n",
        (
            8,
            "enclosures[0].enclosures[0].lines",
            "11-13",
            "has lines outside its carrier's: 11-13",
            "Its carrier has the lines 12-15.",
        ),
    ),
    (
        "enclosures:\n- id: L1a\n  lines: 12-15\n  enclosures:\n  - {id: L1b, lines: 13}\n",
        (7, "enclosures[0].enclosures[0].id", "L1b", "is not its carrier's id and a letter", "Write L1aa."),
    ),
]


@pytest.mark.parametrize(("enclosures", "expected"), WRONG)
def test_a_bad_enclosure_is_told_with_its_line(enclosures: str, expected: tuple[int, str, str, str, str]) -> None:
    assert told(HEAD + enclosures) == [expected]


def test_runs_that_follow_each_other_are_one() -> None:
    assert told("id: L1\nlines: 10-19,20-30\nenclosures: [{id: L1a, lines: 15-25}]\n") == []


def test_lines_that_cannot_be_read_are_left_to_the_reading_of_the_record() -> None:
    assert told(HEAD + "enclosures: [{id: L1a, lines: 15-12}]\n") == []


def test_words_for_an_enclosure_that_is_not_there_are_told() -> None:
    """A title and an abstract would be lost without a word; the nearest id there is, or that there is none, is said."""
    words = layer("descriptions/L1.yaml", "id: L1\nenclosures:\n  L1b: {title: One}\n")
    for enclosures, advice in (
        ("enclosures:\n- {id: L1a, lines: 12}\n", "Did you mean L1a?"),
        ("", "The record encloses nothing of that id; take it out."),
    ):
        record = layer("records/L1.yaml", HEAD + enclosures)
        (found,) = enclosure_problems(record.data, record, words)
        assert (found.file, found.line, found.field) == ("descriptions/L1.yaml", 3, "enclosures.L1b")
        assert (found.value, found.message, found.advice) == ("L1b", "is not an enclosure of the record", advice)
