"""Every parser returns on any text, also on lines that make a careless pattern try each place against each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgpub.convert.fields import citations, copies, dates, heading_dates, numbers, stamps, times
from kgpub.convert.fields.names import build_index
from kgpub.convert.formats.bulletin import read_bulletin
from kgpub.convert.formats.bulletin.heading import read_heading
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.source import is_source_line

PARSERS: dict[str, Callable[[str], Any]] = {
    "find_dates": lambda text: dates.find_dates(text, "1950-01-01"),
    "parse_date": dates.parse_date,
    "heading_day": heading_dates.heading_day,
    "find_citations": citations.find_citations,
    "parse_copies": copies.parse_copies,
    "parse_copy_total": copies.parse_copy_total,
    "parse_telegram_number": numbers.parse_telegram_number,
    "parse_outgoing_number": numbers.parse_outgoing_number,
    "parse_special_numbers": numbers.parse_special_numbers,
    "parse_protocol": numbers.parse_protocol,
    "find_cited_numbers": numbers.find_cited_numbers,
    "find_stamps": stamps.find_stamps,
    "find_times": times.find_times,
    "is_source_line": is_source_line,
    "read_heading": lambda text: read_heading([Line(1, text)]),
}
# 100,000 characters each; a pattern that tries each place against each other would need minutes.
LONG = {
    "figures": "1" * 100_000,
    "brackets": "[" * 100_000,
    "parentheses": "(" * 100_000,
    "gap": "1" + " " * 100_000 + "x",
    "gap after a month": "3 March" + " " * 100_000 + "x",
    "gap after an archive": "APRF" + " " * 100_000 + "x",
    "points": "1." * 50_000,
    "ranges": "1-" * 50_000,
    "dates": "3 March " * 12_500,
    "shelf marks": "f. 1, op. 2 " * 8_000,
    "stamps": "special " * 12_500,
    "numerals": "I" * 100_000,
}
PIECES = (
    "1",
    " ",
    "[",
    "]",
    "3 March",
    "1956",
    "f. ",
    "APRF",
    "No. ",
    "/",
    "-",
    ".",
    "to ",
    "I",
    "\t",
    "é",
    "Copies:",
    "x",
)


# Coverage is measured where the parsers read what they are for; counting each line of a hundred thousand characters is what
# took most of the time here.
@pytest.mark.no_cover
@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize("name", PARSERS)
def test_a_long_line_ends_a_parser_no_later_than_others(name: str, kind: str) -> None:
    PARSERS[name](LONG[kind])


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize("place", [2, 4, 5, 6])
def test_a_long_line_anywhere_in_a_text_leaves_its_document_whole(kind: str, place: int) -> None:
    text = "Document 1\nLetter from Lind to Berg, 3 March 1956\n\nTo Berg\nThe rye is in.\nLIND\n[Source: APRF, Fond 4, List 3]"
    lines = text.split("\n")
    lines.insert(place, LONG[kind])
    reading = read_bulletin("\n".join(lines), {}, build_index({}), "text.txt")
    assert [record["lines"] for record in reading.records] == ["1-8"]


@pytest.mark.parametrize("name", PARSERS)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
@settings(max_examples=40, deadline=5_000)
def test_a_parser_returns_or_says_none_on_any_text(name: str, text: str) -> None:
    PARSERS[name](text)


@given(
    st.lists(
        st.sampled_from((*PIECES, "\n", "\n\n", "Document 1", "Letter from Lind", "[Source: ", "\f")), max_size=120
    ).map("".join)
)
@settings(max_examples=100, deadline=5_000)
def test_each_line_of_any_text_is_accounted_for_once(text: str) -> None:
    reading = read_bulletin(text, {}, build_index({}), "text.txt")
    numbers_told = [number for run in reading.coverage for number in range(run.first, run.last + 1)]
    # What follows the last line feed is no line.
    assert numbers_told == list(range(1, len(text.removesuffix("\n").split("\n")) + 1))
