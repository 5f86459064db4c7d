"""First mention of each actor, place, organisation and event in a running text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from kgpub.convert.fields.names import Bearer, FoundName
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.values import Desk

__all__ = ["read_mentions"]

_GOVERNMENT = re.compile(r"\b[Gg]overnment\b|\bGOVERNMENT\b")
_ORDINAL = r"\d{1,3}(?:st|nd|rd|th)"
_UNITS = re.compile(
    rf"(?P<numbers>{_ORDINAL}(?:, {_ORDINAL})*),? and (?={_ORDINAL} (?P<noun>[a-z]+(?: [a-z]+){{0,2}}))"
)
_HALVES = re.compile(r"\b(?P<half>North|South|East|West) and (?:North|South|East|West) (?P<noun>[A-Z]\w+)")
# A word that the translator supplied before a name: "[North] Korean".
_SUPPLIED = re.compile(r"\[(North|South|East|West)(?:ern)?\] (?=[A-Z])")
# A message greets and is told to be passed on in its first sentences.
_HEAD = 220
_ADDRESS = re.compile(r"(?:To|Dear|DEAR|DEEPLY|Respected|For|FOR|Comrades?|COMRADE|$)(?![a-z])")
_PASSED_ON = re.compile(
    r"\b(?:[Tt]ransmit(?:ted)?|[Cc]ommunicate|[Tt]ell|[Vv]isit|[Ii]nform|[Aa]dvise|[Rr]elay|[Aa]nswer from|I report)\b[^.;]*$"
)
_KEYS = {"person": "actor", "place": "place", "organisation": "organisation", "event": "event"}


def read_mentions(lines: Sequence[Line], desk: Desk, parties: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return the first mention of each thing the names know, in the order of the text.

    The parties count only where the text speaks of them, not where it greets, signs or is told to be passed on.
    """
    passage = Passage.of(lines)
    seen: set[str] = set()
    mentions = []
    for found in _names(passage.text, desk):
        bearer = _bearer(found.bearers, passage.text[max(found.start - 16, 0) : found.start], desk)
        if bearer is None:
            _warn(passage.line_at(found.start), found, desk)
        elif bearer.id in parties and is_formula(passage.text, found.start, found.end):
            continue
        elif bearer.id not in seen:
            seen.add(bearer.id)
            mention: dict[str, Any] = {_KEYS[bearer.kind]: bearer.id}
            mention |= {"as": bearer.cover} if bearer.cover else {}
            mention |= {
                "printed": found.printed,
                "lines": passage.lines(found.start, found.end),
                "rule": "named-in-text",
            }
            mentions.append(mention)
    return mentions


def _names(text: str, desk: Desk) -> Iterator[FoundName]:
    """Yield the names of a text; of "the government of X" only X, since not every government is a body named as such."""
    plain = _SUPPLIED.sub(r" \1  ", text)
    named = [replace(name, printed=text[name.start : name.end]) for name in desk.names.find(plain)]
    for found in sorted([*named, *_enumerated(text, desk)], key=lambda name: name.start):
        broad = _GOVERNMENT.search(found.printed)
        if not broad:
            yield found
        if broad or any(bearer.kind in ("event", "office") for bearer in found.bearers):
            offset = found.start + (broad.end() if broad else 1)
            for inner in desk.names.find(text[offset : found.end]):
                yield replace(inner, start=inner.start + offset, end=inner.end + offset)


def is_formula(text: str, start: int, end: int) -> bool:
    """Whether a party's name stands in an address, an order to pass a message on, an editor's gloss, or a signature."""
    sentence = max(text.rfind(mark, 0, start) for mark in (". ", "! ", ": ", "? ")) + 1
    opening = text[sentence:start].lstrip(' “"')
    if _ADDRESS.match(opening) and start < _HEAD:
        return True
    if _PASSED_ON.search(text[sentence:start]) and start < _HEAD:
        return True
    glossed = text.rfind("[", 0, start) > text.rfind("]", 0, start)
    noted = re.match(r"[’']s hand-?written", text[end:])
    return glossed or bool(noted) or not re.search(r"[a-z]{4}", text[end:])


def _enumerated(text: str, desk: Desk) -> Iterator[FoundName]:
    """Yield the units of an enumeration that shares its noun: "the 6th, 12th and 14th divisions"."""
    for match in _UNITS.finditer(text):
        for ordinal in re.finditer(_ORDINAL, match["numbers"]):
            form = f"{ordinal.group(0)} {match['noun']}"
            known = next((b for words in _shorter(form) if (b := desk.names.lookup(words))), ())
            if known:
                start = match.start() + ordinal.start()
                yield FoundName(tuple(known), ordinal.group(0), start, start + len(ordinal.group(0)))
    for match in _HALVES.finditer(text):
        known = desk.names.lookup(f"{match['half']} {match['noun']}")
        if known:
            yield FoundName(tuple(known), match["half"], match.start(), match.end("half"))


def _shorter(form: str) -> Iterator[str]:
    """Yield a form and its beginnings, the longest first, each as it is and without the mark of the plural."""
    words = form.split()
    for length in range(len(words), 1, -1):
        beginning = " ".join(words[:length])
        yield from (beginning, beginning.removesuffix("s"))


def _warn(line: int, found: FoundName, desk: Desk) -> None:
    if any(option.kind != "office" for option in found.bearers):
        desk.warn(
            line,
            "mentions",
            found.printed,
            "several bear this name, and neither office, place nor date tells them apart",
            "give one of them a tenure in the authority file, or a fuller printed form",
        )


def _bearer(options: Sequence[Bearer], before: str, desk: Desk) -> Bearer | None:
    """An office alone is no mention: who held it is inferred, and inferences are the editor's.

    A name of a person and of a place is the place's behind a preposition of place.
    """
    others = [option for option in options if option.kind != "office"]
    if len({option.kind for option in others}) > 1 and any(option.kind == "place" for option in others):
        local = bool(re.search(r"\b(?:in|from|at|near|vicinity of|via|city of|town of)\s+$", before))
        others = [option for option in others if (option.kind == "place") == local]
    return desk.names.choose(others, desk.circumstances) if others else None
