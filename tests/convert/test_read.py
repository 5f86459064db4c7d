"""A raw record to a document: ids looked up, days held to the calendar, and every slip named where it was made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgpub.convert.context import build_context
from kgpub.convert.read import read_document
from kgpub.convert.records import Document
from kgpub.model import Problem
from tests.convert.samples import BASE, CONCEPTS, RECORD, authority, raw, sample_context


def read(added: str = "", corrections: str = "", description: str = "") -> tuple[Document, list[Problem]]:
    return read_document(raw(RECORD + added, corrections, description), sample_context())


def correction(field: str, printed: str, value: str, more: str = "") -> str:
    return f"id: L1\ncorrections:\n- field: {field}\n  printed: {printed}\n  value: {value}\n  reason: seen on the leaf\n{more}"


def test_values_keep_where_they_stand() -> None:
    document, problems = read('date: {value: 1893-02-03, printed: 3.II.93, lines: "38", rule: signature}\n')
    assert problems == []
    assert document.date is not None
    evidence = document.date.evidence
    assert document.date.value == "1893-02-03"
    assert (evidence.file, evidence.path) == ("records/L1.yaml", "date")
    assert (evidence.lines, evidence.printed, evidence.rule, evidence.certainty) == (
        "38",
        "3.II.93",
        "signature",
        "printed",
    )


def test_a_date_may_be_written_without_its_mapping() -> None:
    document, _ = read("date: 1893-02\n")
    assert document.date is not None
    assert document.date.value == "1893-02"


def test_an_actor_is_a_person_or_an_organisation_and_keeps_the_cover_name_beside() -> None:
    document, problems = read("senders: [{actor: ada-quill, as: old-gull}]\nrecipients: [{actor: lamp-board}]\n")
    assert problems == []
    assert [(one.actor, one.kind, one.cover_name) for one in document.senders] == [("ada-quill", "person", "old-gull")]
    assert [(one.actor, one.kind) for one in document.recipients] == [("lamp-board", "organisation")]


def test_somebody_unidentified_has_no_actor() -> None:
    document, problems = read("senders: [{unidentified: true, printed: J.}]\n")
    assert problems == []
    assert [(one.actor, one.evidence.printed) for one in document.senders] == [("", "J.")]


def test_an_enclosure_is_a_document_with_a_path_and_its_carriers_pages() -> None:
    document, problems = read("enclosures:\n- {id: L1a, lines: 20-22, enclosures: [{id: L1aa, lines: '21'}]}\n")
    assert problems == []
    (enclosed,) = document.enclosures
    assert (enclosed.id, enclosed.path, enclosed.pages) == ("L1a", "enclosures[0]", document.pages)
    assert enclosed.enclosures[0].path == "enclosures[0].enclosures[0]"


def test_words_come_from_the_description_and_say_where_they_stand() -> None:
    words = "id: L1\ntitle: A\nabstract: B\ntopics: [supply]\nenclosures: {L1a: {title: C, topics: [transport]}}\n"
    document, problems = read("enclosures: [{id: L1a, lines: 20-22}, {id: L1b, lines: 23-24}]\n", description=words)
    assert problems == []
    assert (document.title, document.abstract, document.words_file) == ("A", "B", "descriptions/L1.yaml")
    first, second = document.enclosures
    assert (first.title, first.words_file, first.words_path) == ("C", "descriptions/L1.yaml", "enclosures.L1a")
    assert [(one.value, one.evidence.path) for one in first.topics] == [("transport", "enclosures.L1a.topics[0]")]
    assert (second.title, second.words_file) == ("", "")


def test_a_corrected_value_comes_from_the_correction() -> None:
    document, problems = read(
        "date: {value: 1893-02-25, lines: '38'}\n", correction("date", "1893-02-25", "1893-02-05")
    )
    assert problems == []
    assert document.date is not None
    assert document.date.value == "1893-02-05"
    evidence = document.date.evidence
    assert (evidence.file, evidence.path) == ("corrections/L1.yaml", "corrections[0].value")
    assert (evidence.rule, evidence.certainty, evidence.lines) == ("correction", "inferred", "38")


def test_a_removed_list_item_is_gone() -> None:
    copies = "copies: [{actor: bruno-sand}, {actor: clara-vane}]\n"
    document, problems = read(copies, correction('"copies[0]"', "bruno-sand", "null"))
    assert problems == []
    assert [one.actor for one in document.copies] == ["clara-vane"]


def test_another_edition_is_published_as_the_item() -> None:
    document, _ = read("", "id: L1\nsameItemAs: L7\n")
    assert (document.id, document.subject) == ("L1", "L7")


# Added to the record -> line, field, value, message, advice
WRONG = [
    (
        "date: {value: 1893-02-30}\n",
        6,
        "date.value",
        "1893-02-30",
        "is not a day of the calendar: day is out of range for month",
        "Write it as YYYY-MM-DD",
    ),
    ("date: {value: 1893-02-30?}\n", 6, "date.value", "1893-02-30?", "is not a day of the calendar", "EDTF"),
    (
        "date: {value: 1893-02-01/1893-02-30}\n",
        6,
        "date.value",
        "1893-02-01/1893-02-30",
        "is not a day of the calendar",
        "",
    ),
    (
        "senders:\n- {actor: ada-qill}\n",
        7,
        "senders[0].actor",
        "ada-qill",
        "is not a known person or organisation",
        "Did you mean 'ada-quill', or add it to corpus/authority/persons.yaml, corpus/authority/organisations.yaml.",
    ),
    (
        "senders:\n- {actor: zzzz}\n",
        7,
        "senders[0].actor",
        "zzzz",
        "is not a known person or organisation",
        "Known: ada-quill, bruno-sand, cipher-room, clara-vane, dora-finch, lamp-board, or add it to",
    ),
    ("senders:\n- {actor: lowport}\n", 7, "senders[0].actor", "lowport", "is not a known person or organisation", ""),
    (
        "senders:\n- {actor: ada-quill, as: old-gul}\n",
        7,
        "senders[0].as",
        "old-gul",
        "is not a known cover name of ada-quill",
        "Did you mean 'old-gull'?",
    ),
    (
        "senders:\n- {actor: bruno-sand, as: old-gull}\n",
        7,
        "senders[0].as",
        "old-gull",
        "is not a known cover name of bruno-sand",
        "Known: none",
    ),
    (
        "senders:\n- {actor: ada-quill, office: keeper}\n",
        7,
        "senders[0].office",
        "keeper",
        "is not a known office",
        "keeper-of-skerry-point",
    ),
    (
        "sentFrom: [{place: Lowport}]\n",
        6,
        "sentFrom[0].place",
        "Lowport",
        "is not a known place",
        "Did you mean 'lowport'",
    ),
    (
        "copies:\n- actor: bruno-sand\n- actor: clara-van\n",
        8,
        "copies[1].actor",
        "clara-van",
        "is not a known person",
        "'clara-vane'",
    ),
    (
        "references: [{relation: refers, number: '1', from: nobody}]\n",
        6,
        "references[0].from",
        "nobody",
        "is not a known person",
        "",
    ),
    (
        "references: [{relation: refers, date: 1893-13-01}]\n",
        6,
        "references[0].date",
        "1893-13-01",
        "is not a day of the calendar",
        "",
    ),
    (
        "classifications: [{value: secrt}]\n",
        6,
        "classifications[0].value",
        "secrt",
        "is not a known classification",
        "Did you mean 'secret'?",
    ),
    ("urgency: [{value: zz}]\n", 6, "urgency[0].value", "zz", "is not a known urgency", "Known: urgent"),
    (
        "transmissions:\n- {stage: sent, at: 1893-02-31T06:00, place: x, agent: y}\n",
        7,
        "transmissions[0].at",
        "1893-02-31T06:00",
        "is not a day of the calendar",
        "",
    ),
    (
        "citations:\n- {archive: LBB}\n",
        7,
        "citations[0].archive",
        "LBB",
        "is not a known archive",
        "Did you mean 'LBA', or add it to corpus/authority/archives.yaml.",
    ),
    ("notes:\n- {kind: margin, by: nobody, on: 1893-02-30}\n", 7, "notes[0].by", "nobody", "is not a known person", ""),
    (
        "mentions:\n- {event: big-fog, lines: 9-8}\n",
        7,
        "mentions[0].event",
        "big-fog",
        "is not a known event",
        "Did you mean 'great-fog'",
    ),
    (
        "mentions:\n- {organisation: ada-quill}\n",
        7,
        "mentions[0].organisation",
        "ada-quill",
        "is not a known organisation",
        "",
    ),
    (
        "signers:\n- {actor: ada-quill, lines: 38-37}\n",
        7,
        "signers[0].lines",
        "38-37",
        "is not a range of lines: 38-37 ends before it begins",
        "Write first-last, as 1573-1575.",
    ),
    ("enclosures:\n- id: L1a\n  lines: 22-20\n", 8, "enclosures[0].lines", "22-20", "is not a range of lines", ""),
    (
        "enclosures:\n- id: L1a\n  lines: '20'\n  senders: [{actor: x}]\n",
        9,
        "enclosures[0].senders[0].actor",
        "x",
        "is not a known person",
        "",
    ),
]


@pytest.mark.parametrize(("added", "line", "field", "value", "message", "advice"), WRONG)
def test_a_slip_is_told_with_line_field_value_and_the_nearest_right_value(
    added: str, line: int, field: str, value: str, message: str, advice: str
) -> None:
    _, problems = read(added)
    problem = next(one for one in problems if one.field == field)
    assert (problem.file, problem.line, problem.value) == ("records/L1.yaml", line, value)
    assert message in problem.message
    assert problem.advice
    assert advice in problem.advice


def test_all_slips_of_a_record_are_told_at_once() -> None:
    _, problems = read("transmissions:\n- {stage: sent, at: 1893-02-31T06:00, place: x, agent: y}\n")
    assert {one.field for one in problems} == {f"transmissions[0].{key}" for key in ("stage", "at", "place", "agent")}


def test_the_edition_is_looked_up_too() -> None:
    record = RECORD.replace("lamp-gazette", "lamp-gazete").replace("dora-finch", "dora")
    _, problems = read_document(raw(record), sample_context())
    assert [(one.field, one.message) for one in problems] == [
        ("edition.publication", "is not a known publication"),
        ("edition.translator", "is not a known person or organisation"),
    ]


def test_an_unknown_topic_is_told_in_the_description() -> None:
    _, (problem,) = read(description="id: L1\ntitle: A\nabstract: B\ntopics:\n- suply\n")
    assert (problem.file, problem.line, problem.field) == ("descriptions/L1.yaml", 5, "topics[0]")
    assert problem.advice == "Did you mean 'supply'?"


CORRECTED = [
    (
        "date: {value: 1893-02-25}\n",
        "date",
        "1893-02-25",
        "1893-02-30",
        "corrections[0].value",
        "is not a day of the calendar",
    ),
    (
        "citations: [{archive: LBA}]\n",
        "citations",
        "null",
        "{archive: LBB, fond: '7'}",
        "corrections[0].value.archive",
        "is not a known archive",
    ),
    (
        "copies: [{actor: clara-vane}]\n",
        '"copies[0]"',
        "clara-vane",
        "clara",
        "corrections[0].value",
        "is not a known person",
    ),
    (
        "copies: [{actor: clara-vane, count: 2}]\n",
        '"copies[0].count"',
        "2",
        "two",
        "corrections[0].value",
        "is not written as this field is",
    ),
    (
        "telegramNumber: [{value: '17'}]\n",
        "telegramNumber",
        "null",
        "'18'",
        "corrections[0].value",
        "is not written as this field is",
    ),
    ("", "date", "null", "{printed: x}", "corrections[0].value", "lacks value"),
    (
        "",
        "edition",
        "{publication: lamp-gazette, number: '1', translator: dora-finch}",
        "the Gazette",
        "corrections[0].value",
        "lacks publication",
    ),
    (
        "",
        "pages",
        "[{page: 2, lines: 10-25}, {page: 3, lines: 26-40}]",
        "[2, 3]",
        "corrections[0].value",
        "is not written as this field is",
    ),
    (
        "enclosures: [{id: L1a, lines: 12}]\n",
        "enclosures",
        "[{id: L1a, lines: 12}]",
        "none",
        "corrections[0].value",
        "must be a list",
    ),
    ("", "senders", "null", "{actor: [1]}", "corrections[0].value", "is not written as this field is"),
]


@pytest.mark.parametrize(("added", "field", "printed", "value", "where", "message"), CORRECTED)
def test_a_slip_in_a_correction_is_told_in_the_correction(
    added: str, field: str, printed: str, value: str, where: str, message: str
) -> None:
    _, problems = read(added, correction(field, printed, value))
    (problem,) = problems
    assert (problem.file, problem.line, problem.field) == ("corrections/L1.yaml", 5, where)
    assert message in problem.message
    assert problem.advice


def test_the_translators_of_an_edition_may_be_persons_and_organisations() -> None:
    record = RECORD.replace("translator: dora-finch", "translators: [dora-finch, lamp-board]")
    document, problems = read_document(raw(record), sample_context())
    assert problems == []
    assert document.edition is not None
    assert document.edition.translators == (("dora-finch", "person"), ("lamp-board", "organisation"))


def test_an_unknown_translator_of_several_is_told_where_they_stand() -> None:
    record = RECORD.replace("translator: dora-finch", "translators: [dora-finch, nobody]")
    _, problems = read_document(raw(record), sample_context())
    assert [(one.field, one.value) for one in problems] == [("edition.translators", "nobody")]


def test_ids_of_a_file_that_could_not_be_read_are_not_called_unknown() -> None:
    partly = {kind: layer for kind, layer in authority().items() if kind not in ("persons", "places")}
    context = build_context(BASE, "0", partly, CONCEPTS)
    record = (
        RECORD
        + "senders: [{actor: nobody, as: nothing}]\nsentFrom: [{place: nowhere}]\nmentions: [{event: no-event}]\n"
    )
    _, problems = read_document(raw(record), context)
    assert [one.value for one in problems] == ["no-event"]


def test_a_context_without_concepts_says_that_none_are_known() -> None:
    _, problems = read_document(raw(RECORD), replace(sample_context(), concepts={}))
    assert [(one.field, one.advice) for one in problems] == [("form.value", "Known: none.")]


def test_a_note_has_its_words_from_the_description_by_its_lines() -> None:
    notes = "notes: [{kind: margin, lines: 30-31}, {kind: editor, lines: 33, summary: of the record}]\n"
    document, problems = read(notes, description="id: L1\nnotes: [{lines: 30-31, summary: Somebody agreed.}]\n")
    assert problems == []
    assert [note.summary for note in document.notes] == ["Somebody agreed.", "of the record"]


def test_words_for_a_note_that_is_not_there_are_told() -> None:
    """The extraction may read other lines when it is run again; words must not vanish then."""
    words = "id: L1\nnotes:\n- {lines: 30-32, summary: Somebody agreed.}\n"
    (found,) = read("notes: [{kind: margin, lines: 30-31}]\n", description=words)[1]
    assert (found.line, found.field, found.value) == (3, "notes[0].lines", "30-32")
    assert found.message == "is where no note of the record stands"
    assert found.advice == "Did you mean 30-31?"
    (found,) = read("", description=words)[1]
    assert found.advice == "The record has no notes; take it out."
