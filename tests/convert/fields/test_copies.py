"""Copy lists: order, counts, departments."""

from __future__ import annotations

import pytest

from kgpub.convert.fields.copies import parse_copies, parse_copy_total


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Copies: Berg (2), Lind", [("Berg", 2), ("Lind", None)]),
        (
            "Copies to Berg (2), Lind, File of 8th Department.",
            [("Berg", 2), ("Lind", None), ("File of 8th Department", None)],
        ),
        ("Copies: File of 8th Administration (2)", [("File of 8th Administration", 2)]),
        (
            "Distribution list - 12 copies: Berg - 2, Lind-1, Dahl 1, on file - 1.",
            [("Berg", 2), ("Lind", 1), ("Dahl", 1), ("on file", 1)],
        ),
        ("Copy No. 1 To Berg", [("Berg", None)]),
        ("To Comrades Berg, Lind.", [("Berg", None), ("Lind", None)]),
        ("28 August 1951 Copies: Berg, Lind", [("Berg", None), ("Lind", None)]),
        ("Copies:", []),
    ],
)
def test_a_copy_list_gives_names_and_counts_in_order(text: str, items: list[tuple[str, int | None]]) -> None:
    assert [(item.name, item.count) for item in parse_copies(text)] == items


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Distribution list - 12 copies: Berg", 12),
        ("Made 2 copies: Berg", 2),
        ("Number of copies made - 10", 10),
        ("Berg", None),
    ],
)
def test_the_number_of_copies_made_is_read(text: str, total: int | None) -> None:
    assert parse_copy_total(text) == total
