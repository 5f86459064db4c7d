"""Stamps: classification, urgency, series marks."""

from __future__ import annotations

import pytest

from kgpub.convert.fields.stamps import find_stamps, is_stamp_line


@pytest.mark.parametrize(
    ("line", "stamps"),
    [
        ("Strictly secret", [("classification", "strictly-secret")]),
        ("TOP SECRET", [("classification", "top-secret")]),
        ("Copying is prohibited", [("classification", "copying-prohibited")]),
        ("Special File", [("classification", "special-file")]),
        ("SPECIAL", [("classification", "special")]),
        ("([transmit] in person only)", [("classification", "personal")]),
        ("Extremely urgent.", [("urgency", "extremely-urgent")]),
        ("TOP PRIORITY T", [("urgency", "top-priority"), ("series", "T")]),
        ("PRIORITY CABLE", [("urgency", "priority")]),
        ("SERIES “G” T.", [("series", "G"), ("series", "T")]),
        ("SERIES G", [("series", "G")]),
    ],
)
def test_a_stamp_line_gives_its_concepts(line: str, stamps: list[tuple[str, str]]) -> None:
    assert [(stamp.kind, stamp.value) for stamp in find_stamps(line)] == stamps


@pytest.mark.parametrize("line", ["Special No. 62", "a secret meeting took place", "To Comrade Berg T", "", "The top"])
def test_a_line_with_other_words_is_no_stamp(line: str) -> None:
    assert not is_stamp_line(line)
