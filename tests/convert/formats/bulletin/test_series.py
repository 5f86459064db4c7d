"""Invented texts in the layouts of other journals, read without a layout file; each layout keeps what it has reached."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from kgpub.collect.texts import read_text
from kgpub.convert.fields.names import build_index
from kgpub.convert.formats.bulletin import read_bulletin
from tests.parts import bench_program

FOLDER = Path(__file__).parent / "layouts"
TEXTS = [path.stem for path in sorted(FOLDER.glob("*.txt"))]
# What a layout has reached where that is not all; raise it when a rule gets better.
FLOORS: dict[tuple[str, str], float] = {}


@pytest.fixture(scope="module")
def layouts() -> ModuleType:
    """The measuring program, which is no part of the package."""
    return bench_program("layouts")


@pytest.mark.parametrize("name", TEXTS)
def test_a_layout_is_read_as_well_as_it_ever_was(name: str, layouts: ModuleType) -> None:
    score = layouts.measure(FOLDER / f"{name}.txt", build_index({}))
    assert score.invented == 0, score.differences
    fallen = [field for field in layouts.FIELDS if score.share(field) < FLOORS.get((name, field), 1.0)]
    assert fallen == [], score.differences


@pytest.mark.parametrize("name", ["essay", "essay-in-parts", "references", "list-of-documents"])
def test_a_text_without_documents_says_why_it_has_none(name: str) -> None:
    reading = read_bulletin(read_text(FOLDER / f"{name}.txt"), {}, build_index({}), name)
    assert reading.records == ()
    assert [problem.message.split(":")[0] for problem in reading.problems] == ["no documents found"]


def test_the_table_has_a_row_for_each_text(layouts: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert layouts.main([str(FOLDER), "--differences"]) == 0
    table = capsys.readouterr().out
    assert [row.split("|")[1].strip() for row in table.splitlines()[2:]] == [*TEXTS, "**all**"]


def test_a_document_that_is_not_found_or_invented_fails_the_measure(
    layouts: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (FOLDER / "single.txt").read_text(encoding="utf-8")
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    (tmp_path / "one.yaml").write_text("documents: [{first: A Word on Bees, last: Dorn}]\n", encoding="utf-8")
    assert layouts.main([str(tmp_path), "--differences"]) == 1
    assert "one: invented: line 7" in capsys.readouterr().out
