"""The values that travel between stages."""

from __future__ import annotations

import pytest

from kgpub.model import Problem, RawLayer, RawRecord

LAYER = RawLayer("a.yaml", "", {}, {"": 2, "id": 2, "copies": 4, "copies[1]": 6, "copies[1].actor": 6, "date": 9})


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("id", 2),
        ("copies[1].actor", 6),
        ("copies[1].count", 6),
        ("copies[1].count.x", 6),
        ("copies[3]", 4),
        ("date.value", 9),
        ("gone", 2),
        ("gone[1].too", 2),
        ("", 2),
    ],
)
def test_the_line_of_a_path_is_its_own_or_that_of_what_holds_it(path: str, line: int) -> None:
    assert LAYER.line(path) == line


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "L1"),
        ("copies[1].actor", "ada"),
        ("copies[2].actor", None),
        ("id.actor", None),
        ("id[0]", None),
        ("gone", None),
    ],
)
def test_the_value_of_a_path_is_what_stands_there_or_nothing(path: str, value: object) -> None:
    assert RawLayer("a.yaml", "", {"id": "L1", "copies": [{"actor": "bo"}, {"actor": "ada"}]}).value(path) == value


def test_a_layer_without_lines_has_line_0() -> None:
    assert RawLayer("a.yaml", "", {}).line("id") == 0


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (
            Problem("a.yaml", 3, "date.value", "1893-02-30", "is not a day.", "Mend it."),
            "a.yaml:3: date.value: '1893-02-30' is not a day.\n    Mend it.",
        ),
        (Problem("a.yaml", 0, "", "", "is missing"), "a.yaml: is missing"),
        (Problem("a.yaml", 1, "id", "", "is missing"), "a.yaml:1: id: is missing"),
    ],
)
def test_a_problem_is_one_sentence_with_its_place_and_what_to_do(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_problems_sort_by_file_and_line() -> None:
    given = [Problem("b", 1, "", "", "m"), Problem("a", 10, "", "", "m"), Problem("a", 9, "z", "", "m")]
    assert [(one.file, one.line) for one in sorted(given)] == [("a", 9), ("a", 10), ("b", 1)]


def test_a_records_layers_come_record_first_and_only_those_that_are_there() -> None:
    words = RawLayer("w.yaml", "", {})
    assert RawRecord("L1", "letters", LAYER).layers() == (LAYER,)
    assert RawRecord("L1", "letters", LAYER, None, words).layers() == (LAYER, words)
