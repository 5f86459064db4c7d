"""The extraction of the whole journal held to the settled readings, field by field, and the page that says so."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from kgpub.convert.lines import parse_runs
from kgpub.extraction import ExtractReport, extract
from tests.parts import bench_program, journal_text

ROOT = Path(__file__).parents[1]
READINGS = ROOT / "tests" / "golden" / "readings"
RECORDS = ROOT / "corpus" / "cwihp-6-7" / "records"

# What F1 has reached. Raise a floor when a rule gets better; a field that is not named here has all its values right.
FLOORS = {
    "copies": 0.998,
    "lines": 0.999,
    "mentions": 0.946,
    "references": 0.99,
    "sentFrom": 0.996,
    "sentTo": 0.991,
    "signers": 0.996,
    "enclosed.mentions": 0.952,
    "enclosed.sentTo": 0.978,
}


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    """The measuring program, which is no part of the package."""
    return bench_program("quality")


@pytest.fixture(scope="module")
def extraction(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ExtractReport]:
    """The folder of the records that the journal's text yields today, and the report on them."""
    text = journal_text()
    into = tmp_path_factory.mktemp("golden")
    shutil.copy(ROOT / "corpus" / "cwihp-6-7" / "layout.toml", into)
    report = extract(text, into, ROOT / "corpus" / "authority")
    return into / "records", report


@pytest.fixture(scope="module")
def extracted(extraction: tuple[Path, ExtractReport]) -> Path:
    """The records that the journal's text yields today."""
    return extraction[0]


def test_every_settled_document_is_extracted(extracted: Path) -> None:
    assert [file.name for file in sorted(extracted.iterdir())] == [file.name for file in sorted(READINGS.iterdir())]


def test_no_field_falls_below_what_it_has_reached(quality: ModuleType, extracted: Path) -> None:
    counts, _ = quality.compare(READINGS, extracted)
    reached = {field: round(quality.scores(tally)[2], 4) for field, tally in counts.items()}
    fallen = {field: mean for field, mean in reached.items() if mean < FLOORS.get(field, 1.0)}
    assert fallen == {}


def test_the_records_of_the_corpus_are_those_of_the_text(extracted: Path) -> None:
    differing = [
        file.name
        for file in sorted(extracted.iterdir())
        if not (RECORDS / file.name).is_file() or (RECORDS / file.name).read_bytes() != file.read_bytes()
    ]
    assert differing == []


def test_the_page_on_quality_is_what_its_command_makes(quality: ModuleType, tmp_path: Path) -> None:
    made = tmp_path / "quality.md"
    assert quality.main([str(READINGS), str(RECORDS), "--write", str(made)]) == 0
    assert made.read_text(encoding="utf-8") == (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")


def test_every_difference_in_a_header_field_is_explained(quality: ModuleType) -> None:
    assert "not explained yet" not in quality.page(READINGS, RECORDS)


def test_a_difference_without_a_reason_is_said_to_lack_one(quality: ModuleType, tmp_path: Path) -> None:
    for side, number in (("readings", "1"), ("records", "2")):
        (tmp_path / side).mkdir()
        record = f"id: D001\nlines: 1-2\nform: {{value: letter}}\ntelegramNumber: [{{value: '{number}'}}]\n"
        (tmp_path / side / "D001.yaml").write_text(record, encoding="utf-8")
    page = quality.page(tmp_path / "readings", tmp_path / "records")
    assert "- D001, `telegramNumber` (1 missed, 1 too many): not explained yet." in page
    assert "| telegramNumber | 1 | 0.000 | 0.000 | 0.000 |" in page
    assert "| form | 1 | 1.000 | 1.000 | 1.000 |" in page


# -- every line of the text --------------------------------------------------------------------------------------------------

KINDS = {"document", "article", "other", "index", "editor", "caption", "running-head", "blank"}


def test_every_line_of_the_text_stands_once_in_the_account(extraction: tuple[Path, ExtractReport]) -> None:
    """From the first line of the file to the last, in order; only blank lines and running heads belong to nothing."""
    runs = extraction[1].coverage
    numbers = [number for run in runs for number in range(run.first, run.last + 1)]
    assert numbers == list(range(1, 13_061))
    assert len(numbers) == journal_text().read_bytes().count(b"\n")
    assert {run.kind for run in runs} == KINDS
    assert {run.kind for run in runs if not run.owner} == {"running-head", "blank"}


def test_the_lines_of_a_document_in_the_account_are_those_of_its_record(
    quality: ModuleType, extraction: tuple[Path, ExtractReport]
) -> None:
    accounted: dict[str, set[int]] = {}
    for run in extraction[1].coverage:
        if run.kind == "document":
            accounted.setdefault(run.owner, set()).update(range(run.first, run.last + 1))
    recorded = {
        file.stem: {n for a, b in parse_runs(quality.load(file)["lines"]) for n in range(a, b + 1)}
        for file in sorted(RECORDS.iterdir())
    }
    assert accounted == recorded


def test_the_account_that_the_page_sums_up_is_that_of_the_text(
    quality: ModuleType, extraction: tuple[Path, ExtractReport]
) -> None:
    """`bench/quality.py … --account TEXT` counts it anew."""
    kept = yaml.safe_load((READINGS.parent / "account.yaml").read_text(encoding="utf-8"))
    assert {kind: tally["lines"] for kind, tally in kept.items()} == extraction[1].lines_by_kind()
    authority = ROOT / "corpus" / "authority"
    assert quality.counted(journal_text(), RECORDS.parent / "layout.toml", authority) == kept


def test_the_page_has_the_lines_of_every_kind(quality: ModuleType) -> None:
    table = quality.account_table({"blank": {"lines": "7", "runs": "7"}, "psalm": {"lines": "1200", "runs": "2"}})
    assert table.splitlines()[2:] == [
        "| blank | 7 | 7 | blank lines between two of these |",
        "| psalm | 1,200 | 2 |  |",
    ]
    page = quality.page(READINGS, RECORDS)
    assert "Each of the 13,060\nlines of the journal's text stands in it once" in page
    assert "| document | 8,183 | 190 |" in page
    assert {kind for kind in KINDS if f"\n| {kind} | " not in page} == set()
