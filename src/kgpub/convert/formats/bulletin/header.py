"""The header of a sheet: where it ends, and its stamps, numbers, letterhead, copy list and addressees by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.fields.names import NameIndex
from kgpub.convert.fields.stamps import FoundStamp, find_stamps
from kgpub.convert.fields.times import find_times
from kgpub.convert.formats.bulletin.lines import Line

__all__ = ["Header", "header_stamps", "split_header"]

_LETTERHEAD = re.compile(
    r"^\s?(?:MID USSR|(?:Tenth|10th) [Dd]epartment|\d+(?:th|TH) (?:Department|Administration|ADMINISTRATION)"
    r"|(?:SECOND|Second) (?:MAIN|Main)"
    r"|(?:OF )?THE GENERAL STAFF|STAFF OF THE|Staff of the|(?:the )?Armed Forces|ARMY$|SOVIET (?:SOVIET )?ARMY"
    r"|OF THE USSR|General Staff"
    r"|Ministry of [A-Z][a-z]+ (?:Affairs )?of the USSR$|COUNCIL OF MINISTERS|RESOLUTION|ALL-UNION|All-Union"
    r"|CENTRAL COMMITTEE|VKP\(b\) CC"
    r"|\(bolsheviks?\), CENTRAL|Ministry of Foreign Affairs of the USSR|\(incoming #|\(Stalin’s hand)"
)
_NUMBER = re.compile(
    r"^\s?(?:(?:CIPHERED|Ciphered) (?:TELEGRAM|Telegram|telegram|Note)\b|Special Nos?\.|No\. ?\d+$|No\. P\d+"
    r"|#? ?P\d+/|Of \d+ \w+ \d{4} No\.)"
)
_MOVEMENT = re.compile(
    r"^\s?(?:From\b|FROM\b|Sent\b|Received\b|R e c e i|Dispatched\b|Delivered$|Delivered\b|Transmitted\b|Arrived\b"
    r"|Deciphered\b|Submitted\b"
    r"|Cabled\b|Number of copies|By (?:wire|tele|cipher)|BY CIPHER|Only by|Coded|On \d|Typed\b|\(Stalin)"
)
_COPIES = re.compile(r"^\s?(?:(?:\d{1,2} \w+ \d{4} )?Copies\b|Copy\.|Distribution [Ll]ist)")
_ADDRESS = re.compile(
    r"^\s?[“\"]?(?:To\b|TO\b|For\b|FOR\b|or [A-Z]|\(For immediate|\(transmit|RE: ?#?|Re [Yy]our|PYONGYANG|BEIJING"
    r"|WASHINGTON|NEW YORK"
    r"|New York$|Peking$|NORTH KOREA|MOSCOW|Moscow\b|FYN|Pyongyang[.,]|Beijing[.,]?|SOVIET AMBASSADOR"
    r"|Soviet Ambassador|Pyongyang Soviet"
    r"|Comrade [A-Z .]+$|COMRADE|Instantsia|City of)"
)
_SALUTATION = re.compile(
    r"^\s?[“\"]?(?:Dear |DEAR |Respected |DEEPLY )?(?:Comrades? )[\w .’-]+[!:]|^\s?[“\"]?(?:Dear|DEAR|DEEPLY"
    r"|Respected)\b"
)
# The rest of "Sent to the 8th Department of the General / Staff of the Armed Forces" is no letterhead.
_ONWARD = re.compile(r"^\s?(?:of )?(?:the )?(?:General Staff|Staff of|Armed Forces)\b")
_PROSE = re.compile(r"\b(?:is|are|was|were|have|has|had|will|would|the following|I|we|you|your|that)\b")
_LIMIT = 40
# No line of a sheet's head is longer; looking for names and brackets in one costs the square of its length.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Header:
    """The header's lines by what they hold; a line can stand in several lists."""

    lines: tuple[Line, ...] = ()
    letterhead: tuple[Line, ...] = ()
    movements: tuple[Line, ...] = ()
    copies: tuple[Line, ...] = ()
    addresses: tuple[Line, ...] = ()
    numbers: tuple[Line, ...] = ()


@dataclass
class _Sorter:
    names: NameIndex
    kind: str = ""
    kinds: dict[str, list[Line]] = field(default_factory=dict)

    def put(self, line: Line) -> bool:
        """Sort one line; False where it opens the body."""
        kind = self._kind(line)
        if not kind:
            return False
        self.kind = kind
        self.kinds.setdefault(kind, []).append(line)
        return True

    def _kind(self, line: Line) -> str:
        text = line.text.strip()
        if len(text) > _LONGEST or _SALUTATION.match(text):
            return ""
        if self.kind == "movement" and _ONWARD.match(text):
            return "movement"
        for kind, pattern in (
            ("number", _NUMBER),
            ("letterhead", _LETTERHEAD),
            ("movement", _MOVEMENT),
            ("copies", _COPIES),
        ):
            if pattern.match(text) and not _is_sentence(text):
                return kind
        if find_stamps(text) or _mark(text):
            return "stamp"
        if _ADDRESS.match(text) and not _is_sentence(text):
            return "address"
        return self._continued(text)

    def _continued(self, text: str) -> str:
        """A line that goes on with the one before: more names of a list, the rest of a date, a name by itself."""
        if _is_moment(text):
            return "movement"
        if self.kind == "movement" and (
            _is_moment(text) or (re.match(r"^(?:Staff|of the Armed|\d)", text) and not _is_sentence(text))
        ):
            return "movement"
        if not self._names_only(text):
            return ""
        if self.kind == "copies" and not self.kinds["copies"][-1].text.rstrip().endswith("."):
            return "copies"
        return "address"

    def _names_only(self, text: str) -> bool:
        rest = text
        for found in reversed(self.names.find(text)):
            rest = rest[: found.start] + rest[found.end :]
        rest = re.sub(
            r"\[[^\]]*\]|\([^)]*\)|\b(?:Comrades?|File of|file of|and|or|Copy|for|Department|Administration|\d+th"
            r"|[A-Z]\.|Chairman|file|File|of|the|Affairs|on|MDGS|MFA|\d+MDGS)\b",
            "",
            rest,
        )
        return len(re.sub(r"[^A-Za-z]", "", rest)) <= 2 and not re.search(r"\b(?:I|A)\b.*[a-z]{3}", rest)


def split_header(lines: Sequence[Line], names: NameIndex) -> tuple[Header, list[Line]]:
    """Return the header of a sheet and the lines of its body."""
    sorter = _Sorter(names)
    end = 0
    for position, line in enumerate(lines[:_LIMIT]):
        if line.blank:
            continue
        if not sorter.put(line):
            break
        end = position + 1
    kinds = {kind: tuple(found) for kind, found in sorter.kinds.items()}
    header = Header(
        tuple(lines[:end]),
        kinds.get("letterhead", ()),
        kinds.get("movement", ()),
        kinds.get("copies", ()),
        kinds.get("address", ()),
        kinds.get("number", ()),
    )
    return header, list(lines[end:])


def header_stamps(lines: Sequence[Line]) -> list[tuple[Line, FoundStamp]]:
    """Return the stamps of some header lines; a line that also holds a number or an address gives its last words."""
    found: list[tuple[Line, FoundStamp]] = []
    for line in lines:
        stamps = find_stamps(line.text)
        hurried = re.search(r"(?i)for immediate transmission|deliver immediately|hand over immediately", line.text)
        if hurried and not stamps:
            stamps = find_stamps(hurried.group(0))
        for piece in (
            ()
            if stamps
            else re.split(r"(?<=[.,])\s+|(?<=[a-z\]])\s+(?=[A-Z]{2,} )|\b(?=TOP PRIORITY|SPECIAL)", line.text)
        ):
            stamps = stamps + find_stamps(piece)
        found.extend((line, stamp) for stamp in stamps)
    return found


def _is_sentence(text: str) -> bool:
    return bool(_PROSE.search(text)) and len(text.split()) > 4


def _is_moment(text: str) -> bool:
    rest = text
    moments = [found.printed for found in find_dates(text, "1950-01-01")] + [
        found.printed for found in find_times(text)
    ]
    for printed in moments:
        rest = rest.replace(printed, "")
    return (
        rest != text and not re.search(r"[A-Za-z]{3}", re.sub(r"\b(?:minutes?|hours?|local|time|[ap]\.m)\b", "", rest))
    ) or bool(re.fullmatch(r"(?:[ap]\.m\.?|minutes?\.?(?: [\d./XVI]+)?|[IVX]+\.\d{4})", text))


def _mark(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"\[?(?:handwritten|signature|Attachment)\]?|\d+[ -]?[a-z]{2}\.?|\([^)]*only\)|Question of MID", text
        )
    )
