"""Which lines belong to which document: headings found, ends found, other articles and lines out of order respected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.formats.base import LineRun
from kgpub.convert.formats.bulletin.layout import Layout, Series
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.source import source_positions
from kgpub.convert.formats.bulletin.starts import find_starts

__all__ = ["LONGEST", "Segment", "cover", "find_segments"]

# The longest document of such journals runs to some 400 lines; what is ten times that has lost its end.
LONGEST = 5000
# A heading whose number stands alone ends within this many lines.
_HEADING = 6


@dataclass(frozen=True, slots=True)
class Segment:
    """One document's lines in the order of reading; `heading` are the heading's lines where an editor fixed them."""

    id: str
    number: str
    series: Series
    lines: tuple[Line, ...]
    heading: tuple[int, ...] = ()


def find_segments(lines: Sequence[Line], layout: Layout) -> tuple[Segment, ...]:
    """Return the documents of a text in the order of their first lines."""
    segments: list[Segment] = []
    barred = {number for region in layout.regions for number in region.numbers}
    barred |= {line.number for line in lines if is_running_head(line, layout)}
    for series in layout.series:
        segments.extend(_series_segments(lines, series, layout, barred))
    return tuple(sorted(segments, key=lambda segment: segment.lines[0].number))


def is_running_head(line: Line, layout: Layout) -> bool:
    """Whether a line is the journal's running head."""
    return any(re.search(pattern, line.text) for pattern in layout.running_heads)


def cover(lines: Sequence[Line], segments: Sequence[Segment], layout: Layout) -> tuple[LineRun, ...]:
    """Return what each line of the file belongs to, every line once, in runs."""
    owners: dict[int, tuple[str, str]] = {}
    for region in layout.regions:
        owners.update(dict.fromkeys(region.numbers, (region.kind, region.owner)))
    for segment in segments:
        owners.update(dict.fromkeys((line.number for line in segment.lines), ("document", segment.id)))
    runs: list[LineRun] = []
    for line in lines:
        kind, owner = owners.get(line.number, ("", ""))
        if not kind:
            kind = "blank" if line.blank else ("running-head" if is_running_head(line, layout) else "other")
        if runs and (runs[-1].kind, runs[-1].owner) == (kind, owner):
            runs[-1] = LineRun(runs[-1].first, line.number, kind, owner)
        else:
            runs.append(LineRun(line.number, line.number, kind, owner))
    return tuple(runs)


def _series_segments(lines: Sequence[Line], series: Series, layout: Layout, barred: set[int]) -> Iterator[Segment]:
    last = series.last or len(lines)
    prefix = re.compile(rf"{re.escape(series.prefix)}\d+$")
    fixed = {entry.id: entry for entry in layout.sorted if prefix.match(entry.id)}
    claimed = barred | {number for entry in layout.sorted for number in entry.numbers}
    style, starts = find_starts(lines, series, last, barred)
    for position, (number, start) in enumerate(starts):
        identity = f"{series.prefix}{number:0{series.digits}d}"
        following = starts[position + 1][1] if position + 1 < len(starts) else last + 1
        if identity in fixed:
            entry = fixed[identity]
            own = [lines[n - 1] for n in entry.numbers if n <= len(lines) and n not in barred]
            yield Segment(identity, str(number), series, tuple(_with_gaps(own, lines)), entry.heading)
        else:
            end = following if layout.described else _end_of(lines, start, following)
            own = _trim([lines[n - 1] for n in range(start, end) if n not in claimed])
            heading = _numbered_heading(lines, start) if style == "number-alone" else ()
            yield Segment(identity, str(number), series, tuple(own), heading)


def _end_of(lines: Sequence[Line], start: int, following: int) -> int:
    """Return the line after a document's source note, so that what stands between two documents belongs to neither."""
    own = lines[start - 1 : following - 1]
    position = next(iter(source_positions(own)), None)
    if position is None:
        return following
    end = position + 1
    while end < len(own) and not own[end].blank and not own[end - 1].text.rstrip().endswith(("]", ".")):
        end += 1
    return start + end


def _with_gaps(own: list[Line], lines: Sequence[Line]) -> list[Line]:
    """Add the blank lines that stand between two lines of the document, at the place of reading of the line before."""
    numbers = {line.number for line in own}
    filled: list[Line] = []
    for line in own:
        filled.append(line)
        end = line.number + 1
        while end not in numbers and end <= len(lines) and lines[end - 1].blank:
            end += 1
        if end in numbers:
            filled.extend(lines[n - 1] for n in range(line.number + 1, end))
    return filled


def _trim(own: Sequence[Line]) -> list[Line]:
    """Take the blank lines off both ends of each run: they belong to nobody."""
    kept: list[Line] = []
    gap: list[Line] = []
    for line in own:
        if line.blank:
            gap.append(line)
            continue
        if kept and line.number == kept[-1].number + len(gap) + 1:
            kept.extend(gap)
        kept.append(line)
        gap = []
    return kept


def _numbered_heading(lines: Sequence[Line], start: int) -> tuple[int, ...]:
    """Return the heading of a document whose number stands alone: that line, and those after it up to the date."""
    numbers = [start]
    for number in range(start + 1, min(start + _HEADING, len(lines)) + 1):
        line = lines[number - 1]
        if line.blank:
            if len(numbers) > 1:
                break
            continue
        numbers.append(number)
        if find_dates(line.text):
            break
    return tuple(numbers)
