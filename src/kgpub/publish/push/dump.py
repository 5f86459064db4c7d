"""A release as its named graphs, read from the N-Quads dump without holding it in memory."""

from __future__ import annotations

import hashlib
import mmap
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kgpub.errors import BadInput

__all__ = ["Dump", "chunks", "open_dump"]


@dataclass(frozen=True, slots=True)
class Dump:
    """The lines of an N-Quads file by named graph: of each line only where it starts is kept (8 bytes a statement)."""

    file: Path
    content: mmap.mmap
    starts: dict[str, array[int]] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Return the IRIs of the graphs, sorted."""
        return sorted(self.starts)

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the statements of a graph as N-Triples lines, in the order of the dump."""
        tail = len(f" <{name}> .".encode())
        for start in self.starts[name]:
            yield self.content[start : self.content.find(b"\n", start) - tail] + b" .\n"

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a graph's name and lines: what a staging graph is called by."""
        found = hashlib.sha256(f"<{name}>\n".encode())
        for line in self.lines(name):
            found.update(line)
        return found.hexdigest()


def open_dump(file: Path) -> Dump:
    """Find the named graphs of an N-Quads file as kgpub writes it: a statement a line, a space between terms, no blank nodes."""
    if not file.is_file():
        raise BadInput(f"{file}: is not there", advice="Run `kgpub build` first.")
    if file.stat().st_size == 0:
        raise BadInput(f"{file}: is empty", advice="Run `kgpub build` again.")
    with file.open("rb") as opened:
        content = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    dump = Dump(file, content)
    start = number = 0
    while start < len(content):
        number += 1
        end = content.find(b"\n", start)
        dump.starts.setdefault(_graph(content[start:end] if end >= 0 else b"", file, number), array("Q")).append(start)
        start = end + 1
    return dump


def _graph(line: bytes, file: Path, number: int) -> str:
    body, _, name = line.rpartition(b" <")
    # `s p o .` in the default graph would leave two terms before the last one.
    if (
        not name.endswith(b"> .")
        or body.count(b" ") < 2
        or line.startswith(b"_:")
        or b" _:" in body.partition(b' "')[0]
    ):
        raise BadInput(
            f"{file}, line {number}: is no statement of a named graph without blank nodes",
            advice="`kgpub push` loads the dump that `kgpub build` writes; build again.",
        )
    return name[:-3].decode()


def chunks(lines: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Join lines to bodies of at most `size` bytes; a line that is longer goes alone."""
    held: list[bytes] = []
    length = 0
    for line in lines:
        if held and length + len(line) > size:
            yield b"".join(held)
            held, length = [], 0
        held.append(line)
        length += len(line)
    if held:
        yield b"".join(held)
