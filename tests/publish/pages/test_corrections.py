"""What stands beside the print."""

from __future__ import annotations

import pytest

from kgpub.publish.pages.corrections import archive_pages, claims_of, corrections_of, remarks_of
from kgpub.publish.pages.evidence import evidence, worded
from kgpub.publish.pages.mentioned import citing, mentioned
from kgpub.publish.pages.printed import compared, editions_of
from tests.publish.pages.samples import BASE, book

IRI = f"{BASE}document/X1"
BOOK = book(
    """
    :document/X1 a cwc:Document
    :document/X1 cwc:emendation :document/X1#e
    :document/X1#e cwc:onProperty cwc:recipient
    :document/X1#e cwc:correctedValue "ann envoy-in-town"
    :document/X1#e cwc:reason "So the heading."@en
    :document/X1#e cwc:certainty "conjectured"
    :document/X1 cwc:claim :document/X1#c
    :document/X1#c cwc:onProperty dcterms:date
    :document/X1#c cwc:claimedValue "1950-07-02"
    :document/X1#c cwc:editionValue "1950-07-01"
    :document/X1#c dcterms:source "a second record"@en
    :document/X1 cwc:note :document/X1#n
    :document/X1#n cwc:noteKind "margin"
    :document/X1#n cwc:noteBy :person/ann
    :document/X1#n dcterms:description "Ticked off."@en
    :document/X1#n cwc:lines "4-5"
    :document/X1#n cwc:page "3"
    :document/X1 cwc:archivePage schema:page
    :document/X1 schema:sameAs schema:page
    :document/X1#l cwc:linkSubject :document/X1
    :document/X1#l cwc:linkTarget schema:page
    :document/X1#l cwc:linkStatus "verified"
    :document/X1#l cwc:agreedOn "date"
    :document/X1 cwc:mentions :person/ann
    :document/X1 cwc:mention :document/X1#m
    :document/X1#m cwc:mentioned :person/ann
    :document/X1#m cwc:printedForm "ANN"
    :document/X1#m cwc:page "3"
    :document/X1#m cwc:lines "9"
    :edition/essay#q cito:hasCitedEntity :document/X1
    :edition/essay#q cito:hasCitingEntity :edition/essay
    :edition/essay#q cito:hasCitationCharacterization cito:includesQuotationFrom
    :edition/essay#q cwc:page "88"
    :edition/essay#q cwc:noteNumber "4"
    :edition/essay#q cwc:certainty "inferred"
    :edition/essay dcterms:creator :person/ann
    :edition/essay dcterms:title "An essay"@en
    :document/X1 cwc:edition :edition/X1
    :document/X1 cwc:edition :edition/A7
    :edition/X1 cwc:lines "1-20"
    :edition/X1 cwc:numberInEdition "1"
    :edition/X1 dcterms:isPartOf :edition/essay
    :edition/A7 cwc:lines "100-110,130-140"
    :document/X1 cwc:reading :document/X1#r1
    :document/X1#r1 cwc:onProperty cwc:sender
    :document/X1#r1 cwc:onValue :person/ann
    :document/X1#r1 cwc:lines "20"
    :document/X1#r1 cwc:printedForm "ANN"
    :document/X1 cwc:reading :document/X1#r2
    :document/X1#r2 cwc:onProperty cwc:sender
    :document/X1#r2 cwc:onValue :person/ann
    :document/X1#r2 cwc:lines "131"
    :document/X1#r2 cwc:printedForm "A N N"
    :document/X1 cwc:reading :document/X1#r3
    :document/X1#r3 cwc:onProperty cwc:telegramNumber
    :document/X1#r3 cwc:onValue "7"
    :document/X1#r3 cwc:lines "101"
    :document/X1#r3 cwc:printedForm "# 7"
    :person/ann a cwc:Person
    :person/ann skos:prefLabel "Ann"@en
    :office/envoy-in-town a cwc:Office
    :office/envoy-in-town skos:prefLabel "Envoy in Town"@en
    """
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ann", "Ann"),
        ("ann, envoy-in-town", "Ann, Envoy in Town"),
        ("ann of nowhere", "ann of nowhere"),
        ("1950-09-26T08:10", "26 September 1950, 08:10"),
        ("1059", "1059"),
        ("", ""),
    ],
)
def test_ids_and_dates_in_corrections_are_put_into_words_and_other_text_stays(text: str, words: str) -> None:
    assert worded(BOOK, text) == words


def test_a_correction_has_both_values_its_reason_and_how_sure_it_is() -> None:
    (one,) = corrections_of(BOOK, IRI)
    assert (one.printed, one.corrected, one.reason, one.certainty) == (
        "",
        "Ann, Envoy in Town",
        "So the heading.",
        "conjectured",
    )


def test_a_claim_stands_beside_the_editions_value_with_its_source() -> None:
    (one,) = claims_of(BOOK, IRI)
    assert (one.property.text, one.source.text) == ("Date", "a second record")
    assert ([each.text for each in one.ours], [each.text for each in one.claimed]) == (["1 July 1950"], ["2 July 1950"])


def test_notes_and_archive_pages_say_who_and_why() -> None:
    (note,) = remarks_of(BOOK, IRI)
    assert (note.kind, note.by and note.by.text, note.place) == ("In the margin", "Ann", "p. 3, lines 4–5")
    (page,) = archive_pages(BOOK, IRI)
    assert (page.status, page.agreed, page.same) == ("verified", ("date",), True)


def test_mentions_have_the_printed_form_and_articles_their_pages() -> None:
    (persons,) = mentioned(BOOK, IRI)
    assert (persons.kind, persons.named[0].printed, persons.named[0].places) == ("Persons", ("ANN",), ("p. 3, line 9",))
    (article,) = citing(BOOK, IRI)
    assert (article.by, article.article.text) == ("Ann", "An essay")
    assert [(one.how, one.place, one.certainty) for one in article.places] == [("quoted", "p. 88, note 4", "inferred")]


def test_two_editions_are_compared_by_the_lines_that_each_was_read_from() -> None:
    editions = editions_of(BOOK, IRI)
    assert [one.iri.rpartition("/")[2] for one in editions] == ["X1", "A7"]
    rows = {row.property.text: row.cells for row in compared(BOOK, editions, evidence(BOOK, IRI))}
    assert rows == {"Cwc:sender": (("ANN",), ("A N N",)), "Cwc:telegramNumber": ((), ("# 7",))}
    assert compared(BOOK, editions[:1], evidence(BOOK, IRI)) == ()
