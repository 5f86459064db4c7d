"""Copy lists: who received copies, how many, in the order of the list; departments and files count as recipients."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["CopyItem", "parse_copies", "parse_copy_total"]

_TOTAL = re.compile(
    r"Distribution\s+list\s*[-–]\s*(?P<list>\d+)\s*copies|Made\s+(?P<made>\d+)\s+copies"
    r"|Number\s+of\s+copies\s+made\s*[-–]\s*(?P<number>\d+)|Typ\[ed in\]\s+(?P<typed>\d+)\s+copies",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\s*(?:\d{1,2} \w+ \d{4}\s*)?(?:Copies|Copy(?: No\. \d+)?|Distribution\s+list|\[To:\]"
    r"|To)(?:\s*[-–]\s*\d+\s*copies)?\s*:?"
    r"(?:\s*to\b)?(?:\s*(?:comrades?|Cmrds?\.?))?\s*",
    re.IGNORECASE,
)
# No space is asked for in front: a search would try every place of a long gap, and the name is stripped anyway.
_COUNT = re.compile(r"(?:\((?P<bracket>\d{1,2})\)|[-–]?\s?(?P<dash>\d{1,2}))\s*\.?$")


@dataclass(frozen=True, slots=True)
class CopyItem:
    """One item of a copy list: the name as printed, the number of copies where it is printed, and where it stands."""

    name: str
    count: int | None
    printed: str
    start: int
    end: int


def parse_copies(text: str) -> list[CopyItem]:
    """Return the items of a copy list, its opening word ("Copies:", "Distribution list -") taken off."""
    lead = _LEAD.match(text)
    items, position = [], lead.end() if lead else 0
    for piece in re.split(r"([,;])(?!\s*(?:USSR|bolshevik))", text[position:]):
        if piece not in (",", ";"):
            item = _item(piece, position)
            if item:
                items.append(item)
        position += len(piece)
    return items


def parse_copy_total(text: str) -> int | None:
    """Return how many copies a list says were made, or None where it does not say."""
    match = _TOTAL.search(text)
    return next(int(found) for found in match.groups() if found) if match else None


def _item(piece: str, start: int) -> CopyItem | None:
    printed = piece.strip()
    if not printed.strip(". "):
        return None
    count = _COUNT.search(printed)
    # "8th" ends no item: a bare figure counts only after a dash or a name.
    name = printed[: count.start()] if count else printed
    number = int(count["bracket"] or count["dash"]) if count else None
    offset = start + len(piece) - len(piece.lstrip())
    cleaned = re.sub(r"^and\s+", "", name.strip(" -–.")).strip()
    return CopyItem(cleaned, number, printed.rstrip("."), offset, offset + len(printed)) if cleaned else None
