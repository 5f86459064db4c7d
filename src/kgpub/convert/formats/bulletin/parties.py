"""Who wrote, for whom, and who only passes it on: the heading's parties with the forms and lines of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kgpub.convert.fields.names import Bearer, FoundName
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.values import Desk, Value, party

__all__ = ["Named", "addressees", "as_parties", "best_forms", "named_in", "parties_in", "seat_of"]

# An office and its holder stand this close (characters); further off they are two things.
_BESIDE = 60


@dataclass(frozen=True, slots=True)
class Named:
    """Someone named in a part: bearer (None where nobody knows), printed form, lines, office named, and position."""

    bearer: Bearer | None
    printed: str
    lines: str
    office: str = ""
    start: int = 0
    certainty: str = ""

    @property
    def id(self) -> str:
        """The actor's id, empty where unidentified."""
        return self.bearer.id if self.bearer else ""


def named_in(passage: Passage, span: tuple[int, int] | None, desk: Desk) -> list[Named]:
    """Return the actors that a stretch of a passage names: persons, else bodies, else holders of offices."""
    if span is None:
        return []
    start, end = span
    found = desk.names.find(passage.text[start:end])
    persons = _merge([*_of_kind("person", found, passage, start, desk), *_short_names(passage, start, end, desk)])
    if persons:
        return _with_offices(persons, found, start, desk)
    return _merge(_of_kind("organisation", found, passage, start, desk)) or _merge(
        _of_kind("office", found, passage, start, desk)
    )


def parties_in(passage: Passage, span: tuple[int, int] | None, desk: Desk, name: str) -> list[Named]:
    """Return the actors that a stretch names, as `named_in`; where nobody is known by that name, one unidentified."""
    named = named_in(passage, span, desk)
    if named or span is None:
        return named
    text = re.sub(r"^[\s,:]+|[\s,:.;)]+$", "", passage.text[span[0] : span[1]])
    if not re.search(r"[A-Z]", text):
        return []
    start = passage.text.index(text, span[0])
    desk.warn(
        passage.line_at(start),
        name,
        text[:80],
        "nobody in the authority files bears this name",
        "add the form to `printed` of an entry, or the person to persons.yaml",
    )
    return [Named(None, text[:80], passage.lines(start, start + len(text)), "", start)]


def addressees(lines: Sequence[Line], desk: Desk) -> list[Named]:
    """Return those whom the address lines of a sheet name, in order; an office stands for its holder on the day."""
    passage = Passage.of(lines)
    found = desk.names.find(passage.text)
    persons = _with_offices(_merge(_of_kind("person", found, passage, 0, desk)), found, 0, desk)
    holders = _of_kind("office", found, passage, 0, desk)
    return _merge([*persons, *holders]) or _merge(_of_kind("organisation", found, passage, 0, desk))


def best_forms(heading: Iterable[Named], *better: Iterable[Named]) -> list[Named]:
    """Return the heading's actors, each in the form in which the sheet names it, where it does."""
    pools = [list(pool) for pool in better]
    result = []
    for named in heading:
        match = next((other for pool in pools for other in pool if other.bearer and other.id == named.id), None)
        if match is None:
            result.append(named)
        else:
            bearer = match.bearer if match.bearer and match.bearer.cover else named.bearer
            certainty = match.certainty and named.certainty
            result.append(replace(match, bearer=bearer, office=match.office or named.office, certainty=certainty))
    return result


def as_parties(named: Iterable[Named], rule: str) -> list[Value]:
    """Return actors as the values of a record."""
    return [
        party(one.bearer, one.printed, one.lines, rule, office=one.office, certainty=one.certainty) for one in named
    ]


def seat_of(named: Named, desk: Desk) -> str:
    """Return the place where an actor's office sits on the day, or where the actor was instead; "" where none is known."""
    if not named.bearer:
        return ""
    away = desk.layout.whereabouts(named.id, desk.day[:10])
    if away is not None:
        return away
    if named.id in desk.names.seats:
        return desk.names.seats[named.id]
    office = desk.names.offices.get(named.office)
    if office and office.seat:
        return office.seat
    return next((held.seat for held in desk.names.offices_of(named.id, desk.day[:10]) if held.seat), "")


def _of_kind(kind: str, found: Iterable[FoundName], passage: Passage, offset: int, desk: Desk) -> list[Named]:
    named = []
    for name in found:
        options = [bearer for bearer in name.bearers if bearer.kind == kind]
        if not options:
            continue
        start, end = name.start + offset, name.end + offset
        bearer = desk.names.choose(options, desk.circumstances)
        lines = passage.lines(start, end)
        if bearer is None:
            desk.warn(
                passage.line_at(start),
                "names",
                name.printed,
                "several bear this name, and neither office, place nor date tells them apart",
                "give one of them a tenure in the authority file",
            )
            continue
        if kind != "office":
            named.append(Named(bearer, _with_initials(passage.text, start, end), lines, "", start))
            continue
        holder = desk.names.holder(bearer.id, desk.day[:10])
        # The sheet prints an office; who held it is our knowledge.
        if holder:
            named.append(Named(Bearer("person", holder), name.printed, lines, bearer.id, start, "inferred"))
    return named


def _merge(named: Iterable[Named]) -> list[Named]:
    """Keep each actor once, sure where it is also named; a cover name outweighs the real name in brackets behind it."""
    kept: dict[str, Named] = {}
    for one in sorted(named, key=lambda each: each.start):
        known = kept.get(one.id)
        if known is None:
            kept[one.id] = one
            continue
        if not one.certainty:
            kept[one.id] = known = replace(known, certainty="")
        if one.bearer and one.bearer.cover and known.bearer and not known.bearer.cover:
            kept[one.id] = replace(known, bearer=one.bearer)
    return list(kept.values())


def _short_names(passage: Passage, start: int, end: int, desk: Desk) -> list[Named]:
    """Return those named by their first word only (Mao, Zhou), where the same passage names them in full."""
    full = {
        name.printed.split()[0].lower(): bearer
        for name in desk.names.find(passage.text)
        for bearer in name.bearers[:1]
        if bearer.kind == "person" and " " in name.printed
    }
    taken = [(name.start + start, name.end + start) for name in desk.names.find(passage.text[start:end])]
    named = []
    for match in re.finditer(r"\b[A-Z][a-z]+\b", passage.text[start:end]):
        position = match.start() + start
        bearer = full.get(match.group(0).lower())
        if bearer and not any(first <= position < last for first, last in taken):
            lines = passage.lines(position, position + len(match.group(0)))
            named.append(Named(bearer, match.group(0), lines, "", position))
    return named


def _with_initials(text: str, start: int, end: int) -> str:
    """Return a name with the initials before or behind it, as printed."""
    before = re.search(r"(?:\[?(?:[A-Z][a-z]?\.){1,2}\]?\s*)$", text[:start])
    after = re.match(r",? ?(?:[A-Z]\.){1,2}", text[end:])
    return text[before.start() if before else start : end + (after.end() if after else 0)]


def _with_offices(persons: Sequence[Named], found: Sequence[FoundName], offset: int, desk: Desk) -> list[Named]:
    """Return the persons with the office that the words beside their names give them, where they held it on the day."""
    offices = [
        (name.start + offset, name.end + offset, b.id) for name in found for b in name.bearers if b.kind == "office"
    ]
    result = []
    for one in persons:
        held = {office.id for office in desk.names.offices_of(one.id, desk.day[:10])}
        end = one.start + len(one.printed)
        office = next(
            (
                o
                for first, last, o in offices
                if o in held and -_BESIDE < first - end < _BESIDE and abs(one.start - last) < _BESIDE * 2
            ),
            "",
        )
        result.append(replace(one, office=one.office or office))
    return result
