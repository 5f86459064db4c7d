"""The values that travel between stages: frozen, picklable, and importing nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Conversion", "Origin", "Problem", "RawLayer", "RawRecord", "Severity", "Spot"]

Severity = Literal["violation", "warning", "info"]
_STEPS = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one place, said so that its reader can mend it.

    `file` is relative to the project, with forward slashes; `line` is 1-based, 0 where the problem has no line.
    """

    file: str
    line: int
    field: str
    value: str
    message: str
    advice: str = ""
    severity: Severity = "violation"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = f" {self.field}:" if self.field else ""
        shown = f" {self.value!r}" if self.value else ""
        text = f"{where}:{what}{shown} {self.message}"
        return f"{text}\n    {self.advice}" if self.advice else text


@dataclass(frozen=True, slots=True)
class RawLayer:
    """One YAML file as read: its values, and for each field path (`senders[0].actor`) its line in the file."""

    file: str
    digest: str
    data: Any
    lines: Mapping[str, int] = field(default_factory=dict)

    def line(self, path: str) -> int:
        """Return the line of a field path, or of the nearest path above it that has one; 0 where none has."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get("", 0)

    def value(self, path: str) -> Any:
        """Return the value at a field path; None where there is none."""
        found = self.data
        for name, index in _STEPS.findall(path):
            key: Any = int(index) if index else name
            inside = isinstance(found, list) and index and key < len(found)
            found = found[key] if inside else found.get(key) if isinstance(found, Mapping) else None
        return found


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One document's four layers, as the collecting stage hands them to the conversion."""

    id: str
    collection: str
    record: RawLayer
    corrections: RawLayer | None = None
    description: RawLayer | None = None
    pages: RawLayer | None = None

    def layers(self) -> tuple[RawLayer, ...]:
        """Return the layers that are there, the record first."""
        every = (self.record, self.corrections, self.description, self.pages)
        return tuple(layer for layer in every if layer is not None)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a published triple came from: subject, predicate and object in N-Triples, then file and field path."""

    subject: str
    predicate: str
    object: str
    file: str
    field: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a published triple stands in the corpus: file, line and field path, and the rule that the record names."""

    file: str
    line: int
    field: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What becomes of one record: its graph as sorted N-Quads text, its problems, and where each triple came from."""

    id: str
    graph: str
    nquads: str
    problems: tuple[Problem, ...] = ()
    origins: tuple[Origin, ...] = ()
    item: str = ""
    """Id of the archival item it describes: another record's where the two are editions of one."""
