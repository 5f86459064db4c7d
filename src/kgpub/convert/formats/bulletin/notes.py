"""Notes on a sheet and of its editor: kind, lines, and by whom; what they say is for an editor to put in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from kgpub.convert.formats.bulletin.closing import signature_of
from kgpub.convert.formats.bulletin.heading import Heading
from kgpub.convert.formats.bulletin.lines import Line, Passage, format_lines
from kgpub.convert.formats.bulletin.parties import named_in
from kgpub.convert.formats.bulletin.values import Desk

__all__ = ["heading_notes", "read_notes", "read_translators", "trailing_notes"]

Note = dict[str, Any]

_KINDS = (
    ("margin", r"^In the margins?\b"),
    # How many copies were made and the initials of who typed them: "3-ae.".
    ("margin", r"^\d{1,2}[ -]?[a-z]{2}\.?$"),
    ("attachment", r"^(?:[Aa]ttached is|Enclosure:|Note:|Report:|Spravka|SPRAVKA)"),
    ("attachment", r"^[^.]{0,40}\b[Dd]raft(?: [a-z]+)? is attached\b"),
    # A word of the author to the relay, below the message and signed by itself.
    ("attachment", r"^For (?:Comrade )?[A-Z]\w+\.$"),
    ("handwritten", r"^\[?[Hh]andwritten\b|^\[signature\]|^\(\w+[’']s hand-?written\b"),
    ("editor", r"^\[(?:As indicated|reporting)|^This copy was\b"),
)
_INLINE = re.compile(r"\[Ed\. note:? [^\]]*\]")
_HEADING = re.compile(
    r"\[from notes [^\]]*\]|\bnote: [^\[]*$|\bexcerpts? from (?:an? )?(?:cable|telegram|letter|report)\b"
)
_TO_WHOM = re.compile(r"\bHe wrote a note at the top\b[^.]*")
_NUMBERED = re.compile(r"^\s?\d{1,2}\. (?=[A-Z\d])")
_LONGEST = 24


def read_notes(lines: Sequence[Line], desk: Desk, listed: Collection[int] = ()) -> list[Note]:
    """Return the notes among the lines of a sheet, without those that `listed` line numbers hold as a list of copies."""
    notes: list[Note] = []
    for position, line in enumerate(lines):
        kind = _kind(line.text)
        if kind and line.number not in listed:
            own = _stretch(lines, position)
            notes.append(_note(kind, [each.number for each in own], "opening-words", _by(lines, position, own, desk)))
            notes.extend(_resolutions(own, notes[-1]))
    passage = Passage.of(lines)
    for match in _INLINE.finditer(passage.text):
        notes.append({"kind": "editor", "lines": passage.lines(*match.span()), "rule": "bracketed"})
    return sorted(notes, key=lambda note: int(re.split("[-,]", note["lines"])[0]))


def heading_notes(heading: Heading) -> list[Note]:
    """Return what an editor says of the text in its heading: from notes, without the original, an excerpt."""
    match = _HEADING.search(heading.passage.text)
    return [{"kind": "editor", "lines": heading.passage.lines(*match.span()), "rule": "heading"}] if match else []


def trailing_notes(source: Sequence[Line], translators: Sequence[str]) -> list[Note]:
    """Return what stands after the source note's closing bracket; numbered notes are the translator's, each by itself."""
    tail = list(_trailing(source))
    starts = [position for position, line in enumerate(tail) if _NUMBERED.match(line.text)]
    if not tail:
        return []
    if not starts or starts[0] > 0:
        return [_note("editor", [line.number for line in tail], "after-source-note", "")]
    by = translators[0] if len(translators) == 1 else ""
    ends = [*starts[1:], len(tail)]
    return [
        _note("editor", [line.number for line in tail[first:end]], "numbered-note", by)
        for first, end in zip(starts, ends, strict=True)
    ]


def read_translators(source: Sequence[Line], desk: Desk) -> list[str]:
    """Return the translators whom a source note names."""
    passage = Passage.of(source)
    match = re.search(r"(?i:translat(?:ion|ed)(?: from \w+)? by) (?P<names>[^.\]]+)", passage.text)
    found = desk.names.find(match["names"]) if match else []
    return [b.id for name in found for b in name.bearers if b.kind == "person"]


def _note(kind: str, numbers: Sequence[int], rule: str, by: str) -> Note:
    note: Note = {"kind": kind} | ({"by": by} if by else {})
    return note | {"lines": format_lines(numbers), "rule": rule}


def _kind(text: str) -> str:
    return next((kind for kind, pattern in _KINDS if re.search(pattern, text.strip())), "")


def _stretch(lines: Sequence[Line], start: int) -> list[Line]:
    """Return the lines of a note: to the end of its brackets, of its one line, or of the paragraph."""
    first = lines[start].text.strip()
    if re.search(r"^[\[(].*[\])]$|^\d|\battached\.", first) or first.startswith("[signature]"):
        return [lines[start]]
    own = [lines[start]]
    story = first.startswith("This copy")
    for line in lines[start + 1 : start + _LONGEST]:
        if _kind(line.text) or (line.blank and not story and len(own) > 1):
            break
        own.append(line)
        if not story and line.text.strip().endswith(("]", ".”")):
            break
    while own[-1].blank:
        own.pop()
    return own


def _by(lines: Sequence[Line], position: int, own: Sequence[Line], desk: Desk) -> str:
    """Return who made a note: whom its words name as the hand, whose signature it marks, or who signed below it."""
    text = lines[position].text.strip()
    if text.startswith("[signature]"):
        return _signer([lines[position], *lines[position + 1 : position + 2], *reversed(lines[:position][-1:])], desk)
    hand = re.match(r"\(?(?=[A-Z]\w+[’']s hand-?written)|In the margins? (?=[A-Z]\w+ wrote)", text)
    if hand:
        named = named_in(Passage.of([lines[position]]), (0, len(text)), desk)
        return named[0].id if named else ""
    if re.match(r"For [A-Z]|Note:", text) and _signer([line for line in lines[:position] if not line.blank][-2:], desk):
        return _signer([*own[1:], *lines[position + len(own) : position + len(own) + 1]], desk)
    return ""


def _signer(lines: Sequence[Line], desk: Desk) -> str:
    for line in lines:
        signers = signature_of(re.sub(r"\[signature\]", "", line.text), desk) if not line.blank else []
        if signers:
            return signers[0].id
    return ""


def _resolutions(own: Sequence[Line], margin: Note) -> Iterator[Note]:
    """Yield the resolution that a sentence on the margins tells of: a note at the top of the sheet, to somebody."""
    passage = Passage.of(own)
    match = _TO_WHOM.search(passage.text) if margin["kind"] == "margin" else None
    if match:
        yield {**margin, "kind": "resolution", "lines": passage.lines(*match.span())}


def _trailing(source: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines after the source note's closing bracket, and its own where words follow the bracket."""
    end = next((p for p, line in enumerate(source) if "]" in line.text and not re.search(r"\[\d+\]", line.text)), None)
    if end is None:
        return
    if source[end].text.split("]", 1)[1].strip(" ."):
        yield source[end]
    yield from (line for line in source[end + 1 :] if not line.blank)
