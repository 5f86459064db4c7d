"""The start page: what it proposes is in the graph, and what is not there it does not name."""

from __future__ import annotations

from kgpub.publish.pages.registry import all_pages
from kgpub.publish.pages.start import page
from tests.publish.pages.samples import book

TEXT = """
    :document/X1 a cwc:Document
    :document/X1 dcterms:title "One"@en
    :document/X1 dcterms:date "1951-07-02"
    :document/X1 cwc:sender :person/ann
    :document/X1 cwc:recipient :person/bob
    :document/X1 cwc:signedAs :person/ann#quill
    :document/X1 cwc:transmission :document/X1#t1
    :document/X1 cwc:transmission :document/X1#t2
    :document/X1 cwc:distribution :document/X1#d1
    :document/X2 a cwc:Document
    :document/X2 dcterms:title "Two"@en
    :document/X2 dcterms:date "1951-07-03"
    :document/X2 cwc:sender :person/bob
    :document/X2 cwc:recipient :person/ann
    :document/X2 cwc:via :person/cai
    :document/X2 cwc:inReplyTo :document/X1
    :document/X2 cwc:edition :edition/A
    :document/X2 cwc:edition :edition/B
    :document/X3 a cwc:Document
    :document/X3 cwc:inReplyTo :document/X2
    :person/ann a cwc:Person
    :person/ann skos:prefLabel "Ann"@en
    :person/bob skos:prefLabel "Bob"@en
    :person/cai skos:prefLabel "Cai"@en
    :person/ann#quill skos:prefLabel "Quill"@en
    :person/ann#quill cwc:pseudonymOf :person/ann
"""
ALL = frozenset({"letters.html", "search.html", "queries.html"})


def test_it_proposes_what_is_richest_in_the_graph() -> None:
    own = page(book(TEXT), ALL).body
    assert [(one.link.text, one.link.href) for one in own.beginnings] == [
        ("Every letter that Ann signed as Quill in 1951", "letters.html#/?signed=person/ann%23quill&year=1951"),
        ("How a telegram travelled", "document/X1.html#path"),
        ("What Ann wrote to Bob", "letters.html#/?sender=person/ann&recipient=person/bob"),
        ("A conversation, message by message", "document/X1.html#thread"),
        ("What passed through the hands of Cai", "letters.html#/?via=person/cai"),
        ("One letter in two editions", "document/X2.html#print"),
        ("The busiest month: July 1951", "letters.html#m-1951-07"),
    ]


def test_a_graph_of_nothing_proposes_nothing() -> None:
    own = page(book(""), frozenset()).body
    assert (own.beginnings, own.figures, own.read, own.questions, own.ask) == ((), (), (), (), ())
    assert own.picture is None


def test_it_leads_to_those_pages_only_that_there_are() -> None:
    own = page(book(TEXT), ALL).body
    assert [link.href for link, _ in own.read] == ["letters.html", "search.html"]
    assert [link.href for link in own.ask] == ["queries.html"]
    assert own.downloads.href == ""
    assert {one.words.href for one in own.figures} <= {"letters.html", "search.html"}


def test_it_is_the_last_page_and_there_is_one() -> None:
    paths = [one.path for one in all_pages(book(TEXT))]
    assert paths[-1] == "index.html"
    assert paths.count("index.html") == 1
