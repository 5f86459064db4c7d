"""The file of tombstones on disk: it may be missing, and what is wrong in it is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgpub.collect.tombstones import read_tombstones

HEAD = "tombstones:\n"
WHOLE = "{id: place/a, state: merged, successor: place/b, since: 2024-01-02, reason: The same.}"


def test_a_publication_that_withdrew_nothing_has_no_file(tmp_path: Path) -> None:
    assert read_tombstones(tmp_path, tmp_path / "tombstones.yaml") == (None, [])


def test_entries_are_read_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "corpus" / "tombstones.yaml"
    file.parent.mkdir()
    file.write_text(
        f"{HEAD}- {WHOLE}\n- {{id: person/c, state: withdrawn, since: 2024-01-02, reason: No one.}}\n", "utf-8"
    )
    layer, problems = read_tombstones(tmp_path, file)
    assert problems == []
    assert layer is not None
    assert (layer.file, layer.line("tombstones[1].id")) == ("corpus/tombstones.yaml", 3)
    assert [one["state"] for one in layer.data["tombstones"]] == ["merged", "withdrawn"]


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        ("successor: place/b, ", "", "tombstones[0]", "lacks successor"),
        ("state: merged", "state: renamed, successors: place/b", "tombstones[0].successors", "is not a field"),
        ("state: merged", "state: moved", "tombstones[0].state", "is not one of the values"),
        ("place/a", "a", "tombstones[0].id", "is not written as it should be"),
        ("place/a", "graph/a", "tombstones[0].id", "is not written as it should be"),
        ("place/a", "place/a#part", "tombstones[0].id", "is not written as it should be"),
        ("place/a", "place/a/", "tombstones[0].id", "is not written as it should be"),
        ("2024-01-02", "January 2024", "tombstones[0].since", "is not written as it should be"),
        (", reason: The same.", "", "tombstones[0]", "lacks reason"),
    ],
)
def test_what_the_schema_forbids_is_told_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, field: str, says: str
) -> None:
    file = tmp_path / "tombstones.yaml"
    assert WHOLE.count(old) == 1
    file.write_text(f"{HEAD}- {WHOLE.replace(old, new)}\n", encoding="utf-8")
    layer, problems = read_tombstones(tmp_path, file)
    assert layer is None
    (problem,) = [one for one in problems if one.field == field]
    assert (problem.file, problem.line) == ("tombstones.yaml", 2)
    assert says in problem.message
