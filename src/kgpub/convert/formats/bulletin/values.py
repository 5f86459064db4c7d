"""The values of a record as plain mappings, in the key order of docs/records.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kgpub.convert.fields.names import Bearer, Circumstances, NameIndex
from kgpub.convert.formats.bulletin.layout import Layout
from kgpub.model import Problem

__all__ = ["STEP_KEYS", "Desk", "party", "place", "value"]

Value = dict[str, Any]

STEP_KEYS = ("stage", "at", "place", "means", "agent", "copies", "printed", "lines", "rule", "certainty")


@dataclass
class Desk:
    """What lies on the reader's desk for one document: names, layout, its date and places, and the problems noted."""

    names: NameIndex
    layout: Layout
    file: str
    document: str
    day: str = ""
    places: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    signatures: dict[tuple[str, str, tuple[str, ...]], list[Bearer]] = field(default_factory=dict)

    @property
    def circumstances(self) -> Circumstances:
        """The date and places that tell bearers of one name apart."""
        return Circumstances(self.day[:10], self.places)

    def warn(self, line: int, name: str, printed: str, message: str, advice: str = "") -> None:
        """Note something that could not be read, once."""
        problem = Problem(self.file, line, f"{self.document}.{name}", printed, message, advice, "warning")
        if problem not in self.problems:
            self.problems.append(problem)


def value(
    content: str, printed: str, lines: str, rule: str, *, certainty: str = "", extra: Mapping[str, Any] | None = None
) -> Value:
    """Return a value; `printed` is left out where it is empty or the same as the content."""
    result: Value = {"value": content}
    if printed and printed != content:
        result["printed"] = printed
    return _finish(result | dict(extra or {}), lines, rule, certainty)


def party(
    bearer: Bearer | None, printed: str, lines: str, rule: str, *, office: str = "", certainty: str = ""
) -> Value:
    """Return a person or organisation in a part; without a bearer it is unidentified."""
    result: Value = {"actor": bearer.id} if bearer else {"unidentified": True}
    if bearer and bearer.cover:
        result["as"] = bearer.cover
    if office:
        result["office"] = office
    if printed:
        result["printed"] = printed
    return _finish(result, lines, rule, certainty)


def place(identity: str, printed: str, lines: str, rule: str, *, certainty: str = "") -> Value:
    """Return a place, printed or inferred."""
    result: Value = {"place": identity}
    if printed:
        result["printed"] = printed
    return _finish(result, lines, rule, certainty)


def _finish(result: Value, lines: str, rule: str, certainty: str) -> Value:
    if lines:
        result["lines"] = lines
    result["rule"] = rule
    if certainty:
        result["certainty"] = certainty
    return result
