"""The way of a telegram as its stamps tell it."""

from __future__ import annotations

from typing import Any

import pytest

from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.transmissions import read_means, read_transmissions
from kgpub.convert.formats.bulletin.values import Desk


def steps(text: str, desk: Desk) -> list[dict[str, Any]]:
    return read_transmissions([Line(number, line) for number, line in enumerate(text.split("\n"), 1)], desk)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "From Riga. Sent 2.7.50 04.00.\nReceived 2.7.50 05.47.",
            [("dispatched", "1950-07-02T04:00"), ("received", "1950-07-02T05:47")],
        ),
        ("Received 19 hours 50\nminutes 28.6.1950", [("received", "1950-06-28T19:50")]),
        ("From RigaReceived 18:30 5 June 1951", [("received", "1951-06-05T18:30")]),
        ("Received 18.7 4:03-19:35", [("received", "1950-07-18T04:03"), ("received", "1950-07-18T19:35")]),
        ("Sent 18:40 8.7.50\nDelivered\n8.7.50", [("dispatched", "1950-07-08T18:40"), ("delivered", "1950-07-08")]),
        ("3.7.1950\nReceived 12:15", [("received", "1950-07-03T12:15")]),
        ("Deciphered by Vik on 07/03/50 at\n23:50 p.m.", [("deciphered", "1950-07-03T23:50")]),
        ("Ciphered telegram", []),
    ],
)
def test_stages_and_moments_are_read(desk: Desk, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(step["stage"], step["at"]) for step in steps(text, desk)] == expected


def test_a_time_behind_a_place_without_a_word_is_an_inferred_arrival(desk: Desk) -> None:
    (step,) = steps("From Riga 15 hours 30 minutes\n2.7.1950", desk)
    assert (step["stage"], step["at"], step["certainty"]) == ("received", "1950-07-02T15:30", "inferred")


def test_the_department_that_it_was_sent_on_to_is_the_agent(desk: Desk) -> None:
    (step,) = steps("Sent to the 8th Department of the General\nStaff 2.7.50 05.55", desk)
    assert (step["stage"], step["agent"], step["printed"]) == ("forwarded", "eighth-bureau", "2.7.50 05.55")


def test_a_typist_without_a_date_is_kept(desk: Desk) -> None:
    (step,) = steps("Typed by Dahl #8865", desk)
    assert (step["stage"], step["agent"], "at" in step) == ("typed", "eva-dahl", False)


def test_a_step_in_moscow_has_its_place(desk: Desk) -> None:
    (step,) = steps("Received in Oslo on 07/02/50 at 14:45 p.m.", desk)
    assert (step["place"], step["at"]) == ("oslo", "1950-07-02T14:45")


@pytest.mark.parametrize(
    ("text", "words"), [("By wire.", "By wire"), ("Only by telegraph", "by telegraph"), ("BY CIPHER", "BY CIPHER")]
)
def test_the_wire_is_recognised_with_its_words_and_line(text: str, words: str) -> None:
    assert read_means([Line(1, "Riga"), Line(2, text)]) == ("wire", words, "2")


def test_a_stamp_as_long_as_a_sentence_is_printed_as_its_moment(desk: Desk) -> None:
    (step,) = steps("Sent from Riga city by wire over land and sea on\n07/02/50 at 20:35 p.m.", desk)
    assert (step["stage"], step["at"], step["printed"]) == ("dispatched", "1950-07-02T20:35", "07/02/50 at 20:35 p.m")
