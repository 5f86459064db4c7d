"""`graph/tombstones`: identifiers that were published once, and what each leads to now."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as calendar_date
from typing import Any

from kgpub.convert.context import Context
from kgpub.convert.describe.provenance import describe_provenance
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import A, boolean, cwc, date, iri, literal, name
from kgpub.model import Conversion, Problem, RawLayer

__all__ = ["Published", "convert_tombstones", "published"]

_DERIVED = "attested/"
"""Letters known from a mention are found after the conversion, so that a check of the whole graph looks for them."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a build publishes beside the tombstones, as paths below the base: what is described, and what records merge."""

    described: frozenset[str]
    merged: Mapping[str, str]


def published(conversions: Iterable[Conversion], base: str) -> Published:
    """Return what some conversions describe, and which identifiers of theirs lead to others."""
    start, types, replaced = f"<{base}", f" {A} ", f" {name('dcterms:isReplacedBy')} "
    described: set[str] = set()
    merged: dict[str, str] = {}
    for line in (line for one in conversions for line in one.nquads.split("\n")):
        if not line.startswith(start):
            continue
        subject = line.partition("> ")[0].removeprefix(start)
        if replaced in line:
            merged[subject] = line.split(" ", 3)[2][1:-1].removeprefix(base)
        elif types in line and "#" not in subject:
            described.add(subject)
    return Published(frozenset(described - set(merged)), merged)


def convert_tombstones(layer: RawLayer, context: Context, there: Published) -> Conversion:
    """Return the graph of tombstones, each with the end of its chain; empty, with all problems, where one is wrong."""
    entries: list[Mapping[str, Any]] = layer.data["tombstones"]
    sheet = Sheet(context.iris, context.iris.graph("tombstones"))
    leads = {one["id"]: one["successor"] for one in entries if "successor" in one}
    problems = list(_problems(layer, entries, leads, there))
    if problems:
        return Conversion("tombstones", sheet.graph, "", tuple(sorted(problems)))
    for index, entry in enumerate(entries):
        _describe(sheet, entry, _chain(entry["id"], {**there.merged, **leads})[-1], layer.file, f"tombstones[{index}]")
    if entries:
        describe_provenance(sheet, context, (layer,))
    return Conversion("tombstones", sheet.graph, sheet.nquads(), (), sheet.origins())


def _describe(sheet: Sheet, entry: Mapping[str, Any], end: str, file: str, at: str) -> None:
    base = sheet.iris.base
    old = iri(f"{base}{entry['id']}")
    sheet.add(old, name("owl:deprecated"), boolean(True), file, f"{at}.state")
    sheet.add(old, name("dcterms:identifier"), literal(entry["id"].partition("/")[2]), file, f"{at}.id")
    sheet.add(old, name("dcterms:modified"), date(entry["since"]), file, f"{at}.since")
    sheet.add(old, name("skos:changeNote"), literal(entry["reason"], lang="en"), file, f"{at}.reason")
    if entry["state"] != "withdrawn":
        sheet.add(old, A, cwc("MergedIdentifier"), file, f"{at}.id")
    if end != entry["id"]:
        sheet.add(old, name("dcterms:isReplacedBy"), iri(f"{base}{end}"), file, f"{at}.successor")


def _chain(start: str, leads: Mapping[str, str]) -> list[str]:
    """Return the identifiers from one to the end of its chain; the last stands twice where the chain is a loop."""
    chain = [start]
    while (after := leads.get(chain[-1])) is not None:
        chain.append(after)
        if chain.count(after) > 1:
            break
    return chain


def _problems(
    layer: RawLayer, entries: list[Mapping[str, Any]], leads: Mapping[str, str], there: Published
) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        path, identifier = f"tombstones[{index}]", entry["id"]
        if identifier in seen:
            message = f"stands twice; the other is at line {seen[identifier]}"
            yield _problem(layer, f"{path}.id", identifier, message, "Take one of the two out.")
        seen.setdefault(identifier, layer.line(f"{path}.id"))
        yield from _alive(layer, f"{path}.id", identifier, there)
        yield from _calendar(layer, f"{path}.since", entry["since"])
        if "successor" in entry:
            yield from _leading(layer, f"{path}.successor", _chain(identifier, {**there.merged, **leads}), there)


def _alive(layer: RawLayer, path: str, identifier: str, there: Published) -> Iterator[Problem]:
    if identifier in there.described:
        advice = "Take the entry out of its file, or this tombstone."
        yield _problem(layer, path, identifier, "is said to be gone, but it is still an entry", advice)
    if identifier in there.merged:
        message = f"is merged already: its record says that it is {there.merged[identifier]}"
        yield _problem(layer, path, identifier, message, "Take this tombstone out.")


def _calendar(layer: RawLayer, path: str, day: str) -> Iterator[Problem]:
    try:
        calendar_date.fromisoformat(day)
    except ValueError as error:
        yield _problem(layer, path, day, f"is not a day of the calendar: {error}", "Write it as YYYY-MM-DD.")


def _leading(layer: RawLayer, path: str, chain: list[str], there: Published) -> Iterator[Problem]:
    end, successor = chain[-1], chain[1]
    if chain.count(end) > 1:
        message = f"leads back to where it began: {' → '.join(chain)}"
        yield _problem(layer, path, successor, message, "Name an entry that is there as the successor of one of them.")
    elif end not in there.described and not end.startswith(_DERIVED):
        near = difflib.get_close_matches(end, there.described, 1, 0.6)
        advice = f"Did you mean {near[0]!r}?" if near else "Name an entry that is there."
        yield _problem(layer, path, successor, "leads to nothing that is published", advice)


def _problem(layer: RawLayer, path: str, value: str, message: str, advice: str) -> Problem:
    return Problem(layer.file, layer.line(path), path, value, message, advice)
