"""How alike names are: the same name in another dress, and names that only share a part."""

from __future__ import annotations

import pytest

from kgpub.matching import best, fold, similarity


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ch’oe Yong-gŏn", "choe yong gon"),
        ("A.M. Vasilevsky", "am vasilevsky"),
        ("Игнатʹев", "игнатев"),
        ("최용건", "최용건"),
        ("崔庸健", "崔庸健"),
        ("  Kim   Il–Sung ", "kim il sung"),
        ("", ""),
    ],
)
def test_a_name_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kim Il Sung", "KIM IL-SUNG"), ("Kim Ilsung", "Kim Il Sung"), ("Roščin", "Roscin"), ("마오쩌둥", "마오쩌둥")],
)
def test_the_same_name_in_another_dress_is_the_same(one: str, other: str) -> None:
    assert similarity(one, other) == 1.0


def test_another_order_of_words_is_nearly_the_same() -> None:
    assert similarity("Vasilevsky, Aleksandr", "Aleksandr Vasilevsky") == 0.98


def test_initials_that_agree_count_and_initials_that_do_not_count_less() -> None:
    agreeing = similarity("M. V. Zakharov", "Matvei Zakharov")
    assert agreeing == 0.9
    assert similarity("S. E. Zakharov", "Matvei Zakharov") < agreeing


def test_names_that_share_nothing_are_not_alike() -> None:
    assert similarity("Mao Zedong", "Shtykov") < 0.5
    assert similarity("", "Shtykov") == 0.0
    assert similarity("毛泽东", "周恩来") == 0.0


def test_the_best_of_several_names_is_told() -> None:
    assert best("Кузнецов", ["Kuznetsov", "Кузнецов"]) == (1.0, "Кузнецов")
    assert best("x", []) == (0.0, "")
