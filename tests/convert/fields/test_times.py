"""Printed times of day, and a day and time joined to a moment."""

from __future__ import annotations

import pytest

from kgpub.convert.fields.times import find_times, join_moment, parse_time


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("04.00", "04:00"),
        ("0:05", "00:05"),
        ("23:45 p.m.", "23:45"),
        ("12:35pm", "12:35"),
        ("1:45 p.m.", "13:45"),
        ("12:10 a.m.", "00:10"),
        ("8:101 a.m.", "08:10"),
        ("3 hours 25 minutes", "03:25"),
        ("02 hours, 40 minutes", "02:40"),
        ("18 hours", "18"),
        ("24.00", "24:00"),
    ],
)
def test_a_printed_time_reads_as_hours_and_minutes(printed: str, value: str) -> None:
    assert parse_time(printed) == value


@pytest.mark.parametrize("text", ["", "25:10", "10:99", "3.7.50", "No. 12", "1:2"])
def test_what_is_no_time_gives_nothing(text: str) -> None:
    assert parse_time(text) is None


def test_a_day_and_month_is_not_taken_for_a_time() -> None:
    assert [time.value for time in find_times("Sent 2.7.50 04.00.")] == ["04:00"]


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        ("1950-07-02", "04:00", "1950-07-02T04:00"),
        ("1950-07-02", "18", "1950-07-02T18"),
        ("1950-07-02", None, "1950-07-02"),
        ("1950-12-31", "24:00", "1951-01-01T00:00"),
        ("1950-07", "04:00", "1950-07"),
    ],
)
def test_a_moment_invents_no_minutes_and_rolls_midnight_over(day: str, time: str | None, moment: str) -> None:
    assert join_moment(day, time) == moment
