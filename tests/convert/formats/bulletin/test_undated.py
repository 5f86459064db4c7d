"""Messages cited without a number or a date beside their name."""

from __future__ import annotations

import pytest

from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.undated import cited_messages
from kgpub.convert.formats.bulletin.values import Desk


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I have received your telegram about rye.", ("answers", None, "anna-berg", "karl-lind", None)),
        ("Your telegrams about rye have been received.", ("answers", None, "anna-berg", "karl-lind", None)),
        ("Give him the reply to his telegram about rye.", ("answers", None, "anna-berg", "karl-lind", None)),
        ("My reply has been late.", ("answers", None, "anna-berg", "karl-lind", None)),
        ("Rye is dear. You answer me that it is cheap.", ("answers", None, "anna-berg", "karl-lind", None)),
        ("Burn the telegram sent to you yesterday.", ("refers", "1950-06-30", "karl-lind", "anna-berg", "inferred")),
        ("Today I received a telegram from Dahl.", ("refers", "1950-07-01", "eva-dahl", "karl-lind", "inferred")),
        ("On 20 June, I sent a letter to Vik.", ("refers", "1950-06-20", "karl-lind", "morten-vik", None)),
        (
            "Answer the telegram of Dahl to Vik on rye, which was sent by wire on 4 June.",
            ("refers", "1950-06-04", "eva-dahl", "morten-vik", None),
        ),
        ("Their captain Dahl, today made a statement.", ("refers", "1950-07-01", "eva-dahl", None, "inferred")),
        (
            "You reported only on 8 June (your No. [blurred]) the frost.",
            ("refers", "1950-06-08", "anna-berg", "karl-lind", None),
        ),
        (
            "In the letter from Dahl to Captain Vik on 4 June is more.",
            ("refers", "1950-06-04", "eva-dahl", "morten-vik", None),
        ),
    ],
)
def test_a_message_is_told_without_its_number(desk: Desk, text: str, expected: tuple[str | None, ...]) -> None:
    (found,) = cited_messages([Line(1, text)], desk, ("karl-lind",), ("anna-berg",))
    assert tuple(found.get(key) for key in ("relation", "date", "from", "to", "certainty")) == expected


@pytest.mark.parametrize(
    "text", ["I received the seed.", "We wrote a telegram on rye.", "On 4 June I sent the seed to Vik."]
)
def test_what_is_no_message_is_not_cited(desk: Desk, text: str) -> None:
    assert cited_messages([Line(1, text)], desk, ("karl-lind",), ("anna-berg",)) == []


def test_a_message_with_a_date_is_not_cited_again_without(desk: Desk) -> None:
    (found,) = cited_messages([Line(1, "I received your telegram of 3 June.")], desk, ("karl-lind",), ("anna-berg",))
    assert (found["relation"], found["date"]) == ("answers", "1950-06-03")


def test_a_date_behind_a_second_message_is_not_the_first_ones(desk: Desk) -> None:
    (found,) = cited_messages(
        [Line(1, "After we wrote a telegram to Vik we received your telegram of 3 June.")],
        desk,
        ("karl-lind",),
        ("anna-berg",),
    )
    assert (found["relation"], found["date"], found["from"]) == ("answers", "1950-06-03", "anna-berg")
