"""Fields that a document and a message inside it have in common: copies, places, dates, mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from kgpub.convert.fields.copies import parse_copies
from kgpub.convert.fields.dates import FoundDate, find_dates
from kgpub.convert.fields.names import Bearer
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.mentions import read_mentions
from kgpub.convert.formats.bulletin.parties import Named, seat_of
from kgpub.convert.formats.bulletin.signed import Signed
from kgpub.convert.formats.bulletin.values import Desk, Value, party, place, value

__all__ = ["copies_in", "copies_of", "date_value", "infer_place", "is_dateline", "printed_place", "prose_mentions"]


def copies_of(lines: Sequence[Line], desk: Desk, rule: str) -> list[Value]:
    """Return the items of a copy list; a department's file counts as the department, a bare "Copy" is unidentified."""
    passage = Passage.of(lines)
    result = []
    for item in parse_copies(passage.text):
        at = passage.lines(item.start, item.end)
        bearer = _copy_bearer(item.name, desk)
        if bearer is None and not re.fullmatch(r"(?i:copy|on file)", item.name):
            desk.warn(
                passage.line_at(item.start),
                "copies",
                item.name,
                "no authority entry bears this name",
                "add it to `printed` of an entry in corpus/authority, or correct the record",
            )
        entry = party(bearer, item.printed, at, rule)
        if item.count is not None:
            entry = {
                **{k: v for k, v in entry.items() if k in ("actor", "unidentified", "as")},
                "count": item.count,
                **{k: v for k, v in entry.items() if k not in ("actor", "unidentified", "as")},
            }
        result.append(entry)
    return result


def copies_in(prose: Sequence[Line], desk: Desk) -> list[Value]:
    """Return those to whom a text says that a copy goes ("we are sending a copy to Comrades A, B and to the staff of C")."""
    passage = Passage.of(prose)
    match = re.search(r"\b[Ss]end(?:ing)? a copy to (?P<whom>[^.;]+)[.;]", passage.text)
    if match is None:
        return []
    pieces = re.finditer(r"(?:(?!, | and to ).)+", match["whom"])
    spans = [(match.start("whom") + piece.start(), match.start("whom") + piece.end()) for piece in pieces]
    copies = [_copy_told(passage, start, end, desk) for start, end in spans]
    return [copy for copy in copies if copy.get("printed")]


def _copy_told(passage: Passage, start: int, end: int, desk: Desk) -> Value:
    """Return the last name of a stretch as a recipient; the commander of a named unit is nobody known."""
    text = passage.text[start:end]
    commander = re.search(r"\b(?:commander|chief|head) of", text)
    bearer = None
    for name in desk.names.find(text):
        known = [b for b in name.bearers if b.kind == "person" or (b.kind == "organisation" and not commander)]
        chosen = desk.names.choose(known, desk.circumstances) if known else None
        if chosen:
            bearer, first, last = chosen, start + name.start, start + name.end
    if bearer is None:
        first, last = start, end
    printed = re.sub(r"^(?:,|and to|to)? ?(?:the )?", "", passage.text[first:last].strip(" ,"))
    return party(bearer, printed, passage.lines(first, last), "copy-announced")


def printed_place(lines: Sequence[Line], desk: Desk, rule: str, pattern: str = "") -> list[Value]:
    """Return the places that some lines name, each once; `pattern` is what must stand before the first."""
    passage = Passage.of(lines)
    seen: dict[str, Value] = {}
    for found in desk.names.find(passage.text):
        bearers = [bearer for bearer in found.bearers if bearer.kind == "place"]
        if not bearers or (pattern and not re.search(pattern, passage.text[: found.start])):
            continue
        bearer = bearers[0]
        seen.setdefault(bearer.id, place(bearer.id, found.printed, passage.lines(found.start, found.end), rule))
    return list(seen.values())


def infer_place(named: Sequence[Named], desk: Desk) -> list[Value]:
    """Return the seat of the actors' offices, marked as inferred; nothing where they differ or one was elsewhere."""
    seats = {seat for one in named if (seat := seat_of(one, desk))}
    if len(seats) != 1 or any(desk.layout.whereabouts(one.id, desk.day[:10]) == "" for one in named):
        return []
    away = any(desk.layout.whereabouts(one.id, desk.day[:10]) for one in named)
    rule = "whereabouts" if away else "seat-of-office"
    return [place(seats.pop(), "", named[0].lines, rule, certainty="inferred")]


def prose_mentions(
    signed: Signed, desk: Desk, parties: Iterable[Named] = (), letterhead: Sequence[Line] = ()
) -> list[dict[str, Any]]:
    """Return the first mentions in letterhead and prose of all but the message's own parties."""
    prose = []
    before = ""
    for line in signed.prose:
        # A place that ends a sentence stands on a line like a dateline; only a new sentence begins with one.
        dateline = is_dateline(line.text, desk) and (
            not re.search(r"[a-z,]$", before) or bool(re.search(r"\d", line.text))
        )
        if not (_salutes(line.text) or dateline):
            prose.append(line)
        before = line.text.strip() or before
    lines = [*letterhead, *prose]
    return read_mentions(lines, desk, {one.id for one in parties})


def date_value(found: tuple[FoundDate, Line] | None, fallback: Value | None) -> Value | None:
    """Return the own date as a value, or the fallback; of two days (written, sent) the first is the author's."""
    if found is None:
        return fallback
    return value(found[0].value.split("/")[0], found[0].printed.strip(" ."), str(found[1].number), "dated-signature")


def is_dateline(text: str, desk: Desk) -> bool:
    """Whether a line holds a place and a date, or a place and a full stop, and nothing else."""
    stripped = text.strip()
    if not re.search(r"\d|\.$|^city of", stripped):
        return False
    rest = stripped
    for date in find_dates(stripped, desk.day or None):
        rest = rest.replace(date.printed, "")
    for found in desk.names.find(rest):
        if any(bearer.kind == "place" for bearer in found.bearers):
            rest = rest.replace(found.printed, "", 1)
    return rest != stripped and not re.search(r"[A-Za-z]", re.sub(r"\bcity of\b", "", rest))


def _salutes(text: str) -> bool:
    stripped = text.strip()
    return bool(
        re.match(
            r"^[“\"]?(?:To )?(?:Dear )?(?:the )?Comrades? [\w .,’-]{3,40}[!:]$"
            r"|^[“\"]?To Comrades? [A-Z][\w .,’-]{3,40}\.$",
            stripped,
        )
    )


def _copy_bearer(name: str, desk: Desk) -> Bearer | None:
    plain = re.sub(r"(?i:\bfile of(?: the)?\b|\bfile$|\bto shtykov$)", "", name).strip(" -")
    for form in (name, plain, re.sub(r"(?i:\bof .*$)", "", plain)):
        known = [bearer for bearer in desk.names.lookup(form) if bearer.kind in ("person", "organisation")]
        bearer = desk.names.choose(known, desk.circumstances) if known else None
        if bearer:
            return bearer
    found = desk.names.find(plain)
    known = [bearer for bearer in found[0].bearers if bearer.kind in ("person", "organisation")] if found else []
    return desk.names.choose(known, desk.circumstances) if known else None
