"""The chain around a letter."""

from __future__ import annotations

from kgpub.publish.pages.evidence import evidence
from kgpub.publish.pages.threads import thread
from tests.publish.pages.samples import BASE, book

BOOK = book(
    """
    :document/X1 a cwc:Document
    :document/X1 dcterms:identifier "X1"
    :document/X1 dcterms:title "First"@en
    :document/X1 dcterms:date "1950-07-04"
    :document/X2 a cwc:Document
    :document/X2 dcterms:identifier "X2"
    :document/X2 dcterms:title "Second"@en
    :document/X2 dcterms:date "1950-07-04"
    :document/X2 cwc:inReplyTo :document/X1
    :document/X2 cwc:inReplyTo :attested/a1
    :document/X2 cwc:refersTo :document/X2#f1
    :document/X2#f1 cwc:referenceKind "answers"
    :document/X2#f1 cwc:resolvedTo :attested/a1
    :document/X2#f1 cwc:citedNumber "9"
    :document/X2 cwc:refersTo :document/X2#f2
    :document/X2#f2 cwc:referenceKind "answers"
    :document/X2#f2 cwc:resolvedTo :attested/a1
    :document/X2#f2 cwc:citedNumber "9"
    :document/X2#f2 cwc:citedSender :person/ann
    :document/X2 cwc:refersTo :document/X2#f3
    :document/X2#f3 cwc:referenceKind "refers"
    :document/X2#f3 cwc:citedDate "1950-06"
    :document/X0 a cwc:Document
    :document/X0 dcterms:identifier "X0"
    :document/X0 dcterms:date "1950-07-06"
    :document/X0 cwc:inReplyTo :document/X2
    :document/X0 cwc:refersTo :document/X0#f1
    :document/X0#f1 cwc:referenceKind "refers"
    :document/X0#f1 cwc:resolvedTo :document/X1
    :document/X0#f1-match cwc:matchOf :document/X0#f1
    :document/X0#f1-match cwc:agreedOn "number"
    :document/X0#f1-match cwc:agreedOn "parties"
    :document/X9 a cwc:Document
    :attested/a1 a cwc:AttestedDocument
    :attested/a1 cwc:citedIn :document/X2
    :attested/a1 cwc:citedNumber "9"
    :attested/a1 cwc:citedSender :person/ann
    :person/ann skos:prefLabel "Ann"@en
    """,
    "attested/a1",
)


def test_the_whole_chain_stands_by_day_with_what_is_answered_before_its_answer() -> None:
    for name in ("X0", "X1", "X2"):
        steps = thread(BOOK, f"{BASE}document/{name}").steps
        assert [step.id for step in steps] == ["", "X1", "X2", "X0"]
        assert [step.id for step in steps if step.here] == [name]
    assert steps[-1].after == "2 days later"
    assert [link.text for link in steps[-1].answers] == ["X2 of 4 July 1950"]


def test_a_missing_letter_is_a_gap_with_what_is_known_of_it() -> None:
    (gap,) = [step for step in thread(BOOK, f"{BASE}document/X1").steps if step.missing]
    assert gap.name.text == "No. 9 from Ann"
    assert gap.name.href == "attested/a1.html"
    assert gap.date == "undated"
    assert [link.text for link in gap.cited_in] == ["X2 of 4 July 1950"]


def test_one_reference_of_two_editions_is_told_once_and_one_that_leads_nowhere_says_so() -> None:
    iri = f"{BASE}document/X2"
    references = thread(BOOK, iri, evidence(BOOK, iri)).references
    assert [(one.answers, one.said, one.missing) for one in references] == [
        (True, "No. 9 from Ann", True),
        (False, "a letter of June 1950", False),
    ]
    assert references[1].to is None


def test_it_is_said_by_what_a_reference_was_found_and_who_refers_to_a_letter() -> None:
    (found,) = thread(BOOK, f"{BASE}document/X0").references
    assert found.by == "found by its number and its sender and recipient"
    assert [link.href for link in thread(BOOK, f"{BASE}document/X1").referred] == ["document/X0.html"]


def test_a_letter_that_stands_alone_has_no_chain() -> None:
    assert thread(BOOK, f"{BASE}document/X9").steps == ()


def test_letters_that_answer_each_other_in_a_circle_do_not_hold_up_the_build() -> None:
    circle = book("""
        :document/X1 a cwc:Document
        :document/X1 cwc:inReplyTo :document/X2
        :document/X2 a cwc:Document
        :document/X2 cwc:inReplyTo :document/X1
    """)
    assert len(thread(circle, f"{BASE}document/X1").steps) == 2
