"""The whole text: lines to documents, documents to records, and an account of every line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgpub.convert.fields.names import NameIndex
from kgpub.convert.formats.base import LineRun, Reading
from kgpub.convert.formats.bulletin.document import read_document
from kgpub.convert.formats.bulletin.layout import Layout, layout_from
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.segment import LONGEST, Segment, cover, find_segments
from kgpub.convert.formats.bulletin.source import is_source_start
from kgpub.convert.formats.bulletin.values import Desk
from kgpub.model import Problem

__all__ = ["MOST_LINES", "read_bulletin"]

# A volume has some 15,000 lines. Each costs time in every way of numbering tried; so many of the worst kind take seconds.
MOST_LINES = 100_000


def read_bulletin(text: str, layout: Mapping[str, Any], names: NameIndex, file: str) -> Reading:
    """Return the records of a journal's text; raises BadLayout for a layout that cannot be followed."""
    rules = layout_from(layout)
    # What follows the last line feed is no line: an account has to end where the file does.
    printed = text.removesuffix("\n").split("\n")
    count = len(printed)
    if count > MOST_LINES:
        return Reading((), (_too_many(count, file),), (LineRun(1, count, "other"),))
    lines = tuple(Line(number, line) for number, line in enumerate(printed, 1))
    found = find_segments(lines, rules)
    segments = tuple(segment for segment in found if 0 < len(segment.lines) <= LONGEST)
    records = []
    problems = [_too_long(segment, file) for segment in found if len(segment.lines) > LONGEST]
    for segment in segments:
        desk = Desk(names, rules, file, segment.id)
        records.append(read_document(segment, desk))
        problems.extend(desk.problems)
    if not found:
        problems.append(_nothing_found(lines, rules, file))
    return Reading(tuple(records), tuple(problems), cover(lines, segments, rules))


def _too_many(count: int, file: str) -> Problem:
    message = f"{count:,} lines are more than the {MOST_LINES:,} that one text may have; nothing was read"
    return Problem(file, 0, "documents", "", message, "give the text of one issue or volume", "warning")


def _too_long(segment: Segment, file: str) -> Problem:
    line, length = segment.lines[0].number, len(segment.lines)
    message = (
        f"{length:,} lines belong to one heading, more than the {LONGEST:,} a document may have: its end was not found"
    )
    return Problem(
        file, line, segment.id, segment.lines[0].text.strip()[:60], message, "set the lines in layout.toml", "warning"
    )


def _nothing_found(lines: tuple[Line, ...], layout: Layout, file: str) -> Problem:
    sources = sum(is_source_start(line.text) for line in lines)
    if not sources:
        message = "no documents found: no line opens a source note, and a document needs one"
    else:
        message = f"no documents found: {sources} source notes, but no numbered heading with a date before them"
    return Problem(
        file, 0, "documents", "", message, "describe the headings in layout.toml (series.heading)", "warning"
    )
