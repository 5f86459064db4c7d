"""Copies in archives, and their neighbours in the file."""

from __future__ import annotations

import pytest

from kgpub.publish.pages.leaves import copies_of, file_of, leaf_words
from tests.publish.pages.samples import BASE, book

GAP = "leaves {} between them ({}) are not in this collection"
UNIT = f"{BASE}archive/AA/fond-1/delo-2"


def _copy(letter: str, listy: str) -> str:
    return f"""
    :document/{letter} a cwc:Document
    :document/{letter} dcterms:title "{letter}"@en
    :document/{letter} cwc:heldAs :document/{letter}#c
    :document/{letter}#c cwc:inUnit :archive/AA/fond-1/delo-2
    :document/{letter}#c cwc:archive "AA"
    :document/{letter}#c cwc:fond "1"
    :document/{letter}#c cwc:delo "2"
    {f':document/{letter}#c cwc:listy "{listy}"' if listy else ""}
    """


BOOK = book(
    "".join(
        _copy(*one)
        for one in (("X1", "5-7"), ("X2", "8"), ("X3", "12-13"), ("X4", "13"), ("X5", "0104, 106"), ("X6", ""))
    )
    + """
    :archive/AA/fond-1/delo-2 dcterms:isPartOf :archive/AA
    :archive/AA skos:prefLabel "Archive of A"@en
    """
)


def test_neighbours_are_the_nearest_leaves_with_what_lies_between() -> None:
    (copy,) = copies_of(BOOK, f"{BASE}document/X2")
    assert copy.reference == "AA, fond 1, delo 2, list 8"
    assert copy.archive.text == "Archive of A"
    assert [(one.name.text, one.leaves, one.between) for one in copy.before] == [
        ("X1", "leaves 5–7", "directly next to it")
    ]
    assert [(one.name.text, one.between) for one in copy.behind] == [("X3", GAP.format("9–11", 3))]
    assert copy.others == ()


def test_letters_on_the_same_leaves_are_neither_before_nor_behind() -> None:
    (copy,) = copies_of(BOOK, f"{BASE}document/X3")
    assert [one.name.text for one in copy.others] == ["X4"]
    assert [one.name.text for one in copy.before] == ["X2"]
    assert [(one.name.text, one.between) for one in copy.behind] == [("X5", GAP.format("14–103", 90))]


def test_a_copy_without_leaves_has_no_neighbours_and_is_nobodys() -> None:
    (copy,) = copies_of(BOOK, f"{BASE}document/X6")
    assert (copy.before, copy.others, copy.behind) == ((), (), ())
    assert copy.leaves == "leaves not printed"
    assert [sheet.letter[-2:] for sheet in file_of(BOOK, UNIT)] == ["X1", "X2", "X3", "X4", "X5"]


@pytest.mark.parametrize(
    ("listy", "words"), [("79", "leaf 79"), ("1-2, 5", "leaves 1–2, 5"), ("", "leaves not printed")]
)
def test_leaves_in_words(listy: str, words: str) -> None:
    assert leaf_words(listy) == words
