"""The fields of a Politburo decision: the body decides, the comrades at the head get copies, attachments are enclosed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.fields.names import Bearer
from kgpub.convert.formats.bulletin.header import header_stamps
from kgpub.convert.formats.bulletin.heading import Heading
from kgpub.convert.formats.bulletin.lines import Line, Passage, format_lines
from kgpub.convert.formats.bulletin.message import copies_of, date_value, infer_place, printed_place, prose_mentions
from kgpub.convert.formats.bulletin.notes import read_notes
from kgpub.convert.formats.bulletin.parties import Named, addressees, as_parties, best_forms, named_in
from kgpub.convert.formats.bulletin.politburo import Decision, read_decision
from kgpub.convert.formats.bulletin.references import address_references, opening_reference, text_references
from kgpub.convert.formats.bulletin.signed import dated, read_signed, signers_of
from kgpub.convert.formats.bulletin.undated import cited_messages
from kgpub.convert.formats.bulletin.values import Desk, Value, party, value
from kgpub.convert.records import ENCLOSURE_FIELDS

__all__ = ["decision_fields"]

_FORMS = (
    ("draft-telegram", r"telegram|order|instruction|answer|reply"),
    ("directive", r"directive"),
    ("message", r"message"),
)


def decision_fields(identity: str, heading: Heading, body: Sequence[Line], desk: Desk) -> dict[str, Any]:
    """Return the fields of a decision and of its attachments."""
    decision = read_decision(body)
    adopted = _adopted(decision, desk)
    fields: dict[str, Any] = {"form": _form(heading, decision), "senders": [_body(decision, desk)]}
    fields["date"] = adopted and value(adopted["at"], _date_of(adopted), adopted["lines"], "decision-of")
    fields["transmissions"] = [adopted] if adopted else []
    fields["copies"] = copies_of(decision.copies, desk, "comrades-at-head")
    fields["registryNumbers"] = _numbers(decision)
    fields["sentFrom"] = infer_place([Named(Bearer("organisation", "politburo-of-the-cpsu"), "", "")], desk) or _home(
        decision, desk
    )
    attached = {line.number for lines in decision.attachments for line in lines}
    fields["notes"] = read_notes([line for line in body if line.number not in attached], desk)
    question = Passage.of(decision.question)
    fields["references"] = text_references(decision.question, desk, (), ())
    fields["mentions"] = prose_mentions(read_signed(decision.question, desk), desk, letterhead=decision.letterhead)
    if decision.secretary:
        fields["signers"] = [_secretary(decision.secretary, desk)]
    fields["enclosures"] = [
        _attachment(f"{identity}{chr(ord('a') + n)}", lines, heading, question, fields.get("date"), decision.item, desk)
        for n, lines in enumerate(decision.attachments)
    ]
    fields["recipients"] = _collected(fields["enclosures"], "recipients")
    # Where an attachment goes belongs to the attachment; the decision goes where its heading says, if to one place.
    places = printed_place(heading.lines, desk, "heading")
    fields["sentTo"] = places if len(places) == len(decision.attachments) == 1 else []
    return fields


def _adopted(decision: Decision, desk: Desk) -> dict[str, Any] | None:
    passage = Passage.of(decision.decided)
    start = passage.text.find("Decision")
    dates = find_dates(passage.text[start:], desk.day or None) if start >= 0 else []
    if not dates:
        return None
    end = start + dates[0].end
    return {
        "stage": "adopted",
        "at": dates[0].value,
        "printed": passage.text[start:end],
        "lines": passage.lines(start, end),
        "rule": "decision-of",
    }


def _date_of(adopted: dict[str, Any]) -> str:
    return re.sub(r"^Decision (?:of|dated) ", "", str(adopted["printed"]))


def _form(heading: Heading, decision: Decision) -> Value:
    first, last = heading.form_span
    if heading.form == "politburo-decision":
        return value(
            "politburo-decision", heading.passage.text[first:last], heading.passage.lines(first, last), "heading"
        )
    return value(
        "politburo-decision", "", format_lines([line.number for line in decision.decided]), "excerpt-from-protocol"
    )


def _body(decision: Decision, desk: Desk) -> Value:
    passage = Passage.of(decision.decided)
    match = re.search(r"Politburo(?: of the)?(?: CC(?: VKPR?\(b\))?)?", passage.text)
    known = [b for b in desk.names.lookup("Politburo") if b.kind == "organisation"]
    lines = passage.lines(*match.span()) if match else ""
    return party(known[0] if known else None, match.group(0) if match else "", lines, "excerpt-from-protocol")


def _home(decision: Decision, desk: Desk) -> list[Value]:
    if not desk.layout.home:
        return []
    lines = str(decision.decided[0].number) if decision.decided else ""
    return [{"place": desk.layout.home, "lines": lines, "rule": "seat-of-body", "certainty": "inferred"}]


def _numbers(decision: Decision) -> list[Value]:
    numbers: list[Value] = []
    if decision.protocol:
        numbers.append(
            {
                "kind": "protocol",
                **value(decision.protocol, decision.protocol_print, str(decision.protocol_line), "protocol-number"),
            }
        )
    # The number of the meeting alone says nothing more where the excerpt's own number names meeting and item.
    for line in () if decision.protocol else decision.decided:
        match = re.search(r"(?i:protocol) ?(?:No\. ?|#)(\d+)", line.text)
        if match:
            numbers.append({"kind": "protocol", **value(match[1], match.group(0), str(line.number), "protocol-number")})
    if decision.item:
        first = next((line for line in decision.question if not line.blank), None)
        numbers.append(
            {"kind": "protocol-item", **value(decision.item, "", str(first.number) if first else "", "protocol-item")}
        )
    return numbers


def _secretary(line: Line, desk: Desk) -> Value:
    offices = [b.id for b in desk.names.lookup(line.text.strip()) if b.kind == "office"]
    return party(None, line.text.strip(), str(line.number), "signature", office=offices[0] if offices else "")


def _collected(enclosures: Sequence[dict[str, Any]], key: str) -> list[Value]:
    seen: dict[str, Value] = {}
    for enclosure in enclosures:
        for entry in enclosure.get(key, ()):
            seen.setdefault(str(entry.get("actor", entry.get("place", ""))), entry)
    return list(seen.values())


def _attachment(
    identity: str,
    lines: Sequence[Line],
    heading: Heading,
    question: Passage,
    adopted: Value | None,
    item: str,
    desk: Desk,
) -> dict[str, Any]:
    head, body = _split(lines, desk)
    places = printed_place(head, desk, "address-line")
    desk.places = tuple(str(entry["place"]) for entry in places)
    signed = read_signed(body, desk)
    signers = signers_of(signed)
    addressed = addressees(head, desk)
    final = _final(head, addressed, heading, desk)
    authors = signers or named_in(heading.passage, heading.announced[0].author if heading.announced else None, desk)
    author, reader = (tuple(one.id for one in named if one.id) for named in (authors, final))
    fields: dict[str, Any] = {"id": identity, "lines": format_lines(line.number for line in lines)}
    fields["form"] = _attached_form(question, heading, head)
    own = dated(signed, [one.id for one in authors], desk)
    fallback = (
        value(str(adopted["value"]), "", str(adopted.get("lines", "")), "carrier", certainty="inferred")
        if adopted
        else None
    )
    fields["date"] = date_value(own, fallback)
    fields["senders"] = as_parties(authors, "signature")
    fields["recipients"] = as_parties(best_forms(final), "address-line")
    fields["signers"] = as_parties(signers, "signature")
    fields["sentFrom"] = infer_place(authors, desk)
    fields["sentTo"] = places
    fields["references"] = [*address_references(head, desk, author, reader), *opening_reference(body, reader)]
    numbers = {entry.get("number") for entry in fields["references"]}
    fields["references"] += [
        e for e in cited_messages(signed.prose, desk, author, reader) if e.get("number") not in numbers
    ]
    fields["registryNumbers"], special = _slip(head, item)
    for key, kind in (("classifications", "classification"), ("urgency", "urgency")):
        fields[key] = [
            value(s.value, s.printed, str(line.number), "stamp") for line, s in header_stamps(head) if s.kind == kind
        ]
    fields["classifications"] = [*special, *fields["classifications"]]
    fields["mentions"] = prose_mentions(signed, desk, (*authors, *addressed))
    fields["notes"] = read_notes(lines, desk)
    fields["relays"], fields["enclosures"] = _handed_on(fields, addressed, final, signed.prose, heading, desk)
    return {key: fields[key] for key in ENCLOSURE_FIELDS if fields.get(key)}


def _handed_on(
    fields: dict[str, Any],
    addressed: Sequence[Named],
    final: Sequence[Named],
    prose: Sequence[Line],
    heading: Heading,
    desk: Desk,
) -> tuple[list[Value], list[dict[str, Any]]]:
    """Return relays and the message for a third person that the heading says the addressee is to hand on."""
    final_ids = {one.id for one in final}
    others = [one for one in addressed if one.id not in final_ids]
    third = [one for a in heading.announced if a.way == "for" for one in named_in(heading.passage, a.addressee, desk)]
    third = [one for one in third if one.id not in final_ids]
    told = [one for one in best_forms(third, others) if _told(one, prose, others)]
    if not told or (fields["recipients"] and len(final) != 1):
        return as_parties([one for one in others if one.id not in {t.id for t in told}], "address-line"), []
    inner: dict[str, Any] = {
        "id": f"{fields['id']}a",
        "lines": format_lines(line.number for line in _message_lines(prose)),
        "form": value("message", "", told[0].lines, "heading"),
        "date": fields["date"],
        "senders": fields["senders"],
        "recipients": as_parties(told, "heading-and-address"),
        "relays": fields["recipients"],
        "sentTo": fields["sentTo"],
    }
    return [], [{key: inner[key] for key in ENCLOSURE_FIELDS if inner.get(key)}]


def _told(one: Named, prose: Sequence[Line], others: Sequence[Named]) -> bool:
    first = Passage.of([line for line in prose if not line.blank][:3]).text
    return one.id in {other.id for other in others} or one.printed.lower() in first.lower()


def _message_lines(prose: Sequence[Line]) -> list[Line]:
    kept = [line for line in prose if not line.blank]
    while kept and re.match(r"^\s?(?:Telegraph|Confirm|Report|By order)\b", kept[-1].text):
        kept.pop()
    return kept


def _slip(head: Sequence[Line], item: str) -> tuple[list[Value], list[Value]]:
    """Return the item that the slip on an attachment names ("To p.332(op)", "#73 (op)", "on #118"), and its stamp.

    "(op)" is osobaia papka, the special file that the item of the protocol was put into.
    """
    number = re.escape(item) or r"\d+"
    for line in head:
        match = re.search(rf"(?:\bp\.|#)\s?(?P<item>{number})\b ?(?P<file>\(op\))?", line.text)
        if match and (item or match["file"]):
            at = str(line.number)
            numbers = [{"kind": "protocol-item", **value(match["item"], match.group(0).strip(), at, "slip")}]
            stamps = [value("special-file", match["file"], at, "slip", certainty="inferred")] if match["file"] else []
            return numbers, stamps
    return [], []


def _split(lines: Sequence[Line], desk: Desk) -> tuple[list[Line], list[Line]]:
    """Return the address lines of an attachment and its text."""
    for position, line in enumerate(lines):
        text = line.text.strip()
        head = (
            not text
            or text.startswith(("Attachment", "[Attachment"))
            or (
                len(text) < 45
                and (
                    re.match(
                        r"^(?:[Tt]o\b|TO\b|TOP|Top|For\b|BY CIPHER|RE:|Hand Over|PRIORITY|#\d+ \(op|\[?Attachment"
                        r"|Politburo #|.*#\d+\]?$|\*|\d[\w -]{0,3}$)",
                        text,
                    )
                    or desk.names.lookup(text)
                    or (addressees([line], desk) and not re.search(r"[.“!]", text))
                    or header_stamps([line])
                )
            )
        )
        if not head:
            return list(lines[:position]), list(lines[position:])
    return list(lines), []


def _final(head: Sequence[Line], addressed: Sequence[Named], heading: Heading, desk: Desk) -> list[Named]:
    """Return for whom a message is: whom the heading names behind "to", else those behind "For", else all addressed."""
    announced = [
        one.id for a in heading.announced for one in named_in(heading.passage, a.addressee, desk) if a.way == "to"
    ]
    chosen = [one for one in addressed if one.id in announced]
    if chosen:
        return chosen
    marked = {line.number for line in head if re.match(r"^\s?For\b", line.text)}
    if not marked:
        return list(addressed)
    first = min(marked)
    return [one for one in addressed if int(re.split(r"[-,]", one.lines)[0]) >= first] or list(addressed)


def _attached_form(question: Passage, heading: Heading, head: Sequence[Line]) -> Value:
    cipher = next((line for line in head if line.text.strip() == "BY CIPHER"), None)
    if cipher:
        return value("ciphered-telegram", "BY CIPHER", str(cipher.number), "stamp")
    directive = re.search(r"\bdirectives?\b", heading.passage.text)
    if directive:
        return value("directive", directive.group(0), heading.passage.lines(*directive.span()), "heading")
    for form, pattern in _FORMS:
        match = re.search(rf"\b(?:draft|attached|proposed|text)\b.{{0,60}}?\b(?:{pattern})", question.text)
        if match:
            return value(form, "", question.lines(match.start(), match.end()), "decision")
    return value("draft-telegram", "", "", "decision", certainty="inferred")
