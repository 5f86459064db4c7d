"""What holds between a record and the messages it encloses: their ids and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kgpub.convert.lines import Run, parse_runs
from kgpub.model import Problem, RawLayer

__all__ = ["enclosure_problems"]


def enclosure_problems(data: Mapping[str, Any], record: RawLayer) -> list[Problem]:
    """Return what is wrong with a record's enclosures: a foreign or doubled id, lines outside the carrier.

    `data` is the record after its corrections; problems of lines that cannot be read are left to the reading of the record.
    """
    return list(_check(data, "", record, {}))


def _check(carrier: Mapping[str, Any], path: str, record: RawLayer, seen: dict[str, str]) -> Iterator[Problem]:
    for index, item in enumerate(carrier.get("enclosures", ())):
        if not isinstance(item, Mapping) or not isinstance(item.get("id"), str):
            continue
        at = f"{path}.enclosures[{index}]" if path else f"enclosures[{index}]"
        where, own = f"{at}.id", item["id"]
        letters = own.removeprefix(str(carrier["id"]))
        if letters == own or not letters.isalpha():
            what, advice = (
                "is not its carrier's id and a letter",
                f"Write {carrier['id']}{'abcdefghijklmnopqrstuvwxyz'[index % 26]}.",
            )
            yield Problem(record.file, record.line(where), where, own, what, advice)
        elif own in seen:
            what = f"stands twice; the other is at line {record.line(seen[own])}"
            yield Problem(record.file, record.line(where), where, own, what, "Give one of them the next letter.")
        seen.setdefault(own, where)
        if outside := _outside(item.get("lines", ""), carrier.get("lines", "")):
            what, advice = (
                f"has lines outside its carrier's: {outside}",
                f"Its carrier has the lines {carrier['lines']}.",
            )
            yield Problem(record.file, record.line(f"{at}.lines"), f"{at}.lines", str(item["lines"]), what, advice)
        yield from _check(item, at, record, seen)


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
