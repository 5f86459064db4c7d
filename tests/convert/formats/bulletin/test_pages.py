"""Which page of the journal a run of lines stands on."""

from __future__ import annotations

from kgpub.convert.formats.bulletin.pages import pages_of


def test_lines_are_split_at_the_starts_of_pages() -> None:
    assert pages_of(range(8, 13), [(1, 36), (10, 37)]) == [{"page": 36, "lines": "8-9"}, {"page": 37, "lines": "10-12"}]


def test_a_text_without_known_pages_is_page_one() -> None:
    assert pages_of([4, 5], ()) == [{"page": 1, "lines": "4-5"}]
