"""For whom a message is, and who only passes it on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgpub.convert.fields.names import Bearer
from kgpub.convert.formats.bulletin.header import Header
from kgpub.convert.formats.bulletin.heading import Heading
from kgpub.convert.formats.bulletin.lines import Line, format_lines
from kgpub.convert.formats.bulletin.parties import Named, addressees, best_forms, named_in, parties_in
from kgpub.convert.formats.bulletin.values import Desk

__all__ = ["read_readers", "readers_unnamed"]

# A heading's reader is looked for on the sheet in its first lines.
_GREETING_LINES = 8


def read_readers(
    heading: Heading, header: Header, text: Sequence[Line], authors: Sequence[Named], desk: Desk
) -> tuple[list[Named], list[Named]]:
    """Return the readers and the relays: the heading rules, unless the sheet names nobody but someone else."""
    addressed = addressees(_address_lines(header), desk)
    greeted = addressees(text[:_GREETING_LINES], desk)
    via = named_in(heading.passage, heading.via, desk)
    named = named_in(heading.passage, heading.recipient, desk)
    if not named and (via or not addressed):
        named = parties_in(heading.passage, heading.recipient, desk, "recipients")
    if _contradicted(named, via, addressed, greeted):
        line = int(re.split(r"[-,]", addressed[0].lines)[0])
        desk.warn(
            line,
            "recipients",
            addressed[0].printed,
            f"the sheet is addressed to {addressed[0].id}, the heading to {named[0].id}",
            "the sheet was followed; check it, and record an emendation of the heading",
        )
        named = addressed
    readers = best_forms(named, addressed, greeted) or addressed[-1:]
    known = {one.id for one in (*readers, *authors)}
    others = [one for one in addressed if one.id not in {*known, *(passing.id for passing in via)}]
    relays = [one for one in best_forms([*via, *others], addressed) if one.id not in known]
    return readers, relays


def _address_lines(header: Header) -> list[Line]:
    """Return the address lines without references and copies."""
    kept = [line for line in header.addresses if not re.match(r"^\s?(?:To (?:my|your|Your|No)|RE|Re )", line.text)]
    return [Line(line.number, re.sub(r",?\s*Copy to\b.*", "", line.text)) for line in kept]


def _contradicted(
    named: Sequence[Named], via: Sequence[Named], addressed: Sequence[Named], greeted: Sequence[Named]
) -> bool:
    on_sheet = {one.id for one in (*addressed, *greeted)}
    return bool(named) and not via and len(addressed) == 1 and not {one.id for one in named} & on_sheet


def readers_unnamed(
    heading: Heading, header: Header, authors: Sequence[Named], desk: Desk, *, enclosing: bool
) -> list[Named]:
    """Return the readers of a document that names none: those for whom its message is, or whom its author reports to."""
    ministry = _ministry_of(authors, heading, header, desk)
    return ministry if enclosing and ministry else _announced(heading, authors, desk) or ministry


def _announced(heading: Heading, authors: Sequence[Named], desk: Desk) -> list[Named]:
    found: list[Named] = []
    known = {one.id for one in authors}
    for announced in heading.announced:
        for one in named_in(heading.passage, announced.addressee, desk):
            if one.id not in known:
                known.add(one.id)
                found.append(one)
    return found


def _ministry_of(authors: Sequence[Named], heading: Heading, header: Header, desk: Desk) -> list[Named]:
    """Return the body that the author's post belongs to: a mission's ciphered telegram without addressee goes to it."""
    ciphered = heading.form == "ciphered-telegram" or any("iphered" in line.text for line in header.lines)
    bodies = {
        office.organisation
        for one in authors
        for office in desk.names.offices_of(one.id, desk.day[:10])
        if office.organisation and office.seat != desk.layout.home
    }
    if not ciphered or len(bodies) != 1 or not header.lines:
        return []
    lines = format_lines(line.number for line in header.lines if not line.blank)
    return [Named(Bearer("organisation", bodies.pop()), "", lines, certainty="inferred")]
