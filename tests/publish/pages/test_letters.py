"""The index of all documents."""

from __future__ import annotations

from kgpub.publish.pages.letters import by_actor, by_copy, by_iri, by_unit, letters
from tests.publish.pages.samples import BASE, book

BOOK = book("""
    :document/X2 a cwc:Document
    :document/X2 dcterms:identifier "X2"
    :document/X2 dcterms:date "1950-07"
    :document/X2 cwc:sender :person/ann
    :document/X2 cwc:via :person/cai
    :document/X1 a cwc:Document
    :document/X1 dcterms:identifier "X1"
    :document/X1 dcterms:date "1950-07-02"
    :document/X1 cwc:sender :person/bob
    :document/X1 cwc:recipient :person/ann
    :document/X1 cwc:copyTo :person/dan
    :document/X1 cwc:heldAs :document/X1#copy-b
    :document/X1 cwc:heldAs :document/X1#copy-a
    :document/X1#copy-b cwc:position "1"
    :document/X1#copy-b cwc:archive "BB"
    :document/X1#copy-b cwc:inUnit :archive/BB/fond-1
    :document/X1#copy-a cwc:position "2"
    :document/X1#copy-a cwc:archive "AA"
    :archive/BB/fond-1 dcterms:isPartOf :archive/BB
    :document/X0 a cwc:Document
    :document/X0 dcterms:identifier "A9"
    :document/X0 dcterms:identifier "X0"
    :document/X0 cwc:sender :person/ann
""")


def test_letters_stand_by_day_and_the_undated_last() -> None:
    assert [one.id for one in letters(BOOK)] == ["X2", "X1", "X0"]
    assert [str(one.day) for one in letters(BOOK)] == ["1950-07-01", "1950-07-02", "None"]


def test_letters_are_worked_out_once_for_a_book() -> None:
    assert letters(BOOK) is letters(BOOK)


def test_an_actor_has_the_letters_of_every_role_but_copies_in_their_order() -> None:
    assert [one.id for one in by_actor(BOOK)[f"{BASE}person/ann"]] == ["X2", "X1", "X0"]
    assert [one.id for one in by_actor(BOOK)[f"{BASE}person/cai"]] == ["X2"]
    assert f"{BASE}person/dan" not in by_actor(BOOK)
    assert [one.id for one in by_copy(BOOK)[f"{BASE}person/dan"]] == ["X1"]


def test_archives_stand_in_the_order_of_the_copies_and_a_wide_unit_has_the_letters_of_its_parts() -> None:
    assert by_iri(BOOK)[f"{BASE}document/X1"].archives == ("BB", "AA")
    assert [one.id for one in by_unit(BOOK)[f"{BASE}archive/BB"]] == ["X1"]
