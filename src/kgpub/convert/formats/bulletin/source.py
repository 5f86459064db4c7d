"""Source notes: where one starts, and the archival references and trailing sentences in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kgpub.convert.fields.citations import DEFAULT_ARCHIVES, find_citations
from kgpub.convert.formats.bulletin.lines import Line, Passage, format_lines

__all__ = ["is_source_start", "read_citations", "source_positions", "split_source"]

_NAMED = re.compile(r"^\s*[\[(]?(?i:(?:archival\s+)?sources?)\s*:")
_BARE = re.compile(
    r"^\s*[\[(]?(?:APRF|AVP ?RF|RGANI|RGASPI|RTsKhIDNI|TsAMO|GARF|TsKhSD)\b[.,:]?\s*(?:[Ff]\b|[Ff]ond|[Ll]ist)"
)
# Where the line before ends like this, a bare archive is the middle of a sentence, as in a footnote.
_UNFINISHED = re.compile(r"(?:[,;:(]|\b(?:in|see|See|of|and|from|at|the))$")


def is_source_start(text: str) -> bool:
    """Whether a line opens a source note, in one of the styles in use."""
    return bool(_NAMED.match(text) or _BARE.match(text))


def source_positions(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the positions of the lines that open a source note; a bare archive in mid-sentence opens none."""
    before = ""
    for position, line in enumerate(lines):
        if _NAMED.match(line.text) or (_BARE.match(line.text) and not _UNFINISHED.search(before)):
            yield position
        before = line.text.rstrip() or before


def split_source(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines before the source note, and the note with all that trails it."""
    starts = list(source_positions(lines))
    if not starts:
        return list(lines), []
    named = [position for position in starts if _NAMED.match(lines[position].text)]
    start = named[0] if named else starts[-1]
    return list(lines[:start]), list(lines[start:])


def read_citations(source: Sequence[Line], archives: Sequence[tuple[str, str]] = ()) -> list[dict[str, str]]:
    """Return the citations of a source note, in its order, each with its lines."""
    passage = Passage.of(source)
    citations = []
    for found in find_citations(passage.text, (*archives, *DEFAULT_ARCHIVES)):
        citation = {"archive": found.archive, **dict(found.parts)}
        citations.append(citation | {"lines": passage.lines(found.start, found.end), "rule": "source-note"})
    return citations or _collections(passage, archives)


def _collections(passage: Passage, archives: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Return the collections without shelf marks that the layout knows and a note without archive names."""
    matches = [(name, match) for name, form in archives if (match := re.search(form, passage.text))]
    lines = format_lines(passage.numbers)
    return [
        {"archive": name, "printed": match.group(0), "lines": lines, "rule": "source-note"} for name, match in matches
    ]
