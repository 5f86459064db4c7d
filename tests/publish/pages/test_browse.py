"""The list of all letters, and by what it can be narrowed."""

from __future__ import annotations

from kgpub.publish.pages import browse
from kgpub.publish.pages.facets import facets, narrowed, values_of
from kgpub.publish.pages.letters import letters
from tests.publish.pages.samples import BASE, book

BOOK = book(
    """
    :document/X1 a cwc:Document
    :document/X1 dcterms:identifier "X1"
    :document/X1 dcterms:title "Telegram one"@en
    :document/X1 dcterms:date "1950-07-02"
    :document/X1 cwc:sender :person/ann
    :document/X1 cwc:recipient :person/bob
    :document/X1 cwc:signedAs :person/ann#quill
    :document/X1 cwc:sentFrom :place/harbour
    :document/X1 cwc:heldAs :document/X1#a
    :document/X1#a cwc:archive "AA"
    :document/X1 cwc:edition :edition/X1
    :edition/X1 dcterms:isPartOf :edition/essay
    :edition/essay dcterms:title "An essay"@en
    :document/X1a a cwc:Document
    :document/X1a dcterms:identifier "X1a"
    :document/X1a dcterms:date "1951-01"
    :document/X1a cwc:enclosedIn :document/X1
    :document/X1a cwc:sender :person/ann
    :document/X2 a cwc:Document
    :document/X2 dcterms:identifier "X2"
    :document/X2 cwc:sender :person/bob
    :person/ann#quill cwc:pseudonymOf :person/ann
    :person/ann#quill skos:prefLabel "Quill"@en
    :person/ann skos:prefLabel "Ann Inkwell"@en
    :person/bob skos:prefLabel "Bob Seal"@en
    :place/harbour skos:prefLabel "Harbour"@en
    """
)


def facet(name: str) -> list[tuple[str, str, int]]:
    return next(
        [(one.value, one.label, one.count) for one in some.options] for some in facets(BOOK) if some.name == name
    )


def test_values_stand_by_how_many_letters_have_them_and_years_in_their_order() -> None:
    assert facet("sender") == [("person/ann", "Ann Inkwell", 2), ("person/bob", "Bob Seal", 1)]
    assert [value for value, _, _ in facet("year")] == ["1950", "1951", "undated"]


def test_a_facet_that_no_letter_has_is_not_offered() -> None:
    assert {"via", "topic", "urgency"}.isdisjoint(one.name for one in facets(BOOK))


def test_a_cover_name_says_whose_it_is() -> None:
    assert facet("signed") == [("person/ann%23quill", "Quill (Ann Inkwell)", 1)]


def test_a_message_inside_a_letter_is_printed_and_held_where_the_letter_is() -> None:
    assert facet("edition") == [("essay", "An essay", 2)]
    assert facet("archive") == [("AA", "AA", 2)]


def test_letters_that_enclose_each_other_in_a_circle_end_the_search_for_their_carrier() -> None:
    round_ = book("""
        :document/X1 a cwc:Document
        :document/X1 cwc:enclosedIn :document/X2
        :document/X2 a cwc:Document
        :document/X2 cwc:enclosedIn :document/X1
    """)
    assert values_of(round_, letters(round_)[0], "archive") == ()


def test_an_address_narrows_to_what_the_facets_have() -> None:
    href = narrowed(
        BOOK, sender=f"{BASE}person/ann", signed=f"{BASE}person/ann#quill", from_=f"{BASE}place/harbour", year="1950"
    )
    assert href == "letters.html#/?sender=person/ann&signed=person/ann%23quill&from=harbour&year=1950"
    known = {(one.name, option.value) for one in facets(BOOK) for option in one.options}
    pairs = (pair.split("=") for pair in href.partition("?")[2].split("&"))
    assert {(name, value) for name, value in pairs} <= known


def test_letters_stand_under_months_and_the_undated_at_the_end() -> None:
    own = next(browse.pages(BOOK)).body
    assert [(year.anchor, year.count) for year in own.years] == [("y-1950", 1), ("y-1951", 1), ("undated", 1)]
    assert [month.anchor for year in own.years for month in year.months] == ["m-1950-07", "m-1951-01", "m-undated"]
    first = own.years[0].months[0].entries[0]
    assert first.values.split() == [
        *("year=1950", "sender=person/ann", "recipient=person/bob", "signed=person/ann%23quill"),
        *("from=harbour", "archive=AA", "edition=essay"),
    ]
    assert own.years[1].months[0].entries[0].inside == "X1"
    assert (own.total, own.enclosed) == (3, 1)


def test_no_letters_make_an_empty_list() -> None:
    assert next(browse.pages(book(""))).body.years == ()
