"""Running heads: lines that the layout names, or that come back through a text with a page number that rises."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from kgpub.convert.formats.bulletin.layout import Layout
from kgpub.convert.formats.bulletin.lines import Line

__all__ = ["running_heads"]

_PAGED = re.compile(r"^\s*(?:(?P<left>\d{1,4})\s+(?P<head>\D{10,90}?)|(?P<name>\D{10,90}?)\s+(?P<right>\d{1,4}))\s*$")
# What a sheet prints again and again with a number: no running head.
_SHEET = re.compile(
    r"(?i)\b(?:no|copy|copies|document|doc|telegram|file|folder|box|fond|list|page|special|department|f|op|d|l|ll)\b[.:]?|^\[|:"
)
# Two heads of a text that nobody described are believed where they are in capitals, otherwise three.
_CAPITALS = 2
_OTHERS = 3


def running_heads(lines: Sequence[Line], layout: Layout) -> frozenset[int]:
    """Return the numbers of the lines that are running heads."""
    if layout.running_heads:
        patterns = [re.compile(pattern) for pattern in layout.running_heads]
        return frozenset(line.number for line in lines if any(pattern.search(line.text) for pattern in patterns))
    return frozenset() if layout.described else _recurring(lines)


def _recurring(lines: Sequence[Line]) -> frozenset[int]:
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        match = _PAGED.match(line.text) if len(line.text) < 100 else None
        if match:
            text = (match["head"] or match["name"]).strip()
            if not _SHEET.search(text):
                found[text].append((int(match["left"] or match["right"]), line.number))
    heads: set[int] = set()
    for text, places in found.items():
        pages = [page for page, _ in places]
        rising = all(one < other for one, other in itertools.pairwise(pages))
        if rising and len(places) >= (_CAPITALS if text.isupper() and " " in text else _OTHERS):
            heads.update(number for _, number in places)
    return frozenset(heads)
