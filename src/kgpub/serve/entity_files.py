"""The files in dist that describe entities (`document/W016.ttl`): listed once, and read as they are.

Only what the listing found is ever opened, in the folder that stood there at the start: a build that puts another in its place
takes nothing from under a running service, which then answers from its store as if there were no files.
"""

from __future__ import annotations

import contextlib
import os
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kgpub.serve.forms import FORMS

__all__ = ["EntityFiles"]

_LARGEST: Final = 1_000_000
"""Bytes up to which a file is read on the event loop; what is larger is left to the store, in a thread."""
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class EntityFiles:
    """The files of one publication; there are none where it has no folder."""

    def __init__(self, dist: Path | None) -> None:
        self._dist = dist
        self._folder: int | None = None
        self._names: frozenset[str] = frozenset()
        if dist is None or not dist.is_dir():
            return
        if os.open in os.supports_dir_fd:
            self._folder = os.open(dist, os.O_RDONLY)
            weakref.finalize(self, os.close, self._folder)
        self._names = frozenset(_listed(str(dist), ""))

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes | None:
        """Return the content of a file that was listed; None for any other name, and where it is no longer as it was."""
        if name not in self._names or self._dist is None:
            return None
        try:
            where = name if self._folder is not None else self._dist / name
            file = os.open(where, _FLAGS, dir_fd=self._folder)
        except OSError:
            return None
        try:
            content = os.read(file, _LARGEST + 1)
        except OSError:
            return None
        finally:
            os.close(file)
        return content if len(content) <= _LARGEST else None


def _listed(folder: str, below: str) -> Iterator[str]:
    """Yield the regular files below a folder whose ending is that of a form; nothing hidden, and no link is followed."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _listed(entry.path, f"{below}{entry.name}/")
            elif _describes(below, entry.name) and entry.is_file(follow_symlinks=False):
                yield f"{below}{entry.name}"


def _describes(below: str, name: str) -> bool:
    # In the folder itself lie the dumps, which are no entity's, and pages: that of the ontology describes it.
    ending = name.rpartition(".")[2]
    return ending in FORMS if below else ending == "html"
