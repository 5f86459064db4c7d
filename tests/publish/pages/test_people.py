"""The lists of people: what a name is filed under."""

from __future__ import annotations

import pytest

from kgpub.publish.pages import people


@pytest.mark.parametrize(
    ("label", "unidentified", "romanised", "word"),
    [
        ("Terenty Shtykov", False, (), "Shtykov"),
        ("Mao Zedong", False, ("Mao Tse-tung",), "Mao"),
        ("Syngman Rhee", False, ("Yi Sŭng-man",), "Rhee"),
        ("Choe Yong-gon", False, ("Ch’oe Yong-gŏn",), "Choe"),
        ("Jeon Hyun-su", False, (), "Jeon"),
        ("So Chen Diu", True, (), "So"),
        ("Kim Koo (officer)", True, (), "Kim"),
        ("Jean Martin-Du", False, (), "Martin-Du"),
        ("Kotov", False, (), "Kotov"),
    ],
)
def test_names_are_filed_under_the_family(
    label: str, unidentified: bool, romanised: tuple[str, ...], word: str
) -> None:
    assert label.split()[people.filed_under(label, unidentified, romanised)] == word
