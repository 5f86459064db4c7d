"""Lines of the text file, and joined passages that still know the line of every character."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Line", "Passage", "format_lines", "parse_lines"]

# A gap this wide in a long line is a table or noise; patterns that begin with a space would try each place in it.
_GAP = re.compile(r"\s{40,}")
_LONG = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its 1-based number and its text without the line end."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether it holds nothing but space."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines joined into one text; words broken at a line's end keep their hyphen but lose the gap."""

    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Passage:
        """Return the passage of some lines in the order given; blank lines add nothing."""
        parts: list[str] = []
        starts, numbers, length = [], [], 0
        for line in lines:
            text = line.text.strip()
            if not text:
                continue
            if len(text) > _LONG:
                text = _GAP.sub(" ", text)
            glue = "" if not parts or parts[-1].endswith(("-", "/", "—")) else " "
            starts.append(length + len(glue))
            numbers.append(line.number)
            parts.append(glue + text)
            length += len(glue) + len(text)
        return cls("".join(parts), tuple(starts), tuple(numbers))

    def line_at(self, position: int) -> int:
        """Return the number of the line that a position of the text stands on."""
        return self.numbers[max(bisect_right(self.starts, position) - 1, 0)] if self.numbers else 0

    def lines(self, start: int, end: int) -> str:
        """Return the lines that a stretch of the text stands on, as records write them."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_right(self.starts, max(end - 1, start)) - 1, 0)
        return format_lines(self.numbers[first : last + 1])


def format_lines(numbers: Iterable[int]) -> str:
    """Return line numbers as runs in the order of the file: `1573-1575,1580`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def parse_lines(text: str) -> list[int]:
    """Return the numbers of runs in the order written; raises ValueError for anything else."""
    numbers: list[int] = []
    for run in str(text).split(","):
        first, _, last = run.strip().partition("-")
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers
