"""Prefixes that empty a query: one that nobody declared, or one declared as a namespace that the data does not use."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kgpub.explain.model import Culprit, Suggestion
from kgpub.explain.probe import Probe
from kgpub.explain.read import Reading, read
from kgpub.explain.syntax import Asked
from kgpub.vocabulary import PREFIXES

__all__ = ["Source", "misdeclared", "undeclared"]

_TRIED: Final = 3
_ALIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Source:
    """The query's text, and what it is read with."""

    text: str
    base: str
    prefixes: Mapping[str, str]

    def read(self, instead: Mapping[str, str]) -> tuple[Asked, Reading]:
        """Return the query taken apart, with other namespaces for some prefixes."""
        return read(self.text, base=self.base, prefixes=self.prefixes, instead=instead)


def undeclared(probe: Probe, reading: Reading, source: Source) -> tuple[list[Culprit], dict[str, str]]:
    """Return a culprit for each prefix that nobody declared, and the namespaces to read them as."""
    known = {**PREFIXES, **reading.declared}
    culprits: list[Culprit] = []
    instead: dict[str, str] = {}
    for prefix in reading.unknown:
        scored = [(difflib.SequenceMatcher(None, prefix, name).ratio(), name, space) for name, space in known.items()]
        likely = sorted((one for one in scored if one[0] > _ALIKE), key=lambda one: (-one[0], one[1]))[:_TRIED]
        made = [_measured(probe, source, {**instead, prefix: space}, prefix, name, space) for _, name, space in likely]
        suggestions = tuple(sorted(made, key=lambda one: one.rows == 0))
        if suggestions:
            chosen = suggestions[0].use
            instead[prefix] = next(space for _, name, space in likely if chosen == f"{name}:")
        reason = f"The prefix {prefix}: is not declared."
        culprits.append(Culprit("prefix", (f"{prefix}:",), reason, suggestions))
    return culprits, instead


def misdeclared(probe: Probe, reading: Reading, source: Source, instead: dict[str, str]) -> list[Culprit]:
    """Return a culprit for each declared namespace that the data does not use; adds to `instead` what to read it as."""
    culprits = []
    for prefix, space in reading.declared.items():
        if prefix not in reading.used or space in PREFIXES.values() or space == source.base or _used(probe, space):
            continue
        scored = [(_alike(prefix, space, name, other), name, other) for name, other in PREFIXES.items()]
        likely = sorted((one for one in scored if one[0] > _ALIKE), key=lambda one: (-one[0], one[1]))[:_TRIED]
        made = [
            (_measured(probe, source, {**instead, prefix: other}, prefix, prefix, other, f"<{space}>"), other)
            for _, _, other in likely
        ]
        if any(one.rows for one, _ in made):
            made = [(one, other) for one, other in made if one.rows]
        elif made:
            made = made[:1]
        if made:
            instead[prefix] = made[0][1]
        reason = f"The prefix {prefix}: is declared as <{space}>, and nothing in the data begins so."
        culprits.append(Culprit("prefix", (f"PREFIX {prefix}: <{space}>",), reason, tuple(one for one, _ in made)))
    return culprits


def _alike(prefix: str, space: str, name: str, other: str) -> float:
    if prefix == name:
        return 1.0
    ratio = difflib.SequenceMatcher(None, space, other).ratio()
    return ratio if ratio > 0.8 else 0.0


def _measured(
    probe: Probe, source: Source, instead: Mapping[str, str], prefix: str, name: str, space: str, was: str = ""
) -> Suggestion:
    probe.asked, _ = source.read(instead)
    rows, more = probe.count()
    return Suggestion(was or f"{prefix}:", f"<{space}>" if was else f"{name}:", "" if was else space, rows, more)


def _used(probe: Probe, space: str) -> bool:
    quoted = space.replace("\\", "\\\\").replace('"', '\\"')
    begins = " || ".join(f'STRSTARTS(STR({one}), "{quoted}")' for one in ("?p", "?s", "?o", "DATATYPE(?o)"))
    return bool(probe.texts("SELECT (1 AS ?explainOne)", f"?s ?p ?o FILTER({begins})", 1))
