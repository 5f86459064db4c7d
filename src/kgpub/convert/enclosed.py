"""What holds between a record and the messages it encloses: their ids, their lines, and the words an editor gave them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import Any

from kgpub.convert.lines import Run, parse_runs
from kgpub.model import Problem, RawLayer

__all__ = ["enclosure_problems"]


def enclosure_problems(data: Mapping[str, Any], record: RawLayer, description: RawLayer | None = None) -> list[Problem]:
    """Return what is wrong with a record's enclosures: a foreign or doubled id, lines outside the carrier, unused words.

    `data` is the record after its corrections; problems of lines that cannot be read are left to the reading of the record.
    """
    seen: dict[str, str] = {}
    problems = list(_check(data, "", record, seen))
    return [*problems, *(_unused(description, seen) if description is not None else ())]


def _check(carrier: Mapping[str, Any], path: str, record: RawLayer, seen: dict[str, str]) -> Iterator[Problem]:
    for index, item in enumerate(_listed(carrier)):
        # What a correction brought in may have any shape; the reading of the record says so.
        if not isinstance(item, Mapping) or not isinstance(item.get("id"), str):
            continue
        at = f"{path}.enclosures[{index}]" if path else f"enclosures[{index}]"
        where, own = f"{at}.id", item["id"]
        letters = own.removeprefix(str(carrier["id"]))
        if letters == own or not letters.isalpha():
            advice = f"Write {carrier['id']}{ascii_lowercase[index % 26]}."
            yield Problem(record.file, record.line(where), where, own, "is not its carrier's id and a letter", advice)
        elif own in seen:
            what = f"stands twice; the other is at line {record.line(seen[own])}"
            yield Problem(record.file, record.line(where), where, own, what, "Give one of them the next letter.")
        seen.setdefault(own, where)
        if outside := _outside(item.get("lines", ""), carrier.get("lines", "")):
            where, what = f"{at}.lines", f"has lines outside its carrier's: {outside}"
            advice = f"Its carrier has the lines {carrier['lines']}."
            yield Problem(record.file, record.line(where), where, str(item["lines"]), what, advice)
        yield from _check(item, at, record, seen)


def _listed(carrier: Mapping[str, Any]) -> list[Any]:
    given = carrier.get("enclosures")
    return given if isinstance(given, list) else []


def _outside(inner: str | int, outer: str | int) -> str:
    try:
        held, runs = parse_runs(outer), parse_runs(inner)
    except ValueError:
        return ""
    return ",".join(f"{a}-{b}" for a, b in runs if not _within((a, b), held))


def _within(run: Run, held: tuple[Run, ...]) -> bool:
    # Runs that follow each other without a gap are one.
    first, last = run
    for a, b in sorted(held):
        if a <= first <= b:
            if last <= b:
                return True
            first = b + 1
    return False


def _unused(description: RawLayer, known: Mapping[str, str]) -> Iterator[Problem]:
    for own in description.data.get("enclosures", {}):
        if own not in known:
            near = difflib.get_close_matches(own, list(known), 1, 0.5)
            advice = f"Did you mean {near[0]}?" if near else "The record encloses nothing of that id; take it out."
            where = f"enclosures.{own}"
            line = description.line(where)
            yield Problem(description.file, line, where, own, "is not an enclosure of the record", advice)
