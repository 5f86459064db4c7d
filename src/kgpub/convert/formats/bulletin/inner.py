"""A message inside a document: the fields of a record for the lines that an enclosure takes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kgpub.convert.fields.dates import FoundDate, find_dates
from kgpub.convert.formats.bulletin.closing import read_closing
from kgpub.convert.formats.bulletin.enclosures import Enclosed
from kgpub.convert.formats.bulletin.header import Header, split_header
from kgpub.convert.formats.bulletin.heading import Heading
from kgpub.convert.formats.bulletin.lines import Line, Passage, format_lines
from kgpub.convert.formats.bulletin.message import (
    copies_in,
    copies_of,
    date_value,
    infer_place,
    printed_place,
    prose_mentions,
)
from kgpub.convert.formats.bulletin.parties import Named, addressees, as_parties, best_forms, named_in
from kgpub.convert.formats.bulletin.references import address_references
from kgpub.convert.formats.bulletin.sheet import outgoing_numbers, read_stamps
from kgpub.convert.formats.bulletin.signed import closing_moment, dated, read_signed, signers_of
from kgpub.convert.formats.bulletin.story import handed_over
from kgpub.convert.formats.bulletin.undated import cited_messages
from kgpub.convert.formats.bulletin.values import Desk, Value, value
from kgpub.convert.records import ENCLOSURE_FIELDS

__all__ = ["read_inner"]

_NOUNS = (
    ("telegram", "telegram"),
    ("letter", "letter"),
    ("note", "note"),
    ("directive", "directive"),
    ("message", "message"),
)
# Lines before a quotation that still speak of it.
_NEARBY = 4
_GREETING = re.compile(r"^\s?[“\"]?(?:To (?:the )?|Dear |DEAR |DEEPLY |For |Comrades? |[A-Z][A-Z]+ )")


def read_inner(
    identity: str,
    message: Enclosed,
    heading: Heading,
    carriers: Sequence[Named],
    readers: Sequence[Named],
    carrier: Mapping[str, Any],
    desk: Desk,
) -> dict[str, Any]:
    """Return an enclosed message as a mapping; `carriers` and `readers` are the parties of the document around it."""
    announced = message.announced
    header, text = (
        split_header(message.lines, desk.names) if message.kind == "attachment" else (Header(), list(message.lines))
    )
    desk = replace(desk, places=(*_printed_places(header, desk), *desk.places)) if header.addresses else desk
    signed = read_signed(text, desk)
    signers = signers_of(signed)
    authors = best_forms(named_in(heading.passage, announced.author if announced else None, desk), signers)
    authors = authors or signers or _of_intro(message, desk, carriers) or [_inferred(one) for one in carriers]
    targets = _targets(message, header, heading, authors, desk)
    targets = (
        targets or _of_pronoun(message, authors, readers, desk) or _by_default(message, authors, carriers, readers)
    )
    author, target = (tuple(one.id for one in named if one.id) for named in (authors, targets))
    dated_at = dated(signed, [one.id for one in authors], desk)
    relays = _relays(message, authors, targets, carriers, readers)
    fields: dict[str, Any] = {"id": identity, "lines": format_lines(_extent(message.lines)), **read_stamps(header)}
    fields["form"] = _form(message, heading)
    fields["date"] = date_value(
        dated_at or _intro_date(message, desk), _announced_date(message, heading, carrier, bool(relays))
    )
    fields["senders"] = as_parties(authors, "heading-and-signature")
    fields["recipients"] = as_parties(targets, "heading-and-address")
    fields["relays"] = as_parties(relays, "carrier")
    fields["signers"] = as_parties(signers, "signature")
    fields["sentFrom"] = infer_place(authors, desk)
    # What others are told to send in their own name has no place yet.
    proposed = fields["form"]["value"] == "draft-message" and not {*author} & {one.id for one in carriers}
    fields["sentTo"] = printed_place(header.addresses, desk, "address-line")
    fields["sentTo"] = fields["sentTo"] or ([] if proposed else infer_place(targets, desk))
    fields["outgoingNumber"] = outgoing_numbers(read_closing(text, desk))
    fields["references"] = address_references(header.addresses, desk, author, target) + cited_messages(
        signed.prose, desk, author, target
    )
    if not any(entry["relation"] == "answers" for entry in fields["references"]):
        fields["references"] += _called_reply(message, author, target)
    fields["transmissions"] = handed_over(message.intro, desk) + closing_moment(dated_at, message.lines)
    fields["copies"] = copies_of(_copy_lines(message.lines), desk, "copy-list") or copies_in(signed.prose, desk)
    fields["mentions"] = prose_mentions(signed, desk, (*authors, *targets, *relays))
    return {key: fields[key] for key in ENCLOSURE_FIELDS if fields.get(key)}


def _targets(message: Enclosed, header: Header, heading: Heading, authors: Sequence[Named], desk: Desk) -> list[Named]:
    known = {one.id for one in authors}
    sheet = [one for one in addressees([*header.addresses, *_opening(message.lines)], desk) if one.id not in known]
    if message.kind == "instruction":
        first = Passage.of(message.lines[:2])
        sheet = [one for one in named_in(first, (0, len(first.text)), desk) if one.id not in known]
    named = named_in(heading.passage, message.announced.addressee if message.announced else None, desk)
    named = [one for one in named if one.id not in known]
    if named and sheet and {one.id for one in named} < {one.id for one in sheet}:
        return sheet
    return best_forms(named, sheet) or sheet


def _printed_places(header: Header, desk: Desk) -> list[str]:
    return [str(entry["place"]) for entry in printed_place(header.addresses, desk, "address-line")]


def _copy_lines(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines[:4] if re.match(r"^\s?Cop(?:y|ies)(?: to\b|: )", line.text)]


def _intro_date(message: Enclosed, desk: Desk) -> tuple[FoundDate, Line] | None:
    """Return the one date that the sentence before a quotation gives the message."""
    if message.kind != "quote":
        return None
    passage = Passage.of(message.intro[-_NEARBY:])
    sentences = list(re.finditer(r"(?<=[.!?])\s+(?=[A-Z“])", passage.text))
    start = sentences[-1].end() if sentences and not passage.text.endswith(("yourself with it:", "with it:")) else 0
    dates = find_dates(passage.text[start:], desk.day or None)
    if len(dates) != 1:
        return None
    number = passage.line_at(start + dates[0].start)
    return dates[0], next(line for line in message.intro if line.number == number)


def _extent(lines: Sequence[Line]) -> list[int]:
    kept = list(lines)
    while kept and kept[0].blank:
        kept.pop(0)
    while kept and kept[-1].blank:
        kept.pop()
    return [line.number for line in kept]


def _opening(lines: Sequence[Line]) -> list[Line]:
    first = [line for line in lines[:6] if not line.blank][:3]
    return [line for line in first if _GREETING.match(line.text)]


def _of_intro(message: Enclosed, desk: Desk, carriers: Sequence[Named]) -> list[Named]:
    passage = Passage.of(message.intro[-_NEARBY:])
    match = list(re.finditer(r"\bfrom\s+(?=\[?[A-Z])", passage.text))
    if message.announced and not match:
        return []
    named = named_in(passage, (match[-1].end(), len(passage.text)), desk) if match else []
    return named[:1] or [_inferred(one) for one in carriers if re.search(r"\bI (?:replied|sent)\b", passage.text)]


def _inferred(named: Named) -> Named:
    return replace(named, certainty="inferred")


def _by_default(
    message: Enclosed, authors: Sequence[Named], carriers: Sequence[Named], readers: Sequence[Named]
) -> list[Named]:
    """A message without an addressee is for the carrier's reader, unless the carrier says that it received it."""
    known = {one.id for one in authors}
    received = re.search(r"\b(?:[Ww]e|I) (?:have )?received\b", Passage.of(message.intro[-_NEARBY:]).text)
    options = carriers if received or known & {one.id for one in readers} else readers
    return [_as_inferred(one) for one in options if one.id not in known][:1]


def _as_inferred(named: Named) -> Named:
    bearer = replace(named.bearer, cover="") if named.bearer else None
    return replace(named, bearer=bearer, certainty="inferred", printed="")


def _of_pronoun(message: Enclosed, authors: Sequence[Named], readers: Sequence[Named], desk: Desk) -> list[Named]:
    """Return whom the sentence before a quotation means or names: "sent to X:", "replied to him"."""
    passage = Passage.of(message.intro)
    known = {one.id for one in authors}
    sent = re.search(r"\b(?:sent|addressed) to (?=[A-Z])", passage.text)
    if sent:
        return named_in(passage, (sent.end(), len(passage.text)), desk)[:1]
    if not re.search(r"\bto (?:him|them)\b", passage.text):
        return []
    known |= {one.id for one in readers}
    return [one for one in named_in(passage, (0, len(passage.text)), desk) if one.id not in known][-1:]


def _relays(
    message: Enclosed,
    authors: Sequence[Named],
    targets: Sequence[Named],
    carriers: Sequence[Named],
    readers: Sequence[Named],
) -> list[Named]:
    text = Passage.of(message.intro[-_NEARBY:]).text
    form = message.announced.form if message.announced else ""
    author_ids, target_ids = {one.id for one in authors}, {one.id for one in targets}
    shown = bool(re.search(r"\bcop(?:y|ies) of\b|familiariz|[Mm]y (?:telegram|answer)|text of my|were? sent to", text))
    silent = not message.announced and not re.search(r"\b(?:transmit|relay|received)", text)
    own = message.kind == "attachment" and author_ids & {one.id for one in carriers}
    if shown or silent or own or form.startswith("draft") or target_ids & {one.id for one in carriers}:
        return []
    readers = [one for one in readers if one.certainty != "inferred"]
    passing = list(readers) if author_ids & {one.id for one in carriers} else [*carriers, *readers]
    return [one for one in passing if one.id not in author_ids | target_ids]


def _form(message: Enclosed, heading: Heading) -> Value:
    """Return the form: what the sentence before it calls it, else what the heading does."""
    announced = message.announced
    passage = Passage.of(message.intro[-5:])
    roughly = re.search(r"\b(?:roughly|approximately|something) like this:$", passage.text)
    if roughly and message.kind == "quote":
        return value("draft-message", roughly.group(0), passage.lines(*roughly.span()), "introduced-as")
    nouns = [
        (match.start(), match.end(), form)
        for noun, form in _NOUNS
        for match in re.finditer(rf"(?<![Yy]our )(?<!\[)\b(?i:{noun})\b", passage.text)
    ]
    if message.kind == "instruction":
        nouns = [each for each in nouns if passage.text[: each[0]].endswith("the following ")]
    if (
        nouns
        and message.kind in ("quote", "instruction")
        and (not announced or announced.form in ("message", "letter"))
    ):
        start, end, form = max(nouns)
        return value(form, "", passage.lines(start, end), "introduced-as")
    if not announced:
        return value("message", "", "", "introduced-as", certainty="inferred")
    match = re.search(re.escape(announced.form.split("-")[-1]), heading.passage.text[announced.start :])
    start = announced.start + (match.start() if match else 0)
    end = announced.start + (match.end() if match else 1)
    printed = heading.passage.text[start:end] if match else ""
    return value(announced.form, printed, heading.passage.lines(start, end), "heading")


def _called_reply(message: Enclosed, author: Sequence[str], target: Sequence[str]) -> list[dict[str, Any]]:
    """Return what a message answers where its carrier calls it a reply and its own text cites nothing."""
    passage = Passage.of(message.intro)
    match = re.search(rf"\breply (?:{'|'.join(noun for noun, _ in _NOUNS)})\b", passage.text)
    if match is None or len(author) != 1 or len(target) != 1:
        return []
    lines = passage.lines(*match.span())
    return [
        {
            "relation": "answers",
            "from": target[0],
            "to": author[0],
            "printed": match.group(0),
            "lines": lines,
            "rule": "called-reply",
        }
    ]


def _announced_date(message: Enclosed, heading: Heading, carrier: Mapping[str, Any], relayed: bool) -> Value | None:
    announced = message.announced
    if announced and announced.date:
        lines = heading.passage.lines(announced.start, announced.start + 30)
        return value(announced.date, "", lines, "heading")
    date = carrier.get("date")
    if (
        not isinstance(date, dict)
        or (message.kind == "quote" and not relayed)
        or (
            message.kind == "attachment"
            and heading.form != "resolution"
            and not (announced and announced.form.startswith("draft"))
        )
    ):
        return None
    return value(str(date["value"]), "", str(date.get("lines", "")), "carrier", certainty="inferred")
