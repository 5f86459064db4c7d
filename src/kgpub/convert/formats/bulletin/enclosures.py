"""Which lines of a document are a message of their own: quoted, attached, or to be handed on by word of mouth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.formats.bulletin.closing import signature_of
from kgpub.convert.formats.bulletin.heading import Announced
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.values import Desk

__all__ = ["Enclosed", "find_enclosed", "quote_blocks"]

_MARKER = re.compile(
    r"^\s?(?:\[?[Aa]ttached handwritten|\[?Attachment\b(?! to\b(?!.*#))|Attachment No\.|\*\s*$|—{6,}|TOP PRIORITY$"
    r"|PRIORITY CABLE$)"
)
_SALUTATION = re.compile(r"^\s?[“\"]?(?:To (?:the )?|Dear |DEAR |DEEPLY |Comrades? )")
_INSTRUCTION = re.compile(
    r"^(?:.{0,60}(?<!to )\b)?(?:[Cc]ommunicate|[Tt]ransmit|[Dd]iscuss|[Vv]isit|[Aa]dvise|[Tt]ell|[Ii]nform)\b"
)
_AFTER = re.compile(
    r"^(?:Immediately )?(?:[Tt]elegraph|[Rr]eport|[Cc]onfirm) (?:the )?(?:fulfillment|results|receipt|implementation)"
)
_INTRODUCED = re.compile(
    r"following (?:\w+ ){0,3}?(?:letter|telegram|directive|message|note)\b|(?:letter|telegram|directive|message"
    r"|note)\b.{0,80}(?:following|from|addressed)"
)
_LONG = 4
_INTRO = 8
# A told message that quotes another has this many lines before the quotation at most.
_TOLD = 24


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An enclosed message: its lines, how it stands in its carrier, and what the heading says of it."""

    lines: tuple[Line, ...]
    kind: str
    announced: Announced | None = None
    intro: tuple[Line, ...] = ()


def find_enclosed(
    announced: Sequence[Announced],
    body: Sequence[Line],
    desk: Desk,
    authors: Sequence[str],
    others: Sequence[str] = (),
) -> list[Enclosed]:
    """Return the messages inside a document's body (without header and source note), in their order.

    `authors` are the ids of the document's own authors, `others` those of its readers and relays: a quoted text that
    passes between them, and that no heading announces, is the document itself.
    """
    blocks = quote_blocks(body, desk, authors)
    if not announced:
        return _unannounced(blocks, body, desk, authors, others)
    spans: list[tuple[int, int, str]] = [
        (_told_before(body, first), last, "quote") for first, last in blocks if _is_message(body, first, last)
    ]
    spans.extend(_attachments(body, desk, authors, spans))
    spans.sort()
    if not spans:
        instruction = _instruction(body, desk)
        spans = [(*instruction, "instruction")] if instruction else []
    chosen = spans if len(spans) <= len(announced) else _best(spans, body, len(announced), desk)
    return [
        Enclosed(tuple(body[first : last + 1]), kind, announced[position], _intro(body, first))
        for position, (first, last, kind) in enumerate(chosen)
    ]


def quote_blocks(body: Sequence[Line], desk: Desk, authors: Sequence[str] = ()) -> list[tuple[int, int]]:
    """Return first and last position of each quotation that opens a line; one never closed ends before the signature."""
    blocks: list[tuple[int, int]] = []
    position = 0
    while position < len(body):
        if not body[position].text.strip().startswith("“"):
            position += 1
            continue
        end = _close(body, position) or _unclosed(body, position, desk, authors)
        blocks.append((position, end))
        position = end + 1
    return blocks


def _close(body: Sequence[Line], start: int) -> int | None:
    depth, last = 0, None
    for position in range(start, len(body)):
        text = body[position].text
        depth += text.count("“") - text.count("”")
        if text.rstrip().endswith('"'):
            depth -= 1
        if "”" in text or text.rstrip().endswith('"'):
            last = position
            if depth <= 0:
                return position
    # A quotation inside that was never closed swallows the outer mark: take the last mark there is.
    return last


def _unclosed(body: Sequence[Line], start: int, desk: Desk, authors: Sequence[str]) -> int:
    """Return the end of a quotation without a closing mark: its signature with what belongs to it, else the last line
    before the carrier's signature."""
    for position in range(start + 1, len(body)):
        signers = signature_of(body[position].text, desk)
        if signers and body[position].text.strip()[-1] not in "!:":
            if any(bearer.id in authors for bearer in signers):
                return _back(body, position - 1)
            return _titles(body, position)
    return _back(body, len(body) - 1)


def _titles(body: Sequence[Line], position: int) -> int:
    while position + 1 < len(body) and re.match(
        r"^(?:Chairman|Commander|the (?:Korean|DPRK)|\(?upon|of the|[A-Z][a-z]+\. \d)", body[position + 1].text.strip()
    ):
        position += 1
    return position


def _back(body: Sequence[Line], position: int) -> int:
    while position > 0 and body[position].blank:
        position -= 1
    return position


def _is_message(body: Sequence[Line], first: int, last: int) -> bool:
    before = next((body[p].text.strip() for p in range(first - 1, -1, -1) if not body[p].blank), "")
    return last - first >= 2 and (not before or before[-1] in ":.]”!—" or bool(_SALUTATION.match(body[first].text)))


def _told_before(body: Sequence[Line], first: int) -> int:
    """Return where a message begins that was told before it quotes: after "transmitted the following …:"."""
    for position in range(max(first - _TOLD, 0), first):
        told = re.search(r"\b(?:transmitted|communicated) (?:to me )?the following\b", body[position].text)
        if told:
            colon = next(
                (p for p in range(position, min(position + 3, first)) if body[p].text.rstrip().endswith(":")), first
            )
            return min(colon + 1, first)
    return first


def _best(
    spans: Sequence[tuple[int, int, str]], body: Sequence[Line], count: int, desk: Desk
) -> list[tuple[int, int, str]]:
    ranked = sorted(spans, key=lambda span: (-_weight(body, span, desk), span[0]))
    return sorted(ranked[:count])


def _weight(body: Sequence[Line], span: tuple[int, int, str], desk: Desk) -> int:
    first, last, kind = span
    signed = any(signature_of(line.text, desk) for line in body[max(last - 3, first) : last + 1])
    return 4 * (kind == "attachment") + 2 * bool(_SALUTATION.match(body[first].text)) + 2 * signed + (last - first > 10)


def _attachments(
    body: Sequence[Line], desk: Desk, authors: Sequence[str], quoted: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Return what follows the author's signature: behind a marker, or opening with an address of its own."""
    titled = next(
        (p for p, line in enumerate(body) if re.fullmatch(r"\[?Attachment(?: No\. ?\d+)?\]?", line.text.strip())), None
    )
    signed = next(
        (p for p, line in enumerate(body) if any(b.id in authors for b in signature_of(line.text, desk))), None
    )
    if signed is None and titled is not None:
        return _parted(body, titled)
    if signed is None:
        return []
    for position in range(signed + 1, len(body)):
        text = body[position].text.strip()
        if any(first <= position <= last for first, last, _ in quoted):
            return []
        if _MARKER.match(text) or (re.match(r"^(?:Dear |Comrade [A-Z ]+\.$|DEEPLY)", text)):
            start = position
            while start < len(body) and re.fullmatch(r"\*?|\s*", body[start].text.strip()):
                start += 1
            return _parted(body, start)
    return []


def _parted(body: Sequence[Line], start: int) -> list[tuple[int, int, str]]:
    """Return attachments that follow each other, each opening with a title in capitals or the word Attachment."""
    starts = [start]
    for position in range(start + 2, len(body)):
        text, before = body[position].text.strip(), body[position - 1].text.strip()
        if re.match(r"^(?:Attachment\b|DIRECTIVES?\b|STATEMENT\b|RESOLUTION\b)", text) and not before.endswith(
            ("(", ",")
        ):
            starts.append(position)
    ends = [*(_back(body, following - 1) for following in starts[1:]), _back(body, len(body) - 1)]
    return [(first, last, "attachment") for first, last in zip(starts, ends, strict=True)]


def _instruction(body: Sequence[Line], desk: Desk) -> tuple[int, int] | None:
    start = next((p for p, line in enumerate(body) if _INSTRUCTION.match(line.text.strip())), None)
    if start is None:
        return None
    end = len(body) - 1
    for position in range(start + 1, len(body)):
        text = body[position].text.strip()
        if _AFTER.match(text) or signature_of(text, desk) or re.match(r"^No\. ?\d", text):
            end = position - 1
            break
    start = _after_opening(body, start)
    while end > start and _trails(body[end].text.strip(), desk):
        end -= 1
    return start, _back(body, end)


def _trails(text: str, desk: Desk) -> bool:
    """Whether a line behind a message is the carrier's: a date, or the order to answer."""
    dates = find_dates(text, desk.day or None)
    alone = bool(dates) and not re.search(r"[A-Za-z]", text.replace(dates[0].printed, ""))
    return not text or alone or bool(re.match(r"^(?:Discuss|nicate your)\b", text))


def _after_opening(body: Sequence[Line], start: int) -> int:
    """Where the instruction announces a text ("the following telegram"), the message begins after that sentence."""
    if "following" not in Passage.of(body[start : start + 3]).text:
        return start
    for position in range(start, min(start + 4, len(body) - 1)):
        if body[position].text.rstrip().endswith((".", ":")):
            return position + 1
    return start


def _unannounced(
    blocks: Sequence[tuple[int, int]], body: Sequence[Line], desk: Desk, authors: Sequence[str], others: Sequence[str]
) -> list[Enclosed]:
    found = []
    for first, last in blocks:
        intro = _intro(body, first)
        text = Passage.of(intro).text
        signers = [b.id for line in body[first : last + 1] for b in signature_of(line.text, desk)]
        if last - first < _LONG or any(signer in authors for signer in signers) or not text.endswith(":"):
            continue
        stranger = _persons(text, desk) - {*authors, *others}
        greeted = _persons(body[first].text, desk) if body[first].text.strip().startswith("“To ") else set()
        own = bool(re.search(r"\bI (?:replied|wrote|sent|answered)\b", text))
        if (greeted and not greeted & {*authors, *others}) or (
            not greeted and _INTRODUCED.search(text) and (stranger or own)
        ):
            found.append(Enclosed(tuple(body[first : last + 1]), "quote", None, tuple(intro)))
    return found


def _persons(text: str, desk: Desk) -> set[str]:
    return {b.id for name in desk.names.find(text) for b in name.bearers if b.kind == "person"}


def _intro(body: Sequence[Line], first: int) -> tuple[Line, ...]:
    before = [line for line in body[:first] if not line.blank]
    last = next((p for p in range(len(before) - 1, -1, -1) if before[p].text.rstrip().endswith("”")), -1)
    return tuple(before[last + 1 :][-_INTRO:])
