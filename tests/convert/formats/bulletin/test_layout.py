"""The layout file: what it says, and what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest

from kgpub.convert.formats.bulletin.layout import BadLayout, layout_from
from kgpub.convert.formats.bulletin.lines import Line, Passage, format_lines, parse_lines


def test_no_layout_gives_the_defaults() -> None:
    layout = layout_from({})
    assert (layout.described, layout.series[0].prefix, layout.regions) == (False, "D", ())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"series": [{"digits": 2}]}, "the key 'prefix' is missing"),
        ({"regions": [{"kind": "article", "lines": "five"}]}, "invalid literal for int"),
        ({"documents": [{"id": "S01"}]}, "the key 'lines' is missing"),
    ],
)
def test_a_broken_layout_names_what_is_wrong(data: dict[str, Any], message: str) -> None:
    with pytest.raises(BadLayout, match=message):
        layout_from(data)


def test_an_actor_is_away_only_within_the_days_given() -> None:
    layout = layout_from({"away": [{"actor": "anna-berg", "from": "1950-08-01", "until": "1950-08-31"}]})
    assert layout.whereabouts("anna-berg", "1950-08-15") == ""
    assert layout.whereabouts("anna-berg", "1950-09-01") is None
    assert layout.whereabouts("karl-lind", "1950-08-15") is None


def test_where_an_actor_was_away_can_be_told() -> None:
    away = {"actor": "anna-berg", "from": "1950-08-01", "until": "1950-08-31", "place": "riga"}
    assert layout_from({"away": [away]}).whereabouts("anna-berg", "1950-08-15") == "riga"


def test_a_told_message_keeps_the_values_given_for_it() -> None:
    message = {"document": "S01", "lines": "4-5", "form": {"value": "note", "lines": "4"}}
    (told,) = layout_from({"messages": [message]}).messages
    assert (told.numbers, told.given) == ((4, 5), {"form": {"value": "note", "lines": "4"}})


@pytest.mark.parametrize("text", ["1573", "1573-1575", "1573,1580-1582"])
def test_line_runs_read_back_as_written(text: str) -> None:
    assert format_lines(parse_lines(text)) == text


def test_runs_stand_in_the_order_of_the_file() -> None:
    assert format_lines([9, 3, 2, 2, 8]) == "2-3,8-9"


def test_a_passage_knows_the_line_of_each_stretch() -> None:
    passage = Passage.of([Line(4, "a long-"), Line(5, ""), Line(7, " broken word")])
    assert passage.text == "a long-broken word"
    assert (passage.lines(0, 3), passage.lines(2, 14), passage.line_at(12)) == ("4", "4,7", 7)
