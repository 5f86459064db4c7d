"""Steps of a document's way that are told in sentences, not stamped: handed over, received for the reader, passed on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.fields.times import find_times, join_moment
from kgpub.convert.formats.bulletin.heading import Heading
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.parties import Named, named_in
from kgpub.convert.formats.bulletin.transmissions import read_transmissions
from kgpub.convert.formats.bulletin.values import STEP_KEYS, Desk
from kgpub.convert.records import ENCLOSURE_FIELDS

__all__ = [
    "arrival_noted",
    "dispatched",
    "hand_delivered",
    "handed_over",
    "sent_afterwards",
    "told_relays",
    "told_steps",
    "told_through",
]

Step = dict[str, Any]

_MOMENT = r"(?:\s?(?:[A-Z][a-z]+|local) time)?,?"
# An editor's paragraph below a document: "This copy was received … and sent to X by Y. Y notes that … transmitted by Z".
_COPY = re.compile(r"^\s?This copy was\b")
_SENT_BY = re.compile(r"\bsent to [A-Z][\w. ]+? by (?=[A-Z])")
_WIRED_BY = re.compile(r"\btransmitted by (?P<who>[\w. ]+?) (?P<how>by telegraph)\b")


def hand_delivered(heading: Heading) -> list[Step]:
    """Return the delivery that a heading tells of ("hand-delivered letter"), without a moment."""
    match = re.search(r"\bhand-delivered\b", heading.passage.text)
    return [_step("delivered", match.group(0), heading.passage.lines(*match.span()))] if match else []


def arrival_noted(prose: Sequence[Line], relays: Sequence[Named], desk: Desk) -> list[Step]:
    """Return when the relay received what it passes on: "13.6.51 at 22:00 Beijing time I received the following …"."""
    passage = Passage.of([line for line in prose if not line.blank][:3])
    match = re.search(rf"{_MOMENT} I received the following (?:telegram|letter|message)\b", passage.text)
    moment = _moment(passage, match.start() + len(match.group(0).split(" I received")[0]) if match else 0, desk)
    if match is None or moment is None or len(relays) != 1:
        return []
    at, start, end = moment
    place = _place(passage.text[start:end], desk)
    step = _step("received", passage.text[start:end], passage.lines(start, end))
    return [_ordered({**step, "at": at, "agent": relays[0].id} | ({"place": place} if place else {}))]


def handed_over(intro: Sequence[Line], desk: Desk) -> list[Step]:
    """Return when a message was handed over: "On 7 May at 3:00 X time A invited me and transmitted the following"."""
    passage = Passage.of(intro)
    match = re.search(r"\b(?:transmitted|handed over|communicated) (?:to me )?the following\b", passage.text)
    start = passage.text.rfind(". ", 0, match.start()) + 1 if match else 0
    time = re.search(rf" at \d{{1,2}}[:.]\d\d{_MOMENT}", passage.text[start : match.start()]) if match else None
    moment = _moment(passage, start + time.end(), desk) if time else None
    if moment is None:
        return []
    at, first, last = moment
    place = _place(passage.text[first:last], desk)
    step = _step("delivered", passage.text[first:last], passage.lines(first, last))
    return [_ordered({**step, "at": at} | ({"place": place} if place else {}))]


def sent_afterwards(source: Sequence[Line], desk: Desk) -> Step | None:
    """Return the dispatch that a source note tells of behind its citations: "The telegram was sent to X on 3 May"."""
    passage = Passage.of(source)
    match = re.search(
        r"\] The (?:telegram|letter|message) was (?=sent to [A-Z][\w ]+? on (?P<date>.{8,24}))", passage.text
    )
    dates = find_dates(match["date"], desk.day or None) if match else []
    if match is None or not dates or dates[0].start:
        return None
    end = match.start("date") + dates[0].end
    step = _step("dispatched", passage.text[match.end() : end], passage.lines(match.end(), end))
    return _ordered({**step, "at": dates[0].value})


def dispatched(enclosure: dict[str, Any], step: Step) -> dict[str, Any]:
    """Return a draft as it was sent: with the step, and dated by it where its own date is only inferred."""
    day = enclosure.get("date", {})
    if day and day.get("certainty") != "inferred":
        return enclosure
    at = {"value": step["at"], "lines": step["lines"], "rule": "sent-afterwards", "certainty": "inferred"}
    order = list(ENCLOSURE_FIELDS)
    merged = {**enclosure, "date": at, "transmissions": [*enclosure.get("transmissions", ()), step]}
    return {key: merged[key] for key in sorted(merged, key=order.index)}


def told_through(prose: Sequence[Line], desk: Desk) -> list[list[Named]]:
    """Return for the first enclosure the persons "through" whom a text says it is to be transmitted; else nothing."""
    passage = Passage.of(prose)
    sentence = re.search(
        r"\b[Tt]ransmit the (?:present|attached) (?:letter|message|telegram)\b[^;:]{0,260}", passage.text
    )
    found: dict[str, Named] = {}
    for way in re.finditer(r"\bthrough (?=[A-Z])", sentence.group(0)) if sentence else ():
        start = sentence.start() + way.end() if sentence else 0
        stop = re.search(r", who\b|\. (?=\d)|, and \[|\bthrough ", passage.text[start:])
        end = start + (stop.start() if stop else 60)
        found |= {one.id: one for one in named_in(passage, (start, end), desk)}
    return [list(found.values())] if found else []


def told_steps(own: Sequence[Line], desk: Desk) -> list[Step]:
    """Return the steps that an editor's paragraph below a document tells of its copy."""
    lines = _paragraph(own)
    passage = Passage.of(lines)
    steps = read_transmissions(lines[:3], desk)
    for stage, pattern in (("forwarded", _SENT_BY), ("dispatched", _WIRED_BY)):
        for match, who in _told(passage, pattern, desk):
            end = match.end() if stage == "dispatched" else who.start + len(who.printed)
            start = match.start("how") if stage == "dispatched" else match.start()
            step = _step(stage, passage.text[start:end], passage.lines(start, end)) | {"agent": who.id}
            steps.append(step | ({"means": "wire"} if stage == "dispatched" else {}))
    return steps


def told_relays(own: Sequence[Line], desk: Desk) -> list[Named]:
    """Return who passed a document on according to an editor's paragraph below it."""
    passage = Passage.of(_paragraph(own))
    found = [who for pattern in (_WIRED_BY, _SENT_BY) for _, who in _told(passage, pattern, desk)]
    return list({one.id: one for one in found}.values())


def _paragraph(own: Sequence[Line]) -> list[Line]:
    start = next((position for position, line in enumerate(own) if _COPY.match(line.text)), len(own))
    return list(own[start:])


def _told(passage: Passage, pattern: re.Pattern[str], desk: Desk) -> list[tuple[re.Match[str], Named]]:
    found = []
    for match in pattern.finditer(passage.text):
        span = match.span("who") if "who" in pattern.groupindex else (match.end(), match.end() + 30)
        named = named_in(passage, span, desk)
        if named:
            found.append((match, named[0]))
    return found


def _moment(passage: Passage, end: int, desk: Desk) -> tuple[str, int, int] | None:
    """Return the moment that ends at a position, with its span; it must hold a date and a time."""
    start = max(end - 48, 0)
    dates = find_dates(passage.text[start:end], desk.day or None)
    times = find_times(passage.text[start:end])
    after = [time for time in times if dates and time.start >= dates[-1].end]
    if not after:
        return None
    return join_moment(dates[-1].value, after[-1].value), start + dates[-1].start, end


def _place(text: str, desk: Desk) -> str:
    return next((b.id for name in desk.names.find(text) for b in name.bearers if b.kind == "place"), "")


def _ordered(step: Step) -> Step:
    return {key: step[key] for key in STEP_KEYS if key in step}


def _step(stage: str, printed: str, lines: str) -> Step:
    return {"stage": stage, "printed": printed.strip(" ,."), "lines": lines, "rule": f"told-{stage}"}
