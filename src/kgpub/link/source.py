"""Where candidates are from: any source that finds items by names and says what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from kgpub.link.items import Item
from kgpub.link.names import Name

__all__ = ["Progress", "Source", "batches"]

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told what is done, how much of it, and of how much."""


class Source(Protocol):
    """A SPARQL endpoint, a pinned slice or a reconciliation service."""

    @property
    def name(self) -> str:
        """What to call it in evidence."""
        ...

    def search(self, wanted: Mapping[str, Sequence[Name]], progress: Progress) -> dict[str, tuple[str, ...]]:
        """Return for each key the ids of the items that bear one of its names."""
        ...

    def fetch(self, items: Sequence[str], progress: Progress) -> dict[str, Item]:
        """Return what is known of each item; one of which nothing is known is there, and says so."""
        ...


def batches(things: Sequence[str], size: int) -> list[Sequence[str]]:
    """Return a sequence cut into runs of at most `size`."""
    return [things[start : start + size] for start in range(0, len(things), size)]
