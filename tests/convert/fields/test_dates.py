"""Printed dates in the forms of Russian, English and American offices."""

from __future__ import annotations

import pytest

from kgpub.convert.fields.dates import find_dates, parse_date

CASES = [
    ("31.I.50", None, "1950-01-31"),
    ("8.II.1950", None, "1950-02-08"),
    ("3.7.50", None, "1950-07-03"),
    ("7/XII 1950", None, "1950-12-07"),
    ("10/II-50.", None, "1950-02-10"),
    ("25/ VII.1950", None, "1950-07-25"),
    ("19/XI/51", None, "1951-11-19"),
    ("I.7.50.", None, "1950-07-01"),
    ("l.7.50", None, "1950-07-01"),
    ("1O.7.50", None, "1950-07-10"),
    ("10 April 1950", None, "1950-04-10"),
    ("30 Jan 1951", None, "1951-01-30"),
    ("13.June.1951", None, "1951-06-13"),
    ("Nov 15, 1950.", None, "1950-11-15"),
    ("“21” September 1950", None, "1950-09-21"),
    ("26 [27] September 1950", None, "1950-09-26"),
    ("December 1950", None, "1950-12"),
    ("14/16.11.50", None, "1950-11-14/1950-11-16"),
    ("13 September of this year", "1950-09-13", "1950-09-13"),
    ("28.10", "1950-10-30", "1950-10-28"),
    ("3 July.”", "1951-07-03", "1951-07-03"),
]


@pytest.mark.parametrize(("printed", "near", "value"), CASES)
def test_a_printed_date_reads_as_iso_or_edtf(printed: str, near: str | None, value: str) -> None:
    assert parse_date(printed, near) == value


@pytest.mark.parametrize(
    ("printed", "near", "value"),
    [
        ("09/30/50", "1950-09-29", "1950-09-30"),
        ("10/01/50", "1950-09-30", "1950-10-01"),
        ("10.01.50", "1950-09-29", "1950-10-01"),
        ("05/10/50", "1950-10-05", "1950-10-05"),
        ("8.1.1951", "1951-01-08", "1951-01-08"),
    ],
)
def test_the_order_of_day_and_month_is_told_by_sense(printed: str, near: str, value: str) -> None:
    assert parse_date(printed, near) == value


@pytest.mark.parametrize("text", ["", "No. 362/sh", "31.13.50", "35 May 1951", "12,000", "04.00", "page 7", "28.10"])
def test_what_is_no_date_gives_nothing(text: str) -> None:
    assert parse_date(text) is None


def test_a_date_without_a_year_takes_it_from_the_date_given() -> None:
    found = find_dates("Received 31.8 17:27", "1950-08-31")
    assert [(date.value, date.dated) for date in found] == [("1950-08-31", False)]


def test_a_time_behind_a_date_is_not_its_year() -> None:
    assert [date.value for date in find_dates("Received 13.9. 13:15", "1950-09-13")] == ["1950-09-13"]


def test_a_date_glued_to_a_name_is_found() -> None:
    assert [date.value for date in find_dates("19.XI.51BERG")] == ["1951-11-19"]
