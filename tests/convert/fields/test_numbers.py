"""Numbers that documents bear and cite."""

from __future__ import annotations

import pytest

from kgpub.convert.fields.numbers import (
    find_cited_numbers,
    parse_outgoing_number,
    parse_protocol,
    parse_special_numbers,
    parse_telegram_number,
    split_range,
)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Ciphered Telegram No. 34691/sh.", "34691/sh"),
        ("CIPHERED TELEGRAM No. 600155/III.", "600155/III"),
        ("CIPHERED TELEGRAM # 3172", "3172"),
        ("Ciphered Telegram # 75525/4/6759", "75525/4/6759"),
        ("CIPHERED TELEGRAM", None),
    ],
)
def test_the_telegram_number_stands_behind_its_words(line: str, number: str | None) -> None:
    assert parse_telegram_number(line) == number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("No. 362/sh", "362/sh"),
        ("No. 423/Sh.", "423/Sh"),
        ("No. 335/III", "335/III"),
        ("# 1298/sh", "1298/sh"),
        ("_ 373/sh", "373/sh"),
        ("# 182-sh", "182-sh"),
        ("No. 1172cc", "1172cc"),
        ("No. 4/7556", "4/7556"),
        ("No. 15 T. BERG", "15"),
        ("Number of copies", None),
    ],
)
def test_the_outgoing_number_is_kept_as_printed(line: str, number: str | None) -> None:
    assert parse_outgoing_number(line) == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("To No. 362", [("362", "")]),
        ("To your No. 1112-1126.", [("1112", "1126")]),
        ("RE: # 1298", [("1298", "")]),
        ("Re Your ciphered telegrams ## 11121126", [("1112", "1126")]),
        ("To No. 4/854 and No. 81/sh.", [("4/854", ""), ("81/sh", "")]),
        ("telegram #1405/sh dated 5 October", [("1405/sh", "")]),
    ],
)
def test_cited_numbers_are_found_with_their_ranges(text: str, numbers: list[tuple[str, str]]) -> None:
    assert [(number.number, number.end_number) for number in find_cited_numbers(text)] == numbers


def test_a_glued_number_is_a_range_only_where_it_rises_and_the_sign_is_plural() -> None:
    assert split_range("11261112", plural=True) == ("11261112", "")
    assert split_range("11121126") == ("11121126", "")


def test_special_numbers_are_listed_one_by_one() -> None:
    assert parse_special_numbers("Special No. 1691,1692") == ["1691", "1692"]
    assert parse_special_numbers("SPECIAL") == []


def test_a_protocol_number_gives_its_item() -> None:
    assert parse_protocol("No. P78/332") == ("P78/332", "332")
    assert parse_protocol("No. 78") is None
