"""Where documents begin and end in texts that nobody described."""

from __future__ import annotations

import pytest

from kgpub.convert.formats.bulletin.layout import Layout
from kgpub.convert.formats.bulletin.lines import Line, format_lines
from kgpub.convert.formats.bulletin.segment import cover, find_segments

SOURCE = "[Source: APRF, Fond 45, Opis 1, Delo 7, List 3]"


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def found(text: str) -> list[tuple[str, str]]:
    segments = find_segments(lines(text), Layout())
    return [(segment.id, format_lines(line.number for line in segment.lines)) for segment in segments]


@pytest.mark.parametrize(
    "heading",
    [
        "1. 3 May 1951, ciphered telegram, Lind to Berg",
        "1. 3 May 1951. Letter, Lind to Berg",
        "Document 1: Ciphered Telegram, Lind to Berg, 3 May 1951",
        "DOCUMENT No. 1. Letter, Lind to Berg, 3 May 1951",
        "1. Ciphered telegram from Lind to Berg, 3 May 1951",
        "No. 1\nCiphered telegram from Lind to Berg, 3 May 1951",
        "1\n\nLetter, Lind to Berg\n3 May 1951",
        "Document No. 1\nReport from Lind to Berg, 3 May 1951",
    ],
)
@pytest.mark.parametrize(
    "source",
    [
        SOURCE,
        "Source: AVPRF, f. 0102, op. 6, p. 22, d. 47, ll. 29-40.",
        "SOURCE: TsAMO, fond 3, list 9.",
        "RGANI. F. 3. Op. 66. L. 33-35.",
    ],
)
def test_a_document_is_found_in_each_style_of_heading_and_source_note(heading: str, source: str) -> None:
    text = f"Papers on rye.\n\n{heading}\n\nFrom Riga\nTo Berg\nThe rye is in.\nLIND\n{source}\n\nAn afterword."
    last = text[: text.index(source)].count("\n") + 1
    assert found(text) == [("D001", f"3-{last}")]


def test_numbered_points_with_a_date_and_a_comma_are_no_headings() -> None:
    points = "8. 14 May 1951, a Monday,\n9. 21 May 1951, a Monday."
    text = f"7. 3 May 1951, letter, Lind to Berg\nTwo days:\n{points}\nLIND\n{SOURCE}"
    assert found(text) == [("D007", "1-6")]


def test_a_page_number_glued_to_a_heading_is_taken_off() -> None:
    first = f"15. 3 May 1951, letter, Lind to Berg\nTo Berg\nRye.\nLIND\n{SOURCE}\n"
    assert found(first + first.replace("15.", "4316.", 1)) == [("D015", "1-5"), ("D016", "6-10")]


def test_a_page_number_glued_to_a_word_does_not_hide_a_document() -> None:
    text = f"43Document 1: Letter, Lind to Berg, 3 May 1951\nTo Berg\nRye.\nLIND\n{SOURCE}44"
    assert found(text) == [("D001", "1-5")]


@pytest.mark.parametrize(
    "notes",
    [
        "1. 12 March 1950, telegram, Berg to Lind, is quoted from a newspaper.\n2. Ibid.",
        "1. Telegram from Berg to Lind, 12 March 1950, in\nAPRF, Fond 45, List 9.\n2. Letter from Lind to Berg, 13 March 1950,\n"
        "APRF, Fond 45, List 10, which Vik also cites in his book on the rye of Latgale\n"
        "and on its keepers; see\nAPRF, Fond 45, List 11.",
        "1. Letter from Lind, 13 March 1950.\nSource: the author's own papers.",
    ],
)
def test_telegrams_cited_in_an_essays_notes_are_no_documents(notes: str) -> None:
    assert found(f"An essay on rye.\nIt cites telegrams.\n\nNotes\n{notes}\n") == []


def test_neighbours_whose_headings_changed_places_are_both_found() -> None:
    one = f"51. 3 May 1951, letter, Lind to Berg\nTo Berg\nRye.\nLIND\n{SOURCE}\n"
    assert [identity for identity, _ in found(one.replace("51.", "52.", 1) + one)] == ["D052", "D051"]


def test_what_stands_between_two_documents_belongs_to_neither() -> None:
    one = f"1. 3 May 1951, letter, Lind to Berg\nTo Berg\nRye.\nLIND\n{SOURCE}\n"
    text = one + "\nA word of the editor.\n\n" + one.replace("1.", "2.", 1)
    segments = find_segments(lines(text), Layout())
    kinds = [(run.first, run.last, run.kind) for run in cover(lines(text), segments, Layout())]
    assert kinds[:4] == [(1, 5, "document"), (6, 6, "blank"), (7, 7, "other"), (8, 8, "blank")]


def test_an_empty_text_has_no_documents() -> None:
    assert found("") == []
