"""Days more or less exactly known, as each side writes them."""

from __future__ import annotations

import pytest

from kgpub.link.dates import Span, apart, joined, read_edtf, read_wikidata, years_between


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1878-12-18", ("1878-12-18", "1878-12-18")),
        ("1953-02", ("1953-02-01", "1953-02-28")),
        ("1905?", ("1905-01-01", "1905-12-31")),
        ("1905~", ("1905-01-01", "1905-12-31")),
        ("190X", ("1900-01-01", "1909-12-31")),
        ("19XX", ("1900-01-01", "1999-12-31")),
        ("1951-XX-XX", ("1951-01-01", "1951-12-31")),
        ("1951-03-XX", ("1951-03-01", "1951-03-31")),
        ("1893/1894", ("1893-01-01", "1894-12-31")),
        ("1951-02-30", None),
        ("1951-13", None),
        ("190X-01", None),
        ("1893/", None),
        ("spring 1951", None),
        ("", None),
    ],
)
def test_a_date_of_ours_is_the_days_it_may_mean(text: str, span: tuple[str, str] | None) -> None:
    assert read_edtf(text) == (Span(*span) if span else None)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1878-12-18T00:00:00Z", ("1878-12-18", "1878-12-18")),
        ("+1878-12-18T00:00:00Z", ("1878-12-18", "1878-12-18")),
        ("1905-01-01T00:00:00Z", ("1905-01-01", "1905-12-31")),
        ("1905-00-00T00:00:00Z", ("1905-01-01", "1905-12-31")),
        ("1974-11-01T00:00:00Z", ("1974-11-01", "1974-11-30")),
        ("-0044-03-15T00:00:00Z", None),
        ("http://www.wikidata.org/.well-known/genid/0123", None),
    ],
)
def test_a_first_of_january_there_may_be_a_year(text: str, span: tuple[str, str] | None) -> None:
    assert read_wikidata(text) == (Span(*span) if span else None)


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("1905", "1905-07-01", 0),
        ("1905-07-01", "1905-07-14", 13),
        ("1905-07-14", "1905-07-01", 13),
        ("1905", "1907", 366),
    ],
)
def test_how_far_dates_are_apart_at_least(one: str, other: str, days: int) -> None:
    first, second = read_edtf(one), read_edtf(other)
    assert first
    assert second
    assert apart(first, second) == days


def test_spans_join_and_years_are_whole() -> None:
    assert joined([Span("1905-01-01", "1905-12-31"), Span("1901-02-03", "1901-02-03")]) == Span(
        "1901-02-03", "1905-12-31"
    )
    assert joined([]) is None
    assert years_between("1936-02-04", "1951-02-03") == 14
    assert years_between("1936-02-04", "1951-02-04") == 15
    assert str(Span("1905-01-01", "1905-12-31")) == "1905-01-01…1905-12-31"
