"""The folder that is being built: every file goes through here, so that its digest is known when it is written."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kgpub.publish.pieces import Pieces

__all__ = ["SUMS", "Earlier", "Output", "open_output", "read_earlier"]

SUMS = "SHA256SUMS"
_T = TypeVar("_T")
_LARGE = 500_000
"""Bytes from which a file is written by a thread: hashing and writing it then take longer than handing it over."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier build wrote to a folder: for each file kept, a key of its content, size, SHA-256 and time of change.

    For a file made of pieces `places` has the start and end of each by its key.
    """

    folder: Path
    kept: Mapping[str, tuple[str, int, str, int]]
    places: Mapping[str, Mapping[str, tuple[int, int]]]

    def is_untouched(self, name: str) -> bool:
        """Say whether a file is there as that build left it, by size and time of change."""
        known = self.kept.get(name)
        try:
            there = os.stat(f"{self.folder}/{name}")  # noqa: PTH116 - a thousand times
        except OSError:
            return False
        return known is not None and (there.st_size, there.st_mtime_ns) == (known[1], known[3])


def read_earlier(folder: Path, record: Path) -> Earlier:
    """Return what `record` says of an earlier build in `folder`; nothing where it cannot be read."""
    try:
        told = json.loads(record.read_bytes())
        entries, pieces = told["kept"].items(), told["places"].items()
        kept = {
            name: (str(key), int(size), str(digest), int(changed)) for name, (key, size, digest, changed) in entries
        }
        places = {name: {key: (int(a), int(b)) for key, (a, b) in of_file.items()} for name, of_file in pieces}
    except (OSError, ValueError, AttributeError, TypeError, KeyError):
        kept, places = {}, {}
    return Earlier(folder, kept, places)


class Output:
    """Writes files below a folder; `files` has the size in bytes and the SHA-256 of each, by its path with slashes.

    Packing, and writing what is large, is done by threads beside, outside Python's lock; `settle()` waits for it. A
    publication is a thousand small files, and to create one costs forty times as much as to link one that is there
    already, so `keep()` links.
    """

    def __init__(self, folder: Path, pool: ThreadPoolExecutor, earlier: Earlier | None = None) -> None:
        self.folder = folder
        self.files: dict[str, tuple[int, str]] = {}
        self._pool = pool
        self._earlier = earlier
        self._kept: dict[str, tuple[str, int, str, int]] = {}
        self._places: dict[str, dict[str, tuple[int, int]]] = {}
        self._work: list[Future[None]] = []
        self._folders: set[Path] = {folder}

    def write(self, name: str, content: bytes) -> None:
        """Write one file, with the folders above it."""
        self._make_folder(name)
        if len(content) < _LARGE:
            self._write(name, content)
        else:
            self._work.append(self._pool.submit(self._write, name, content))

    def keep(self, name: str, key: str, make: Callable[[], bytes]) -> None:
        """Take over the earlier build's file where its key is the same and nobody has touched it since; else make it."""
        if not self._link(name, key):
            self.write(name, make())
        self._keep(name, key)

    def pieces(self, name: str) -> Pieces:
        """Return an empty file of pieces, which knows those of the earlier build's file of that name."""
        if self._earlier is None or not self._earlier.is_untouched(name):
            return Pieces()
        return Pieces((self._earlier.folder / name).read_bytes(), self._earlier.places.get(name, {}))

    def write_pieces(self, name: str, pieces: Pieces) -> bytes:
        """Write a file of pieces, so that the next build finds them, and return its content."""
        content = pieces.content()
        self._make_folder(name)
        self._write(name, content)
        self._keep(name, "")
        self._places[name] = pieces.places()
        return content

    def pack(self, name: str, content: bytes) -> None:
        """Write some content compressed."""
        self._make_folder(name)
        # No time in the header: the same content packs to the same bytes.
        self._work.append(self._pool.submit(lambda: self._write(name, gzip.compress(content, 6, mtime=0))))

    def settle(self) -> None:
        """Wait until everything is written; raise what went wrong with it."""
        for one in self._work:
            one.result()
        self._work.clear()

    def earlier(self, name: str) -> Path | None:
        """Return where the earlier build's file of that name lies; None where there is none or somebody touched it since."""
        return self._earlier.folder / name if self._earlier and self._earlier.is_untouched(name) else None

    def write_known(self, name: str, content: bytes) -> None:
        """Write a file that the next build may read again by `earlier`."""
        self._make_folder(name)
        self._write(name, content)
        self._keep(name, "")

    def each(self, work: Callable[[str], _T], names: Iterable[str]) -> Iterator[_T]:
        """Yield what some work makes of each name, in their order; it is done by the threads."""
        return self._pool.map(work, names)

    def sums(self, names: Iterable[str]) -> str:
        """Return lines for files that are written, in the form that `sha256sum -c` reads, sorted by name."""
        return "".join(f"{self.files[name][1]}  {name}\n" for name in sorted(names))

    def write_sums(self) -> None:
        """Write `SHA256SUMS`."""
        self.settle()
        (self.folder / SUMS).write_text(self.sums(self.files), encoding="utf-8")

    def record(self) -> str:
        """Return what the next build's `read_earlier` reads."""
        return json.dumps({"kept": self._kept, "places": self._places})

    def _write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)
        self.files[name] = (len(content), hashlib.sha256(content).hexdigest())

    def _link(self, name: str, key: str) -> bool:
        known = self._earlier.kept.get(name) if self._earlier else None
        if self._earlier is None or known is None or known[0] != key or not self._earlier.is_untouched(name):
            return False
        self._make_folder(name)
        try:
            os.link(f"{self._earlier.folder}/{name}", f"{self.folder}/{name}")
        except OSError:
            # The file system knows no links.
            return False
        self.files[name] = (known[1], known[2])
        return True

    def _keep(self, name: str, key: str) -> None:
        size, digest = self.files[name]
        changed = os.stat(f"{self.folder}/{name}").st_mtime_ns  # noqa: PTH116 - a thousand times
        self._kept[name] = (key, size, digest, changed)

    def _make_folder(self, name: str) -> None:
        folder = (self.folder / name).parent
        if folder not in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)


@contextmanager
def open_output(folder: Path, earlier: Earlier | None = None) -> Iterator[Output]:
    """Yield an output below a folder that is there and empty."""
    with ThreadPoolExecutor(2) as pool:
        yield Output(folder, pool, earlier)
