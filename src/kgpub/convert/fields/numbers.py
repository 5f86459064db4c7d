"""Numbers that documents bear and cite: telegram, outgoing, special, protocol, and references to other numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "CitedNumber",
    "find_cited_numbers",
    "parse_outgoing_number",
    "parse_protocol",
    "parse_special_numbers",
    "parse_telegram_number",
    "split_range",
]

_SIGN = r"(?:Nos?\.?|##?|№|_)"
_NUMBER = r"\d[\d./-]*(?:[-/]?[A-Za-z]{1,4})?(?:/\d+)*"
_TELEGRAM = re.compile(
    rf"(?i:ciphered\s+telegram|cipher(?:ed)?\s+cable|telegram)\s*(?i:{_SIGN})\s*(?P<number>\d[\w/]*(?:/[\w]+)*)"
)
_OUTGOING = re.compile(
    rf"(?i:{_SIGN})\s*(?P<number>\d[\w./-]*?(?:[\-/ ]?(?:sh|Sh|III|cc|gi|ag|ae|nb|shs))?)(?=[.,]?(?:\s|$))"
)
_SPECIAL = re.compile(r"(?i:special)\s+(?i:nos?)\.?\s*(?P<numbers>\d+(?:\s*,\s*\d+)*)")
_PROTOCOL = re.compile(rf"{_SIGN}\s*(?P<number>P\d+/(?P<item>\d+))")
_CITED = re.compile(rf"(?:{_SIGN})\s*(?P<number>\d[\d]*(?:[-–]\d+)?(?:/[\w]+|-?sh)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CitedNumber:
    """A number cited, with the end of its range where it is one, the printed form, and where it stands."""

    number: str
    end_number: str
    printed: str
    start: int
    end: int


def parse_telegram_number(text: str) -> str | None:
    """Return the number after "Ciphered telegram No.", as printed, without a closing full stop."""
    match = _TELEGRAM.search(text)
    return match["number"].rstrip("./") if match else None


def parse_outgoing_number(line: str) -> str | None:
    """Return the number that opens a line of a signature block ("No. 362/sh", "# 1298/sh", "_ 373/sh"), as printed."""
    match = _OUTGOING.match(line.strip())
    return match["number"].rstrip(".") if match else None


def parse_special_numbers(text: str) -> list[str]:
    """Return the numbers of "Special No. 1691,1692", each by itself."""
    match = _SPECIAL.search(text)
    return re.split(r"\s*,\s*", match["numbers"]) if match else []


def parse_protocol(line: str) -> tuple[str, str] | None:
    """Return number and item of a Politburo protocol ("No. P78/332" gives P78/332 and 332), or None."""
    match = _PROTOCOL.search(line)
    return (match["number"], match["item"]) if match else None


def find_cited_numbers(text: str) -> list[CitedNumber]:
    """Return the numbers that a sign (No., #) introduces in a text, ranges split, in their order."""
    found = []
    for match in _CITED.finditer(text):
        number, end_number = split_range(match["number"], plural=match.group(0).startswith(("##", "Nos", "nos")))
        found.append(CitedNumber(number, end_number, match.group(0), match.start(), match.end()))
    return found


def split_range(printed: str, *, plural: bool = False) -> tuple[str, str]:
    """Return both ends of a range; one that lost its hyphen at a line's end is cut in half where that rises.

    The end is empty for a single number.
    """
    match = re.fullmatch(r"(\d+)[-–](\d+)", printed)
    if match:
        return match[1], match[2]
    half = len(printed) // 2
    if plural and printed.isdigit() and len(printed) >= 6 and len(printed) % 2 == 0 and printed[:half] < printed[half:]:
        return printed[:half], printed[half:]
    return printed, ""
