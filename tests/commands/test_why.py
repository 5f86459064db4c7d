"""`kgpub why`: what is printed for people and programs, with the journal's text and without, and what it says of a mistake."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kgpub.cli import cli
from tests.tiny import make_tiny

TEXT = "".join(f"Line {number} of the book of lamps\n" for number in range(1, 111))


@pytest.fixture(autouse=True)
def _no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of this file say themselves whether a text is at hand."""
    monkeypatch.delenv("KGPUB_JOURNAL_TEXT", raising=False)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "lamps.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def why(file: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--project", str(file), "why", *arguments], prog_name="kgpub")


def test_a_value_is_explained(built: Path) -> None:
    result = why(built, "L2", "sender")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].startswith("L2  Telegram, Bruno Sand to Ada Quill, 5 February 1893")
    assert lines[2].endswith("no. 2 (L2): page 4, lines 41-60")
    assert lines[4:10] == [
        "cwc:sender",
        "  Bruno Sand  person/bruno-sand",
        "    printed    SAND",
        "    where      page 4, line 57",
        "    certainty  printed: it stands in print",
        "    stands in  corpus/letters/records/L2.yaml:9  senders[0]",
    ]
    assert lines[-1] == "To see the lines themselves, name the journal's text: --text PATH, or KGPUB_JOURNAL_TEXT=PATH."


def test_the_passage_is_shown_from_the_text_and_nothing_of_it_is_kept(built: Path, text: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in built.parent.rglob("*") if file.is_file()}
    result = why(built, "L2", "sender", "--text", str(text))
    assert "    57 | Line 57 of the book of lamps\n" in result.stdout
    assert "To see the lines" not in result.stdout
    assert {file: file.stat().st_mtime_ns for file in built.parent.rglob("*") if file.is_file()} == before


def test_the_environment_may_name_the_text(built: Path, text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGPUB_JOURNAL_TEXT", str(text))
    assert "    57 | Line 57 of the book of lamps\n" in why(built, "L2", "sender").stdout


def test_a_correction_is_told_with_its_reason(built: Path) -> None:
    told = why(built, "L2", "date").stdout
    assert (
        "    rule       correction: An editor corrected what the print has; the correction gives the reason.\n" in told
    )
    assert (
        "    corrected by an editor\n"
        "      printed    1893-02-25\n"
        "      right      1893-02-05\n"
        "      reason     The heading and the order of the leaves say the fifth.\n"
        "      certainty  inferred: it follows from something else\n"
        "      stands in  corpus/letters/corrections/L2.yaml:4  corrections[0]\n"
    ) in told


def test_a_correction_that_changed_nothing_is_called_a_note(warm: Callable[..., Path], tmp_path: Path) -> None:
    file = warm(
        tmp_path / "p",
        **{"corpus/letters/corrections/L2.yaml": ("  value: 1893-02-05", "  value: null\n  keep: true")},
    )
    assert CliRunner().invoke(cli, ["--project", str(file), "build", "--workers", "1"]).exit_code == 0
    told = why(file, "L2", "date").stdout
    assert "  noted by an editor; the graph has no value from it\n    printed    1893-02-25\n" in told
    assert "    right      not known, or nothing\n" in told


def test_another_editions_name_leads_to_both(built: Path) -> None:
    told = why(built, "L4", "recipients").stdout
    assert "L4 is another edition of L1; the graph tells both of one document.\n" in told
    assert told.index("    edition    L1\n") < told.index("    edition    L4\n")


def test_a_derived_statement_says_what_derived_it(built: Path) -> None:
    told = why(built, "L2", "inReplyTo").stdout
    assert "stands in  no file: the build derived it from other statements (queries/construct/)\n" in told
    assert "To see the lines" not in told


def test_a_rule_that_nobody_knows_is_said_to_be_none(warm: Callable[..., Path], tmp_path: Path) -> None:
    file = warm(
        tmp_path / "p",
        **{"corpus/letters/records/L2.yaml": ("printed: SAND, lines", "printed: SAND, rule: by-the-stars, lines")},
    )
    assert CliRunner().invoke(cli, ["--project", str(file), "build", "--workers", "1"]).exit_code == 0
    assert "    rule       by-the-stars: no rule of that name is known.\n" in why(file, "L2", "sender").stdout
    record = file.parent / "corpus/letters/records/L2.yaml"
    record.write_text(record.read_text("utf-8").replace("by-the-stars", "by-the-sun"), "utf-8")
    assert "no file as it is now: the corpus has changed since the build" in why(file, "L2", "sender").stdout


def test_all_fields_are_told_without_one(built: Path) -> None:
    told = why(built, "L1").stdout
    headings = [line for line in told.splitlines() if ":" in line and " " not in line and "/" not in line]
    assert headings[0] == "dcterms:identifier"
    assert {"cwc:sender", "cwc:transmission", "cwc:copyTo", "cwc:heldAs", "cwc:mentions", "dcterms:subject"} <= set(
        headings
    )


def test_json_has_the_same_answer(built: Path, text: Path) -> None:
    told = json.loads(why(built, "L4", "date", "--format", "json", "--text", str(text)).stdout)
    assert (told["asked"]["as"], told["asked"]["id"]) == ("L4", "L1")
    (statement,) = told["statements"]
    assert statement["property"] == "dcterms:date"
    (value,) = statement["values"]
    first, second = value["evidence"]
    assert (value["label"], first["record"], first["printed"], first["lines"]) == ("1893-02-03", "L1", "3.II.93", "38")
    assert second["spot"] == {"file": "corpus/letters/records/L4.yaml", "line": 8, "field": "date", "rule": ""}
    assert second["passage"] == [[108, "Line 108 of the book of lamps"]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["L22"], "Error: there is no document 'L22'\n  Did you mean 'L2'"),
        (["L2", "sendrs"], "Error: L2: there is no field 'sendrs'\n  Did you mean 'senders'"),
        (["L2", "relays"], "Error: L2: the graph says nothing of relays (cwc:via)\n  It tells: identifier, title,"),
        (["L2", "--text", "gone.txt"], "Error: there is no text file at gone.txt\n  give the path"),
        (["L2", "--format", "csv"], "'csv' is not one of 'table', 'json'"),
        ([], "Missing argument 'DOCUMENT'"),
    ],
)
def test_a_mistake_is_exit_code_2_and_says_what_would_do(built: Path, arguments: list[str], message: str) -> None:
    result = why(built, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr


def test_a_text_of_another_journal_is_refused(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text("One line.\n", encoding="utf-8")
    result = why(built, "L2", "sender", "--text", str(file))
    assert result.exit_code == 2
    assert f"{file}: has 1 lines, but L2 was read on line 57" in result.stderr


def test_without_a_built_graph_it_says_to_build_one(tmp_path: Path) -> None:
    result = why(make_tiny(tmp_path / "p"), "L1")
    assert result.exit_code == 2
    assert "is not there\n  Run `kgpub build` first." in result.stderr
