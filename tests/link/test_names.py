"""Which labels are asked for, and in which languages."""

from __future__ import annotations

import pytest

from kgpub.link.names import LANGUAGES, Name, forms, native_language, script


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ада Квилл", "Cyrillic"),
        ("Ada", "Latin"),
        ("Ŏm", "Latin"),
        ("毛泽东", "Han"),
        ("김일성", "Hangul"),
        ("ソウル", "Kana"),
        ("1st Cavalry Division", "Latin"),
        ("1893", ""),
    ],
)
def test_the_script_of_a_name_is_that_of_its_first_letter(text: str, expected: str) -> None:
    assert script(text) == expected


def test_a_person_is_looked_for_without_the_middle_name_and_in_russian_surname_first() -> None:
    asked = forms([Name("Пётр Ильич Лодкин", "ru")], "person")
    texts = {one.text for one in asked}
    assert {"Пётр Лодкин", "Лодкин, Пётр Ильич", "Лодкин, Петр Ильич", "Лодкин Пётр Ильич"} <= texts
    assert {one.lang for one in asked} == {"ru"}
    assert {one.text for one in forms([Name("Petr Ilich Lodkin", "ru-Latn")], "person")} == {
        "Petr Ilich Lodkin",
        "Petr Lodkin",
    }


def test_a_place_is_looked_for_by_its_name_alone() -> None:
    assert forms([Name("Верхняя Гавань", "ru")], "place") == (Name("Верхняя Гавань", "ru"),)


@pytest.mark.parametrize(
    ("lang", "asked"),
    [
        ("en", {"en", "mul"}),
        ("ru-Latn", {"en", "mul"}),
        ("ko-Latn-mr", {"en", "mul"}),
        ("ko", {"ko"}),
        ("zh-Hans", {"zh", "zh-hans", "zh-cn"}),
        ("zh-Hant", {"zh", "zh-hant", "zh-tw"}),
        ("ko-Hani", {"ja", "zh", "zh-hant"}),
    ],
)
def test_each_name_is_asked_for_in_the_languages_that_may_have_it(lang: str, asked: set[str]) -> None:
    assert {one.lang for one in forms([Name("X", lang)], "place")} == asked
    assert asked <= set(LANGUAGES)


def test_only_names_in_their_own_script_have_a_language_of_wikidata() -> None:
    assert [native_language(one) for one in ("ru", "zh-Hans", "ko", "ru-Latn", "en")] == ["ru", "zh-hans", "ko", "", ""]
