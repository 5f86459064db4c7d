"""The way of a telegram: dispatched, received, forwarded, deciphered, typed, delivered, with moment, place and agent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.fields.times import find_times, join_moment
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.values import Desk

__all__ = ["read_means", "read_transmissions"]

_EIGHTH = r"(?:the\s+)?(?:8\s?th\b|8 ?M?D|8D)"
_CUES: tuple[tuple[str, str], ...] = (
    ("forwarded", rf"(?:Sent|Dispatched)\s+to\s+{_EIGHTH}"),
    ("received", rf"(?:Arrived|Received)\s+(?:in|at)\s+{_EIGHTH}"),
    ("forwarded", r"Transmitted\s+to\b|was\s+cabled\s+to|Cabled\s+by"),
    ("received", r"R ?e ?c ?e ?i ?v ?e ?d\b|was\s+received"),
    ("dispatched", r"Sent\b|Dispatched\b|Submitted\b"),
    ("delivered", r"Delivered\b|was\s+delivered"),
    ("forwarded", r"Transmitted\b"),
    ("deciphered", r"Deciphered\b|Dec\[iphered"),
    ("typed", r"Typed\b|Typ\[ed by"),
    ("", r"CIPHERED|Ciphered\s+[Tt]elegram|Copies\b|\bTo\s+(?:Comrade|BEIJING|Beijing)|Typ\[ed in"),
    ("", r"\bFrom:?\s+(?=[A-Z])|Special Nos?\.|Distribution\s+list|Number\s+of\s+copies|Made\s+\d+\s+copies"),
)
_CUE = re.compile("|".join(f"(?P<c{number}>{pattern})" for number, (_, pattern) in enumerate(_CUES)))
_BY = re.compile(r"(?:by\]?|ed by\])\s+(?P<name>[A-Z][a-z]+)")
_BACK = 30
_NEAR = 40
# A stamp of more words than this is told by its moment alone: stage, place and means stand beside it.
_WORDS = 12
_WIRE = re.compile(r"[Bb]y (?:wire|telegraph|telegram|ciphered telegraph)|BY CIPHER|only by wire")


def read_transmissions(lines: Sequence[Line], desk: Desk) -> list[dict[str, Any]]:
    """Return the transmissions that some lines tell of, in the order of the page."""
    passage = Passage.of(lines)
    text = passage.text
    cues = list(_CUE.finditer(text))
    found = []
    for position, cue in enumerate(cues):
        stage = _CUES[int(next(name for name, got in cue.groupdict().items() if got)[1:])][0]
        end = cues[position + 1].start() if position + 1 < len(cues) else len(text)
        bare = not stage and cue.group(0).startswith("From")
        transmission = (
            _transmission(passage, stage or "received", cue.start(), end, desk, bare=bare) if stage or bare else None
        )
        if transmission:
            found.extend(transmission)
    return found


def read_means(lines: Sequence[Line]) -> tuple[str, str, str] | None:
    """Return `wire`, the words that say so and their line, or None."""
    for line in lines:
        match = _WIRE.search(line.text)
        if match:
            return "wire", match.group(0), str(line.number)
    return None


def _transmission(
    passage: Passage, stage: str, start: int, end: int, desk: Desk, *, bare: bool
) -> list[dict[str, Any]]:
    stretch = passage.text[start:end]
    dates = find_dates(stretch, desk.day or None)
    times = [time for time in find_times(stretch) if not any(d.start <= time.start < d.end for d in dates)]
    if bare and not (dates and times):
        return []
    if not dates and times:
        # The columns put the date on the line before ("3.10.1950 / Received 12:15").
        reach = max(start - _BACK, 0)
        before = [
            date for date in find_dates(passage.text[reach:start], desk.day or None) if reach + date.end >= start - 3
        ]
        if not before:
            return []
        start = reach + before[-1].start
        stretch = passage.text[start:end]
        dates = find_dates(stretch, desk.day or None)
        times = [time for time in find_times(stretch) if not any(d.start <= time.start < d.end for d in dates)]
    if not dates:
        return _undated(passage, stretch, stage, start, desk)
    moments = _moments(stretch, dates[0].value, [time.value for time in times])
    last = max([dates[0].end, *(time.end for time in times[:2] if time.start - dates[0].end < _NEAR)])
    printed = stretch[:last].strip(" .,") if not bare else _bare_print(stretch, dates[0].start, last, times[0].start)
    shared: dict[str, Any] = {}
    if re.search(r"\b[Bb]y wire|was cabled", stretch):
        shared["means"] = "wire"
    elif "diplomatic post" in passage.text[start : end + 60]:
        shared["means"] = "post"
    agent = _agent(stretch, stage, desk)
    if agent:
        shared["agent"] = agent
    place = _place(stretch, stage, desk)
    result = []
    for moment in moments:
        entry: dict[str, Any] = {"stage": stage, "at": moment}
        entry |= {"place": place} if place else {}
        entry |= shared | {
            "printed": _short(printed),
            "lines": passage.lines(start, start + last),
            "rule": f"stamp-{stage}",
        }
        if bare:
            entry["certainty"] = "inferred"
        result.append(entry)
    return result


def _undated(passage: Passage, stretch: str, stage: str, start: int, desk: Desk) -> list[dict[str, Any]]:
    """A step of which only the hand is printed: the typist, or that it went on by wire."""
    agent = _agent(stretch, stage, desk)
    wired = stretch.startswith("Cabled by")
    if not (agent and stage in ("typed", "deciphered")) and not wired:
        return []
    printed = re.split(r"\s(?=\[|Distribution|Made)", stretch)[0].strip(" .,")[:60]
    entry: dict[str, Any] = {"stage": stage, "means": "wire"} if wired else {"stage": stage, "agent": agent}
    return [entry | {"printed": printed, "lines": passage.lines(start, start + len(printed)), "rule": f"stamp-{stage}"}]


def _moments(stretch: str, day: str, times: list[str]) -> list[str]:
    if len(times) > 1 and re.search(r"\d:\d\d\s?[-–]\s?\d", stretch):
        return [join_moment(day, time) for time in times[:2]]
    return [join_moment(day, times[0] if times else None)]


def _bare_print(stretch: str, date_start: int, last: int, time_start: int) -> str:
    return stretch[min(date_start, time_start) : last].strip(" .,")


def _short(printed: str) -> str:
    """Leave the name of the department out: the agent says it, and `printed` stays a moment, not a sentence."""
    match = re.match(r"((?:Sent|Dispatched) to (?:the )?8th (?:\w+) of (?:the )?General.*?)[\s.]+(?=\d)", printed)
    if match:
        return printed[match.end() :]
    moment = re.search(r"\bon (?=\d)", printed)
    return printed[moment.end() :] if moment and len(re.findall(r"\w+", printed)) > _WORDS else printed


def _agent(stretch: str, stage: str, desk: Desk) -> str:
    if stage in ("deciphered", "typed"):
        match = _BY.search(stretch)
        known = desk.names.lookup(match["name"]) if match else ()
        return next((bearer.id for bearer in known if bearer.kind == "person"), "")
    if stage in ("forwarded", "received") and re.match(rf"\w+\s+(?:to|in|at)\s+{_EIGHTH}", stretch):
        return next((b.id for form in ("8 MDGS", "8th Department") for b in desk.names.lookup(form)), "")
    match = re.match(r"(?:Transmitted|was delivered) to (?:Comrade )?(?P<name>[A-Z][a-z]+)", stretch)
    return next((b.id for b in desk.names.lookup(match["name"]) if b.kind == "person"), "") if match else ""


def _place(stretch: str, stage: str, desk: Desk) -> str:
    match = re.match(r"\w+\s+(?:in|from)\s+(?P<place>[A-Z][a-z]+)", stretch)
    known = desk.names.lookup(match["place"]) if match else ()
    return next((b.id for b in known if b.kind == "place"), "") if stage in ("received", "dispatched") else ""
