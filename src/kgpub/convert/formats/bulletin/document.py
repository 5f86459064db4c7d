"""One document: its lines to a record as docs/records.md has it, with the rule and lines of each value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kgpub.convert.formats.bulletin.closing import read_closing
from kgpub.convert.formats.bulletin.decision import decision_fields
from kgpub.convert.formats.bulletin.enclosures import Enclosed, find_enclosed
from kgpub.convert.formats.bulletin.header import Header, split_header
from kgpub.convert.formats.bulletin.heading import Heading, read_heading, split_heading
from kgpub.convert.formats.bulletin.inner import read_inner
from kgpub.convert.formats.bulletin.lines import Line, Passage, format_lines
from kgpub.convert.formats.bulletin.mentions import read_mentions
from kgpub.convert.formats.bulletin.message import (
    copies_of,
    date_value,
    infer_place,
    is_dateline,
    printed_place,
    prose_mentions,
)
from kgpub.convert.formats.bulletin.notes import heading_notes, read_notes, read_translators, trailing_notes
from kgpub.convert.formats.bulletin.pages import pages_of
from kgpub.convert.formats.bulletin.parties import Named, as_parties, best_forms, parties_in
from kgpub.convert.formats.bulletin.politburo import is_decision
from kgpub.convert.formats.bulletin.readers import read_readers, readers_unnamed
from kgpub.convert.formats.bulletin.references import address_references, opening_reference
from kgpub.convert.formats.bulletin.segment import Segment
from kgpub.convert.formats.bulletin.sheet import (
    heading_date,
    place_steps,
    read_form,
    read_numbers,
    read_stamps,
    read_way,
)
from kgpub.convert.formats.bulletin.signed import closing_moment, dated, ending_date, read_signed, signers_of
from kgpub.convert.formats.bulletin.slips import answered_by, read_slips, with_slips
from kgpub.convert.formats.bulletin.source import read_citations, split_source
from kgpub.convert.formats.bulletin.story import (
    arrival_noted,
    dispatched,
    hand_delivered,
    sent_afterwards,
    told_relays,
    told_through,
)
from kgpub.convert.formats.bulletin.told import add_told
from kgpub.convert.formats.bulletin.undated import cited_messages
from kgpub.convert.formats.bulletin.values import Desk, Value, place, value
from kgpub.convert.records import RECORD_FIELDS

__all__ = ["read_document"]


# The order of the keys is the order of docs/records.md.
def read_document(segment: Segment, desk: Desk) -> dict[str, Any]:
    """Return the record of one document; what could not be read is noted on the desk."""
    heading_lines, rest = split_heading(segment.lines, segment.heading)
    heading = read_heading(heading_lines)
    body, source = split_source(rest, segment.source)
    desk.day = heading.day
    _check(heading, source, segment, desk)
    fields = _frame(segment, heading, source, desk)
    if is_decision(body):
        fields |= decision_fields(segment.id, heading, body, desk)
    else:
        fields |= _letter_fields(segment.id, heading, body, desk)
    edition = fields["edition"]
    translators = [str(edition["translator"])] if "translator" in edition else []
    fields["notes"] = [*heading_notes(heading), *fields.get("notes", ()), *trailing_notes(source, translators)]
    add_told(fields, segment.lines, heading, desk)
    sent = sent_afterwards(source, desk)
    if sent and len(fields.get("enclosures", ())) == 1:
        fields["enclosures"] = [dispatched(fields["enclosures"][0], sent)]
    fields["citations"] = read_citations(source, desk.layout.archives)
    if "senders" not in fields or not fields["senders"]:
        desk.warn(segment.lines[0].number, "senders", "", "no sender could be read", "add one as a correction")
    return {key: fields[key] for key in RECORD_FIELDS if fields.get(key)}


def _frame(segment: Segment, heading: Heading, source: Sequence[Line], desk: Desk) -> dict[str, Any]:
    numbers = [line.number for line in segment.lines]
    edition: dict[str, Any] = {"publication": segment.series.publication or "unpublished", "number": segment.number}
    translators = read_translators(source, desk) or list(segment.series.translators)
    if translators:
        edition |= {"translator": translators[0]} if len(translators) == 1 else {"translators": translators}
    fields: dict[str, Any] = {
        "id": segment.id,
        "edition": edition,
        "lines": format_lines(numbers),
        "pages": pages_of(numbers, desk.layout.pages),
        "form": {"value": "document", "rule": "no-form-named"},
    }
    if heading.date:
        first, last = heading.date_span
        fields["headingDate"] = value(
            heading.date, heading.passage.text[first:last], heading.passage.lines(first, last), "heading"
        )
    return fields


def _check(heading: Heading, source: Sequence[Line], segment: Segment, desk: Desk) -> None:
    line = segment.lines[0].number
    if not heading.date:
        desk.warn(
            line,
            "headingDate",
            segment.lines[0].text.strip()[:60],
            "the heading has no date that can be read",
            "add it as a correction",
        )
    if not source:
        desk.warn(line, "citations", "", "no source note was found", "check the document's lines in layout.toml")


def _letter_fields(identity: str, heading: Heading, body: Sequence[Line], desk: Desk) -> dict[str, Any]:
    header, text = split_header(body, desk.names)
    desk.places = _places(heading, header, desk)
    authors = parties_in(heading.passage, heading.sender, desk, "senders")
    readers, relays = read_readers(heading, header, text, authors, desk)
    slips = read_slips(text, desk)
    readers = readers or answered_by(slips, [one.id for one in authors])
    ids = [one.id for one in authors if one.id]
    enclosed = find_enclosed(heading.announced, text, desk, ids, [one.id for one in (*readers, *relays)])
    readers = readers or readers_unnamed(heading, header, authors, desk, enclosing=bool(enclosed))
    inside = {line.number for message in enclosed for line in message.lines}
    own = [line for line in text if line.number not in inside]
    closing, signed = read_closing(own, desk), read_signed(own, desk)
    signers = signers_of(signed)
    senders = best_forms(authors, signers) or signers[:1]
    relays = best_forms(relays, signers)
    dated_at = dated(signed, [one.id for one in senders], desk) or ending_date(signed.prose, desk)
    fields: dict[str, Any] = read_stamps(header)
    fields |= read_numbers(header, closing)
    fields["form"] = read_form(heading, header, own)
    fields["date"] = date_value(dated_at, heading_date(heading))
    fields["senders"] = as_parties(senders, "heading-and-signature")
    unnamed = bool(readers) and all(one.certainty == "inferred" for one in readers)
    fields["recipients"] = as_parties(readers, "reader-unnamed" if unnamed else "heading-and-address")
    fields["signers"] = as_parties(signers, "signature")
    fields["sentFrom"] = _sent_from(heading, header, own, senders, desk)
    fields["sentTo"] = _sent_to(heading, header, readers, desk)
    fields["references"] = with_slips(_references(header, signed.prose, desk, senders, readers, relays), slips)
    relays = [*relays, *told_relays(own, desk)]
    fields["relays"] = as_parties(relays, "heading-and-address")
    steps = hand_delivered(heading) + arrival_noted(signed.prose, relays, desk)
    steps += read_way(header, closing, own, desk) + closing_moment(dated_at, own)
    fields["transmissions"] = place_steps(steps, fields["sentFrom"])
    fields["copies"] = copies_of([*header.copies, *_named_copies(header), *closing.copies], desk, "copy-list")
    fields["notes"] = read_notes([*header.lines, *own], desk, {line.number for line in closing.copies})
    fields["mentions"] = prose_mentions(signed, desk, (*senders, *readers, *relays), header.letterhead)
    fields["enclosures"] = [
        read_inner(f"{identity}{chr(ord('a') + position)}", message, heading, senders, readers, fields, desk)
        for position, message in enumerate(enclosed)
    ]
    for message, enclosure in zip(enclosed, fields["enclosures"], strict=True):
        fields["mentions"] += _instructed(message, enclosure, fields["mentions"], desk)
    for enclosure, passing in zip(fields["enclosures"], told_through(signed.prose, desk), strict=False):
        enclosure["relays"] = as_parties(passing, "told-through")
    fields["references"] = [entry for entry in fields["references"] if not _is_enclosed(entry, fields["enclosures"])]
    return fields


def _instructed(
    message: Enclosed, enclosure: Mapping[str, Any], mentions: Sequence[Mapping[str, Any]], desk: Desk
) -> list[dict[str, Any]]:
    """Return the parties of a message that the order to pass it on names: "Communicate to X that …"."""
    parties = {one.get("actor") for key in ("senders", "recipients") for one in enclosure.get(key, ())}
    if message.kind != "instruction":
        return []
    known = {mention.get("actor") for mention in mentions}
    first = read_mentions(message.lines[:2], desk)
    return [mention for mention in first if mention.get("actor") in parties - known]


def _is_enclosed(entry: Mapping[str, Any], enclosures: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message cited is the one enclosed: same day, same author."""
    return any(
        entry.get("date")
        and entry["date"] == enclosure.get("date", {}).get("value")
        and entry.get("from") in [sender.get("actor") for sender in enclosure.get("senders", ())]
        for enclosure in enclosures
    )


def _named_copies(header: Header) -> list[Line]:
    """Return "Copy to X" of an address line as a line of a copy list."""
    found = []
    for line in header.addresses:
        match = re.search(r"\bCopy to\b.*", line.text)
        if match:
            found.append(Line(line.number, match.group(0)))
    return found


def _places(heading: Heading, header: Header, desk: Desk) -> tuple[str, ...]:
    printed = printed_place([*header.addresses, *header.movements], desk, "address-line")
    named = [
        bearer.id
        for found in desk.names.find(heading.passage.text)
        for bearer in found.bearers
        if bearer.kind == "place"
    ]
    return tuple(dict.fromkeys([*(str(entry["place"]) for entry in printed), *named]))


def _sent_from(
    heading: Heading, header: Header, own: Sequence[Line], senders: Sequence[Named], desk: Desk
) -> list[Value]:
    for line in header.lines:
        match = re.search(r"(?i:\bfrom:?)\s*(?=[A-Z])", line.text)
        places = printed_place([Line(line.number, line.text[match.end() :])], desk, "from-line") if match else []
        if places:
            return places[:1]
    if heading.form == "resolution":
        return printed_place(header.addresses, desk, "dateline")
    for line in own[-12:]:
        places = printed_place([line], desk, "dateline") if is_dateline(line.text, desk) else []
        if places:
            return places[:1]
    return infer_place(senders, desk)


def _sent_to(heading: Heading, header: Header, readers: Sequence[Named], desk: Desk) -> list[Value]:
    lines = [line for line in header.addresses if not re.match(r"^\s?(?:FROM|From)", line.text)]
    printed = printed_place(lines, desk, "address-line") if heading.form != "resolution" else []
    return printed or _received_in(header, desk) or infer_place(readers, desk)


def _received_in(header: Header, desk: Desk) -> list[Value]:
    """Return the place that the stamp of receipt names."""
    passage = Passage.of(header.movements)
    match = re.search(r"\bReceived in (?=[A-Z])", passage.text)
    found = [name for name in desk.names.find(passage.text) if match and name.start == match.end()]
    places = [bearer.id for name in found for bearer in name.bearers if bearer.kind == "place"]
    if not places:
        return []
    return [place(places[0], found[0].printed, passage.lines(found[0].start, found[0].end), "stamp-received")]


def _references(
    header: Header,
    prose: Sequence[Line],
    desk: Desk,
    senders: Sequence[Named],
    readers: Sequence[Named],
    relays: Sequence[Named],
) -> list[dict[str, Any]]:
    author, reader = (tuple(one.id for one in named if one.id) for named in (senders, readers))
    passing = tuple(one.id for one in relays[:1])
    # A number at the head of a relayed telegram is the relay's own, or of the telegram that the relay sent before.
    found = address_references(header.addresses, desk, passing or author, passing or reader)
    if passing:
        found = [{key: item for key, item in entry.items() if key != "to"} for entry in found]
    found += opening_reference(prose, reader)
    seen = {(entry.get("number"), entry.get("date")) for entry in found}
    for entry in cited_messages(prose, desk, author, reader):
        if (entry.get("number"), entry.get("date")) not in seen:
            found.append(entry)
    return found
