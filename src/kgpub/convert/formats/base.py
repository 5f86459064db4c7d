"""The contract of a source format: a text, what is known of its layout, and the names, to records and problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kgpub.convert.fields.names import NameIndex
from kgpub.model import Problem

__all__ = ["Format", "LineRun", "Reading"]


@dataclass(frozen=True, slots=True)
class LineRun:
    """A run of lines of the file and what it belongs to: `document`, `article`, `running-head`, `index` …"""

    first: int
    last: int
    kind: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a format read: records in the form of docs/records.md, problems, and every line of the text once."""

    records: tuple[dict[str, Any], ...] = ()
    problems: tuple[Problem, ...] = ()
    coverage: tuple[LineRun, ...] = field(default=())


class Format(Protocol):
    """A source format: one pure function; new formats register it under a name in registry.py."""

    def __call__(self, text: str, layout: Mapping[str, Any], names: NameIndex, file: str) -> Reading:
        """Return what stands in `text`; `layout` is the parsed layout file ({} for none), `file` names the text in problems."""
