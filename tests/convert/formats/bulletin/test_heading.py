"""The catalogue heading: where it ends, and what it says."""

from __future__ import annotations

import pytest

from kgpub.convert.formats.bulletin.heading import Heading, read_heading, split_heading
from kgpub.convert.formats.bulletin.lines import Line


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def words(heading: Heading, span: tuple[int, int] | None) -> str | None:
    return heading.passage.text[span[0] : span[1]].strip(" ,:") if span else None


@pytest.mark.parametrize(
    ("text", "form", "sender", "recipient", "via"),
    [
        ("1. 3 May 1950, ciphered telegram, Lind to Berg re rye", "ciphered-telegram", "Lind", "Berg", None),
        ("2. 3 May 1950, letter, Ozols to Berg (via Lind)", "letter", "Ozols", "Berg", "Lind"),
        (
            "3. 3 May 1950, telegram, Envoy to the Democratic Union Lind to Berg",
            "telegram",
            "Envoy to the Democratic Union Lind",
            "Berg",
            None,
        ),
        (
            "4. 3 May 1950, handwritten letter from Dahl and Vik to Berg",
            "handwritten-letter",
            "from Dahl and Vik",
            "Berg",
            None,
        ),
        ("Document 7: Ciphered Telegram, Lind to Berg, 3 May 1950", "ciphered-telegram", "Lind", "Berg", None),
        (
            "5. 3 May 1950, ciphered telegram from Lind conveying message from Ozols to Berg",
            "ciphered-telegram",
            "Lind",
            None,
            None,
        ),
        ("6. 3 May 1950, Politburo decision with approved message to Lind", "politburo-decision", None, None, None),
    ],
)
def test_form_and_parties_are_told_apart(
    text: str, form: str, sender: str | None, recipient: str | None, via: str | None
) -> None:
    heading = read_heading(lines(text))
    assert heading.date == "1950-05-03"
    assert heading.form == form
    assert (words(heading, heading.sender), words(heading, heading.recipient), words(heading, heading.via)) == (
        sender,
        recipient,
        via,
    )


def test_an_announced_message_has_date_form_author_and_addressee() -> None:
    heading = read_heading(
        lines("1. 3 May 1950, telegram, Lind to Berg transmitting 1 May 1950 letter from Ozols to Dahl")
    )
    (announced,) = heading.announced
    assert (announced.form, announced.date, announced.way) == ("letter", "1950-05-01", "to")
    assert (words(heading, announced.author), words(heading, announced.addressee)) == ("Ozols", "Dahl")


def test_a_message_and_its_reply_are_two() -> None:
    text = (
        "1. 18 July 1950, telegram, Lind to Berg conveying 15 July 1950 telegram from Lind to Ozols "
        "and 16 July 1950 reply from Ozols to Lind"
    )
    assert [announced.date for announced in read_heading(lines(text)).announced] == ["1950-07-15", "1950-07-16"]


def test_a_message_only_reported_is_not_announced() -> None:
    assert read_heading(lines("1. 3 May 1950, telegram, Lind to Berg reporting message from Ozols")).announced == ()


@pytest.mark.parametrize(
    "opening", ["Ciphered telegram", "Strictly secret", "To Comrade BERG", "PYONGYANG", "MID USSR", "We have met."]
)
def test_a_heading_ends_where_the_sheet_opens(opening: str) -> None:
    heading, rest = split_heading(lines(f"1. 3 May 1950, ciphered telegram,\nLind to Berg re rye\n{opening}\nmore"), ())
    assert [line.number for line in heading] == [1, 2]
    assert rest[0].text == opening


def test_an_editor_may_fix_the_heading() -> None:
    heading, rest = split_heading(lines("1. 3 May 1950, telegram, Lind\nto Berg\nand a text"), (1, 2))
    assert ([line.number for line in heading], [line.number for line in rest]) == ([1, 2], [3])
