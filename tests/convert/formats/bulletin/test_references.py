"""Messages answered and cited."""

from __future__ import annotations

from typing import Any

import pytest

from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.references import address_references, opening_reference, text_references
from kgpub.convert.formats.bulletin.values import Desk

AUTHOR, READER = ("karl-lind",), ("anna-berg",)


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def core(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in entry.items() if key not in ("printed", "lines", "rule")} for entry in entries
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("To No. 362.", [{"relation": "answers", "number": "362", "from": "anna-berg", "to": "karl-lind"}]),
        (
            "To your No. 1112-1126.",
            [{"relation": "answers", "number": "1112", "numberEnd": "1126", "from": "anna-berg", "to": "karl-lind"}],
        ),
        ("RE: 1405/sh", [{"relation": "answers", "number": "1405/sh", "from": "anna-berg", "to": "karl-lind"}]),
        (
            "To No. 5228 of 2.7.50",
            [{"relation": "answers", "number": "5228", "date": "1950-07-02", "from": "anna-berg", "to": "karl-lind"}],
        ),
        (
            "To my [telegram] No. 2967 (vkh. No. 20757).",
            [{"relation": "refers", "number": "2967", "from": "karl-lind", "to": "anna-berg"}],
        ),
        ("To Comrade BERG", []),
    ],
)
def test_address_lines_say_what_is_answered(desk: Desk, line: str, expected: list[dict[str, Any]]) -> None:
    assert core(address_references(lines(line), desk, AUTHOR, READER)) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("353. Your plan is good", "353"),
        ("No. 825. Your plan", "825"),
        ("1. The rye is in", None),
        ("1950. was dry", None),
    ],
)
def test_a_number_that_opens_an_answer_is_answered(text: str, number: str | None) -> None:
    found = opening_reference(lines(text), READER)
    assert [entry["number"] for entry in found] == ([number] if number else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I received your telegram of 4 January.",
            [{"relation": "answers", "date": "1950-01-04", "from": "anna-berg", "to": "karl-lind"}],
        ),
        (
            "As I said in my telegram No. 12 of 3 May, rye is dear.",
            [{"relation": "refers", "number": "12", "date": "1950-05-03", "from": "karl-lind", "to": "anna-berg"}],
        ),
        (
            "We have your two telegrams (of 24.6.50 and 28.6.50).",
            [
                {"relation": "refers", "date": "1950-06-24", "from": "anna-berg", "to": "karl-lind"},
                {"relation": "refers", "date": "1950-06-28", "from": "anna-berg", "to": "karl-lind"},
            ],
        ),
        (
            "The telegram of Comrade Dahl of 27 August (No. 4279) says so.",
            [{"relation": "refers", "number": "4279", "date": "1950-08-27", "from": "eva-dahl"}],
        ),
        ("Dahl proposes a fair (telegram No. 188).", [{"relation": "refers", "number": "188", "from": "eva-dahl"}]),
        (
            "your telegram of\n18:00 14 July of this year came",
            [{"relation": "refers", "date": "1950-07-14", "from": "anna-berg", "to": "karl-lind"}],
        ),
        ("The telegram came late. On 3 May it rained.", []),
    ],
)
def test_cited_messages_have_number_date_and_parties(desk: Desk, text: str, expected: list[dict[str, Any]]) -> None:
    assert core(text_references(lines(text), desk, AUTHOR, READER)) == expected


def test_several_authors_are_a_list(desk: Desk) -> None:
    (entry,) = text_references(lines("I received your letter of 4 May."), desk, AUTHOR, ("eva-dahl", "morten-vik"))
    assert entry["from"] == ["eva-dahl", "morten-vik"]
