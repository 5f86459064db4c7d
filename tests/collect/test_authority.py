"""The authority files on disk: all kinds are read, and one that is missing or broken does not hide the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kgpub.collect.authority import KINDS, LEDGER, read_authority

Tiny = Callable[..., Path]


def test_every_kind_is_read(tiny: Tiny, tmp_path: Path) -> None:
    tiny(tmp_path)
    layers, problems = read_authority(tmp_path, tmp_path / "corpus" / "authority")
    assert problems == []
    assert tuple(layers) == (*KINDS, LEDGER)
    assert layers["persons"].file == "corpus/authority/persons.yaml"
    assert layers["persons"].data["persons"][0]["id"] == "ada-quill"
    assert layers["links"].line("links[1].item") == 4


def test_a_missing_and_a_broken_file_are_both_reported_and_the_rest_is_read(tiny: Tiny, tmp_path: Path) -> None:
    tiny(tmp_path, **{"corpus/authority/places.yaml": None, "corpus/authority/events.yaml": "events:\n- {id: X}\n"})
    layers, problems = read_authority(tmp_path, tmp_path / "corpus" / "authority")
    assert set(KINDS) - set(layers) == {"places", "events"}
    told = [(one.file, one.line, one.field, one.message) for one in problems]
    assert told == [
        ("corpus/authority/places.yaml", 1, "", "is missing"),
        ("corpus/authority/events.yaml", 2, "events[0]", "lacks name"),
        ("corpus/authority/events.yaml", 2, "events[0].id", "is not written as it should be"),
    ]
    assert problems[0].advice == "Restore it, or write `places: []` where there are none."


def test_a_publication_that_has_linked_nothing_has_no_ledger(tiny: Tiny, tmp_path: Path) -> None:
    tiny(tmp_path, **{"corpus/authority/links.yaml": None})
    layers, problems = read_authority(tmp_path, tmp_path / "corpus" / "authority")
    assert problems == []
    assert tuple(layers) == KINDS


def test_an_empty_list_is_a_whole_file(tiny: Tiny, tmp_path: Path) -> None:
    tiny(tmp_path, **{"corpus/authority/events.yaml": "events: []\n"})
    layers, problems = read_authority(tmp_path, tmp_path / "corpus" / "authority")
    assert problems == []
    assert layers["events"].data == {"events": []}
