"""Why the graph says what it says: reasons of values on the tiny publication, and exact ones on the real one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from kgpub import pipeline
from kgpub.convert.describe.emendations import PROPERTY_OF_FIELD
from kgpub.convert.formats.registry import meanings
from kgpub.errors import BadInput
from kgpub.graph.load import load_store
from kgpub.model import Spot
from kgpub.project import Project, load_project
from kgpub.why import Answer, Sources, Value, ask_why, find_asked
from tests.tiny import PROJECT

RECORDS, CORRECTIONS = "corpus/letters/records", "corpus/letters/corrections"
TEXT = [f"Line {number} of the book of lamps" for number in range(1, 111)]


def ask(project: Project, store: Store, name: str, field: str = "", **changes: Any) -> Answer:
    asked = find_asked(store, name, project.base)
    given = {"spots": pipeline.spots(project, asked.records), "rules": meanings(), "fields": PROPERTY_OF_FIELD}
    return ask_why(store, asked, field, Sources(base=project.base, **{**given, **changes}))


def store_of(project: Project) -> Store:
    return load_store((project.outputs.dist / f"{project.outputs.name}.nq").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tiny_project(built: Path) -> Project:
    return load_project(built)


@pytest.fixture(scope="module")
def graph(tiny_project: Project) -> Store:
    return store_of(tiny_project)


def values(answer: Answer) -> tuple[Value, ...]:
    (statement,) = answer.statements
    return statement.values


# -- one value -------------------------------------------------------------------------------------------------------------


def test_a_value_has_its_name_its_id_and_where_it_was_read(tiny_project: Project, graph: Store) -> None:
    answer = ask(tiny_project, graph, "L2", "sender")
    assert answer.statements[0].property == "cwc:sender"
    (value,) = values(answer)
    assert (value.label, value.id, value.iri) == (
        "Bruno Sand",
        "person/bruno-sand",
        f"{tiny_project.base}person/bruno-sand",
    )
    (evidence,) = value.evidence
    assert (evidence.record, evidence.printed, evidence.lines, evidence.pages) == ("L2", "SAND", "57", ("4",))
    assert (evidence.rule, evidence.certainty, evidence.passage) == ("", "printed", ())
    assert evidence.spot == Spot(f"{RECORDS}/L2.yaml", 9, "senders[0]")


def test_a_rule_is_told_in_words(warm: Callable[..., Path], tmp_path: Path) -> None:
    """Of a mention too, whose rule stands in the record alone."""
    changes: Any = {
        f"{RECORDS}/L2.yaml": ("printed: SAND, lines", "printed: SAND, rule: signature, lines"),
        f"{RECORDS}/L1.yaml": ("printed: the fog,", "printed: the fog, rule: named-in-text,"),
    }
    project = load_project(warm(tmp_path / "p", **changes))
    pipeline.build(project, "2024-02-29", workers=1)
    store = store_of(project)
    (evidence,) = values(ask(project, store, "L2", "sender"))[0].evidence
    assert (evidence.rule, evidence.means) == ("signature", "The name stands below the text as a signature.")
    (evidence,) = values(ask(project, store, "L1", "mentions"))[0].evidence
    assert (evidence.printed, evidence.rule, evidence.means) == (
        "the fog",
        "named-in-text",
        meanings()["named-in-text"],
    )
    (evidence,) = values(ask(project, store, "L2", "sender", rules={}))[0].evidence
    assert (evidence.rule, evidence.means) == ("signature", "")


@pytest.mark.parametrize(
    "field",
    ["senders", "sender", "cwc:sender", "https://w3id.org/cwcorr/ontology#sender"],
)
def test_a_field_of_the_record_and_a_property_mean_the_same(tiny_project: Project, graph: Store, field: str) -> None:
    assert [value.id for value in values(ask(tiny_project, graph, "L1", field))] == ["person/ada-quill"]


@pytest.mark.parametrize(
    ("field", "property_"),
    [
        ("date", "dcterms:date"),
        ("dcterms:date", "dcterms:date"),
        ("mention", "cwc:mentions"),
        ("cwc:distribution", "cwc:copyTo"),
        ("topics", ""),
        ("citations", "cwc:heldAs"),
        ("office", "cwc:office"),
    ],
)
def test_a_word_leads_to_the_property_that_has_the_values(
    tiny_project: Project, graph: Store, field: str, property_: str
) -> None:
    """Parts that only say more of another property's values are answered with that one."""
    if property_:
        assert ask(tiny_project, graph, "L1", field).statements[0].property == property_
        return
    with pytest.raises(BadInput, match="there is no field 'topics'"):
        ask(tiny_project, graph, "L1", field)


def test_a_field_without_values_is_told_from_one_that_is_not_there(tiny_project: Project, graph: Store) -> None:
    with pytest.raises(BadInput, match=r"L1: the graph says nothing of relays \(cwc:via\)"):
        ask(tiny_project, graph, "L1", "relays")


def test_the_lines_of_the_text_are_shown_where_it_is_given(tiny_project: Project, graph: Store) -> None:
    (value,) = values(ask(tiny_project, graph, "L2", "sender", text=TEXT))
    assert value.evidence[0].passage == ((57, "Line 57 of the book of lamps"),)


def test_a_text_that_is_too_short_is_the_wrong_one(tiny_project: Project, graph: Store) -> None:
    with pytest.raises(BadInput) as raised:
        ask(tiny_project, graph, "L2", "sender", text=TEXT[:50], text_name="other.txt")
    assert str(raised.value) == (
        "other.txt: has 50 lines, but L2 was read on line 57\n  Give the text that the records were read from."
    )


# -- values that are parts, and values without a reading ----------------------------------------------------------------------


def test_the_steps_of_a_way_stand_in_its_order_and_are_told_by_what_they_say(
    tiny_project: Project, graph: Store
) -> None:
    steps = values(ask(tiny_project, graph, "L1", "transmissions"))
    assert [step.label for step in steps] == [
        "stage dispatched, at 1893-02-03T06:15:00, place Skerry Point",
        "stage received, at 1893-02-03T08:40:00",
        "stage forwarded, at 1893-02-03, agent Cipher Room, means courier",
    ]
    assert [step.evidence[0].lines for step in steps] == ["14", "15", "16"]


def test_copies_are_told_with_their_number_in_the_order_of_the_list(tiny_project: Project, graph: Store) -> None:
    copies = values(ask(tiny_project, graph, "L1", "copies"))
    assert [copy.label for copy in copies] == ["Bruno Sand, 2 copies", "Clara Vane, 1 copy"]


def test_a_copy_for_nobody_known_is_a_value_too(warm: Callable[..., Path], tmp_path: Path) -> None:
    changes: Any = {
        f"{RECORDS}/L1.yaml": ("{actor: clara-vane, printed: Vane,", "{unidentified: true, printed: The Mate,")
    }
    project = load_project(warm(tmp_path / "p", **changes))
    pipeline.build(project, "2024-02-29", workers=1)
    copies = values(ask(project, store_of(project), "L1", "copies"))
    assert [copy.label for copy in copies] == ["Bruno Sand, 2 copies", "The Mate, 1 copy"]
    assert copies[1].evidence[0].printed == "The Mate"


def test_a_note_is_a_reason_of_itself(tiny_project: Project, graph: Store) -> None:
    (note,) = values(ask(tiny_project, graph, "L2", "notes"))
    assert note.label.startswith("noteKind resolution, noteBy Clara Vane, date 1893-02-06")
    assert note.evidence[0].lines == "59"
    assert note.evidence[0].spot == Spot(f"{RECORDS}/L2.yaml", 16, "notes[0]")


def test_an_editors_words_lead_to_the_description(tiny_project: Project, graph: Store) -> None:
    (title,) = values(ask(tiny_project, graph, "L1", "title"))
    assert title.evidence[0].spot == Spot("corpus/letters/descriptions/L1.yaml", 3, "title")
    assert title.evidence[0].lines == ""


def test_a_derived_statement_stands_in_no_record(tiny_project: Project, graph: Store) -> None:
    (answered,) = values(ask(tiny_project, graph, "L2", "inReplyTo"))
    assert answered.id == "document/L1"
    assert [(one.record, one.spot) for one in answered.evidence] == [("", None)]


# -- corrections -----------------------------------------------------------------------------------------------------------


def test_a_corrected_value_has_its_correction(tiny_project: Project, graph: Store) -> None:
    answer = ask(tiny_project, graph, "L2", "date")
    (value,) = values(answer)
    assert value.label == "1893-02-05"
    assert (value.evidence[0].printed, value.evidence[0].rule, value.evidence[0].certainty) == (
        "25.II.93",
        "correction",
        "inferred",
    )
    assert value.evidence[0].spot == Spot(f"{CORRECTIONS}/L2.yaml", 6, "corrections[0].value")
    (correction,) = value.corrections
    assert (correction.printed, correction.right) == ("1893-02-25", "1893-02-05")
    assert correction.reason == "The heading and the order of the leaves say the fifth."
    assert correction.evidence.spot == Spot(f"{CORRECTIONS}/L2.yaml", 4, "corrections[0]")
    assert answer.statements[0].corrections == ()


def test_a_correction_that_gives_no_value_stands_beside_them(warm: Callable[..., Path], tmp_path: Path) -> None:
    """The printed value is kept: only that it is wrong is said."""
    changes: Any = {f"{CORRECTIONS}/L2.yaml": ("  value: 1893-02-05", "  value: 1893-02-05\n  keep: true")}
    project = load_project(warm(tmp_path / "p", **changes))
    pipeline.build(project, "2024-02-29", workers=1)
    (statement,) = ask(project, store_of(project), "L2", "date").statements
    assert [(value.label, value.corrections) for value in statement.values] == [("1893-02-25", ())]
    assert [one.right for one in statement.corrections] == ["1893-02-05"]


# -- documents -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["L1", "document/L1", "https://example.org/lamps/document/L1", "L4"])
def test_a_document_may_be_named_in_several_ways(tiny_project: Project, graph: Store, name: str) -> None:
    name = name.replace("https://example.org/lamps/", tiny_project.base)
    asked = find_asked(graph, name, tiny_project.base)
    assert (asked.id, asked.as_, asked.records) == ("L1", name.rpartition("/")[2], ("L1", "L4"))
    assert [(one.id, one.number, one.pages, one.lines) for one in asked.editions] == [
        ("L1", "1", "2-3", "10-40"),
        ("L4", "IV", "9", "91-110"),
    ]


def test_each_edition_of_an_item_has_reasons_of_its_own(tiny_project: Project, graph: Store) -> None:
    (value,) = values(ask(tiny_project, graph, "L4", "recipients"))
    assert [(one.record, one.printed, one.lines) for one in value.evidence] == [
        ("L1", "SAND", "12"),
        ("L4", "Sand", "92"),
    ]
    assert [one.spot.file for one in value.evidence if one.spot] == [f"{RECORDS}/L1.yaml", f"{RECORDS}/L4.yaml"]


def test_an_enclosure_is_a_document_of_its_carriers_record(tiny_project: Project, graph: Store) -> None:
    asked = find_asked(graph, "L3a", tiny_project.base)
    assert (asked.id, asked.records, asked.editions) == ("L3a", ("L3",), ())
    (value,) = values(ask(tiny_project, graph, "L3a", "sender"))
    assert value.evidence[0].spot == Spot(f"{RECORDS}/L3.yaml", 18, "enclosures[0].senders[0]")


def test_without_a_field_all_are_told_the_first_asked_for_first(tiny_project: Project, graph: Store) -> None:
    told = [statement.property for statement in ask(tiny_project, graph, "L2").statements]
    assert told[:6] == [
        "dcterms:identifier",
        "dcterms:title",
        "cwc:form",
        "dcterms:date",
        "cwc:headingDate",
        "cwc:sender",
    ]
    assert told[6:] == [
        "cwc:recipient", "cwc:sentFrom", "cwc:sentTo", "cwc:edition", "cwc:heldAs", "cwc:inReplyTo", "cwc:note",
        "cwc:refersTo", "cwc:telegramNumber",
    ]  # fmt: skip


def test_a_corpus_that_has_changed_since_the_build_is_not_pointed_into(
    rebuilt: Callable[..., Path], tmp_path: Path
) -> None:
    """The reading is no longer what the record would become; other values still are."""
    file = rebuilt(tmp_path / "p")
    project = load_project(file)
    record = file.parent / RECORDS / "L2.yaml"
    record.write_text(
        record.read_text("utf-8").replace('printed: SAND, lines: "57"', 'printed: SAND, lines: "56"'), "utf-8"
    )
    store = store_of(project)
    assert values(ask(project, store, "L2", "sender"))[0].evidence[0].spot is None
    assert values(ask(project, store, "L2", "recipient"))[0].evidence[0].spot is not None
    record.write_text("id: [", "utf-8")
    assert values(ask(project, store, "L2", "recipient"))[0].evidence[0].spot is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("L33", "there is no document 'L33'\n  Did you mean 'L3'"),
        ("l2", "there is no document 'l2'\n  Did you mean 'L2'"),
        ("telegram", "there is no document 'telegram'\n  The graph has 5, from L1 to L4."),
    ],
)
def test_a_document_that_is_not_there_is_said_to_be_none(
    tiny_project: Project, graph: Store, name: str, message: str
) -> None:
    with pytest.raises(BadInput) as raised:
        find_asked(graph, name, tiny_project.base)
    assert message in str(raised.value)


def test_a_graph_without_documents_says_so() -> None:
    with pytest.raises(BadInput, match="The graph has none"):
        find_asked(Store(), "L1", "https://example.org/")


def test_a_field_that_is_not_there_is_guessed(tiny_project: Project, graph: Store) -> None:
    with pytest.raises(BadInput) as raised:
        ask(tiny_project, graph, "L2", "sendrs")
    assert str(raised.value).startswith("L2: there is no field 'sendrs'\n  Did you mean 'senders' or 'sender'")
    assert "It tells: identifier, title, form, date," in str(raised.value)


# -- the real graph --------------------------------------------------------------------------------------------------------

CORPUS = "corpus/cwihp-6-7"


@pytest.fixture
def real(real_store: Store) -> Store:
    return real_store


@pytest.mark.slow
def test_the_date_of_w016_stands_by_its_signature(publication: Project, real: Store) -> None:
    (value,) = values(ask(publication, real, "W016", "date"))
    (evidence,) = value.evidence
    assert (value.label, evidence.printed, evidence.pages, evidence.lines) == ("1950-07-01", "I.7.50", ("42",), "1652")
    assert (evidence.rule, evidence.means) == ("dated-signature", "The date stands beside or below the signature.")
    assert evidence.spot == Spot(f"{CORPUS}/records/W016.yaml", 8, "date", "dated-signature")


@pytest.mark.slow
def test_the_receipt_of_w100_is_corrected_by_a_year(publication: Project, real: Store) -> None:
    (value,) = values(ask(publication, real, "W100", "transmissions"))
    assert "at 1952-01-31T23:00:00" in value.label
    (correction,) = value.corrections
    assert (correction.printed, correction.right) == ("1951-01-31T23:00", "1952-01-31T23:00")
    assert correction.reason.startswith("The signature has 31.1.52")
    assert correction.evidence.spot == Spot(f"{CORPUS}/corrections/W100.yaml", 4, "corrections[0]")


@pytest.mark.slow
def test_m07_and_w018_are_told_together(publication: Project, real: Store) -> None:
    answer = ask(publication, real, "M07", "recipients")
    assert (answer.asked.as_, answer.asked.id, answer.asked.records) == ("M07", "W018", ("M07", "W018"))
    (value,) = values(answer)
    assert value.id == "person/zhou-enlai"
    assert [(one.record, one.lines, one.rule) for one in value.evidence] == [
        ("M07", "11342", "correction"),
        ("W018", "1790", "heading-and-address"),
    ]
    assert [(one.printed, one.right) for one in value.corrections] == [("nikolai-roshchin", "zhou-enlai")]


@pytest.mark.slow
def test_every_statement_of_every_document_has_a_reason(publication: Project, real: Store) -> None:
    """A file and line of the corpus, or derived; every rule has its sentence; nothing goes without a name."""
    names = sorted(file.stem for file in (PROJECT / CORPUS / "records").iterdir())
    spots = pipeline.spots(publication, names)
    unexplained = [
        (name, statement.property, value.label)
        for name in names
        for statement in ask(publication, real, name, spots=spots).statements
        for value in statement.values
        for evidence in value.evidence
        if not value.label or (evidence.record and not evidence.spot) or (evidence.rule and not evidence.means)
    ]
    assert unexplained == []
