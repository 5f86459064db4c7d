"""Printed times of day to `HH:MM`, or `HH` where only the hour is printed; local, without a zone, 24:00 kept as 24:00."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["FoundTime", "find_times", "join_moment", "parse_time"]

# A third digit after the minutes is a footnote mark that the print glued on (8:10 with note 1).
_CLOCK = re.compile(
    r"(?<![\d.:/])(?P<hour>[01]?\d|2[0-4])(?P<sep>[:.])(?P<minute>[0-5]\d)(?P<note>\d)?(?![\d.]?\d"
    r"|/)\s*(?P<half>[ap]\.?m\.?)?"
)
_WORDS = re.compile(r"(?<!\d)(?P<hour>[01]?\d|2[0-4]) (?:hours?|h\.)(?:,? ?(?P<minute>[0-5]?\d) ?min(?:utes?|\.))?")


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time read in a text: `HH:MM` or `HH`, the printed form, and where it stands in the text."""

    value: str
    printed: str
    start: int
    end: int


def parse_time(text: str) -> str | None:
    """Return `HH:MM` or `HH` for a text that is a time and nothing else, or None."""
    stripped = text.strip(" ,;")
    for found in find_times(stripped):
        if found.start == 0 and len(stripped) - found.end <= 1:
            return found.value
    return None


def find_times(text: str) -> list[FoundTime]:
    """Return the times in a text in their order; a pair with a full stop counts only where it cannot be a date."""
    found = [FoundTime(_words(match), match.group(0), match.start(), match.end()) for match in _WORDS.finditer(text)]
    for match in _CLOCK.finditer(text):
        if match["note"] and not match["half"]:
            continue
        if any(other.start <= match.start() < other.end for other in found):
            continue
        if match["sep"] == "." and _may_be_date(match):
            continue
        found.append(FoundTime(_clock(match), match.group(0).strip(), match.start(), match.end()))
    return sorted(found, key=lambda time: time.start)


def join_moment(day: str, time: str | None) -> str:
    """Return `day` and `time` as one ISO moment; 24:00 of a day is 00:00 of the next."""
    if time is None or len(day) != 10:
        return day
    if time.startswith("24"):
        following = date.fromisoformat(day) + timedelta(days=1)
        return f"{following.isoformat()}T00{time[2:]}"
    return f"{day}T{time}"


def _words(match: re.Match[str]) -> str:
    hour = f"{int(match['hour']):02d}"
    return f"{hour}:{int(match['minute']):02d}" if match["minute"] else hour


def _clock(match: re.Match[str]) -> str:
    hour, half = int(match["hour"]), (match["half"] or "").replace(".", "").lower()
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{match['minute']}"


def _may_be_date(match: re.Match[str]) -> bool:
    return 1 <= int(match["hour"]) <= 31 and 1 <= int(match["minute"]) <= 12 and len(match["hour"]) < 2
