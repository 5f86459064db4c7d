"""Dates of the graph as people read them, and as days."""

from __future__ import annotations

from datetime import date

import pytest

from kgpub.publish.pages.dates import day_of, in_words, span


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1950-07-01", "1 July 1950"),
        ("1950-07-02T04:00:00", "2 July 1950, 04:00"),
        ("1950-07", "July 1950"),
        ("1950", "1950"),
        ("1950~", "about 1950"),
        ("1950-07-01?", "1 July 1950 (uncertain)"),
        ("1950-01-30/1950-02", "30 January 1950 to February 1950"),
        ("1950/..", "from 1950"),
        ("../1950-03", "until March 1950"),
        ("No. 405809", "No. 405809"),
    ],
)
def test_a_date_is_said_in_words(text: str, words: str) -> None:
    assert in_words(text) == words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1950-02", (date(1950, 2, 1), date(1950, 2, 28))),
        ("1952-02", (date(1952, 2, 1), date(1952, 2, 29))),
        ("1950", (date(1950, 1, 1), date(1950, 12, 31))),
        ("1950-01-30/1950-02", (date(1950, 1, 30), date(1950, 2, 28))),
        ("1950-02-31", None),
        ("1950/..", None),
        ("soon", None),
    ],
)
def test_a_date_spans_the_days_it_may_mean(text: str, days: tuple[date, date] | None) -> None:
    assert span(text) == days


def test_a_date_open_at_its_end_is_sorted_by_its_start() -> None:
    assert day_of("1950-03/..") == date(1950, 3, 1)
    assert day_of("unknown") is None
