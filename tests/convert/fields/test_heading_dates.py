"""Dates as headings print them."""

from __future__ import annotations

import pytest

from kgpub.convert.fields.heading_dates import find_heading_dates, heading_day


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("Letter, 3 March 1956", "1956-03-03", "3 March 1956"),
        ("LETTER, 3 MARCH 1956", "1956-03-03", "3 MARCH 1956"),
        ("the 3rd of March, 1956", "1956-03-03", "3rd of March, 1956"),
        ("March 3-5, 1956", "1956-03-03/1956-03-05", "March 3-5, 1956"),
        ("30 March - 2 April 1956", "1956-03-30/1956-04-02", "30 March - 2 April 1956"),
        ("le 3 mars 1956", "1956-03-03", "3 mars 1956"),
        ("14. März 1956", "1956-03-14", "14. März 1956"),
        ("3 марта 1956 г.", "1956-03-03", "3 марта 1956"),
        ("9.IV.1956", "1956-04-09", "9.IV.1956"),
        ("3 March l9S0", "1950-03-03", "3 March l9S0"),
        ("1O March I950", "1950-03-10", "1O March I950"),
        ("l4 Apri1 195O", "1950-04-14", "l4 Apri1 195O"),
        ("3 Decernber 1956", "1956-12-03", "3 Decernber 1956"),
        ("2 Septem-ber 1950", "1950-09-02", "2 Septem-ber 1950"),
        ("Minutes, March 1956", "1956-03", "March 1956"),
        ("Report on the Mill, 1956", "1956", "1956"),
        ("31 February 1956", "1956-02", "February 1956"),
        ("March 1956, of 3 May 1957", "1957-05-03", "3 May 1957"),
    ],
)
def test_a_heading_is_dated_as_it_prints(text: str, value: str, printed: str) -> None:
    found = heading_day(text)
    assert found is not None
    assert (found.value, found.printed) == (value, printed)
    assert text[found.start : found.end].strip() == printed


@pytest.mark.parametrize("text", ["no date", "FO 371/1956", "1956 sacks of rye", ""])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert heading_day(text) is None


def test_dates_stand_in_the_order_of_the_heading_and_never_overlap() -> None:
    found = find_heading_dates("2 May 1951, on the talks of 3-5 April 1951")
    assert [one.value for one in found] == ["1951-05-02", "1951-04-03/1951-04-05"]
