"""Messages that a document answers or cites, by number or date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kgpub.convert.fields.dates import FoundDate, find_dates
from kgpub.convert.fields.numbers import CitedNumber, find_cited_numbers
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.parties import named_in
from kgpub.convert.formats.bulletin.values import Desk

__all__ = ["Ids", "address_references", "opening_reference", "text_references"]

# The ids of one side of a message cited; several where several wrote it.
Ids = tuple[str, ...]

_NOUN = re.compile(
    r"\b(?:(?<=[Yy]our )|(?<=[Oo]ur )|(?<=[Mm]y ))(?=No\.\s|#)|(?<=[Yy]our )statement\b|\bappeal(?= of [A-Z])"
    r"|\b(?i:ciphered\s+telegrams?|telegrams?|letters?|communications?|orders?|notes?|messages?|directives?|memorandum|inquiry|proposals?|applications?)\b\]?"
)
# What is said behind the next message named is said of that one.
_MESSAGE = re.compile(r"\b(?:received|sent) (?:your|my|our|the|a) (?:telegram|letter|message)\b")
# What may stand between the noun and its date: whom it was to or from, and no other statement.
_LINK = re.compile(
    r"^(?:[\s\w,()\[\]’'-]|No\.){0,60}?\b(?:of|dated|from)\s+(?:\d{1,2}:\d\d\s)?$|^\s*\((?:of)?\s*$|^\s+and\s+$"
    r"|^ of\s*$|^\s*,?\s*$|^[^.;:]{0,60}?\b(?:of|from|to)\s+[A-Z][\w. \[\]’-]{2,40} on $"
)
_WHOSE = re.compile(r"(?i:\b(?P<whose>your|my|our|his|their)\b)[\s\w\[\]’]{0,25}$")
_ANSWERING = re.compile(
    r"(?i:\b(?:received|have received|receipt of|in (?:answer|reply|response) to|answering"
    r"|(?:answer|reply) (?:of [\w ]{3,20} )?to)\b)[^.:]{0,40}$"
)
_RECEIVED = re.compile(
    r"^(?: of this year)?(?: (?:about|regarding|on) [^.;:]{0,40}?)?[ ,]*(?:was|were|has been|have been)"
    r" (?:received|fulfilled|carried out)\b"
)
_OPENING = re.compile(r"^\s?(?:No\.\s)?(?P<number>\d{3,5}(?:/\w+)?)\.\s+(?=[A-Z])")
_NEAR = 48


def address_references(lines: Sequence[Line], desk: Desk, author: Ids, reader: Ids) -> list[dict[str, Any]]:
    """Return the references of the address lines ("To No. 362", "RE: # 1298"): answered, unless they are the author's own."""
    found = []
    for line in lines:
        text = line.text.strip()
        if not re.match(r"(?:To (?:my|your|Your|No|#)|RE:|Re [Yy]our|In addition)", text):
            continue
        own = bool(re.match(r"To my|In addition to my", text))
        bare = re.match(r"RE:\s*(?P<number>\d[\w/]*)", text)
        numbers = find_cited_numbers(text)
        if bare and not numbers:
            numbers = [CitedNumber(bare["number"], "", bare.group(0), bare.start(), bare.end())]
        for number in numbers:
            if _is_incoming(text, number):
                continue
            entry: dict[str, Any] = {"relation": "refers" if own else "answers"}
            entry |= _number(number)
            dates = find_dates(text[number.end : number.end + 20], desk.day or None)
            if dates:
                entry["date"] = dates[0].value
            entry |= _ends(author, reader) if own else _ends(reader, author)
            printed = text.strip(" .") if len(numbers) == 1 else number.printed
            found.append(entry | {"printed": printed, "lines": str(line.number), "rule": "address-line"})
    return found


def opening_reference(body: Sequence[Line], reader: Ids) -> list[dict[str, Any]]:
    """Return the number that opens an answer ("802. We are answering …"); whom it was for, the page does not say."""
    first = next((line for line in body if not line.blank), None)
    match = _OPENING.match(first.text.lstrip('“"')) if first else None
    if first is None or match is None:
        return []
    return [
        {
            "relation": "answers",
            "number": match["number"],
            **_ends(reader, ()),
            "printed": match.group(0).strip(" ."),
            "lines": str(first.number),
            "rule": "opening-number",
        }
    ]


def text_references(lines: Sequence[Line], desk: Desk, author: Ids, reader: Ids) -> list[dict[str, Any]]:
    """Return the messages that a running text cites by number or date."""
    passage = Passage.of(lines)
    text = passage.text
    found: list[dict[str, Any]] = []
    seen: set[tuple[str, str]] = set()
    for noun in _NOUN.finditer(text):
        for entry, start, end in _cited(text, noun, desk):
            key = (entry.get("number", ""), entry.get("date", ""))
            if key in seen:
                continue
            seen.add(key)
            who = _parties(passage, noun, end, desk, author, reader)
            whose = _WHOSE.search(text[max(noun.start() - 40, 0) : noun.start()])
            theirs = whose is not None and whose["whose"].lower() in ("your", "his")
            answering = theirs and (_ANSWERING.search(text[: noun.start()]) or _RECEIVED.match(text[end:]))
            relation = {"relation": "answers" if answering else "refers"}
            printed = text[start:end] if end - start <= 70 else text[max(start, end - 40) : end]
            found.append(
                relation
                | entry
                | who
                | {"printed": printed.strip(" (),"), "lines": passage.lines(start, end), "rule": "cited-message"}
            )
    return found


def _cited(text: str, noun: re.Match[str], desk: Desk) -> list[tuple[dict[str, Any], int, int]]:
    stop = noun.end() + _NEAR + 36
    sentence = re.search(r"[;?!]|:(?!\d)|\.(?=\s+[A-Z“])", text[noun.end() : stop])
    window = text[
        noun.end() : noun.end() + sentence.start()
        if sentence and not _abbreviation(text, noun.end() + sentence.start())
        else stop
    ]
    following = _MESSAGE.search(window)
    window = window[: following.start()] if following else window
    whose = _WHOSE.search(text[max(noun.start() - 40, 0) : noun.start()])
    start = noun.start() - (len(whose.group(0)) if whose else 0)
    number = next((n for n in find_cited_numbers(window) if _linked(window, n)), None)
    dates = _dates(window, desk)
    if number:
        after = window[number.end : number.end + 24]
        behind = [
            d for d in find_dates(after, desk.day or None) if re.match(r"^\s*(?:of|dated|,)?\s*$", after[: d.start])
        ]
        date = _shifted(behind[0], number.end) if behind else next((d for d in dates if d.end <= number.start), None)
        entry = _number(number) | ({"date": date.value} if date else {})
        return [(entry, start, noun.end() + max(number.end, date.end if date else 0))]
    return [
        ({"date": date.value}, start if position == 0 else noun.end() + date.start, noun.end() + date.end)
        for position, date in enumerate(dates)
    ]


def _shifted(date: FoundDate, offset: int) -> FoundDate:
    return replace(date, start=date.start + offset, end=date.end + offset)


def _dates(window: str, desk: Desk) -> list[FoundDate]:
    dates: list[FoundDate] = []
    for date in find_dates(window, desk.day or None):
        between = window[dates[-1].end if dates else 0 : date.start]
        if (
            date.start > _NEAR + 12 * between.endswith(" on ")
            or not _LINK.match(between)
            or (dates and " and " not in between)
        ):
            break
        dates.append(date)
    return dates


def _linked(window: str, number: CitedNumber) -> bool:
    return number.start <= 40 and not re.search(
        r"\b(?:Article|attachment|point)\b", window[: number.start], re.IGNORECASE
    )


def _abbreviation(text: str, position: int) -> bool:
    return bool(re.search(r"\bNos?$", text[max(position - 4, 0) : position]))


def _number(number: CitedNumber) -> dict[str, Any]:
    return {"number": number.number} | ({"numberEnd": number.end_number} if number.end_number else {})


def _is_incoming(text: str, number: CitedNumber) -> bool:
    return bool(re.search(r"(?:vkh|bkh|incoming|iskh)\.?\s*$", text[: number.start]))


def _ends(sender: Ids, recipient: Ids) -> dict[str, Any]:
    ends = (("from", sender), ("to", recipient))
    return {key: actors[0] if len(actors) == 1 else list(actors) for key, actors in ends if actors}


def _parties(passage: Passage, noun: re.Match[str], end: int, desk: Desk, author: Ids, reader: Ids) -> dict[str, Any]:
    before = passage.text[max(noun.start() - 40, 0) : noun.start()]
    whose = _WHOSE.search(before)
    word = whose["whose"].lower() if whose else ""
    named = _named_parties(passage, noun.end(), end, desk) or _owner(passage, noun, desk)
    if word == "your" or (word == "his" and _ANSWERING.search(before)):
        return _ends(reader, author) | named
    if word in ("my", "our"):
        return _ends(author, reader) | named
    return named


def _owner(passage: Passage, noun: re.Match[str], desk: Desk) -> dict[str, str]:
    """Return whose message it is: "X’s telegram", or the first person of a sentence that cites it in brackets."""
    before = passage.text[: noun.start()]
    if re.search(r"[’']s (?:ciphered )?$", before):
        named = named_in(passage, (max(noun.start() - 40, 0), noun.start()), desk)
        return {"from": named[-1].id} if named else {}
    if before.endswith("("):
        sentence = before.rstrip(" (.?")
        start = max(sentence.rfind(". "), sentence.rfind("? "), 0)
        named = named_in(passage, (start, noun.start()), desk)
        return {"from": named[0].id} if named else {}
    return {}


def _named_parties(passage: Passage, start: int, end: int, desk: Desk) -> dict[str, str]:
    found: dict[str, str] = {}
    after = re.match(r"(?: of this year)? to (?=[A-Z])", passage.text[end:])
    target = named_in(passage, (end + after.end(), end + after.end() + 30), desk) if after else []
    if target and after and target[0].start - (end + after.end()) < 12:
        found["to"] = target[0].id
    for way in re.finditer(r"\b(?P<way>from|of|to)\s+(?=[A-Z])", passage.text[start:end]):
        named = named_in(passage, (start + way.end(), end), desk)
        first = next((one for one in named if one.start - (start + way.end()) < 12), None)
        if first:
            found.setdefault("to" if way["way"] == "to" else "from", first.id)
    return found
