"""Reference slips below a document."""

from __future__ import annotations

from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.slips import answered_by, read_slips, with_slips
from kgpub.convert.formats.bulletin.values import Desk

SLIP = [
    Line(1, "LIND"),
    Line(2, "SPRAVKA [Report]: No. 359 (inc. #8265)"),
    Line(3, "29.VI.50 Comrades Lind, Dahl and"),
    Line(4, "Vik have reported on rye. No. 242 24.VI.50"),
    Line(5, "Berg asked for seed."),
]


def test_a_slip_gives_number_date_and_authors(desk: Desk) -> None:
    first, second = read_slips(SLIP, desk)
    assert (first.number, first.date, first.authors) == ("359", "1950-06-29", ("karl-lind", "eva-dahl", "morten-vik"))
    assert (second.number, second.date, second.authors, second.lines) == ("242", "1950-06-24", ("anna-berg",), "4")


def test_numbers_without_the_word_are_no_slip(desk: Desk) -> None:
    assert read_slips([Line(1, "No. 359 29.VI.50 Lind reported.")], desk) == []


def test_who_wrote_what_is_explained_is_the_reader_of_an_answer_that_names_none(desk: Desk) -> None:
    (reader,) = answered_by(read_slips(SLIP, desk), ["karl-lind"])
    assert (reader.id, reader.certainty) == ("anna-berg", "inferred")


def test_a_reference_takes_date_and_authors_from_the_slip(desk: Desk) -> None:
    cited = {"relation": "answers", "number": "359", "from": "anna-berg", "to": "karl-lind", "rule": "cited-message"}
    (told,) = with_slips([cited], read_slips(SLIP, desk))
    assert told == {
        "relation": "answers",
        "number": "359",
        "date": "1950-06-29",
        "from": ["karl-lind", "eva-dahl", "morten-vik"],
        "rule": "cited-message",
    }
