"""Archival references: archive, fond, opis, delo, papka, listy, in the citation styles of Russian archives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["DEFAULT_ARCHIVES", "FoundCitation", "find_citations"]

# Acronym as published, with the forms it is printed in; a layout can add its own.
DEFAULT_ARCHIVES: tuple[tuple[str, str], ...] = (
    ("APRF", r"A\.?P\.? ?R\.?F\.?|Archive of the President,?(?: of the)? Russian\s+Federation"),
    ("AVPRF", r"A\.?V\.?P\.? ?R\.?F\.?|Archive of(?: the)? Foreign Policy(?:,| of the) Russian\s+Federation"),
    ("TsAMO", r"Ts?AMO"),
    ("RTsKhIDNI", r"RTsKhIDNI"),
    ("RGANI", r"RGANI"),
    ("RGASPI", r"RGASPI"),
    ("GARF", r"GARF"),
    ("TsKhSD", r"TsKhSD"),
)

_VALUE = r"\d[\w]{0,5}"
_LEAVES = rf"{_VALUE}(?:\s?[-–]\s?{_VALUE})?"
_PARTS = (
    ("fond", rf"\b(?:fond|f)\b[.:]?\s*(?P<fond>{_VALUE})"),
    ("opis", rf"\b(?:opis|op)\b[.:]?\s*(?P<opis>{_VALUE})"),
    ("delo", rf"\b(?:delo|d|por|por[ti]siia)\b[.:]?\s*(?P<delo>{_VALUE}(?:\s\[\d+\])?)"),
    ("papka", rf"\b(?:papka|p)\b[.:]?\s*(?P<papka>{_VALUE})"),
    (
        "listy",
        rf"\b(?:listy|list|ll|l|leaves|leaf|pages?|pp)\b[.:]?\s*(?P<listy>{_LEAVES}(?:,\s*(?!\d+[a-z]?,? ?(?:opis"
        rf"|delo)){_LEAVES})*)",
    ),
)
_NEAR = 15
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PARTS)


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """One archival reference: its parts as printed, without those that are not given, and where it stands."""

    archive: str
    parts: tuple[tuple[str, str], ...]
    printed: str
    start: int
    end: int


def find_citations(text: str, archives: Sequence[tuple[str, str]] = DEFAULT_ARCHIVES) -> list[FoundCitation]:
    """Return the archival references in a text, in their order; "not given" leaves a part out."""
    heads = _heads(text, archives)
    found = []
    for number, (acronym, start, after) in enumerate(heads):
        limit = heads[number + 1][1] if number + 1 < len(heads) else len(text)
        closing = re.search(r"[\])]", text[after:limit])
        stop = after + closing.start() if closing and text[start - 1 : start] in ("[", "(") else limit
        parts, end = _parts(text, after, _stop(text, after, stop))
        if parts:
            found.append(FoundCitation(acronym, parts, text[start:end], start, end))
    return found


def _heads(text: str, archives: Sequence[tuple[str, str]]) -> list[tuple[str, int, int]]:
    heads: list[tuple[str, int, int]] = []
    for acronym, pattern in archives:
        for match in re.finditer(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])", text):
            heads.append((acronym, match.start(), match.end()))
    return _without_glosses(text, sorted(heads, key=lambda head: head[1]))


def _without_glosses(text: str, heads: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Drop the acronym that explains the full name before it: "Archive … (hereafter APRF)"."""
    kept: list[tuple[str, int, int]] = []
    for head in heads:
        between = text[kept[-1][2] : head[1]] if kept else ""
        if kept and kept[-1][0] == head[0] and "(" in between and len(between) < 20:
            kept[-1] = (head[0], kept[-1][1], head[2])
        else:
            kept.append(head)
    return kept


def _stop(text: str, after: int, stop: int) -> int:
    """End a reference at the bracket that closes the source note it stands in, so that a trailing sentence stays out."""
    depth = 0
    for position in range(after, stop):
        if text[position] in "[(":
            depth += 1
        elif text[position] in "])":
            depth -= 1
            if depth < 0 and text[position] == "]":
                return position
    return stop


def _parts(text: str, after: int, stop: int) -> tuple[tuple[tuple[str, str], ...], int]:
    matches = {name: match for name, pattern in _COMPILED if (match := pattern.search(text, after, stop))}
    # A leaf named in a sentence about an archive is not a reference to it.
    if not matches or min(match.start() for match in matches.values()) - after > _NEAR:
        return (), after
    end = max(match.end() for match in matches.values())
    values = {name: re.sub(r"\s+", " ", match[name]) for name, match in matches.items()}
    if "listy" in values:
        values["listy"] = re.sub(r"\s?[-–]\s?", "-", values["listy"])
    return tuple(values.items()), end
