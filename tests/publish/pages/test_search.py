"""The index that the reader's browser searches, and the names by alphabet."""

from __future__ import annotations

import json
from typing import Any

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.search import fold, index, pages
from tests.publish.pages.samples import book

BOOK = book(
    """
    :document/X1 a cwc:Document
    :document/X1 dcterms:identifier "X1"
    :document/X1 dcterms:title "Telegram </script> one"@en
    :document/X1 dcterms:abstract "Rope was asked for."@en
    :document/X1 cwc:sender :person/ann
    :document/X1 cwc:signedAs :person/ann#quill
    :document/X1 cwc:telegramNumber "373/sh"
    :person/ann a cwc:Person
    :person/ann skos:prefLabel "Ann"@en
    :person/ann skos:altLabel "Анна"@ru
    :person/ann skos:altLabel "Anna"@ru-latn
    :person/ann skos:hiddenLabel "A."@en
    :person/ann dcterms:description "Scribe"@en
    :person/ann#quill cwc:pseudonymOf :person/ann
    :person/ann#quill skos:prefLabel "Quill"@en
    :person/old dcterms:isReplacedBy :person/ann
    :place/oster a cwc:Place
    :place/oster skos:prefLabel "Österhamn"@en
    :edition/X1 dcterms:identifier "X1"
    :edition/essay dcterms:title "An essay"@en
    """,
    *("person/ann", "person/old", "place/oster", "edition/X1", "edition/essay", "event/unknown"),
)


def entries(of: Book) -> dict[str, list[Any]]:
    text = index(of).decode().removeprefix("window.kgpubIndex=").removesuffix(";\n")
    return {entry[1]: entry for entry in json.loads(text)["entries"]}


def test_a_person_is_found_by_every_name_also_by_cover_names() -> None:
    _, _, label, names, about, weight = entries(BOOK)["person/ann"]
    assert (label, about, weight) == ("Ann", "Scribe", 1)
    assert set(names) == {"Анна", "Anna", "A.", "Quill"}


def test_a_letter_is_found_by_its_numbers_cover_name_and_abstract() -> None:
    _, _, label, names, about, _ = entries(BOOK)["document/X1"]
    assert label == "Telegram </script> one"
    assert {"X1", "373/sh", "Quill"} <= set(names)
    assert about == "Rope was asked for."


def test_what_is_merged_or_not_there_or_an_edition_of_one_letter_is_not_found() -> None:
    assert entries(BOOK).keys() == {"document/X1", "person/ann", "place/oster", "edition/essay"}


def test_the_index_is_a_script_that_no_name_can_end() -> None:
    text = index(BOOK)
    assert text.startswith(b"window.kgpubIndex=")
    assert b"<" not in text
    assert index(BOOK) == text


def test_names_stand_under_their_letter_whatever_marks_they_bear() -> None:
    own = next(pages(BOOK)).body
    assert [(heading.letter, [name.link.text for name in heading.names]) for heading in own.headings] == [
        ("A", ["Ann"]),
        ("O", ["Österhamn"]),
    ]
    assert [(one.text, one.lang) for one in own.headings[0].names[0].others] == [("Anna", ""), ("Анна", "ru")]


def test_marks_case_and_apostrophes_do_not_count() -> None:
    assert fold("‘Ōsaka") == "osaka"
