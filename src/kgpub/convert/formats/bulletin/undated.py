"""Messages that a text cites without a number or date beside their name: the one it answers, yesterday's, "on 1 May I sent"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.parties import named_in
from kgpub.convert.formats.bulletin.references import Ids, text_references
from kgpub.convert.formats.bulletin.values import Desk

__all__ = ["cited_messages"]

Found = tuple[dict[str, Any], int, int]

_NOUN = r"(?:ciphered telegrams?|telegrams?|letters?|messages?|notes?)"
# An answer says within its first sentences what it answers.
_OPENING = 160
_ANSWERS = re.compile(
    rf"\b(?:I|We|we) (?:have )?(?:just )?received (?:your|Your|the) {_NOUN}\b(?! from)"
    rf"|\b(?:your|Your) {_NOUN}\b[^.:;]{{0,60}}? (?:has|have) been received"
    rf"|\b(?:reply|answer) to (?:your|his) {_NOUN}\b"
    r"|(?:^|[!.:] )(?:My|Our) (?:reply|answer) has\b"
)
_RELATIVE = re.compile(
    rf"\b(?P<today>[Tt]oday|[Yy]esterday) (?:I|we) received (?:a|the|your) {_NOUN}\b"
    rf"|\b{_NOUN} sent to (?:You|you) (?P<sent>today|yesterday)\b"
)
# "You answer me that …" says what is answered wherever it stands.
_ANSWERED_ME = re.compile(r"\b[Yy]ou answer(?:ed)? (?:me|us)\b")
_STATED = re.compile(r"(?<=[a-z])[,.]? (?P<day>today|yesterday) made a statement\b")
_INFORMED = re.compile(
    r"\b[Yy]ou (?:communicated|reported|informed us) (?:only )?on (?=[^()]{5,20} \([Yy]our (?:No\.|#))"
)
_SENT = re.compile(rf"\b(?:I|we) sent an? {_NOUN} to ")
_WHICH = re.compile(
    rf"\b{_NOUN}\b(?P<of>[^.;:]{{0,140}}?), which was (?:sent|transmitted|received)\b[^.;:]{{0,30}}? on "
)


def cited_messages(lines: Sequence[Line], desk: Desk, author: Ids, reader: Ids) -> list[dict[str, Any]]:
    """Return every message that a running text cites: those with number or date beside them, then the others."""
    found = text_references(lines, desk, author, reader)
    passage = Passage.of(lines)
    dates = {entry["date"] for entry in found if "date" in entry}
    for entry, start, end in _others(passage, desk, author, reader):
        if entry.get("date") in dates and entry.get("certainty") != "inferred":
            continue
        if entry["relation"] == "answers" and _cited_there(found, passage, start, end):
            continue
        printed = passage.text[start:end].strip(" ,")
        at = {"printed": printed[:70], "lines": passage.lines(start, end), "rule": "cited-without-number"}
        certainty = {"certainty": entry.pop("certainty")} if "certainty" in entry else {}
        found.append(entry | at | certainty)
    return found


def _others(passage: Passage, desk: Desk, author: Ids, reader: Ids) -> Iterator[Found]:
    text = passage.text
    answered = _ANSWERS.search(text[:_OPENING]) or _ANSWERED_ME.search(text)
    if answered:
        yield {"relation": "answers", **_ends(reader, author)}, *answered.span()
    for match in _RELATIVE.finditer(text):
        day = _day(desk.day, match["today"] or match["sent"])
        own = {"to": author} if match["today"] else {"from": author, "to": reader}
        who = _ends(own.get("from", ()), own["to"])
        writers = named_in(passage, (match.end(), match.end() + 50), desk) if match["today"] else []
        if writers and text[match.end() :].startswith(" from"):
            who = _ends(tuple(one.id for one in writers), own["to"])
        if day:
            yield {"relation": "refers", "date": day, **who, "certainty": "inferred"}, *match.span()
    for match in _STATED.finditer(text):
        speaker = named_in(passage, (max(match.start() - 30, 0), match.start() + 1), desk)[-1:]
        day = _day(desk.day, match["day"])
        if speaker and day:
            who = _ends((speaker[0].id,), ())
            yield {"relation": "refers", "date": day, **who, "certainty": "inferred"}, match.start("day"), match.end()
    for match in _INFORMED.finditer(text):
        after = find_dates(text[match.end() : match.end() + 24], desk.day or None)
        if after and after[0].start == 0:
            entry = {"relation": "refers", "date": after[0].value, **_ends(reader, author)}
            yield entry, match.start(), match.end() + after[0].end
    for match in _SENT.finditer(text):
        start = max(match.start() - 24, 0)
        before = find_dates(text[start : match.start()], desk.day or None)
        target = named_in(passage, (match.end(), match.end() + 40), desk)[:1]
        if before and target and not text[start + before[-1].end : match.start()].strip(" ,"):
            who = _ends(author, (target[0].id,))
            yield {"relation": "refers", "date": before[-1].value, **who}, start + before[-1].start, match.end()
    for match in _WHICH.finditer(text):
        after = find_dates(text[match.end() : match.end() + 24], desk.day or None)
        if after and after[0].start == 0:
            entry = {"relation": "refers", "date": after[0].value, **_between(passage, match, desk)}
            yield entry, match.start(), match.end() + after[0].end


def _between(passage: Passage, match: re.Match[str], desk: Desk) -> dict[str, Any]:
    """Return whose message it is and for whom, where the words behind it say so: "telegram of A to B"."""
    ends: dict[str, Any] = {}
    for way in re.finditer(r"\b(of|from|to) (?=[A-Z])", match["of"]):
        start = match.start("of") + way.end()
        named = named_in(passage, (start, match.end("of")), desk)
        if named and named[0].start - start < 12:
            ends.setdefault("to" if way[1] == "to" else "from", named[0].id)
    return ends


def _cited_there(found: Sequence[dict[str, Any]], passage: Passage, start: int, end: int) -> bool:
    """Whether the same words were read as a message with number or date."""
    own = set(passage.lines(start, end + 40).split(","))
    return any(entry["relation"] == "answers" for entry in found) or any(entry["lines"] in own for entry in found)


def _day(day: str, word: str) -> str:
    if len(day) != 10:
        return ""
    return (date.fromisoformat(day) - timedelta(days=word.lower() == "yesterday")).isoformat()


def _ends(sender: Ids, recipient: Ids) -> dict[str, Any]:
    ends = (("from", sender), ("to", recipient))
    return {key: actors[0] if len(actors) == 1 else list(actors) for key, actors in ends if actors}
