"""One change of a query: another text for one of its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kgpub.explain.syntax import Pieces, Slot

__all__ = ["ALIKE", "Change"]

ALIKE: Final = 0.6
"""From where on two names are taken to be alike."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another text for one slot, how near it is to the one that stands there (1: the same name), and by what."""

    slot: Slot
    text: str
    score: float
    why: str = ""
    pieces: Pieces = ()
    """How it is shown, where that is more than a term."""

    @property
    def swaps(self) -> Mapping[int, str]:
        """The change as swaps."""
        return {self.slot.number: self.text}
