"""The pinned slice on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgpub.errors import BadInput
from kgpub.link.slice import read_slice, write_slice


def test_without_a_slice_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        read_slice(tmp_path / "none.nt", "corpus/authority/wikidata-slice.nt")
    assert str(error.value).startswith("corpus/authority/wikidata-slice.nt: is not there\n")
    assert "kgpub link --refresh --contact" in str(error.value)
    assert "--endpoint URL" in str(error.value)


def test_a_broken_slice_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "slice.nt"
    file.write_text(
        "<http://example.org/a> <http://example.org/b> <http://example.org/c> .\nnonsense\n", encoding="utf-8"
    )
    with pytest.raises(BadInput, match=r"slice\.nt: is not N-Triples: .*line 2"):
        read_slice(file, "slice.nt")


def test_a_slice_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "slice.nt"
    write_slice(file, "one\n")
    write_slice(file, "two\n")
    assert file.read_text(encoding="utf-8") == "two\n"
    assert [one.name for one in tmp_path.iterdir()] == ["slice.nt"]
