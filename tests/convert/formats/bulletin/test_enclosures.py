"""Which lines of a document are a message of their own."""

from __future__ import annotations

import pytest

from kgpub.convert.formats.bulletin.enclosures import find_enclosed, quote_blocks
from kgpub.convert.formats.bulletin.heading import Announced
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.values import Desk

LETTER = Announced("letter", "", None, None, "to", 0)


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def spans(text: str, announced: tuple[Announced, ...], desk: Desk) -> list[tuple[int, int, str]]:
    found = find_enclosed(announced, lines(text), desk, ["karl-lind"], ["anna-berg"])
    return [(message.lines[0].number, message.lines[-1].number, message.kind) for message in found]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("“one\ntwo”\nthree", [(0, 1)]),
        ("“a “nested” word\nends”\n“second”", [(0, 1), (2, 2)]),
        ("“outer\n“never closed\nOZOLS 6.7.50”\nLIND", [(0, 2)]),
        ("“no mark\nOZOLS\nChairman of the Union\nMore prose.", [(0, 2)]),
        ("“no mark at all\nprose.\nLIND", [(0, 1)]),
        ("a “word” inside a line", []),
    ],
)
def test_quotations_end_at_their_mark_or_signature(desk: Desk, text: str, blocks: list[tuple[int, int]]) -> None:
    assert quote_blocks(lines(text), desk, ["karl-lind"]) == blocks


def test_a_quotation_that_the_heading_announces_is_enclosed(desk: Desk) -> None:
    assert spans("I transmit it:\n“Dear Berg!\nrye\nis in.\nOZOLS”\nLIND", (LETTER,), desk) == [(2, 5, "quote")]


def test_quoted_points_without_an_announcement_are_no_enclosures(desk: Desk) -> None:
    assert spans("Two points:\n“1. Rye\nand more\nand more\nand more rye”\nLIND", (), desk) == []


def test_a_letter_behind_the_signature_is_an_attachment(desk: Desk) -> None:
    assert spans("I send a letter.\nLIND\nNo. 7\nDear Berg!\nRye is in.\nOZOLS", (LETTER,), desk) == [
        (4, 6, "attachment")
    ]


def test_an_instruction_to_speak_is_the_message_without_its_last_order(desk: Desk) -> None:
    text = "Communicate to Ozols that rye\nis in.\nTelegraph the fulfillment.\nLIND"
    assert spans(text, (LETTER,), desk) == [(1, 2, "instruction")]


def test_a_request_only_told_of_is_no_instruction(desk: Desk) -> None:
    assert spans("Ozols asked me to transmit thanks\nfor the rye.\nLIND", (LETTER,), desk) == []


def test_an_unannounced_letter_to_a_third_person_is_enclosed(desk: Desk) -> None:
    text = "Send him roughly this answer:\n“To the keeper Dahl.\nRye\nis\nin\nnow.”\nLIND"
    assert spans(text, (), desk) == [(2, 6, "quote")]
