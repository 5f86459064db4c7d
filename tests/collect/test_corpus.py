"""The records of a collection on disk: which are there, which are missing, which do not belong."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from kgpub.collect.corpus import doubled, expected_ids, parse_source, scan
from kgpub.errors import BadProject

Tiny = Callable[..., Path]
RECORDS = "corpus/letters/records/"


def scanned(tiny: Tiny, folder: Path, **changes: object):
    tiny(folder, **changes)
    return scan(folder, "letters", folder / "corpus" / "letters", ["L1", "L2", "L3", "L4"])


def test_every_record_comes_with_its_layers_in_the_order_of_ids(tiny: Tiny, tmp_path: Path) -> None:
    sources, problems = scanned(tiny, tmp_path)
    assert problems == []
    assert [(one.id, one.collection, [layer for layer, _, _ in one.files]) for one in sources] == [
        ("L1", "letters", ["records", "descriptions", "pages"]),
        ("L2", "letters", ["records", "corrections"]),
        ("L3", "letters", ["records", "descriptions"]),
        ("L4", "letters", ["records", "corrections"]),
    ]
    assert sources[0].files[0][1] == "corpus/letters/records/L1.yaml"


@pytest.mark.parametrize(
    ("changes", "file", "value", "message"),
    [
        ({RECORDS + "L3.yaml": None}, RECORDS + "L3.yaml", "L3",
         "is missing, but corpus/letters/descriptions/L3.yaml describes it"),
        ({RECORDS + "L2.yaml": None}, RECORDS + "L2.yaml", "L2",
         "is missing, but corpus/letters/corrections/L2.yaml describes it"),
        ({"corpus/letters/descriptions/L9.yaml": "id: L9\n"}, RECORDS + "L9.yaml", "L9",
         "is missing, but corpus/letters/descriptions/L9.yaml describes it"),
        ({"corpus/letters/pages/L9.yaml": "id: L9\n"}, RECORDS + "L9.yaml", "L9",
         "is missing, but corpus/letters/pages/L9.yaml describes it"),
        ({RECORDS + "L1.yml": "id: L1\n"}, RECORDS + "L1.yml", "L1.yml", "is not a file of this folder"),
        ({RECORDS + "1 copy.yaml": "id: L1\n"}, RECORDS + "1 copy.yaml", "1 copy.yaml", "is not a file of this folder"),
    ],
)  # fmt: skip
def test_a_missing_or_stray_file_is_a_problem(
    tiny: Tiny, tmp_path: Path, changes: dict[str, str | None], file: str, value: str, message: str
) -> None:
    _, (problem,) = scanned(tiny, tmp_path, **changes)
    assert (problem.file, problem.value, problem.message) == (file, value, message)
    assert problem.advice


def test_a_record_that_only_the_settings_ask_for_is_missing(tiny: Tiny, tmp_path: Path) -> None:
    tiny(tmp_path)
    _, (problem,) = scan(tmp_path, "letters", tmp_path / "corpus" / "letters", ["L1", "L5"])
    assert problem.message == "is missing, but kgpub.toml lists it under documents"
    assert problem.file == "corpus/letters/records/L5.yaml"


def test_hidden_files_are_nobodys_business(tiny: Tiny, tmp_path: Path) -> None:
    assert scanned(tiny, tmp_path, **{RECORDS + ".DS_Store": "x"})[1] == []


def test_a_collection_without_records_is_a_matter_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    with pytest.raises(BadProject, match="letters: has no folder records/") as caught:
        scan(tmp_path, "letters", tmp_path / "letters")
    assert "kgpub extract" in caught.value.advice


def test_digests_tell_one_changed_layer(tiny: Tiny, tmp_path: Path) -> None:
    before = scanned(tiny, tmp_path / "a")[0]
    after = scanned(tiny, tmp_path / "b", **{"corpus/letters/corrections/L2.yaml": ("fifth", "sixth")})[0]
    changed = [one.id for one, other in zip(before, after, strict=True) if one.digests() != other.digests()]
    assert changed == ["L2"]


def test_a_parsed_source_is_a_picklable_raw_record(tiny: Tiny, tmp_path: Path) -> None:
    sources, _ = scanned(tiny, tmp_path)
    raw, problems = parse_source(sources[1])
    assert problems == []
    assert raw is not None
    assert (raw.id, raw.record.data["id"], raw.description) == ("L2", "L2", None)
    assert [layer.file for layer in raw.layers()] == [RECORDS + "L2.yaml", "corpus/letters/corrections/L2.yaml"]
    assert pickle.loads(pickle.dumps(raw)) == raw


def test_problems_of_all_layers_are_gathered(tiny: Tiny, tmp_path: Path) -> None:
    changes = {RECORDS + "L2.yaml": ("id: L2", "id: L3"), "corpus/letters/corrections/L2.yaml": "id: L2\n[\n"}
    sources, _ = scanned(tiny, tmp_path, **changes)
    raw, problems = parse_source(sources[1])
    assert raw is None
    assert [(one.file, one.line) for one in problems] == [
        (RECORDS + "L2.yaml", 2),
        ("corpus/letters/corrections/L2.yaml", 3),
    ]
    assert problems[0].message == "is not the id in the file's name"
    assert problems[0].advice == "The file's name says L2: write id: L2, or rename the file."


def test_an_id_that_two_collections_have_is_a_problem_of_the_second(tiny: Tiny, tmp_path: Path) -> None:
    first, _ = scanned(tiny, tmp_path / "a")
    second, _ = scanned(tiny, tmp_path / "b")
    assert doubled(first) == []
    problems = doubled([*first, second[1]])
    assert [(one.file, one.field, one.value) for one in problems] == [(RECORDS + "L2.yaml", "id", "L2")]
    assert problems[0].message == f"is the id of another record: {RECORDS}L2.yaml"
    assert problems[0].advice == "Give one of the two documents another id."


@pytest.mark.parametrize(
    ("ranges", "ids"),
    [
        (["L1-L3"], ["L1", "L2", "L3"]),
        (["L008-L010"], ["L008", "L009", "L010"]),
        (["L8-10"], ["L8", "L9", "L10"]),
        (["L1", "M2-M2"], ["L1", "M2"]),
        (["A1-B3"], ["A1-B3"]),
        ([], []),
    ],
)
def test_ranges_name_ids(ranges: list[str], ids: list[str]) -> None:
    assert expected_ids(ranges) == ids
