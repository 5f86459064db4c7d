"""Which lines belong to which document: headings found, ends found, other articles and lines out of order respected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.formats.base import LineRun
from kgpub.convert.formats.bulletin.heads import running_heads
from kgpub.convert.formats.bulletin.layout import Layout, Series, Sorted
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.series import DISCOVERED, discover
from kgpub.convert.formats.bulletin.starts import STYLES, find_starts

__all__ = ["LONGEST", "Segment", "cover", "find_segments"]

# The longest document of such journals runs to some 400 lines; what is ten times that has lost its end.
LONGEST = 5000
# A heading whose number stands alone ends within this many lines.
_HEADING = 6


@dataclass(frozen=True, slots=True)
class Segment:
    """One document's lines in the order of reading, with those of heading and source note where they are sure."""

    id: str
    number: str
    series: Series
    lines: tuple[Line, ...]
    heading: tuple[int, ...] = ()
    source: tuple[int, ...] = ()


def find_segments(lines: Sequence[Line], layout: Layout) -> tuple[Segment, ...]:
    """Return the documents of a text in the order of their first lines."""
    segments: list[Segment] = []
    barred = {number for region in layout.regions for number in region.numbers}
    barred |= running_heads(lines, layout)
    for series in layout.series:
        if series.pattern or series.heading in STYLES:
            segments.extend(_series_segments(lines, series, layout, barred))
        else:
            segments.extend(_discovered(lines, series, layout, barred))
    return tuple(sorted(segments, key=lambda segment: segment.lines[0].number))


def cover(lines: Sequence[Line], segments: Sequence[Segment], layout: Layout) -> tuple[LineRun, ...]:
    """Return what each line of the file belongs to, every line once, in runs."""
    owners: dict[int, tuple[str, str]] = {}
    heads = running_heads(lines, layout)
    for region in layout.regions:
        owners.update(dict.fromkeys(region.numbers, (region.kind, region.owner)))
    for segment in segments:
        owners.update(dict.fromkeys((line.number for line in segment.lines), ("document", segment.id)))
    runs: list[LineRun] = []
    for line in lines:
        kind, owner = owners.get(line.number, ("", ""))
        if not kind:
            kind = "blank" if line.blank else ("running-head" if line.number in heads else "other")
        if runs and (runs[-1].kind, runs[-1].owner) == (kind, owner):
            runs[-1] = LineRun(runs[-1].first, line.number, kind, owner)
        else:
            runs.append(LineRun(line.number, line.number, kind, owner))
    return tuple(runs)


def _series_segments(lines: Sequence[Line], series: Series, layout: Layout, barred: set[int]) -> Iterator[Segment]:
    last = min(series.last or len(lines), len(lines))
    fixed = _fixed(series, layout)
    claimed = barred | {number for entry in layout.sorted for number in entry.numbers}
    starts = list(find_starts(lines, series, last, barred))
    for position, (number, printed, start) in enumerate(starts):
        identity = f"{series.prefix}{number:0{series.digits}d}"
        following = starts[position + 1][2] if position + 1 < len(starts) else last + 1
        if identity in fixed:
            yield _as_fixed(fixed[identity], printed, series, lines, barred)
        else:
            own = _trim([lines[n - 1] for n in range(start, following) if n not in claimed])
            heading = _numbered_heading(lines, start) if series.heading == "number-alone" else ()
            yield Segment(identity, printed, series, tuple(own), heading)


def _discovered(lines: Sequence[Line], series: Series, layout: Layout, barred: set[int]) -> Iterator[Segment]:
    """Yield the documents of a text whose way of numbering nobody named; a second numbering has the next letter."""
    last = min(series.last or len(lines), len(lines))
    fixed = _fixed(series, layout)
    claimed = barred | {number for entry in layout.sorted for number in entry.numbers}
    styles = (series.heading,) if series.heading in DISCOVERED else DISCOVERED
    for order, run in enumerate(discover(lines, series.first, last, barred, styles, layout.source_notes)):
        own_series = series if not order else replace(series, prefix=_following(series.prefix, order))
        for position, found in enumerate(run, 1):
            one = found.heading
            identity = f"{own_series.prefix}{one.value or position:0{series.digits}d}"
            if identity in fixed:
                yield _as_fixed(fixed[identity], one.number or str(position), own_series, lines, barred)
                continue
            own = _trim([lines[n - 1] for n in range(one.line, found.end) if n not in claimed])
            heading = one.title if one.fixed else ()
            yield Segment(identity, one.number or str(position), own_series, tuple(own), heading, found.source)


def _following(prefix: str, order: int) -> str:
    """Return the prefix of a further series: the next capital letter, or the same with a letter added."""
    following = chr(ord(prefix[-1]) + order)
    return prefix[:-1] + following if "A" <= following <= "Z" else f"{prefix}X{order}-"


def _fixed(series: Series, layout: Layout) -> dict[str, Sorted]:
    prefix = re.compile(rf"{re.escape(series.prefix)}\d+$")
    return {entry.id: entry for entry in layout.sorted if prefix.match(entry.id)}


def _as_fixed(entry: Sorted, printed: str, series: Series, lines: Sequence[Line], barred: set[int]) -> Segment:
    own = [lines[n - 1] for n in entry.numbers if n <= len(lines) and n not in barred]
    return Segment(entry.id, printed, series, tuple(_with_gaps(own, lines)), entry.heading)


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
