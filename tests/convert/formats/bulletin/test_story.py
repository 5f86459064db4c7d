"""Steps of a document's way that are told in sentences."""

from __future__ import annotations

from kgpub.convert.fields.names import Bearer
from kgpub.convert.formats.bulletin.heading import read_heading
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.parties import Named
from kgpub.convert.formats.bulletin.story import (
    arrival_noted,
    hand_delivered,
    handed_over,
    sent_afterwards,
    told_relays,
    told_steps,
    told_through,
)
from kgpub.convert.formats.bulletin.values import Desk


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def test_a_hand_delivered_letter_was_delivered() -> None:
    (step,) = hand_delivered(read_heading(lines("7. 3 May 1950, hand-delivered letter, Lind to Berg")))
    assert (step["stage"], step["printed"], "at" in step) == ("delivered", "hand-delivered", False)
    assert hand_delivered(read_heading(lines("7. 3 May 1950, letter, Lind to Berg"))) == []


def test_a_relay_notes_when_it_received_what_it_passes_on(desk: Desk) -> None:
    relay = Named(Bearer("person", "karl-lind"), "Lind", "1")
    text = lines("3.7.50 at 22:00 Riga time I received\nthe following telegram for you:")
    (step,) = arrival_noted(text, [relay], desk)
    assert (step["stage"], step["at"], step["agent"], step["place"]) == (
        "received",
        "1950-07-03T22:00",
        "karl-lind",
        "riga",
    )
    assert arrival_noted(text, [], desk) == []


def test_a_message_was_delivered_when_it_was_handed_over(desk: Desk) -> None:
    (step,) = handed_over(lines("On July 3 at 3:00 Riga time\nOzols invited me and transmitted the following:"), desk)
    assert (step["stage"], step["at"], step["place"], step["lines"]) == ("delivered", "1950-07-03T03:00", "riga", "1")
    assert handed_over(lines("On July 3 Ozols transmitted the following:"), desk) == []


def test_an_editors_paragraph_tells_steps_and_relays(desk: Desk) -> None:
    text = lines(
        "OZOLS\nThis copy was received July 3, 1950 by\ndiplomatic post and sent to B. Vik by Dahl.\n"
        "Dahl notes that it was transmitted by Lind by telegraph."
    )
    assert [(step["stage"], step.get("agent"), step.get("means")) for step in told_steps(text, desk)] == [
        ("received", None, "post"),
        ("forwarded", "eva-dahl", None),
        ("dispatched", "karl-lind", "wire"),
    ]
    assert [one.id for one in told_relays(text, desk)] == ["karl-lind", "eva-dahl"]


def test_a_source_note_tells_when_a_draft_went_off(desk: Desk) -> None:
    step = sent_afterwards(lines("[Source: APRF, List 2] The letter\nwas sent to Riga on July 3 [APRF, List 3]"), desk)
    assert step is not None
    assert (step["at"], step["lines"]) == ("1950-07-03", "2")
    assert sent_afterwards(lines("[Source: APRF, List 2]"), desk) is None


def test_those_through_whom_a_letter_goes_are_named(desk: Desk) -> None:
    text = lines("To transmit the present letter to Ozols through Comrade Lind\nand Comrade Dahl.")
    assert [[one.id for one in named] for named in told_through(text, desk)] == [["karl-lind", "eva-dahl"]]
    assert told_through(lines("To read the letter."), desk) == []
