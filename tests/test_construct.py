"""The queries of `queries/construct`, on letters that nobody wrote: which reference they resolve, and which they leave alone."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kgpub.graph.enrich import enrich
from kgpub.queries import load_queries
from kgpub.vocabulary import CWC
from tests.tiny import PROJECT

BASE = "https://example.org/"
QUERIES = load_queries(PROJECT / "queries" / "construct", relative_to=PROJECT)
HEAD = f"""
@base <{BASE}> .
@prefix cwc: <{CWC}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix p: <{BASE}person/> .
@prefix d: <{BASE}document/> .
p:ada skos:prefLabel "Ada Quill"@en . p:ben skos:prefLabel "Ben Inkwell"@en . p:cyr skos:prefLabel "Cyr Post"@en .
"""


def letter(name: str, day: str, sender: str, recipient: str, more: str = "") -> str:
    parties = f"cwc:sender p:{sender} ; cwc:recipient p:{recipient}"
    return f'd:{name} a cwc:Document ; dcterms:date "{day}"^^xsd:date ; {parties} {more} .\n'


def answer(cited: str, day: str = "1950-05-10", kind: str = "answers") -> str:
    """Ben's letter to Ada, which cites one of hers."""
    reference = (
        f'd:L9 cwc:refersTo <document/L9#r> . <document/L9#r> a cwc:Reference ; cwc:referenceKind "{kind}" {cited} .'
    )
    return letter("L9", day, "ben", "ada") + reference


def derived(turtle: str) -> Store:
    store = Store()
    store.load((HEAD + turtle).encode(), format=RdfFormat.TURTLE, to_graph=NamedNode(f"{BASE}graph/x"))
    enrich(store, QUERIES, f"<{BASE}graph/derived>")
    return store


def values(store: Store, subject: str, local: str) -> list[str]:
    found = store.quads_for_pattern(NamedNode(BASE + subject), NamedNode(CWC + local), None)
    return sorted({str(getattr(quad.object, "value", "")).removeprefix(BASE) for quad in found})


def resolved(turtle: str) -> list[str]:
    return values(derived(turtle), "document/L9#r", "resolvedTo")


TO_BEN = "; cwc:citedSender p:ada ; cwc:citedRecipient p:ben"
NO_5 = '; cwc:citedNumber "5"'
ON_THE_8TH = f'; cwc:citedDate "1950-05-08"^^xsd:date {TO_BEN}'
SPECIAL = '; cwc:registryNumber d:L1-n . d:L1-n cwc:numberKind "{}" ; rdf:value "5"'
SENT = '; cwc:transmission d:L1-t . d:L1-t cwc:at "1950-05-08T04:00:00"^^xsd:dateTime'

NUMBER, DATE = "references-by-number", "references-by-date"
OLD_5 = letter("L1", "1950-05-01", "ada", "ben", '; cwc:telegramNumber "5"')

FOUND = [
    ("bare number, series letters", NO_5, '; cwc:telegramNumber "5/sh"', "1950-05-01", NUMBER),
    ("series letters, bare number", '; cwc:citedNumber "5/SH"', '; cwc:outgoingNumber "5"', "1950-05-01", NUMBER),
    ("special number", NO_5, SPECIAL.format("special"), "1950-05-01", NUMBER),
    ("number and a day beside", f"{NO_5} {ON_THE_8TH}", '; cwc:telegramNumber "5"', "1950-05-07", NUMBER),
    ("date and parties", ON_THE_8TH, "", "1950-05-08", DATE),
    ("date of the heading", ON_THE_8TH, '; cwc:headingDate "1950-05-08"^^xsd:date', "1950-05-07", DATE),
    ("day of sending", ON_THE_8TH, SENT, "1950-05-07", "references-by-day-on-the-way"),
    ("no number, no date", TO_BEN, "", "1950-05-05", "references-undated"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cited", "borne", "day", "rule"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND]
)
def test_a_reference_finds_its_document_and_says_how(cited: str, borne: str, day: str, rule: str) -> None:
    store = derived(letter("L1", day, "ada", "ben", borne) + answer(cited))
    assert values(store, "document/L9#r", "resolvedTo") == ["document/L1"]
    assert values(store, "document/L9#r-match", "matchedTo") == ["document/L1"]
    assert values(store, "document/L9#r-match", "matchOf") == ["document/L9#r"]
    assert values(store, "document/L9#r-match", "citedIn") == ["document/L9"]
    assert values(store, "document/L9#r-match", "rule") == [rule]
    assert values(store, "document/L9#r-match", "certainty") == ["inferred"]
    assert "parties" in values(store, "document/L9#r-match", "agreedOn")
    assert values(store, "document/L9", "inReplyTo") == ["document/L1"]


LEFT = [
    ("another number", NO_5, letter("L1", "1950-05-01", "ada", "ben", '; cwc:telegramNumber "55"')),
    ("a part of the number that counts", NO_5, letter("L1", "1950-05-01", "ada", "ben", '; cwc:telegramNumber "5/7"')),
    ("a number of last year", NO_5, letter("L1", "1949-05-01", "ada", "ben", '; cwc:telegramNumber "5"')),
    ("a number of the day after", NO_5, letter("L1", "1950-05-11", "ada", "ben", '; cwc:telegramNumber "5"')),
    ("a number of strangers", NO_5, letter("L1", "1950-05-01", "cyr", "dora", '; cwc:telegramNumber "5"')),
    ("a number of another sender", f"{NO_5} {TO_BEN}", letter("L1", "1950-05-01", "ben", "ada", '; cwc:telegramNumber "5"')),
    ("a number with another date", f"{NO_5} {ON_THE_8TH}", letter("L1", "1950-04-01", "ada", "ben", '; cwc:telegramNumber "5"')),
    ("a number that two bear", NO_5, OLD_5
     + letter("L2", "1950-05-02", "ada", "ben", '; cwc:outgoingNumber "5/sh"')),
    ("a range of numbers", f'{NO_5} ; cwc:citedNumberEnd "9"', OLD_5),
    ("the number of a protocol", NO_5, letter("L1", "1950-05-01", "ada", "ben", SPECIAL.format("protocol"))),
    ("the date of a document with another number", f"{NO_5} {ON_THE_8TH}", letter("L1", "1950-05-08", "ada", "ben")),
    ("two of one day", ON_THE_8TH, letter("L1", "1950-05-08", "ada", "ben") + letter("L2", "1950-05-08", "ada", "ben")),
    ("the other way round", ON_THE_8TH, letter("L1", "1950-05-08", "ben", "ada")),
    ("undated, two before", TO_BEN, letter("L1", "1950-05-08", "ada", "ben") + letter("L2", "1950-05-02", "ada", "ben")),
    ("undated, long before", TO_BEN, letter("L1", "1950-04-28", "ada", "ben")),
    ("its own carrier", ON_THE_8TH, letter("L1", "1950-05-08", "ada", "ben", "; cwc:encloses d:L9")),
    ("its own enclosure", ON_THE_8TH, letter("L1", "1950-05-08", "ada", "ben") + "d:L9 cwc:encloses d:L1 .\n"),
]  # fmt: skip


@pytest.mark.parametrize(("cited", "there"), [case[1:] for case in LEFT], ids=[case[0] for case in LEFT])
def test_what_does_not_fit_or_fits_twice_is_not_taken(cited: str, there: str) -> None:
    """The reference leads to a letter known only from its mention instead, and so does the reply."""
    (found,) = resolved(there + answer(cited))
    assert found.startswith("attested/from-")


def test_an_undated_message_that_is_only_cited_is_not_guessed() -> None:
    """Only answers follow soon."""
    (found,) = resolved(letter("L1", "1950-05-05", "ada", "ben") + answer(TO_BEN, kind="refers"))
    assert found == "attested/from-ada-to-ben-cited-in-L9"


def test_the_relay_is_taken_for_the_recipient_where_nothing_went_directly() -> None:
    """ "Your directive of the 8th" was to hand over a letter of that day."""
    relayed = letter("L1", "1950-05-08", "ada", "cyr", "; cwc:via p:ben")
    assert resolved(relayed + answer(ON_THE_8TH)) == ["document/L1"]
    direct = letter("L2", "1950-05-08", "ada", "ben")
    store = derived(relayed + direct + answer(ON_THE_8TH))
    assert values(store, "document/L9#r", "resolvedTo") == ["document/L2"]
    assert values(store, "document/L9#r-match", "rule") == ["references-by-date"]


def test_what_an_editor_decided_stands() -> None:
    decided = "<document/L9#r> cwc:resolvedTo d:L3 ."
    there = letter("L1", "1950-05-08", "ada", "ben") + letter("L3", "1950-05-07", "ada", "ben")
    assert resolved(there + answer(ON_THE_8TH) + decided) == ["document/L3"]


NAMED = [
    (f"{NO_5} {TO_BEN}", "from-ada-no-5-1950", "Ada Quill to Ben Inkwell, No. 5"),
    ('; cwc:citedNumber "5/Sh" ; cwc:citedNumberEnd "7" ; cwc:citedSender p:ada', "from-ada-no-5-sh-7-1950",
     "Ada Quill, No. 5/Sh–7"),
    (ON_THE_8TH, "from-ada-to-ben-1950-05-08", "Ada Quill to Ben Inkwell, 1950-05-08"),
    (NO_5, "from-unknown-no-5-1950-cited-in-L9", "Unknown sender, No. 5"),
    ('; cwc:citedDate "1950-05"^^cwc:edtf ; cwc:citedSender p:cyr , p:ada', "from-ada-and-cyr-1950-05-cited-in-L9",
     "Ada Quill and Cyr Post, 1950-05"),
    ("; cwc:citedSender p:ada ; cwc:citedRecipient p:ben", "from-ada-to-ben-cited-in-L9", "Ada Quill to Ben Inkwell"),
]  # fmt: skip


@pytest.mark.parametrize(("cited", "identifier", "said"), NAMED)
def test_a_letter_known_only_from_its_mention_is_named_by_what_is_known(cited: str, identifier: str, said: str) -> None:
    store = derived(answer(cited))
    assert values(store, "document/L9#r", "resolvedTo") == [f"attested/{identifier}"]
    assert values(store, f"attested/{identifier}", "citedIn") == ["document/L9"]
    title = NamedNode("http://purl.org/dc/terms/title")
    (quad,) = store.quads_for_pattern(NamedNode(f"{BASE}attested/{identifier}"), title, None)
    assert str(getattr(quad.object, "value", "")) == f"Known only from its mention in L9: {said}"


def test_two_citations_of_one_number_share_a_letter_and_add_up_what_they_say() -> None:
    other = letter("L8", "1950-05-09", "ben", "ada") + (
        'd:L8 cwc:refersTo <document/L8#r> . <document/L8#r> cwc:referenceKind "refers" ; cwc:citedNumber "5" ; '
        'cwc:citedSender p:ada ; cwc:citedDate "1950-05-01"^^xsd:date .'
    )
    store = derived(other + answer(f"{NO_5} {TO_BEN}"))
    name = "attested/from-ada-no-5-1950"
    assert values(store, name, "citedIn") == ["document/L8", "document/L9"]
    assert values(store, name, "citedDate") == ["1950-05-01"]
    assert values(store, name, "citedRecipient") == ["person/ben"]
