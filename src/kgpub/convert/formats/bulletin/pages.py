"""Pages of the journal: which page each run of lines stands on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from kgpub.convert.formats.bulletin.lines import format_lines

__all__ = ["pages_of"]


def pages_of(numbers: Iterable[int], starts: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """Return page and lines for some line numbers; `starts` are pairs of first line and page, sorted by line.

    Without any starts the whole text counts as page 1.
    """
    firsts = [line for line, _ in starts]
    by_page: dict[int, list[int]] = {}
    for number in numbers:
        position = bisect_right(firsts, number) - 1
        page = starts[position][1] if position >= 0 else 1
        by_page.setdefault(page, []).append(number)
    return [{"page": page, "lines": format_lines(by_page[page])} for page in sorted(by_page)]
