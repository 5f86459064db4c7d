"""The layout files of the corpus: each can be followed, and gives no line to two owners."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from kgpub.convert.formats.bulletin.layout import layout_from

CORPUS = Path(__file__).parents[2] / "corpus"
LAYOUTS = sorted(CORPUS.glob("*/layout.toml"))


def test_there_is_a_layout_file() -> None:
    assert [path.parent.name for path in LAYOUTS] == ["cwihp-6-7"]


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.parent.name)
def test_no_line_stands_in_two_documents_or_regions(path: Path) -> None:
    layout = layout_from(tomllib.loads(path.read_text(encoding="utf-8")))
    owned = Counter(number for entry in (*layout.sorted, *layout.regions) for number in entry.numbers)
    assert [number for number, count in owned.items() if count > 1] == []


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.parent.name)
def test_documents_out_of_order_belong_to_a_series_and_stand_once(path: Path) -> None:
    layout = layout_from(tomllib.loads(path.read_text(encoding="utf-8")))
    prefixes = tuple(series.prefix for series in layout.series)
    ids = [entry.id for entry in layout.sorted]
    assert len(ids) == len(set(ids))
    assert all(identity.startswith(prefixes) for identity in ids)


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.parent.name)
def test_pages_rise_with_their_lines(path: Path) -> None:
    pages = layout_from(tomllib.loads(path.read_text(encoding="utf-8"))).pages
    assert [page for _, page in pages] == sorted(page for _, page in pages)
