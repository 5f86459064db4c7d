"""The pages layer: what becomes of it, and what is refused with the words that help."""

from __future__ import annotations

import json

import pytest

from kgpub.collect.layers import parse_layer
from kgpub.collect.schema import schema_text
from kgpub.convert.archive_pages import CLAIMED
from kgpub.convert.terms import name
from kgpub.convert.unit import convert_record
from kgpub.model import Conversion, Problem
from kgpub.vocabulary import PROPERTIES
from tests.convert.samples import BASE, RECORD, raw, sample_context

FILE = "pages/L1.yaml"
PAGE = "https://archive.example.org/letters/1"
PAGES = f"""\
id: L1
archivePages:
- url: {PAGE}
  agreed: [date, text]
  sameText: true
  by: the keeper
  on: 1893-12-01
  source: a stored copy of the page
claims:
- property: cwc:sender
  claimed: bruno-sand
  edition: ada-quill
  source: {PAGE}
  note: The page has the clerk.
"""
FIELDS = "date: {value: 1893-02-01}\nsenders: [{actor: ada-quill}]\n"


def converted(pages: str) -> Conversion:
    return convert_record(raw(RECORD + FIELDS, pages=pages), sample_context())


def schema_problems(pages: str) -> list[Problem]:
    return parse_layer(FILE, pages.encode(), "pages")[1]


def test_a_page_is_linked_with_its_evidence_and_overwrites_nothing() -> None:
    conversion = converted(PAGES)
    assert conversion.problems == ()
    lines = conversion.nquads.splitlines()
    document = f"<{BASE}document/L1>"
    assert [line for line in lines if line.startswith(f"{document} <https://schema.org/sameAs> <{PAGE}>")]
    (sender,) = [line for line in lines if line.startswith(f"{document} {name('cwc:sender')} ")]
    assert f"<{BASE}person/ada-quill>" in sender
    (claimed,) = [line for line in lines if f" {name('cwc:claimedValue')} " in line]
    assert f"<{BASE}person/bruno-sand>" in claimed


def test_every_statement_of_the_layer_leads_to_its_field() -> None:
    found = {(one.predicate, one.field) for one in converted(PAGES).origins if one.file == FILE}
    assert {
        (name("cwc:archivePage"), "archivePages[0].url"),
        (name("schema:sameAs"), "archivePages[0].sameText"),
        (name("cwc:linkTarget"), "archivePages[0]"),
        (name("cwc:claim"), "claims[0]"),
    } <= found


def test_another_translation_is_a_page_and_not_the_same() -> None:
    conversion = converted(PAGES.replace("date, text", "date, content").replace("true", "false"))
    assert conversion.problems == ()
    assert f"{name('cwc:archivePage')} <{PAGE}>" in conversion.nquads
    assert "sameAs" not in conversion.nquads


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "message", "advice"),
    [
        ("property: cwc:sender", "property: cwc:sendr", 10, "claims[0].property",
         "is not one of the values allowed here", "Did you mean 'cwc:sender'?"),
        (PAGE, "http://archive.example.org/1", 3, "archivePages[0].url",
         "is not written as it should be", "Address of the page on the archive's public site, with https"),
        (PAGE, "archive.example.org", 3, "archivePages[0].url", "is not written as it should be", "Address of the page"),
        ("  by: ", "  title: x\n  by: ", 6, "archivePages[0].title",
         "is not a field that may stand here", "Fields here: agreed, by, on, sameText, source, url."),
        ("[date, text]", "[date, txt]", 4, "archivePages[0].agreed[1]",
         "is not one of the values allowed here", "Did you mean 'text'?"),
        ("  claimed: bruno-sand\n  edition: ada-quill\n", "", 10, "claims[0]",
         "is not written in any of the ways allowed here", "One disagreement. Write what the source has (claimed)"),
    ],
)  # fmt: skip
def test_what_the_schema_refuses(old: str, new: str, line: int, field: str, message: str, advice: str) -> None:
    (problem,) = schema_problems(PAGES.replace(old, new, 1))
    assert (problem.line, problem.field, problem.message) == (line, field, message)
    assert problem.advice.startswith(advice)


@pytest.mark.parametrize(
    ("old", "new", "field", "value", "message", "advice"),
    [
        (
            "claimed: bruno-sand",
            "claimed: bruno-sandd",
            "claims[0].claimed",
            "bruno-sandd",
            "is not a known person or organisation",
            "Did you mean bruno-sand?",
        ),
        (
            "claimed: bruno-sand",
            "claimed: lowport",
            "claims[0].claimed",
            "lowport",
            "is not a known person or organisation",
            "Known: ",
        ),
        (
            "sender\n  claimed: bruno-sand\n  edition: ada-quill",
            "signedAs\n  claimed: ada-quill#gull",
            "claims[0].claimed",
            "ada-quill#gull",
            "is not a known cover name",
            "Did you mean ada-quill#old-gull? Write the person",
        ),
        (
            "cwc:sender\n  claimed: bruno-sand\n  edition: ada-quill",
            "dcterms:date\n  claimed: 1893-02-30",
            "claims[0].claimed",
            "1893-02-30",
            "is not a day of the calendar: day is out of range for month",
            "Write it as YYYY-MM-DD.",
        ),
        (
            "cwc:sender\n  claimed: bruno-sand\n  edition: ada-quill",
            "cwc:at\n  claimed: 1893-02-03T25:00",
            "claims[0].claimed",
            "1893-02-03T25:00",
            "is not a day of the calendar: hour must be in 0..23",
            "Write it as YYYY-MM-DDThh:mm.",
        ),
        (
            "cwc:sender\n  claimed: bruno-sand\n  edition: ada-quill",
            "dcterms:date\n  claimed: '18930203'",
            "claims[0].claimed",
            "18930203",
            "is not a day of the calendar: it has another form",
            "Write it as YYYY-MM-DD.",
        ),
        (
            f"source: {PAGE}",
            f"source: {PAGE}1",
            "claims[0].source",
            f"{PAGE}1",
            "is no page of this file",
            f"Did you mean {PAGE}?",
        ),
        (
            "- property:",
            "- document: L1a\n  property:",
            "claims[0].document",
            "L1a",
            "is no document of the record",
            "Did you mean L1?",
        ),
        (
            "[date, text]",
            "[date]",
            "archivePages[0].sameText",
            "true",
            "says that the text is the same, but text is not among what agreed",
            "Write sameText: false",
        ),
        (
            "on: 1893-12-01",
            "on: 1893-12-32",
            "archivePages[0].on",
            "1893-12-32",
            "is not a day of the calendar: day is out of range for month",
            "Write it as YYYY-MM-DD.",
        ),
    ],
)
def test_what_does_not_fit_the_record_or_the_authority_files(
    old: str, new: str, field: str, value: str, message: str, advice: str
) -> None:
    assert old in PAGES
    pages = PAGES.replace(old, new)
    assert schema_problems(pages) == []
    (problem,) = converted(pages).problems
    assert (problem.file, problem.field, problem.value, problem.message) == (FILE, field, value, message)
    assert problem.advice.startswith(advice)
    assert problem.line > 1


def test_the_schema_and_the_conversion_know_the_same_properties() -> None:
    claim = json.loads(schema_text("pages"))["properties"]["claims"]["items"]["properties"]
    assert claim["property"]["enum"] == list(CLAIMED)


@pytest.mark.parametrize("prefixed", CLAIMED)
def test_each_property_has_an_iri_and_those_of_ours_are_in_the_vocabulary(prefixed: str) -> None:
    assert name(prefixed).startswith("<http")
    prefix, _, local = prefixed.partition(":")
    assert prefix != "cwc" or local in PROPERTIES
