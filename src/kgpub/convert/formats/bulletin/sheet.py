"""What a sheet bears beside its text: form, stamps, numbers, and the steps of its way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kgpub.convert.fields.copies import parse_copy_total
from kgpub.convert.fields.dates import find_dates
from kgpub.convert.fields.numbers import parse_special_numbers, parse_telegram_number
from kgpub.convert.formats.bulletin.closing import Closing
from kgpub.convert.formats.bulletin.header import Header, header_stamps
from kgpub.convert.formats.bulletin.heading import Heading
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.story import told_steps
from kgpub.convert.formats.bulletin.transmissions import read_means, read_transmissions
from kgpub.convert.formats.bulletin.values import STEP_KEYS, Desk, Value, value

__all__ = ["heading_date", "outgoing_numbers", "place_steps", "read_form", "read_numbers", "read_stamps", "read_way"]

_ORIGIN = re.compile(r"^\s?From (?!CORR|Corr)\w+?[,.]? ?(?P<printed>(?:No\.|#) ?(?P<number>\d+(?:/\w+)?))[.,]?(?:\s|$)")
_TYPED_NUMBERS = (
    ("document", r"^Typed by \w+ (#(\d+))"),
    ("copy", r"(Copy No\. (\d+))"),
    ("copy", r"((\d+) copy)$"),
)
_COVER = re.compile(r"(?i)filippov|fyn.si|semenov|chan fu")


def read_stamps(header: Header) -> dict[str, list[Value]]:
    """Return the stamps of a header by field."""
    fields: dict[str, list[Value]] = {"classifications": [], "urgency": [], "seriesMarks": []}
    keys = {"classification": "classifications", "urgency": "urgency", "series": "seriesMarks"}
    for line, stamp in header_stamps(header.lines):
        fields[keys[stamp.kind]].append(value(stamp.value, stamp.printed.strip(" ."), str(line.number), "stamp"))
    return fields


def read_numbers(header: Header, closing: Closing) -> dict[str, list[Value]]:
    """Return the numbers of a header and a signature block by field."""
    fields: dict[str, list[Value]] = {"telegramNumber": [], "outgoingNumber": [], "registryNumbers": []}
    origins: list[Value] = []
    for line in header.lines:
        telegram = parse_telegram_number(line.text)
        if telegram:
            fields["telegramNumber"].append(
                value(telegram, _sign(line.text, telegram), str(line.number), "telegram-number")
            )
        elif origin := _ORIGIN.match(line.text):
            origins.append(value(origin["number"], origin["printed"], str(line.number), "number-after-from"))
        else:
            fields["registryNumbers"].extend(_registered(line))
    # A sheet whose title bears no number gives the telegram's behind the place it came from.
    fields["telegramNumber"] = fields["telegramNumber"] or origins
    fields["outgoingNumber"] = outgoing_numbers(closing)
    for line in (*closing.typed, *closing.copies):
        for kind, pattern in _TYPED_NUMBERS:
            match = re.match(pattern, line.text.strip())
            if match:
                fields["registryNumbers"].append(_registry(kind, match[2], match[1], line))
    return fields


def outgoing_numbers(closing: Closing) -> list[Value]:
    """Return the numbers of a signature block."""
    return [
        value(number, _sign(line.text, number), str(line.number), "outgoing-number") for number, line in closing.numbers
    ]


def read_form(heading: Heading, header: Header, own: Sequence[Line]) -> Value:
    """Return the form: as the heading names it, else as the sheet does, else inferred from its words."""
    first, last = heading.form_span
    if heading.form:
        return value(heading.form, heading.passage.text[first:last], heading.passage.lines(first, last), "heading")
    for line in header.lines:
        match = re.match(r"(?i)\s?(ciphered (?:telegram|note))", line.text)
        if match:
            return value("ciphered-telegram", match[1], str(line.number), "header")
    lines = heading.passage.lines(0, len(heading.passage.text))
    return value(_inferred_form(heading, header, own), "", lines, "no-form-named", certainty="inferred")


def heading_date(heading: Heading) -> Value | None:
    """Return the heading's date as a value, or None."""
    if not heading.date:
        return None
    first, last = heading.date_span
    return value(heading.date, heading.passage.text[first:last], heading.passage.lines(first, last), "heading")


def read_way(header: Header, closing: Closing, own: Sequence[Line], desk: Desk) -> list[dict[str, Any]]:
    """Return the steps of a document's way, in the order of the page."""
    found = _with_office(read_transmissions(header.lines, desk), header, desk)
    found = _with_means(found, header)
    found += _adopted(header, desk)
    found += read_transmissions(closing.typed, desk)
    found += told_steps(own, desk)
    found = _with_copies(found, [*header.lines, *closing.typed, *closing.copies])
    return found


def place_steps(steps: Sequence[dict[str, Any]], sent_from: Sequence[Value]) -> list[dict[str, Any]]:
    """Return the steps with the place of dispatch, where the sheet prints whence it came, their keys in order."""
    placed = {"place": sent_from[0]["place"]} if sent_from and sent_from[0]["rule"] == "from-line" else {}
    steps = [placed | step if step["stage"] == "dispatched" else step for step in steps]
    return [{key: step[key] for key in STEP_KEYS if key in step} for step in steps]


def _registered(line: Line) -> list[Value]:
    numbers = [
        _registry("special", number, _sign(line.text, number), line) for number in parse_special_numbers(line.text)
    ]
    if numbers:
        return numbers
    resolution = re.match(r"^\s?Of \d+ \w+ \d{4} (No\. ?([\w-]+))", line.text)
    if resolution:
        return [_registry("document", resolution[2], resolution[1], line)]
    match = re.match(
        r"^\s?(?:\((?:incoming) )?((?:No\.|#) ?(\d+(?:/\w+)?))\)?\.?(?:\s|$)",
        line.text,
    )
    if not match:
        return []
    kind = "ministry" if re.fullmatch(r"\s?No\. ?\d+", line.text) else "incoming"
    return [_registry(kind, match[2], match[1], line)]


def _registry(kind: str, number: str, printed: str, line: Line) -> Value:
    return {"kind": kind, **value(number, printed, str(line.number), f"{kind}-number")}


def _sign(text: str, number: str) -> str:
    match = re.search(rf"(?:Special )?(?:Nos?\.|##?|_)\s?{re.escape(number)}", text)
    return match.group(0) if match else number


def _inferred_form(heading: Heading, header: Header, own: Sequence[Line]) -> str:
    opening = Passage.of([line for line in own if not line.blank][:6]).text
    if _COVER.search(heading.passage.text):
        return "message"
    if re.search(r"\bI (?:herewith )?report\b|herewith report", opening):
        return "report"
    return "memorandum" if any(line.text.strip().startswith("Ministry") for line in header.letterhead) else "letter"


def _with_office(found: list[dict[str, Any]], header: Header, desk: Desk) -> list[dict[str, Any]]:
    """The department of the letterhead received the telegrams, and a ministry's own department also sent them."""
    passage = Passage.of(header.letterhead)
    bodies = [b.id for name in desk.names.find(passage.text) for b in name.bearers if b.kind == "organisation"]
    office = next((body for body in reversed(bodies) if "directorate" in body or "department" in body), "")
    stages = {"received"} if "directorate" in office else {"received", "dispatched"}
    if not office or office.startswith("eighth"):
        return found
    return [
        {**entry, "agent": office} if entry["stage"] in stages and "agent" not in entry else entry for entry in found
    ]


def _with_means(found: list[dict[str, Any]], header: Header) -> list[dict[str, Any]]:
    means = read_means(header.lines)
    if not means or any("means" in entry for entry in found):
        return found
    wired = next((entry for entry in reversed(found) if entry["stage"] in ("dispatched", "forwarded")), None)
    if wired is None and not found:
        return [{"stage": "dispatched", "means": means[0], "printed": means[1], "lines": means[2], "rule": "by-wire"}]
    return [{**entry, "means": means[0]} if entry is wired else entry for entry in found]


def _with_copies(found: list[dict[str, Any]], lines: Sequence[Line]) -> list[dict[str, Any]]:
    """How many copies were made belongs to the typing."""
    text = Passage.of(lines).text
    total = parse_copy_total(text)
    return [{**entry, "copies": total} if entry["stage"] == "typed" and total else entry for entry in found]


def _adopted(header: Header, desk: Desk) -> list[dict[str, Any]]:
    for line in header.lines:
        match = re.match(r"^\s?Of (?P<date>\d+ \w+ \d{4}) No\.", line.text)
        dates = find_dates(match["date"], desk.day or None) if match else []
        if match and dates:
            printed = f"Of {match['date']}"
            return [
                {
                    "stage": "adopted",
                    "at": dates[0].value,
                    "printed": printed,
                    "lines": str(line.number),
                    "rule": "resolution-of",
                }
            ]
    return []
