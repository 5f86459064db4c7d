"""Signature blocks: signers, numbers, copies, what was typed."""

from __future__ import annotations

import pytest

from kgpub.convert.formats.bulletin.closing import read_closing, signature_of
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.signed import dated, read_signed
from kgpub.convert.formats.bulletin.values import Desk


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


@pytest.mark.parametrize(
    ("text", "signers"),
    [
        ("LIND", ["karl-lind"]),
        ("[K.] LIND.", ["karl-lind"]),
        ("7.VII.50 LIND", ["karl-lind"]),
        ("19.XI.51LIND", ["karl-lind"]),
        ("NORD-LYS [Berg].”", ["anna-berg"]),
        ("N O R D L Y S [BERG]", ["anna-berg"]),
        ("No. 15 K. LIND", ["karl-lind"]),
        ("Dahl, Vik", ["eva-dahl", "morten-vik"]),
        ('Yours truly - OZOLS 6.7.50"', ["janis-ozols"]),
        ("and LIND.", []),
        ("Lind asked for rye.", []),
        ("To LIND", []),
        ("", []),
    ],
)
def test_a_signature_line_holds_names_and_little_else(desk: Desk, text: str, signers: list[str]) -> None:
    assert [bearer.id for bearer in signature_of(text, desk)] == signers


def test_a_block_in_the_middle_counts_where_it_bears_a_number(desk: Desk) -> None:
    closing = read_closing(lines("I send a letter.\nLIND\nNo. 7/sh\nDear Berg,\nthe rye is in.\nOZOLS\n6.7.50"), desk)
    assert [number for number, _ in closing.numbers] == ["7/sh"]
    assert [line.text for line in closing.signed] == ["LIND", "OZOLS"]


def test_a_copy_list_runs_on_over_lines_and_stops_at_its_end(desk: Desk) -> None:
    closing = read_closing(
        lines("Rye.\nLIND\nCopies: Berg (2), Dahl,\nVik, File of 8th\nDepartment.\nMore prose about rye."), desk
    )
    assert [line.number for line in closing.copies] == [3, 4, 5]


def test_a_name_inside_a_broken_sentence_is_no_signature(desk: Desk) -> None:
    signed = read_signed(lines("It will be done together with\nLIND.\nThen we wait.\nDAHL\n5.7.50"), desk)
    assert [signature.bearer.id for signature in signed.signatures] == ["eva-dahl"]


def test_signatures_at_the_end_of_the_last_sentence_are_found(desk: Desk) -> None:
    signed = read_signed(lines("Help is ready. Dahl,\nVik. 24:00 4.7.50.”"), desk)
    assert [signature.bearer.id for signature in signed.signatures] == ["eva-dahl", "morten-vik"]


def test_the_authors_date_wins_over_the_relays(desk: Desk) -> None:
    signed = read_signed(lines("“Rye is in.\nOZOLS\n6.7.50”\nLIND\nNo. 7\n8.7.50"), desk)
    found = dated(signed, ["janis-ozols"], desk)
    assert found is not None
    assert found[0].value == "1950-07-06"


def test_a_signature_may_follow_its_title_on_the_line(desk: Desk) -> None:
    signed = read_signed(lines("It is resolved.\nHead of the\nCabinet A. Berg\nEnvoy in Riga K. Lind"), desk)
    assert [(signature.bearer.id, signature.office) for signature in signed.signatures] == [
        ("anna-berg", "head-of-cabinet"),
        ("karl-lind", "envoy-in-riga"),
    ]
