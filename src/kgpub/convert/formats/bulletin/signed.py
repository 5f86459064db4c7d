"""Signatures with their dates: who signed a text, where, and on which day each wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kgpub.convert.fields.dates import FoundDate, find_dates
from kgpub.convert.fields.names import Bearer
from kgpub.convert.fields.times import find_times, join_moment
from kgpub.convert.formats.bulletin.closing import Signature, read_closing, signature_of
from kgpub.convert.formats.bulletin.lines import Line, Passage, format_lines
from kgpub.convert.formats.bulletin.parties import Named
from kgpub.convert.formats.bulletin.values import Desk

__all__ = ["Signed", "closing_moment", "dated", "ending_date", "read_signed", "signers_of"]

# A date stands this many lines from its signature, and no further.
_DATE_REACH = 6


@dataclass(frozen=True, slots=True)
class Signed:
    """A text with its signatures, in the order of the page, and the lines that carry them and their dates."""

    signatures: tuple[Signature, ...]
    lines: tuple[Line, ...]
    prose: tuple[Line, ...]
    dates: tuple[tuple[FoundDate, Line], ...]


def read_signed(lines: Sequence[Line], desk: Desk) -> Signed:
    """Return the signatures and dated lines of a text, in its closing block and at the end of what it quotes."""
    closing = read_closing(lines, desk)
    block = {lines[position].number for position in closing.members}
    listed = {line.number for line in (*closing.copies, *closing.typed)}
    signatures: list[Signature] = []
    carrying: list[Line] = []
    ending = _last_sentence(lines, desk)
    last = {line.number for line in lines if ending and line.number >= min(each.line.number for each in ending)}
    for position, line in enumerate(lines):
        text = line.text.strip()
        if not text or text[-1] in "!:" or line.number in listed | last or text.startswith("Comrade"):
            continue
        if line.number not in block and not _ends_text(lines, position):
            continue
        signers = signature_of(text, desk)
        if signers:
            around = _beside(lines, position)
            signatures.extend(
                Signature(bearer, _form(text, bearer, signers, desk), line, _title(bearer, around, desk))
                for bearer in signers
            )
            carrying.append(line)
    signatures.extend(ending)
    signatures.extend(() if signatures else _titled(lines, desk))
    known = {line.number for line in carrying}
    prose = [line for line in lines if line.number not in block and line.number not in known]
    near = known | last | (block - listed)
    return Signed(tuple(signatures), tuple(carrying), tuple(prose), tuple(_dates(lines, near, listed, desk)))


def _beside(lines: Sequence[Line], position: int) -> str:
    """Return a signature's line with those that can hold its title: before it back to the last sentence, two after it."""
    first = position
    while (
        first > max(position - 3, 0)
        and not re.search(r"[.!?:”]$", lines[first - 1].text.strip())
        and not lines[first - 1].blank
    ):
        first -= 1
    return Passage.of(lines[first : position + 3]).text


def _title(bearer: Bearer, around: str, desk: Desk) -> str:
    """Return the office that the lines beside a signature give its bearer."""
    held = {office.id for office in desk.names.offices_of(bearer.id, desk.day[:10])}
    named = [b.id for found in desk.names.find(around) for b in found.bearers if b.kind == "office"]
    return next((office for office in named if office in held), "")


def _titled(lines: Sequence[Line], desk: Desk) -> list[Signature]:
    """Return the signatures that follow their titles on the line: "Chairman of the Council of Ministers A. B"."""
    last = [line for line in lines if not line.blank][-6:]
    passage = Passage.of(last)
    found = desk.names.find(passage.text)
    signatures = []
    for title, name in pairwise(found):
        offices = [bearer.id for bearer in title.bearers if bearer.kind == "office"]
        person = next((bearer for bearer in name.bearers if bearer.kind == "person"), None)
        held = {office.id for office in desk.names.offices_of(person.id, desk.day[:10])} if person else set()
        office = next((office for office in offices if office in held), "")
        ends_line = name.end + 1 in passage.starts or name.end == len(passage.text)
        if (
            person
            and office
            and ends_line
            and re.fullmatch(r" (?:[A-Z]\. ?){0,2}", passage.text[title.end : name.start])
        ):
            line = next(each for each in last if each.number == passage.line_at(name.start))
            printed = passage.text[title.end : name.end].strip()
            signatures.append(Signature(person, printed, line, office))
    return signatures


def _last_sentence(lines: Sequence[Line], desk: Desk) -> list[Signature]:
    """Return the signatures that end a text without a line of their own: "… assistance. A, B. 24:00 4.1.”"."""
    last = [line for line in lines if not line.blank][-3:]
    if (
        not last
        or not re.search(r"\d[.”\"]*$", last[-1].text.strip())
        or signature_of(last[-2 if len(last) > 1 else -1].text, desk)
    ):
        return []
    passage = Passage.of(last)
    for match in re.finditer(r"(?<=[.!?])\s+(?=[A-Z])", passage.text):
        signers = signature_of(passage.text[match.end() :], desk)
        if signers:
            return [_placed(bearer, signers, passage, match.end(), last, desk) for bearer in signers]
    return []


def _placed(
    bearer: Bearer, signers: Sequence[Bearer], passage: Passage, start: int, lines: Sequence[Line], desk: Desk
) -> Signature:
    """Return a signature of a last sentence with the line on which its name begins."""
    text = passage.text[start:]
    found = next((each for each in desk.names.find(text) if any(b.id == bearer.id for b in each.bearers)), None)
    number = passage.line_at(start + (found.start if found else 0))
    return Signature(bearer, _form(text, bearer, signers, desk), next(line for line in lines if line.number == number))


def dated(signed: Signed, authors: Sequence[str], desk: Desk) -> tuple[FoundDate, Line] | None:
    """Return the date that belongs to the authors' signature: on its line or close below it, else the nearest above."""
    own = [signature.line.number for signature in signed.signatures if signature.bearer.id in authors]
    order = {line.number: position for position, line in enumerate(sorted_lines(signed))}
    best: tuple[int, FoundDate, Line] | None = None
    for date, line in signed.dates:
        if len(date.value) < 10:
            continue
        distance = min((_distance(order.get(line.number, line.number) - order.get(n, n)) for n in own), default=0)
        if best is None or distance < best[0]:
            best = (distance, date, line)
    return (best[1], best[2]) if best and best[0] <= 12 else None


def sorted_lines(signed: Signed) -> list[Line]:
    """Return the lines that carry signatures, dates and prose, by number."""
    unique = {line.number: line for line in (*signed.prose, *signed.lines, *(line for _, line in signed.dates))}
    return [unique[number] for number in sorted(unique)]


def signers_of(signed: Signed) -> list[Named]:
    """Return who signed, each once, in the order of the page."""
    seen: dict[str, Named] = {}
    for signature in signed.signatures:
        named = Named(signature.bearer, signature.printed, str(signature.line.number), signature.office)
        seen.setdefault(signature.bearer.id, named)
    return list(seen.values())


def closing_moment(found: tuple[FoundDate, Line] | None, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return the hour that stands beside a signature's date as a dispatch, inferred; nothing where there is none."""
    if found is None:
        return []
    date, line = found
    following = next((other for other in lines if other.number > line.number and not other.blank), None)
    for other in (line, following):
        if other is None:
            continue
        times = find_times(other.text.replace(date.printed, " " * len(date.printed)))
        if times and (other is line or re.match(r"^\d{1,2}[:.]\d\d", other.text.strip())):
            printed = (
                f"{date.printed} {times[0].printed}"
                if date.start < times[0].start or other is not line
                else f"{times[0].printed} {date.printed}"
            )
            at = join_moment(date.value.split("/")[0], times[0].value)
            return [
                {
                    "stage": "dispatched",
                    "at": at,
                    "printed": printed,
                    "lines": format_lines([line.number, other.number]),
                    "rule": "hour-of-signature",
                    "certainty": "inferred",
                }
            ]
    return []


def ending_date(prose: Sequence[Line], desk: Desk) -> tuple[FoundDate, Line] | None:
    """Return the date that ends a text as a sentence of its own ("… the talks. 8 October 1950."), or None."""
    last = [line for line in prose if not line.blank][-3:]
    passage = Passage.of(last)
    for date in find_dates(passage.text, desk.day or None):
        before = passage.text[: date.start].rstrip()
        if date.dated and not passage.text[date.end :].strip(' .”"') and before.endswith((".", "!", "”")):
            number = passage.line_at(date.start)
            return date, next(line for line in last if line.number == number)
    return None


def _ends_text(lines: Sequence[Line], position: int) -> bool:
    """Whether a line stands where a text can end: after a full stop, and before a date, a title or a closing mark."""
    text = lines[position].text.strip()
    before = next((lines[p].text.strip() for p in range(position - 1, -1, -1) if not lines[p].blank), "")
    earlier = " ".join(lines[p].text.strip() for p in range(max(position - 3, 0), position))
    if re.search(r"\b(?:Commander|Chairman|Minister|Secretary)\b[\w ’-]*$", earlier):
        return True
    if before and not re.search(r"[.!?:”)\]]$|greetings,?$|Respectfully,?$|Korea$|yours,?$|you,?$|\d$", before):
        return bool(re.match(r"^(?:Your|With|Faithfully|Respectfully|Yours)\b", text))
    after = next((lines[p].text.strip() for p in range(position + 1, len(lines)) if not lines[p].blank), "")
    closes = bool(re.search(r"[”\"]\.?$|\d\.?[”\"]?$", text))
    return (
        closes
        or not after
        or bool(
            re.match(
                r"^(?:No\.|#|_|Chairman|Commander|\(|city|City|Pyongyang|[“\"]?\d|[A-Z]{4,}|[A-Z]\. |Nov|Copies|For "
                r"|NEW PARA|Telegraph|Confirm|Date|Note|Kim|Mao|[A-Z][a-z]+ [A-Z][a-z]+\.?$)",
                after,
            )
        )
    )


def _form(text: str, bearer: Bearer, signers: Sequence[Bearer], desk: Desk) -> str:
    rest = re.sub(r"^\s*(?:No\.|#|_)\s?[\w./-]+\s", "", text)
    for date in find_dates(rest, desk.day or None):
        rest = rest.replace(date.printed, "")
    found = [f for f in desk.names.find(rest) if any(b.id == bearer.id for b in f.bearers)]
    if not found:
        return rest.strip(' .,;:”"“')
    if len(signers) > 1:
        return found[0].printed
    start = re.search(r"(?:\[?(?:[A-Z][a-z]?\.){1,2}\]?\s*)?$", rest[: found[0].start])
    tail = re.match(r"\.?\s*\[[^\]]*\]", rest[found[0].end :])
    return rest[start.start() if start else found[0].start : found[0].end + (tail.end() if tail else 0)].strip()


def _dates(lines: Sequence[Line], near: set[int], barred: set[int], desk: Desk) -> list[tuple[FoundDate, Line]]:
    found: list[tuple[FoundDate, Line]] = []
    reach = 0
    for line in lines:
        text = line.text.strip()
        if not text or line.number in barred:
            continue
        reach = _DATE_REACH if line.number in near else reach - 1
        if (
            reach > 0
            and len(text) < 60
            and not re.match(
                r"^(?:Typed|Made|This letter|Deciph|\[Handwr|\[typed|Typ\[|Dec\[|Report|Spravka|SPRAVKA)", text
            )
        ):
            dates = find_dates(text, desk.day or None)
            rest = re.sub(r"[^A-Za-z]", "", _without(text, dates))
            if dates and len(rest) < 30:
                found.extend((date, line) for date in dates)
    return found


def _distance(gap: int) -> int:
    """A date below a signature is its own; one above it counts half as near."""
    return gap if gap >= 0 else -2 * gap


def _without(text: str, dates: Sequence[FoundDate]) -> str:
    for date in dates:
        text = text.replace(date.printed, "")
    return text
