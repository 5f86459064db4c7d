"""Corrections laid over a record: applied where they fit, refused with the reason where they do not."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from kgpub.convert.corrections import Corrected, correct
from tests.convert.samples import RECORD, layer

FIELDS = """\
date: {value: 1893-02-25, printed: 25.II.93, lines: "38"}
senders: [{actor: ada-quill, as: old-gull}]
copies: [{actor: bruno-sand, count: 2}, {actor: clara-vane}]
enclosures: [{id: L1a, lines: 20-22, date: {value: 1893-02-01}}]
"""


def corrected(**correction: Any) -> Corrected:
    text = yaml.safe_dump({"id": "L1", "corrections": [{"reason": "the leaves", **correction}]}, sort_keys=False)
    return correct(layer("records/L1.yaml", RECORD + FIELDS), layer("corrections/L1.yaml", text))


def test_without_corrections_the_record_stays_and_is_a_copy() -> None:
    record = layer("records/L1.yaml", RECORD + FIELDS)
    result = correct(record, None)
    assert result.data == record.data
    result.data["copies"].clear()
    assert len(record.data["copies"]) == 2


def test_the_printed_value_gives_way_to_the_right_one_and_is_kept_beside() -> None:
    result = corrected(field="date", printed="1893-02-25", value="1893-02-05")
    assert result.problems == []
    assert result.data["date"] == {"value": "1893-02-05", "printed": "25.II.93", "lines": "38"}
    (emendation,) = result.emendations
    assert (emendation.document, emendation.field) == ("L1", "date")
    assert (emendation.printed, emendation.value, emendation.reason) == ("1893-02-25", "1893-02-05", "the leaves")
    assert result.moved == {"date.value": ("corrections/L1.yaml", "corrections[0].value", "inferred")}


# field, printed, value -> where in the corrected record, what stands there then, which document, which field
APPLIED: list[tuple[str, Any, Any, str, Any, str, str]] = [
    (
        "date.value",
        "1893-02-25",
        "1893-02-05",
        "date",
        {"value": "1893-02-05", "printed": "25.II.93", "lines": "38"},
        "L1",
        "date",
    ),
    (
        "copies[1]",
        "clara-vane",
        "ada-quill",
        "copies",
        [{"actor": "bruno-sand", "count": 2}, {"actor": "ada-quill"}],
        "L1",
        "copies",
    ),
    ("copies[0].count", 2, 3, "copies", [{"actor": "bruno-sand", "count": 3}, {"actor": "clara-vane"}], "L1", "copies"),
    ("copies[0]", "bruno-sand", None, "copies", [None, {"actor": "clara-vane"}], "L1", "copies"),
    ("date", "1893-02-25", None, "date", "absent", "L1", "date"),
    ("senders[0].as", "old-gull", None, "senders", [{"actor": "ada-quill"}], "L1", "senders"),
    ("recipients", None, {"actor": "bruno-sand"}, "recipients", [{"actor": "bruno-sand"}], "L1", "recipients"),
    (
        "copies",
        None,
        {"actor": "ada-quill"},
        "copies",
        [{"actor": "bruno-sand", "count": 2}, {"actor": "clara-vane"}, {"actor": "ada-quill"}],
        "L1",
        "copies",
    ),
    ("headingDate", None, {"value": "1893-02-05"}, "headingDate", {"value": "1893-02-05"}, "L1", "headingDate"),
    (
        "senders",
        [{"actor": "ada-quill", "as": "old-gull"}],
        [{"actor": "clara-vane"}],
        "senders",
        [{"actor": "clara-vane"}],
        "L1",
        "senders",
    ),
    (
        "enclosures[L1a].date",
        "1893-02-01",
        "1893-02-02",
        "enclosures",
        [{"id": "L1a", "lines": "20-22", "date": {"value": "1893-02-02"}}],
        "L1a",
        "date",
    ),
    (
        "enclosures[0].date",
        "1893-02-01",
        "1893-02-02",
        "enclosures",
        [{"id": "L1a", "lines": "20-22", "date": {"value": "1893-02-02"}}],
        "L1a",
        "date",
    ),
]


@pytest.mark.parametrize(("field", "printed", "value", "where", "then", "document", "about"), APPLIED)
def test_a_correction_that_fits_is_applied(
    field: str, printed: Any, value: Any, where: str, then: Any, document: str, about: str
) -> None:
    result = corrected(field=field, printed=printed, value=value)
    assert result.problems == []
    assert result.data.get(where, "absent") == then
    (emendation,) = result.emendations
    assert (emendation.document, emendation.field) == (document, about)


REFUSED = [
    (
        "date",
        "1893-02-26",
        "1893-02-05",
        "corrections[0].printed",
        "1893-02-26",
        "is not what the record has at date",
        "Write printed: 1893-02-25 if the correction still holds, or delete the correction.",
    ),
    (
        "copies[0].count",
        "2",
        "3",
        "corrections[0].printed",
        "2",
        "is not what the record has at copies[0].count",
        "printed: 2",
    ),
    (
        "date",
        None,
        {"value": "1893-02-05"},
        "corrections[0].printed",
        "null",
        "says that date is absent, but the record has it",
        "Write printed: 1893-02-25.",
    ),
    ("dates", "x", "y", "corrections[0].field", "dates", "names nothing in the record: dates", "Did you mean date?"),
    (
        "xyzzy",
        "x",
        "y",
        "corrections[0].field",
        "xyzzy",
        "names nothing in the record: xyzzy",
        "Fields here: id, edition",
    ),
    (
        "copies[7]",
        "x",
        "y",
        "corrections[0].field",
        "copies[7]",
        "names no item: [7]",
        "The list has 2 item(s), counted from 0.",
    ),
    (
        "enclosures[L9z].date",
        "x",
        "y",
        "corrections[0].field",
        "enclosures[L9z].date",
        "names no item: [L9z]",
        "1 item(s)",
    ),
    ("lines[0]", "x", "y", "corrections[0].field", "lines[0]", "names no item: [0]", "The list has 0 item(s)"),
    (
        "lines.value",
        "x",
        "y",
        "corrections[0].field",
        "lines.value",
        "names nothing in the record: value",
        "Fields here: none.",
    ),
    (
        "date value",
        "x",
        "y",
        "corrections[0].field",
        "date value",
        "names nothing in the record",
        "Fields here: id, edition",
    ),
    (
        "xyzzy",
        None,
        "y",
        "corrections[0].field",
        "xyzzy",
        "names nothing in the record: xyzzy",
        "Fields here: id, edition",
    ),
    (
        "recipient",
        None,
        {"actor": "x"},
        "corrections[0].field",
        "recipient",
        "names nothing in the record",
        "Did you mean recipients?",
    ),
]


@pytest.mark.parametrize(("field", "printed", "value", "where", "shown", "message", "advice"), REFUSED)
def test_a_correction_that_no_longer_fits_is_a_problem_and_is_not_applied(
    field: str, printed: Any, value: Any, where: str, shown: str, message: str, advice: str
) -> None:
    result = corrected(field=field, printed=printed, value=value)
    (problem,) = result.problems
    assert (problem.file, problem.field, problem.value) == ("corrections/L1.yaml", where, shown)
    assert problem.line > 2
    assert message in problem.message
    assert advice in problem.advice
    assert result.emendations == []
    assert result.data == layer("", RECORD + FIELDS).data


def test_later_paths_still_fit_after_a_removal() -> None:
    text = """\
id: L1
corrections:
- {field: "copies[0]", printed: bruno-sand, value: null, reason: struck out}
- {field: "copies[1]", printed: clara-vane, value: ada-quill, reason: misread, certainty: conjectured}
"""
    result = correct(layer("records/L1.yaml", RECORD + FIELDS), layer("corrections/L1.yaml", text))
    assert result.problems == []
    assert result.data["copies"] == [None, {"actor": "ada-quill"}]
    assert [one.evidence.certainty for one in result.emendations] == ["inferred", "conjectured"]


def test_another_edition_of_an_item_is_named() -> None:
    text = "id: L1\nsameItemAs: L7\n"
    assert correct(layer("records/L1.yaml", RECORD), layer("corrections/L1.yaml", text)).same_item_as == "L7"


@pytest.mark.parametrize("field", ["heading", "text"])
def test_a_misprint_in_what_a_record_does_not_hold_is_kept_and_changes_nothing(field: str) -> None:
    result = corrected(field=field, printed="2 February", value="3 February", lines="10")
    assert result.problems == []
    assert result.data == layer("", RECORD + FIELDS).data
    assert result.moved == {}
    (emendation,) = result.emendations
    assert (emendation.document, emendation.field, emendation.printed) == ("L1", field, "2 February")
    assert emendation.evidence.lines == "10"


def test_a_contested_value_is_kept_as_printed_beside_its_emendation() -> None:
    result = corrected(field="date", printed="1893-02-25", value=None, keep=True, certainty="conjectured")
    assert result.problems == []
    assert result.data == layer("", RECORD + FIELDS).data
    assert result.moved == {}
    assert [(one.printed, one.value, one.evidence.certainty) for one in result.emendations] == [
        ("1893-02-25", "", "conjectured")
    ]


def test_a_contested_value_must_still_be_the_printed_one() -> None:
    result = corrected(field="date", printed="1893-02-26", value=None, keep=True)
    assert [one.field for one in result.problems] == ["corrections[0].printed"]


def test_lines_of_a_correction_that_are_no_range_are_a_problem() -> None:
    result = corrected(field="date", printed="1893-02-25", value="1893-02-05", lines="40-38")
    (problem,) = result.problems
    assert (problem.field, problem.value) == ("corrections[0].lines", "40-38")
    assert problem.message == "is not a range of lines: 40-38 ends before it begins"
    assert result.emendations == []
