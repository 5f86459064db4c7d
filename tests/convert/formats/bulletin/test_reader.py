"""A whole text: documents, values with lines and rules, and an account of every line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kgpub.convert.formats.base import Reading
from kgpub.convert.formats.bulletin import reader
from tests.convert.formats.bulletin.texts import DECISION, INTERLEAVED, INTERLEAVED_LAYOUT, OUTGOING, RELAYED, TELEGRAM

Read = Callable[..., Reading]


def bare(values: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(value.get(key) for key in keys) for value in values]


def test_every_header_field_of_a_telegram_is_read(read: Read) -> None:
    (record,) = read(TELEGRAM).records
    assert record["id"] == "D016"
    assert record["lines"] == "1-24"
    assert record["form"]["value"] == "ciphered-telegram"
    assert record["headingDate"]["value"] == "1950-07-01"
    assert (record["date"]["value"], record["date"]["printed"], record["date"]["lines"]) == (
        "1950-07-01",
        "I.7.50",
        "19",
    )
    assert bare(record["senders"], "actor", "printed", "lines") == [("karl-lind", "LIND", "18")]
    assert bare(record["recipients"], "actor", "as", "lines") == [("anna-berg", "nord-lys", "11")]
    assert bare(record["sentFrom"], "place", "certainty") == [("riga", None)]
    assert bare(record["sentTo"], "place", "certainty") == [("oslo", "inferred")]
    assert bare(record["telegramNumber"], "value") == [("405809",)]
    assert bare(record["outgoingNumber"], "value") == [("423/Sh",)]
    assert bare(record["classifications"], "value") == [("strictly-secret",)]
    assert bare(record["urgency"], "value") == [("extremely-urgent",)]
    assert bare(record["copies"], "actor", "count") == [
        ("anna-berg", 2),
        ("eva-dahl", None),
        ("morten-vik", None),
        ("eighth-bureau", None),
    ]
    assert bare(record["citations"], "archive", "papka", "listy") == [("APRF", None, "105-107"), ("AVPRF", "11", "110")]
    assert "relays" not in record


def test_the_way_of_a_telegram_is_read_in_order(read: Read) -> None:
    (record,) = read(TELEGRAM).records
    assert bare(record["transmissions"], "stage", "at", "place", "agent", "means") == [
        ("dispatched", "1950-07-03T00:00", "riga", None, None),
        ("received", "1950-07-03T05:47", None, None, None),
        ("forwarded", "1950-07-03T05:55", None, "eighth-bureau", "wire"),
    ]


def test_a_reference_of_the_address_lines_is_answered(read: Read) -> None:
    (record,) = read(TELEGRAM).records
    assert bare(record["references"], "relation", "number", "from", "to") == [
        ("answers", "362", "anna-berg", "karl-lind")
    ]


def test_numbered_points_with_dates_are_no_headings(read: Read) -> None:
    assert [record["id"] for record in read(TELEGRAM + "\n" + RELAYED).records] == ["D016", "D017"]


def test_every_value_names_its_rule_and_lines(read: Read) -> None:
    (record,) = read(TELEGRAM).records
    values = [value for field in record.values() if isinstance(field, list) for value in field if "page" not in value]
    assert values
    assert all(value.get("rule") and value.get("lines") for value in values)


def test_mentions_are_firsts_and_leave_out_signatures(read: Read) -> None:
    (record,) = read(TELEGRAM).records
    assert bare(record["mentions"], "actor", "place", "lines") == [
        (None, "latgale", "14"),
        ("janis-ozols", None, "14"),
    ]


def test_a_quoted_letter_is_an_enclosure_with_its_own_author_and_date(read: Read) -> None:
    (record,) = read(RELAYED).records
    (letter,) = record["enclosures"]
    assert (letter["id"], letter["lines"], letter["form"]["value"]) == ("D017a", "8-12", "letter")
    assert letter["date"]["value"] == "1950-07-06"
    assert bare(letter["senders"], "actor") == [("janis-ozols",)]
    assert bare(letter["recipients"], "actor") == [("anna-berg",)]
    assert bare(letter["relays"], "actor") == [("karl-lind",)]
    assert bare(record["signers"], "actor") == [("karl-lind",)]


def test_a_message_through_an_ambassador_has_him_as_relay_and_no_enclosure(read: Read) -> None:
    (record,) = read(OUTGOING).records
    assert bare(record["recipients"], "actor") == [("janis-ozols",)]
    assert bare(record["relays"], "actor", "office") == [("per-holm", "envoy-in-riga")]


def test_a_holder_is_inferred_where_only_the_office_is_printed(read: Read) -> None:
    (record,) = read(OUTGOING).records
    assert bare(record["relays"], "printed", "certainty") == [("Soviet Ambassador", "inferred")]
    (named,) = read(OUTGOING.replace("RIGA. Soviet Ambassador.", "RIGA. Soviet Ambassador Holm.")).records
    assert bare(named["relays"], "actor", "certainty") == [("per-holm", None)]
    assert "enclosures" not in record
    assert bare(record["references"], "relation", "number", "numberEnd", "date", "from") == [
        ("answers", "1112", "1126", None, "per-holm"),
        ("answers", None, None, "1951-01-04", "janis-ozols"),
    ]


def test_a_decision_has_a_body_as_sender_and_its_attachment_enclosed(read: Read) -> None:
    (record,) = read(DECISION).records
    assert record["form"]["value"] == "politburo-decision"
    assert bare(record["senders"], "actor") == [("politburo-of-the-league",)]
    assert bare(record["recipients"], "actor") == [("karl-lind",)]
    assert bare(record["copies"], "actor") == [("anna-berg",), ("morten-vik",)]
    assert bare(record["transmissions"], "stage", "at") == [("adopted", "1950-10-25")]
    assert ("protocol", "P78/332") in bare(record["registryNumbers"], "kind", "value")
    (draft,) = record["enclosures"]
    assert bare(draft["senders"], "actor") == [("eva-dahl",)]
    assert bare(draft["references"], "relation", "number") == [("answers", "353")]
    assert bare(draft["classifications"], "value", "certainty") == [("special-file", "inferred"), ("top-secret", None)]
    assert bare(draft["registryNumbers"], "kind", "value", "printed") == [("protocol-item", "332", "p.332(op)")]


def test_a_decision_has_meeting_and_item_once_and_leaves_places_to_its_attachments(read: Read) -> None:
    (record,) = read(DECISION).records
    assert bare(record["registryNumbers"], "kind", "value", "printed") == [
        ("protocol", "P78/332", "No. P78/332"),
        ("protocol-item", "332", None),
    ]
    assert "sentTo" not in record
    assert bare(record["enclosures"][0]["sentTo"], "place") == [("riga",)]
    (named,) = read(DECISION.replace("message from Dahl to Lind", "message to Lind in Riga")).records
    assert bare(named["sentTo"], "place", "rule") == [("riga", "heading")]


def test_a_draft_is_dated_by_the_dispatch_that_the_source_note_tells_of(read: Read) -> None:
    text = DECISION.replace("Listy 141-143]", "Listy 141-143] The telegram\nwas sent to Riga on October 27")
    (record,) = read(text).records
    (draft,) = record["enclosures"]
    assert (draft["date"]["value"], draft["date"]["certainty"]) == ("1950-10-27", "inferred")
    assert bare(draft["transmissions"], "stage", "at") == [("dispatched", "1950-10-27")]
    assert bare(record["notes"], "kind", "lines") == [("editor", "21-22")]


def test_a_number_behind_the_place_is_the_telegrams_where_its_title_bears_none(read: Read) -> None:
    text = TELEGRAM.replace("Ciphered telegram No. 405809\nFrom Riga.", "Ciphered telegram\nFrom Riga, No. 4055.")
    (record,) = read(text).records
    assert bare(record["telegramNumber"], "value", "printed") == [("4055", "No. 4055")]
    assert "registryNumbers" not in record


def test_a_mission_that_names_no_reader_reports_to_the_body_it_belongs_to(read: Read) -> None:
    text = RELAYED.replace(
        "\nto Nord-Lys (Berg) transmitting 6 July 1950\nletter from Ozols to Berg", " re rye in Latgale"
    )
    (record,) = read(text.replace("To Comrade NORD-LYS [Berg].\n", "")).records
    assert bare(record["recipients"], "actor", "certainty") == [("foreign-ministry", "inferred")]


def test_a_collection_that_a_layout_knows_is_cited_without_shelf_marks(read: Read) -> None:
    text = TELEGRAM.split("[Source")[0] + "[Source: papers of the Riga Radio\nfor a film]\n"
    (record,) = read(text, archives={"RADIO": "Riga Radio"}, series=[{"prefix": "D"}]).records
    assert bare(record["citations"], "archive", "printed", "lines") == [("RADIO", "Riga Radio", "22-23")]
    assert record["lines"] == "1-23"


def test_a_stamp_of_receipt_tells_where_a_telegram_went(read: Read) -> None:
    away = {"away": [{"actor": "anna-berg", "from": "1950-07-01", "until": "1950-07-31"}], "series": [{"prefix": "D"}]}
    (record,) = read(TELEGRAM.replace("Received 3.7.50", "Received in Oslo 3.7.50"), **away).records
    assert bare(record["sentTo"], "place", "printed", "certainty") == [("oslo", "Oslo", None)]


def test_the_place_where_somebody_was_stands_in_for_the_seat(read: Read) -> None:
    away = {"actor": "anna-berg", "from": "1950-07-01", "until": "1950-07-31", "place": "latgale"}
    (record,) = read(TELEGRAM, away=[away], series=[{"prefix": "D"}]).records
    assert bare(record["sentTo"], "place", "certainty") == [("latgale", "inferred")]


def test_a_message_that_the_layout_tells_is_enclosed_where_its_lines_are(read: Read) -> None:
    told = [
        {
            "document": "D017",
            "lines": "10-11",
            "form": {"value": "statement", "lines": "9"},
            "sender": {"actor": "morten-vik", "printed": "Vik", "lines": "9"},
        }
    ]
    (record,) = read(RELAYED, messages=told, series=[{"prefix": "D"}]).records
    (letter,) = record["enclosures"]
    (inner,) = letter["enclosures"]
    assert (inner["id"], inner["lines"], inner["form"]["value"]) == ("D017aa", "10-11", "statement")
    assert bare(inner["senders"], "actor", "rule") == [("morten-vik", "layout-messages")]


def test_a_told_message_outside_its_document_is_reported(read: Read) -> None:
    told = [{"document": "D017", "lines": "90-91"}]
    reading = read(RELAYED, messages=told, series=[{"prefix": "D"}])
    assert [p.message for p in reading.problems if p.value == "90-91"] == [
        "these lines of [[messages]] do not belong to the document, so no message was read from them"
    ]


def test_an_editors_table_puts_interleaved_lines_in_order(read: Read) -> None:
    first, second = read(INTERLEAVED, **INTERLEAVED_LAYOUT).records
    assert (first["id"], first["lines"]) == ("S01", "1-5,16-17,19")
    assert first["date"]["value"] == "1950-05-03"
    assert first["pages"] == [{"page": 37, "lines": "1-5"}, {"page": 38, "lines": "16-17,19"}]
    assert first["edition"] == {"publication": "ships-1990", "number": "1", "translator": "morten-vik"}
    assert (second["id"], second["lines"]) == ("S02", "10-15")


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        (TELEGRAM, {}),
        (TELEGRAM + RELAYED + OUTGOING, {}),
        (INTERLEAVED, INTERLEAVED_LAYOUT),
        ("\n\n\n", {}),
        ("one\ntwo", {}),
    ],
)
def test_each_line_is_accounted_for_exactly_once(read: Read, text: str, layout: dict[str, Any]) -> None:
    """As many lines as an editor counts: what follows the last line feed is none."""
    numbers = [n for run in read(text, **layout).coverage for n in range(run.first, run.last + 1)]
    assert numbers == list(range(1, len(text.splitlines()) + 1))


def test_no_line_belongs_to_two_documents(read: Read) -> None:
    reading = read(INTERLEAVED, **INTERLEAVED_LAYOUT)
    owners = [(run.first, run.last, run.kind, run.owner) for run in reading.coverage]
    assert (6, 8, "article", "A history of ships") in owners
    assert (18, 18, "running-head", "") in owners


def test_an_essay_with_telegrams_only_in_its_notes_yields_none_and_says_why(read: Read) -> None:
    essay = "An essay on trade.\n\n1. 12 March 1950, telegram, Berg to Lind, is quoted from a newspaper.\n2. Ibid.\n"
    reading = read(essay)
    assert reading.records == ()
    assert [problem.message for problem in reading.problems] == [
        "no documents found: no line opens a source note, and a document needs one"
    ]


def test_source_notes_without_headings_are_said_to_lack_them(read: Read) -> None:
    (problem,) = read("Some words.\n[Source: APRF, Fond 45, List 2]\n").problems
    assert problem.message == "no documents found: 1 source notes, but no numbered heading with a date before them"


def test_a_number_on_a_line_of_its_own_opens_a_document(read: Read) -> None:
    text = (
        "Papers.\n\nDoc. 1\n\nCiphered telegram, Lind to Berg, 3 May 1951\n\nFrom Riga\nTo Berg\nAll is well.\nLIND\n"
        "\nRGANI. F. 3. Op. 66. D. 471. L. 33-35.\n\nAn afterword.\n"
    )
    reading = read(text)
    (record,) = reading.records
    assert (record["lines"], record["headingDate"]["value"]) == ("3-12", "1951-05-03")
    assert bare(record["citations"], "archive", "listy") == [("RGANI", "33-35")]
    assert reading.coverage[-1].kind == "other"


def test_an_unknown_name_becomes_unidentified_with_a_warning(read: Read) -> None:
    reading = read(TELEGRAM.replace("Lind\nto", "Rasmussen\nto").replace("LIND.", "RASMUSSEN."))
    (record,) = reading.records
    assert bare(record["senders"], "unidentified", "printed") == [(True, "Rasmussen")]
    (problem,) = [problem for problem in reading.problems if problem.field == "D016.senders"]
    assert (problem.line, problem.value, problem.severity) == (1, "Rasmussen", "warning")
    assert problem.advice.startswith("add the form to `printed`")


def test_a_sheet_addressed_to_another_than_the_heading_says_is_followed_with_a_warning(read: Read) -> None:
    text = "1. 3 May 1950, memorandum, Dahl to Lind\nTo Comrade BERG\nThe rye is in.\nDAHL\n[Source: APRF, Fond 3, List 2]\n"
    reading = read(text)
    assert bare(reading.records[0]["recipients"], "actor") == [("anna-berg",)]
    assert "the sheet is addressed to anna-berg, the heading to karl-lind" in [p.message for p in reading.problems]


def test_a_heading_that_swallows_thousands_of_lines_is_reported_not_read(read: Read) -> None:
    reading = read(TELEGRAM.split("[Source")[0] + "word\n" * 6000 + "[Source: APRF, Fond 45, List 2]\n")
    assert reading.records == ()
    assert "its end was not found" in reading.problems[0].message


def test_more_lines_than_a_journal_can_have_are_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_LINES", 10)
    reading = read(TELEGRAM)
    assert reading.records == ()
    assert "more than the 10 that one text may have" in reading.problems[0].message


def test_two_readings_of_one_text_are_equal(read: Read) -> None:
    assert read(TELEGRAM + RELAYED) == read(TELEGRAM + RELAYED)
