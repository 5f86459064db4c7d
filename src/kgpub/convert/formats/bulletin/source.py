"""Source notes: where one starts, and the archival references and trailing sentences in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kgpub.convert.fields.citations import DEFAULT_ARCHIVES, find_citations
from kgpub.convert.formats.bulletin.lines import Line, Passage, format_lines

__all__ = [
    "is_source_line",
    "is_source_start",
    "read_citations",
    "source_positions",
    "source_stretches",
    "split_source",
]

_NAMED = re.compile(r"^\s*[\[(]?(?i:(?:archival\s+)?sources?)\s*:")
_BARE = re.compile(
    r"^\s*[\[(]?(?:APRF|AVP ?RF|RGANI|RGASPI|RTsKhIDNI|TsAMO|GARF|TsKhSD)\b[.,:]?\s*(?:[Ff]\b|[Ff]ond|[Ll]ist)"
)
# Where the line before ends like this, a bare archive is the middle of a sentence, as in a footnote.
_UNFINISHED = re.compile(r"(?:[,;:(]|\b(?:in|see|See|of|and|from|at|the))$")


# A line that is a shelf mark and nothing else: two of its parts, or an archive and one.
_MARK = re.compile(
    r"\b(?:[Ff]ond|[Oo]pis|[Dd]elo|[Pp]apka|[Ff]older|[Bb]ox|[Ss]helf|[Rr]eel|[Cc]arton|fol|vol|FO|CAB|PREM|RG"
    r"|[Rr]ecord [Gg]roup|[Ff]ile|Best|[FfDdLlPpKk]|[Oo]p|ll|LL|[Ss]ygn|[Bb]l)\b[.:]?\s?(?=\d)"
)
_HOLDER = re.compile(
    r"\b(?:[Aa]rchiv\w*|ARCHIV\w*|[Ll]ibrary|[Pp]apers|AAN|PRO|TNA|NARA|BArch|SAPMO|PZPR|KTB|MOL|[A-Z]{3,}(?: RF)?)\b"
)
_PROSE = re.compile(r"\b(?:is|was|were|has|have|had|are|see|See|cites?|also|in his|I|we)\b|^\s*\d+[.)] ")
_LONGEST_MARK = 120
_LONGEST_NOTE = 12
_ABBREVIATED = re.compile(r"(?:\b(?:f|op|d|l|ll|p|pp|no|nos|vol|fol|F|Op|D|L|No|Nr|Bl|Best)\.|[,;:(-])$")


def is_source_line(text: str) -> bool:
    """Whether a line opens a source note, or is a shelf mark and nothing else."""
    return is_source_start(text) or _is_mark(text)


def source_stretches(lines: Sequence[Line], patterns: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
    """Yield first and last line number of each source note; `patterns` open one beside the usual words."""
    named = set(source_positions(lines))
    for pattern in map(re.compile, patterns):
        named |= {position for position, line in enumerate(lines) if pattern.search(line.text)}
    end = 0
    for position, line in enumerate(lines):
        if position < end or not (position in named or (_is_mark(line.text) and _alone(lines, position))):
            continue
        end = _note_end(lines, position)
        yield line.number, lines[end - 1].number


def _is_mark(text: str) -> bool:
    stripped = text.strip()
    if not 6 <= len(stripped) <= _LONGEST_MARK or _PROSE.search(stripped) or stripped[0].islower():
        return False
    parts = len(_MARK.findall(stripped))
    return (parts + bool(_HOLDER.search(stripped)) >= 2 and parts >= 1) or bool(re.match(r"PZPR \d+, AAN", stripped))


def _alone(lines: Sequence[Line], position: int) -> bool:
    """Whether a shelf mark ends its paragraph and does not go on with a sentence."""
    before = lines[position - 1].text.rstrip() if position else ""
    after = lines[position + 1] if position + 1 < len(lines) else None
    return (after is None or after.blank or bool(re.match(r"\s*(?:[A-Z\d\[]|$)", after.text))) and not re.search(
        r"(?:[,;:(a-z]|\b(?:in|see|See|of|and|from|at|the))$", before
    )


def _note_end(lines: Sequence[Line], position: int) -> int:
    """Return the position after a note: its closing bracket, or the end of its sentence or paragraph."""
    bracketed = lines[position].text.lstrip().startswith(("[", "("))
    depth = 0
    for end in range(position, min(position + _LONGEST_NOTE, len(lines))):
        text = lines[end].text.rstrip()
        if end > position and lines[end].blank:
            return end
        if bracketed:
            depth += sum(text.count(one) for one in "[(") - sum(text.count(one) for one in "])")
            # Words behind the bracket go on with the note.
            bracketed = depth > 0
            if depth <= 0 and re.search(r"[\])]\W*\d{0,3}$", text):
                return end + 1
        elif text.endswith((".", "]")) and not _ABBREVIATED.search(text):
            return end + 1
    # The end of the text ends a paragraph too.
    return len(lines) if len(lines) <= position + _LONGEST_NOTE else position + 1


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


def split_source(lines: Sequence[Line], fixed: Sequence[int] = ()) -> tuple[list[Line], list[Line]]:
    """Return the lines of the text, and the source note with all that trails it; `fixed` are its lines where they are sure."""
    if fixed:
        own = [line for line in lines if line.number < fixed[0]]
        after = [line for line in lines if line.number > fixed[-1]]
        note = [line for line in lines if fixed[0] <= line.number <= fixed[-1]]
        return ([*own, *after], note) if any(not line.blank for line in after) else (own, note)
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
