"""The folder that is being built: every file goes through here, so that its digest is known when it is written."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

__all__ = ["SUMS", "Output", "open_output"]

SUMS = "SHA256SUMS"


class Output:
    """Writes files below a folder; `files` has the size in bytes and the SHA-256 of each, by its path with slashes.

    A publication is a thousand small files, and creating one is mostly waiting: writing and packing are done by threads
    beside, outside Python's lock. `settle()` waits for all of it.
    """

    def __init__(self, folder: Path, pool: ThreadPoolExecutor) -> None:
        self.folder = folder
        self.files: dict[str, tuple[int, str]] = {}
        self._pool = pool
        self._work: list[Future[None]] = []
        self._folders: set[Path] = {folder}

    def write(self, name: str, content: bytes) -> None:
        """Write one file, with the folders above it."""
        self._make_folder(name)
        self._work.append(self._pool.submit(self._write, name, content))

    def pack(self, name: str, content: bytes) -> None:
        """Write some content compressed."""
        self._make_folder(name)
        # No time in the header: the same content packs to the same bytes.
        self._work.append(self._pool.submit(lambda: self._write(name, gzip.compress(content, 6, mtime=0))))

    def settle(self) -> None:
        """Wait until everything asked for is written; raise what went wrong with it."""
        for one in self._work:
            one.result()
        self._work.clear()

    def write_sums(self) -> None:
        """Write `SHA256SUMS` in the form that `sha256sum -c` reads, sorted by name."""
        self.settle()
        lines = (f"{digest}  {name}\n" for name, (_, digest) in sorted(self.files.items()))
        (self.folder / SUMS).write_text("".join(lines), encoding="utf-8")

    def _write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)
        self.files[name] = (len(content), hashlib.sha256(content).hexdigest())

    def _make_folder(self, name: str) -> None:
        folder = (self.folder / name).parent
        if folder not in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)


@contextmanager
def open_output(folder: Path) -> Iterator[Output]:
    """Yield an output below a folder that is there and empty."""
    with ThreadPoolExecutor(4) as pool:
        yield Output(folder, pool)
