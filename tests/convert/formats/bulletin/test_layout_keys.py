"""What a small layout file does for a text that the defaults cannot know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgpub.convert.formats.base import Reading
from kgpub.convert.formats.bulletin.layout import HEADINGS, KEYS, BadLayout, layout_from

Read = Callable[..., Reading]

PAPERS = """\
Paper 1 of the Fair

The stalls are let. There is no room for the bear, as we wrote on 3 May 1951.

Held by the Fair Office.

Paper 2 of the Fair

The bear has come all the same. It is
in the wheelwright's yard.

Held by the Fair Office.
"""


def ids(reading: Reading) -> list[tuple[str, str]]:
    return [(record["id"], record["lines"]) for record in reading.records]


def test_a_pattern_finds_headings_that_no_default_knows(read: Read) -> None:
    assert read(PAPERS).records == ()
    series = [{"prefix": "P", "digits": 2, "pattern": r"^Paper (?P<number>\d+) of"}]
    assert ids(read(PAPERS, series=series)) == [("P01", "1-5"), ("P02", "7-12")]


def test_a_pattern_without_a_number_counts_the_documents(read: Read) -> None:
    assert ids(read(PAPERS, series=[{"prefix": "P", "pattern": "^Paper .* Fair$"}])) == [
        ("P001", "1-5"),
        ("P002", "7-12"),
    ]


def test_a_source_note_in_other_words_ends_a_document(read: Read) -> None:
    text = (
        "3 May 1951. Letter, Lind to Berg\n\nThe rye is in.\nAll of it.\n\nHeld by Berg.\n\nAn afterword.\nIts end.\n"
    )
    series = [{"prefix": "P", "heading": "unnumbered"}]
    assert ids(read(text, series=series)) == [("P001", "1-9")]
    assert ids(read(text, series=series, source_notes=["^Held by "])) == [("P001", "1-6")]


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("labelled", "Document Two: "),
        ("sign", "No. 2\n"),
        ("figure", "2. "),
        ("figure-alone", "2\n"),
        ("roman", "II. "),
        ("letter", "B. "),
        ("unnumbered", ""),
    ],
)
def test_a_way_of_numbering_can_be_named(read: Read, heading: str, label: str) -> None:
    text = f"An essay.\n\n{label}Letter from Lind to Berg, 3 May 1951\n\nThe rye is in.\nAll of it.\n\nSource: Lind.\n"
    (record,) = read(text, series=[{"prefix": "P", "heading": heading}]).records
    assert record["id"] == ("P001" if heading == "unnumbered" else "P002")
    assert record["headingDate"]["value"] == "1951-05-03"
    other = "roman" if heading != "roman" else "sign"
    assert read(text, series=[{"prefix": "P", "heading": other}]).records == ()


def test_regions_and_running_heads_are_left_out_of_documents(read: Read) -> None:
    text = "Document 1: Letter from Lind to Berg, 3 May 1951\nThe rye.\nA head 7\nAn advertisement.\nIs in.\nSource: Lind.\n"
    reading = read(
        text, series=[{"prefix": "P"}], running_heads=[r"^A head \d"], regions=[{"kind": "advert", "lines": "4"}]
    )
    assert ids(reading) == [("P001", "1-2,5-6")]
    assert [(run.first, run.kind) for run in reading.coverage][1:3] == [(3, "running-head"), (4, "advert")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"serie": []}, "layout.toml has no key 'serie'; the nearest is 'series'"),
        ({"series": [{"prefx": "W"}]}, r"\[\[series\]\] has no key 'prefx'; the nearest is 'prefix'"),
        (
            {"series": [{"prefix": "W", "heading": "romans"}]},
            "heading = 'romans' is no way of numbering; known are any, ",
        ),
        ({"series": [{"prefix": "W", "pattern": "("}]}, r"\[\[series\]\] pattern: '\(' is no regular expression"),
        ({"source_notes": ["["]}, r"source_notes: '\[' is no regular expression"),
    ],
)
def test_what_a_layout_has_wrong_is_named(data: dict[str, Any], message: str) -> None:
    with pytest.raises(BadLayout, match=message):
        layout_from(data)


def test_every_key_and_way_of_numbering_is_documented() -> None:
    page = (Path(__file__).parents[4] / "docs" / "layouts.md").read_text(encoding="utf-8")
    names = {*KEYS, *HEADINGS, *(name for keys in KEYS.values() for name in keys)}
    assert sorted(name for name in names if name not in page) == []
