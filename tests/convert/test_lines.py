"""Line ranges as records write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgpub.convert.lines import format_runs, pages_of, parse_runs

PAGES = (("2", ((10, 25),)), ("3", ((26, 40), (60, 62))), ("4", ((41, 50),)))


@pytest.mark.parametrize(
    ("text", "runs"),
    [("12", ((12, 12),)), (12, ((12, 12),)), ("10-25", ((10, 25),)), ("10,20-22", ((10, 10), (20, 22))),
     ("10, 20 - 22", ((10, 10), (20, 22)))],
)  # fmt: skip
def test_runs_are_read_with_both_ends(text: str | int, runs: tuple[tuple[int, int], ...]) -> None:
    assert parse_runs(text) == runs


def test_a_run_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="25-10 ends before it begins"):
        parse_runs("1-2,25-10")


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 999)), min_size=1))
def test_runs_that_are_written_are_read_back(pairs: list[tuple[int, int]]) -> None:
    runs = tuple((first, first + more) for first, more in pairs)
    assert parse_runs(format_runs(runs)) == runs


@pytest.mark.parametrize(
    ("lines", "pages"),
    [("10", ("2",)), ("25-26", ("2", "3")), ("61", ("3",)), ("12,45", ("2", "4")), ("99", ()), (40, ("3",)),
     ("1-100", ("2", "3", "4"))],
)  # fmt: skip
def test_lines_stand_on_pages(lines: str | int, pages: tuple[str, ...]) -> None:
    assert pages_of(lines, PAGES) == pages
