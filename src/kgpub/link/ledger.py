"""The ledger of links from the side that writes it: what stands now, and one decision more, in its place, on its own line."""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgpub.errors import BadInput

__all__ = ["HEADER", "Decision", "add", "line_of", "refusal", "standing"]

HEADER = "# yaml-language-server: $schema=../schema/links.schema.json\nlinks:\n"
_LINE = re.compile(r'- \{entity: (?:"([^"]+)"|([A-Za-z0-9-]+)), ')
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 .-]*[A-Za-z0-9]")
_WORDS = {"null", "true", "false", "yes", "no", "on", "off"}
_ITEM = re.compile(r"Q[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one pair, as the ledger keeps it."""

    entity: str
    item: str
    decision: str
    """`accept`, `reject` or `defer`."""
    match: str = "exact"
    agreed: tuple[str, ...] = ()
    score: float | None = None
    evidence: str = ""
    reason: str = ""
    by: str = ""
    on: str = ""

    @property
    def exact(self) -> bool:
        """Whether it says that the two are the same thing."""
        return self.decision == "accept" and self.match == "exact"


def standing(rows: Iterable[Mapping[str, Any]]) -> tuple[Decision, ...]:
    """Return what stands after all decisions of a parsed ledger: the last on each pair, in the order of the ledger."""
    last: dict[tuple[str, str], Decision] = {}
    for row in rows:
        known = {name: row[name] for name in Decision.__slots__ if name in row}
        one = Decision(**{**known, "agreed": tuple(row.get("agreed", ())), "on": str(row["on"])})
        last.pop((one.entity, one.item), None)
        last[one.entity, one.item] = one
    return tuple(last.values())


def refusal(new: Decision, stands: Sequence[Decision], known: Collection[str]) -> BadInput | None:
    """Return why a decision cannot be written, or None; `known` has the ids of all entries of the authority files."""
    if new.entity not in known:
        near = difflib.get_close_matches(new.entity, sorted(known), 1, 0.5)
        advice = f"Did you mean {near[0]!r}?" if near else "Name the id of an entry of the authority files."
        return BadInput(f"{new.entity!r} stands in no authority file", advice=advice)
    if not _ITEM.fullmatch(new.item):
        return BadInput(f"{new.item!r} is no item of Wikidata", advice="Write its id, as Q855.")
    if new.decision == "accept" and not (new.agreed and new.evidence):
        advice = 'Say them: --agreed name,dates --evidence "where the item was seen, and what stands there".'
        return BadInput(
            f"{new.entity} = {new.item}: an accepted link needs what agreed, and the evidence", advice=advice
        )
    if new.decision != "accept" and not new.reason:
        advice = 'Say it in your own words: --reason "a namesake, born 1948".'
        return BadInput(f"{new.entity} and {new.item}: {new.decision} needs a reason", advice=advice)
    return _clash(new, stands)


def _clash(new: Decision, stands: Sequence[Decision]) -> BadInput | None:
    for one in stands:
        same = (one.entity, one.item) == (new.entity, new.item)
        if same and (one.decision, one.match) == (new.decision, new.match):
            told = f"{new.entity} and {new.item}: this was decided already: {one.decision} by {one.by} on {one.on}"
            return BadInput(told, advice="Nothing was written.")
        if same or not (new.exact and one.exact):
            continue
        if one.item == new.item:
            told = f"{new.item} is matched exactly with {one.entity} already, by {one.by} on {one.on}"
            return BadInput(told, advice=f"Reject it for {one.entity} first, or merge the two entries if they are one.")
        if one.entity == new.entity:
            told = f"{new.entity} is matched exactly with {one.item} already, by {one.by} on {one.on}"
            advice = f"Reject {one.item} first, or defer it if it was merged; or accept the new one with --match close."
            return BadInput(told, advice=advice)
    return None


def line_of(decision: Decision) -> str:
    """Return a decision as one line of the ledger."""
    told = {
        "entity": _word(decision.entity) if decision.entity[0].isalpha() else json.dumps(decision.entity),
        "item": decision.item,
        "decision": decision.decision,
        "match": "" if decision.match == "exact" else decision.match,
        "agreed": f"[{', '.join(decision.agreed)}]" if decision.agreed else "",
        "score": "" if decision.score is None else f"{decision.score:g}",
        "evidence": _text(decision.evidence),
        "reason": _text(decision.reason),
        "by": _word(decision.by),
        "on": decision.on,
    }
    return f"- {{{', '.join(f'{key}: {value}' for key, value in told.items() if value)}}}\n"


def add(file: Path, decision: Decision) -> int:
    """Write a decision into the ledger file, after all on its entity; return its line.

    The file is replaced whole, so that a reader sees the old ledger or the new one. Raises BadInput for a ledger that is
    not laid out as one decision on each line: its order could not be kept.
    """
    text = file.read_text(encoding="utf-8") if file.is_file() else HEADER
    lines = text.replace("links: []\n", "links:\n").splitlines(keepends=True)
    place = _place(file, lines, decision.entity)
    lines.insert(place, line_of(decision))
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    beside.write_text("".join(lines), encoding="utf-8", newline="\n")
    beside.replace(file)
    return place + 1


def _place(file: Path, lines: Sequence[str], entity: str) -> int:
    place = len(lines)
    begun = False
    for number, line in enumerate(lines):
        if line.rstrip() == "links:":
            begun, place = True, number + 1
        elif line.strip() and not line.startswith("#"):
            found = _LINE.match(line)
            if not begun or not found or not line.rstrip().endswith("}"):
                advice = "Write each decision on one line: - {entity: …, item: …, decision: …, by: …, on: …}"
                raise BadInput(f"{file.name}:{number + 1}: {line.strip()[:60]!r} is not one decision", advice=advice)
            if (found[1] or found[2]) <= entity:
                place = number + 1
    return place


def _text(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False) if text else ""


def _word(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else json.dumps(text, ensure_ascii=False)
