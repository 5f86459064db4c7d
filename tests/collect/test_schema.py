"""JSON Schemas in an editor's words: field, value, what is wrong, the nearest that would be right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kgpub.collect.schema import schema_names, schema_problems, schema_text
from kgpub.collect.yaml_lines import load_with_lines
from kgpub.model import Problem, RawLayer
from tests.tiny import PROJECT

RECORD = """\
id: L1
edition: {publication: lamp-gazette, number: "1"}
lines: 1-9
pages: [{page: 1, lines: 1-9}]
form: {value: letter}
"""


def problems(text: str, schema: str = "record") -> list[Problem]:
    data, lines = load_with_lines(text)
    return schema_problems(RawLayer("L1.yaml", "", data, lines), schema)


def test_a_good_record_has_no_problems() -> None:
    assert problems(RECORD) == []


# What is added to the record, then line, field, value, message, advice.
WRONG = [
    ("sender: x\n", 6, "sender", "", "is not a field that may stand here", "Did you mean 'senders'?"),
    ("xyzzy: x\n", 6, "xyzzy", "", "is not a field that may stand here", "Fields here: citations, classifications"),
    ("date: {value: 3.2.1893}\n", 6, "date.value", "3.2.1893", "is not written as it should be", "A date: ISO 8601"),
    ("date: {value: 1893}\n", 6, "date.value", "1893", "must be string", "Quote a bare year."),
    ("date: {printed: x}\n", 6, "date", "", "lacks value", "Add value."),
    ("urgency:\n- {value: urgnt}\n", 7, "urgency[0].value", "urgnt", "is not one of the values allowed here",
     "Did you mean 'urgent'?"),
    ("urgency:\n- {value: zz}\n", 7, "urgency[0].value", "zz", "is not one of the values allowed here",
     "Allowed: extremely-urgent, urgent"),
    ("mentions:\n- {printed: x}\n", 7, "mentions[0]", "", "is not written in any of the ways allowed here", ""),
    ("references:\n- {relation: answers}\n", 7, "references[0]", "", "is not written in any of the ways allowed here", ""),
    ("senders: x\n", 6, "senders", "x", "must be array", ""),
    ("transmissions:\n- {stage: received, at: '1893-02-03T25:00'}\n", 7, "transmissions[0].at", "1893-02-03T25:00",
     "is not written as it should be", "A local time without zone"),
    ("senders:\n- {printed: X}\n", 7, "senders[0]", "", "lacks actor", "Add actor."),
]  # fmt: skip


@pytest.mark.parametrize(("added", "line", "field", "value", "message", "advice"), WRONG)
def test_what_is_wrong_is_said_with_line_field_and_value(
    added: str, line: int, field: str, value: str, message: str, advice: str
) -> None:
    (problem,) = problems(RECORD + added)
    assert (problem.line, problem.field, problem.value, problem.message) == (line, field, value, message)
    assert problem.advice
    assert advice in problem.advice


def test_everything_wrong_is_listed_in_the_order_of_lines() -> None:
    found = problems(RECORD.replace("id: L1", "id: l1") + "sender: x\ndate: {value: 1}\n")
    assert [(one.line, one.field) for one in found] == [(1, "id"), (6, "sender"), (7, "date.value")]


def test_an_unidentified_sender_needs_no_actor_and_may_have_none() -> None:
    assert problems(RECORD + "senders: [{unidentified: true, printed: somebody}]\n") == []
    (problem,) = problems(RECORD + "senders: [{unidentified: true, actor: ada-quill}]\n")
    assert problem.field == "senders[0].actor"


def test_there_is_a_schema_for_every_layer_and_every_authority_file() -> None:
    assert schema_names() == (
        "archives", "citations", "common", "corrections", "description", "events", "index", "links", "offices", "organisations",
        "pages", "persons", "places", "publications", "record",
    )  # fmt: skip


@pytest.mark.parametrize("name", schema_names())
def test_a_schema_is_one_and_describes_every_field(name: str) -> None:
    schema = json.loads(schema_text(name))
    Draft202012Validator.check_schema(schema)
    bare = [
        key for key, value in _properties(schema)
        if not ("description" in value or "$ref" in value or "const" in value)
    ]  # fmt: skip
    assert bare == []


def _properties(schema: Any) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(schema, dict):
        # Below `else` and the like a field is only narrowed.
        found += list(schema.get("properties", {}).items()) if "additionalProperties" in schema else []
        for value in schema.values():
            found += _properties(value)
    elif isinstance(schema, list):
        for value in schema:
            found += _properties(value)
    return found


@pytest.mark.parametrize("name", schema_names())
def test_the_corpus_carries_the_schemas_of_the_package(name: str) -> None:
    assert (PROJECT / "corpus" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name)


def test_the_tiny_corpus_meets_the_schemas() -> None:
    layers = {"records": "record", "corrections": "corrections", "descriptions": "description", "pages": "pages"}
    files = sorted((Path(__file__).parents[1] / "tiny" / "corpus").rglob("*.yaml"))
    assert len(files) == 17
    found = [p for file in files for p in problems(file.read_text(), layers.get(file.parent.name, file.stem))]
    assert found == []
