"""A large file made of pieces, most of which an earlier build has made already: those are cut out of its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["Pieces"]


@dataclass(slots=True)
class Pieces:
    """Pieces of bytes in the order they are added; `earlier` is a file with the places (start, end) of its pieces by key."""

    earlier: bytes = b""
    known: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    start: bytes = b""
    between: bytes = b""
    end: bytes = b""
    _keys: list[str] = field(default_factory=list)
    _pieces: list[bytes] = field(default_factory=list)

    def add(self, key: str, make: Callable[[], bytes]) -> None:
        """Add the piece of a key: the earlier one where there is one, else what `make` gives."""
        self._keys.append(key)
        place = self.known.get(key)
        self._pieces.append(self.earlier[place[0] : place[1]] if place else make())

    def content(self) -> bytes:
        """Return the whole file."""
        return b"".join((self.start, self.between.join(self._pieces), self.end))

    def places(self) -> dict[str, tuple[int, int]]:
        """Return where each piece stands in the file, by its key."""
        found, at = {}, len(self.start)
        for key, piece in zip(self._keys, self._pieces, strict=True):
            found[key] = (at, at + len(piece))
            at += len(piece) + len(self.between)
        return found
