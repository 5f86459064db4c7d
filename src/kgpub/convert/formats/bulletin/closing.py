"""The signature block: who signed, the outgoing number, the document's own date, the copy list, what was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.fields.names import Bearer
from kgpub.convert.fields.numbers import parse_outgoing_number
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.values import Desk

__all__ = ["Closing", "Signature", "read_closing", "signature_of"]

_COPIES = re.compile(
    r"^\s?(?:\d{1,2} \w+ \d{4} )?(?:[Cc]opies(?: to)?\b|Copy No\. \d|Distribution [Ll]ist|Made \d+ copies)"
)
_TYPED = re.compile(
    r"^\s?(?:Typed|Typ\[ed|Dec\[iph|\[typed|\[Handwritten|This letter was cabled|\d+[ -]?[a-z]{2}\.?$|Enclosure:|\d+ copy$)"
)
_NUMBER = re.compile(r"^\s?(?:No\.|#|_)\s?\d")
_WRAP = re.compile(
    r"\[[^\]]*\]|[“”\"().,;!]|\b(?:With respect|Respectfully|Faithfully|Yours truly|Yours faithfully|Your|With "
    r"(?:bolshevik|Bolshevik|communist) greetings|With greetings|Greetings|signature)\b",
    re.IGNORECASE,
)

# A signature with its date and copies stands on a shorter line; taking brackets off a longer one costs its square.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: bearer, printed form, line."""

    bearer: Bearer
    printed: str
    line: Line
    office: str = ""


@dataclass
class Closing:
    """What a signature block holds, in the order of the page."""

    signed: list[Line] = field(default_factory=list)
    numbers: list[tuple[str, Line]] = field(default_factory=list)
    copies: list[Line] = field(default_factory=list)
    typed: list[Line] = field(default_factory=list)
    members: set[int] = field(default_factory=set)


def read_closing(lines: Sequence[Line], desk: Desk) -> Closing:
    """Return the signature blocks of some lines: the last one, and any before it that bears a number or a copy list.

    `members` are the positions in `lines` that belong to a block; the rest is text.
    """
    closing = Closing()
    for block in _blocks(lines, desk):
        mode = ""
        for position in block:
            line = lines[position]
            closing.members.add(position)
            if not line.blank:
                mode = _put(line, mode, closing, desk)
    return closing


def _put(line: Line, mode: str, closing: Closing, desk: Desk) -> str:
    """Sort one line of a block; `mode` is what the line before was, for lists and sentences that run on."""
    text = line.text.strip()
    if _COPIES.match(text):
        closing.copies.append(line)
        return "copies"
    if mode == "copies" and _continues(text, closing.copies[-1].text, desk):
        closing.copies.append(line)
        return "copies"
    if _TYPED.match(text) or (mode == "typed" and _runs_on(text)):
        closing.typed.append(line)
        return "" if text.endswith("]") else "typed"
    _sort(line, closing, desk)
    return ""


def _runs_on(text: str) -> bool:
    """Whether a line goes on with a typist's note: half a time, half a date, the end of a bracket."""
    return bool(re.match(r"^(?:[ap]\.m\.?$|\d\d/\d\d$|Comrade \w+ on|\d{1,2}:\d\d|on \d|\[\d|Typ\[|file\))", text))


def signature_of(text: str, desk: Desk) -> list[Bearer]:
    """Return who signs on a line that holds names, titles of courtesy and dates and nothing else."""
    key = (text, desk.day, desk.places)
    if key not in desk.signatures:
        # Each line is asked several times, for its block, its neighbours and its note.
        desk.signatures[key] = _signers(text, desk)
    return desk.signatures[key]


def _signers(text: str, desk: Desk) -> list[Bearer]:
    if len(text) > _LONGEST or re.match(r"^(?:and|or|to|for|from|by)\b", text.strip()):
        return []
    rest = text
    for found in find_dates(text, desk.day or None):
        rest = rest.replace(found.printed, " ")
    rest = re.sub(r"\b\d{1,2}:\d\d\b|\d{1,2}/(?=\s|$)", " ", rest)
    rest = re.sub(r"^\s*(?:No\.|#|_)\s?[\w./-]+", " ", rest)
    rest = re.sub(r"\b[A-Z](?:[a-z]{0,2})?\.(?=\s*[A-Z])", " ", rest)
    rest = re.sub(r",\s*(?:Chairman|Commander|Minister|Secretary)\b.*$", "", rest)
    # The number of a page that the print glued to the last word.
    rest = re.sub(r"(?<=[A-Za-z\]])\d{1,3}$", "", rest.rstrip())
    rest = _WRAP.sub(" ", rest).strip(" -–.,")
    if not rest or len(rest) > 60:
        return []
    direct = _one(rest, desk)
    if direct:
        return [direct]
    parts = [_one(part, desk) for part in re.split(r",|\band\b|\s{2,}", rest) if part.strip()]
    return [part for part in parts if part] if parts and all(parts) else []


def _one(text: str, desk: Desk) -> Bearer | None:
    known = [bearer for bearer in desk.names.lookup(text) if bearer.kind in ("person",)]
    return desk.names.choose(known, desk.circumstances) if known else None


def _blocks(lines: Sequence[Line], desk: Desk) -> list[list[int]]:
    """Return the positions of each signature block: runs of lines that belong to one, from a line that opens it on."""
    groups: list[list[int]] = []
    for position, line in enumerate(lines):
        text = line.text.strip()
        if not text or not _opens(text, desk):
            continue
        between = (
            [other.text.strip() for other in lines[groups[-1][-1] + 1 : position] if not other.blank] if groups else []
        )
        if groups and all(_belongs(other, desk) for other in between):
            groups[-1].append(position)
        else:
            groups.append([position])
    kept = [group for group in groups if group is groups[-1] or any(_bears_number(lines[p].text) for p in group)]
    return [_stretch(lines, group, desk) for group in kept]


def _opens(text: str, desk: Desk) -> bool:
    if _NUMBER.match(text) or _COPIES.match(text) or _TYPED.match(text):
        return True
    return text[-1] not in "!:" and not text.startswith("Comrade") and bool(signature_of(text, desk))


def _bears_number(text: str) -> bool:
    return bool(_COPIES.match(text.strip()) or (_NUMBER.match(text.strip()) and parse_outgoing_number(text)))


def _stretch(lines: Sequence[Line], group: Sequence[int], desk: Desk) -> list[int]:
    """Widen a block by the dates above it, and by what belongs to it below."""
    first, last = group[0], group[-1]
    while first > 0 and (lines[first - 1].blank or _is_date(lines[first - 1].text, desk)):
        first -= 1
    while last + 1 < len(lines) and (lines[last + 1].blank or _goes_on(lines, last, desk)):
        last += 1
    return list(range(first, last + 1))


def _goes_on(lines: Sequence[Line], last: int, desk: Desk) -> bool:
    text = lines[last + 1].text.strip()
    return _follows(text, lines[last].text, desk, listing=_listed(lines, last, desk))


def _listed(lines: Sequence[Line], position: int, desk: Desk) -> bool:
    """Whether a line belongs to a copy list that may run on."""
    while position >= 0:
        text = lines[position].text.strip()
        if _COPIES.match(text):
            return True
        if not _continues(text, ",", desk):
            return False
        position -= 1
    return False


def _follows(text: str, before: str, desk: Desk, *, listing: bool) -> bool:
    return (
        _is_date(text, desk)
        or bool(_TYPED.match(text))
        or _runs_on(text)
        or (listing and _continues(text, before, desk))
    )


def _belongs(text: str, desk: Desk) -> bool:
    return bool(
        _TYPED.match(text)
        or _NUMBER.match(text)
        or _COPIES.match(text)
        or _is_date(text, desk)
        or signature_of(text, desk)
        or _continues(text, ",", desk)
        or re.match(
            r"^(?:Confirm receipt|Telegraph|Report|\[signature|Chairman|the DPRK|Secretary|\d copy|p\.m|\d\d:\d\d"
            r"|[ap]\.m)",
            text,
        )
    )


def _is_date(text: str, desk: Desk) -> bool:
    stripped = text.strip().strip("“”\"'.[] ")
    found = find_dates(stripped, desk.day or None)
    return bool(found) and not re.search(r"[A-Za-z]{3}", _without(stripped, [date.printed for date in found]))


def _without(text: str, pieces: Sequence[str]) -> str:
    for piece in pieces:
        text = text.replace(piece, "")
    return re.sub(r"\b(?:city of|of this year|Pyongyang|PYONGYANG|time|am|pm|Moscow)\b", "", text)


def _continues(text: str, before: str, desk: Desk) -> bool:
    if before.rstrip().endswith(".") or _NUMBER.match(text) or _TYPED.match(text) or _is_date(text, desk):
        return False
    rest = text
    for found in reversed(desk.names.find(text)):
        rest = rest[: found.start] + rest[found.end :]
    rest = re.sub(
        r"\b(?:File|file|of|the|Department|Administration|Dept|General|Staff|Armed|Forces|Copy|to|on|MDGS|MFA|\d+th"
        r"|and)\b",
        "",
        rest,
    )
    return len(re.sub(r"[^A-Za-z]", "", rest)) <= 2


def _sort(line: Line, closing: Closing, desk: Desk) -> None:
    text = line.text.strip()
    number = (
        parse_outgoing_number(text)
        if _NUMBER.match(text) and not re.search(r"\([a-z]{3,4}\. ?(?:No|#)", text)
        else None
    )
    if number:
        closing.numbers.append((number, line))
    if text[-1] not in "!:" and signature_of(text, desk):
        closing.signed.append(line)
