"""Excerpts from the protocols of a Politburo: decision, item, comrades who get copies, attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgpub.convert.fields.numbers import parse_protocol
from kgpub.convert.formats.bulletin.lines import Line, Passage

__all__ = ["Decision", "is_decision", "read_decision"]

_CENTRAL = re.compile(r"VKP\(b\) CC|A(?:LL|ll)-U(?:NION|nion) C(?:OMMUNIST|ommunist)")
_LETTERHEAD = re.compile(r"VKP\(b\)|PARTY|Party|CENTRAL|Central|\(bolsheviks?\)")
_EXCERPT = re.compile(r"^\s?(?:Excerpt|Extract)\b")
_SECRETARY = re.compile(r"^\s?(?i:secretary (?:of the )?c)")
_SLIP = re.compile(r"^\s?(?:[Tt]o ?p\.|#?\d+ ?\(op\)|\[?Attachment to)")
_ATTACHMENT = re.compile(r"^\s?\[?Attachment\b(?! to)")
_TOP = re.compile(r"^\s?(?:TOP SECRET|Top Secret|To ?p\.\d|to ?p\.\d)")
_COPIES = re.compile(r"^\s?(?:To$|To Comrades\b|\[To:\]|To: ?C|Copies\b|.*\bCopies(?: to|:)|\d{1,2} \w+ \d{4} Copies)")


@dataclass(frozen=True, slots=True)
class Decision:
    """The parts of an excerpt: lines of each, and protocol number and item where printed."""

    protocol: str
    item: str
    protocol_line: int
    protocol_print: str
    letterhead: tuple[Line, ...]
    copies: tuple[Line, ...]
    decided: tuple[Line, ...]
    question: tuple[Line, ...]
    secretary: Line | None
    attachments: tuple[tuple[Line, ...], ...]


def is_decision(lines: Sequence[Line]) -> bool:
    """Whether the lines after a heading are an excerpt from a protocol."""
    text = Passage.of(lines[:16]).text
    return bool(_CENTRAL.search(text)) and bool(re.search(r"(?:Excerpt|Extract Minutes) from (?:[Pp]rotocol)", text))


def read_decision(lines: Sequence[Line]) -> Decision:
    """Return the parts of an excerpt; the source note is not among the lines."""
    head_end = next((p for p, line in enumerate(lines) if _EXCERPT.match(line.text)), len(lines))
    number, item, at, printed = "", "", 0, ""
    for line in lines[:head_end]:
        protocol = parse_protocol(line.text)
        if protocol:
            number, item, at = *protocol, line.number
            printed = re.sub(rf".*?((?:\S+ ?)?{re.escape(number)}).*", r"\1", line.text.strip())
    decided_at = next((p for p, line in enumerate(lines) if re.search(r"Decision (?:of|dated)\b", line.text)), head_end)
    starts = _starts(lines, decided_at)
    first = starts[0] if starts else len(lines)
    secretary = next((line for line in lines[decided_at:] if _SECRETARY.match(line.text)), None)
    question_end = next((p for p in range(decided_at, first) if _SECRETARY.match(lines[p].text)), first)
    return Decision(
        number,
        item,
        at,
        printed,
        tuple(line for line in lines[:head_end] if _LETTERHEAD.search(line.text)),
        _copies(lines[:head_end]),
        tuple(lines[head_end : decided_at + 2]),
        tuple(lines[decided_at + 1 : question_end]),
        secretary,
        tuple(_trimmed(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=False)),
    )


def _starts(lines: Sequence[Line], after: int) -> list[int]:
    """Return where each attachment begins: at its slip, stamp or the word Attachment, whichever stands first."""
    starts: list[int] = []
    for position in range(after + 1, len(lines)):
        text = lines[position].text
        if not (_SLIP.match(text) or _ATTACHMENT.match(text) or _TOP.match(text)):
            continue
        gap = [line for line in lines[starts[-1] : position] if not line.blank] if starts else []
        # Slip, stamp and word stand together at the head of one attachment; only prose between them makes two.
        if not starts or any(
            re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{3,}", line.text) and not _SLIP.match(line.text) for line in gap
        ):
            starts.append(position)
    return starts


def _copies(head: Sequence[Line]) -> tuple[Line, ...]:
    kept: list[Line] = []
    for line in head:
        if _COPIES.search(line.text):
            kept = [line]
        elif kept and not line.blank and not re.match(r"^\s?(?:\d{1,2} )?[A-Z][a-z]+ \d{4}", line.text):
            kept.append(line)
    return tuple(kept)


def _trimmed(lines: Sequence[Line]) -> tuple[Line, ...]:
    start, end = 0, len(lines)
    while start < end and (lines[start].blank or lines[start].text.strip() == "*"):
        start += 1
    while end > start and lines[end - 1].blank:
        end -= 1
    return tuple(lines[start:end])
