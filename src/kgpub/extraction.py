"""Text to record files: the editor's tool, which joins collecting and converting as pipeline.py does for the publisher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgpub.collect.names import read_name_entries
from kgpub.collect.record_files import record_text, replace_records
from kgpub.collect.texts import read_layout, read_text
from kgpub.convert.fields.names import build_index
from kgpub.convert.formats.base import LineRun
from kgpub.convert.formats.bulletin.layout import BadLayout
from kgpub.convert.formats.registry import get_format, names
from kgpub.errors import BadInput
from kgpub.model import Problem

__all__ = ["ExtractReport", "extract"]

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """What an extraction read and wrote."""

    documents: tuple[str, ...]
    values: Mapping[str, int]
    problems: tuple[Problem, ...]
    coverage: tuple[LineRun, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def lines_by_kind(self) -> dict[str, int]:
        """Return how many lines of the text belong to documents, articles, running heads …"""
        counts: Counter[str] = Counter()
        for run in self.coverage:
            counts[run.kind] += run.last - run.first + 1
        return dict(sorted(counts.items()))

    def table(self) -> str:
        """Return the account of the lines as a table: first line, last line, kind, owner."""
        return "\n".join(f"{run.first}\t{run.last}\t{run.kind}\t{run.owner}" for run in self.coverage)


def extract(
    text: Path, into: Path, authority: Path, format: str = "bulletin", progress: Progress | None = None
) -> ExtractReport:
    """Read a text file and write one record file per document to `into/records`; return what was read.

    The layout is `into/layout.toml` where there is one. Nothing is written when anything raises; records that the
    text no longer yields are removed, but a text that yields none at all leaves them alone. Raises BadInput.
    """
    say = progress or (lambda message: None)
    try:
        read = get_format(format)
    except KeyError:
        known = ", ".join(names())
        raise BadInput(f"there is no source format {format!r}", advice=f"formats: {known}") from None
    content = read_text(text)
    layout = read_layout(into / "layout.toml")
    index = build_index(read_name_entries(authority))
    say(f"reading {text.name}")
    try:
        reading = read(content, layout, index, text.name)
    except BadLayout as error:
        raise BadInput(
            f"{into / 'layout.toml'}: {error}", advice="mend the layout file, or remove it to use the defaults"
        ) from error
    if not reading.records:
        raise _nothing(text, reading.problems)
    say(f"writing {len(reading.records)} records")
    files = {str(record["id"]): record_text(record) for record in reading.records}
    changed, removed = replace_records(files, into / "records")
    return ExtractReport(
        tuple(files), _count(reading.records), reading.problems, reading.coverage, tuple(changed), tuple(removed)
    )


def _nothing(text: Path, problems: Sequence[Problem]) -> BadInput:
    """A text without documents is the wrong file, or one whose layout nobody described: the records stay as they are."""
    reason = problems[0] if problems else None
    message = reason.message if reason else "no documents found"
    advice = reason.advice if reason else "describe the headings in layout.toml (series.heading)"
    return BadInput(f"{text}: {message}", advice=f"nothing was written; {advice}")


def _count(records: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many values each field has over all records, enclosed messages included."""
    counts: Counter[str] = Counter()
    for key, item in _walk(records):
        counts[key] += len(item) if isinstance(item, list) else 1
    return dict(sorted(counts.items()))


def _walk(records: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for record in records:
        yield from record.items()
        yield from _walk(record.get("enclosures", ()))
