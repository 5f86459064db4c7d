"""Stamps on the sheet: classification, urgency and series marks, with their concept ids."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["FoundStamp", "find_stamps", "is_stamp_line"]

_CLASSIFICATIONS = (
    ("strictly-confidential", r"strictly\s+confidential"),
    ("strictly-secret", r"strictly\s+secret"),
    ("top-secret", r"top\s+secret"),
    ("copying-prohibited", r"copying\s+(?:is\s+)?prohibited"),
    ("special-file", r"special\s+(?:file|folder)"),
    ("personal", r"in\s+person\s+only|personal(?:ly)?\s+only|personal"),
    ("secret", r"secret"),
    ("special", r"special(?!\s+No)"),
)
_URGENCY = (
    ("extremely-urgent", r"extremely\s+urgent|very\s+urgent"),
    ("top-priority", r"top\s+priority"),
    (
        "immediate",
        r"(?:hand\s+over\s+|deliver\s+)?immediately(?:\s+to\s+the\s+addressee)?|for\s+immediate\s+transmission",
    ),
    ("urgent", r"urgent"),
    ("priority", r"priority(?:\s+cable)?"),
)
# A stamp is a few words; looking for one costs the square of the words in a line.
_LONGEST = 400
# Letters that stand alone behind an urgency stamp are marks of a series of copies, not words.
_SERIES = re.compile(r"(?:SERIES|Series)\s+[“\"']?(?P<series>[A-Z])[”\"']?(?![A-Za-z])|(?<=\s)(?P<mark>[TEG])\.?\s*$")


@dataclass(frozen=True, slots=True)
class FoundStamp:
    """A stamp: its kind (`classification`, `urgency`, `series`), its concept id or letter, and the printed form."""

    kind: str
    value: str
    printed: str
    start: int


def find_stamps(line: str) -> list[FoundStamp]:
    """Return the stamps of one line of a header, in their order; a line with other words has none but series marks."""
    text, offset = line.strip(), len(line) - len(line.lstrip())
    if len(text) > _LONGEST:
        return []
    found: list[FoundStamp] = []
    taken: list[tuple[int, int]] = []
    for kind, table in (("classification", _CLASSIFICATIONS), ("urgency", _URGENCY)):
        for value, pattern in table:
            for match in re.finditer(rf"(?<![a-z])(?:{pattern})(?![a-z])", text, re.IGNORECASE):
                if not any(match.start() < end and start < match.end() for start, end in taken):
                    taken.append(match.span())
                    found.append(FoundStamp(kind, value, match.group(0), match.start() + offset))
    series = _series(text, offset)
    if not found and not series:
        return []
    rest = _rest(text, [*taken, *((mark.start - offset, mark.start - offset + len(mark.printed)) for mark in series)])
    return sorted(found + series, key=lambda stamp: stamp.start) if not rest else []


def is_stamp_line(line: str) -> bool:
    """Whether a line holds stamps and nothing else."""
    return bool(find_stamps(line))


def _series(text: str, offset: int) -> list[FoundStamp]:
    return [
        FoundStamp("series", match["series"] or match["mark"], match.group(0).strip(), match.start() + offset)
        for match in _SERIES.finditer(text)
    ]


def _rest(text: str, taken: list[tuple[int, int]]) -> str:
    kept = "".join(c for position, c in enumerate(text) if not any(start <= position < end for start, end in taken))
    return re.sub(r"[\s.,;()“”\"\[\]]|transmit|\d{1,3}$", "", kept)
