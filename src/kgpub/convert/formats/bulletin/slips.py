"""Reference slips under a document (spravka): number, date and author of the messages that the document cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.fields.names import Bearer
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.parties import Named, named_in
from kgpub.convert.formats.bulletin.values import Desk

__all__ = ["Slip", "answered_by", "read_slips", "with_slips"]

_ORDER = ("relation", "number", "numberEnd", "date", "from", "to", "printed", "lines", "rule", "certainty")
_SLIP = re.compile(r"(?i:\bspravka\b)(?: \[\w+\])?:")
_ENTRY = re.compile(r"\b[Nn]o\. ?(?P<number>\d+(?:/\w+)?)(?: \([^)]*\))?(?: of)? ")


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip tells of one message: its number and ISO date, who wrote it where one is named, and the lines."""

    number: str
    date: str
    authors: tuple[str, ...]
    lines: str


def read_slips(lines: Sequence[Line], desk: Desk) -> list[Slip]:
    """Return the entries of the slip below a text, in its order; none where no line opens a slip."""
    passage = Passage.of(lines)
    opening = _SLIP.search(passage.text)
    slips = []
    for match in _ENTRY.finditer(passage.text, opening.end() if opening else len(passage.text)):
        dates = find_dates(passage.text[match.end() : match.end() + 24], desk.day or None)
        if dates and dates[0].start == 0:
            end = match.end() + dates[0].end
            slips.append(
                Slip(match["number"], dates[0].value, _authors(passage, end, desk), passage.lines(match.start(), end))
            )
    return slips


def _authors(passage: Passage, start: int, desk: Desk) -> tuple[str, ...]:
    """Return the names that follow a position as a list: "Comrades A, B and C have reported"."""
    authors: list[str] = []
    for one in named_in(passage, (start, start + 80), desk):
        between = passage.text[start : one.start]
        if not re.fullmatch(r"(?:[.,]? (?:Comrades? )?|, | and |, and )", between):
            break
        authors.append(one.id)
        start = one.start + len(one.printed)
    return tuple(authors)


def answered_by(slips: Iterable[Slip], authors: Sequence[str]) -> list[Named]:
    """Return who wrote the messages that a slip explains, as the inferred reader of an answer that names none."""
    others = [slip for slip in slips if not set(slip.authors) & set(authors)]
    found = {author: slip for slip in others for author in slip.authors}
    if len(found) != 1:
        return []
    author, slip = found.popitem()
    return [Named(Bearer("person", author), "", slip.lines, certainty="inferred")]


def with_slips(references: list[dict[str, Any]], slips: Sequence[Slip]) -> list[dict[str, Any]]:
    """Return the references with the date and the authors that a slip gives the number."""
    known = {slip.number: slip for slip in slips}
    return [_told(entry, known[entry["number"]]) if entry.get("number") in known else entry for entry in references]


def _told(entry: dict[str, Any], slip: Slip) -> dict[str, Any]:
    told: dict[str, Any] = {"date": slip.date} | entry
    if slip.authors and slip.authors != _ids(told.get("from")):
        told["from"] = list(slip.authors) if len(slip.authors) > 1 else slip.authors[0]
    # Who wrote a message did not receive it.
    if set(_ids(told.get("to"))) & set(slip.authors):
        del told["to"]
    return {key: told[key] for key in sorted(told, key=_ORDER.index)}


def _ids(actors: str | list[str] | None) -> tuple[str, ...]:
    return () if actors is None else (actors,) if isinstance(actors, str) else tuple(actors)
