"""The authority files to `graph/authority`: every entry described, every id they point to looked up."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from datetime import date as calendar_date
from typing import Any

from kgpub.convert.context import Context
from kgpub.convert.describe.authority import Entry
from kgpub.convert.describe.link import describe_link
from kgpub.convert.describe.others import (
    describe_archive,
    describe_event,
    describe_office,
    describe_organisation,
    describe_place,
    describe_publication,
)
from kgpub.convert.describe.person import describe_person
from kgpub.convert.describe.provenance import describe_provenance
from kgpub.convert.ledger import replay
from kgpub.convert.sheet import Sheet
from kgpub.model import Conversion, Problem, RawLayer

__all__ = ["convert_authority"]

_DESCRIBE: dict[str, Callable[[Sheet, Entry, str, str], None]] = {
    "persons": describe_person,
    "organisations": describe_organisation,
    "offices": describe_office,
    "places": describe_place,
    "events": describe_event,
    "archives": describe_archive,
    "publications": describe_publication,
}

_POINTERS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "persons": (),
    "organisations": (("partOf", ("organisation",)),),
    "offices": (("organisation", ("organisation",)), ("seat", ("place",)), ("accreditedTo", ("place",))),
    "places": (("partOf", ("place",)),),
    "events": (),
    "archives": (("place", ("place",)),),
    "publications": (
        *(("partOf", ("edition",)), ("place", ("place",))),
        *(("authors", ("person",)), ("editors", ("person",))),
    ),
}
"""For each file the keys that hold ids, and the kinds these must be of."""


def convert_authority(authority: Mapping[str, RawLayer], context: Context) -> Conversion:
    """Return the authority graph as sorted N-Quads; empty, with all problems, where an id is unknown or stands twice."""
    iris = context.iris
    entries = {kind: layer for kind, layer in authority.items() if kind in _DESCRIBE}
    links, problems = replay(authority.get("links"), context)
    problems += _duplicates(entries)
    problems += [p for kind, layer in entries.items() for p in _check(kind, layer, context)]
    sheet = Sheet(iris, iris.graph("authority"))
    if problems:
        return Conversion("authority", sheet.graph, "", tuple(sorted(problems)))
    for kind, layer in entries.items():
        for index, entry in enumerate(layer.data[kind]):
            _DESCRIBE[kind](sheet, entry, layer.file, f"{kind}[{index}]")
    for link in links:
        describe_link(sheet, context.iri(link.entity), link)
    describe_provenance(sheet, context, tuple(authority.values()))
    return Conversion("authority", sheet.graph, sheet.nquads(), (), sheet.origins())


def _duplicates(authority: Mapping[str, RawLayer]) -> Iterator[Problem]:
    # Records name a person or an organisation by the id alone, so ids are unique over all files.
    seen: dict[str, str] = {}
    for kind, layer in authority.items():
        for index, entry in enumerate(layer.data[kind]):
            path = f"{kind}[{index}].id"
            if entry["id"] in seen:
                message = f"stands twice; the other is at {seen[entry['id']]}"
                yield Problem(
                    layer.file, layer.line(path), path, entry["id"], message, "Merge the two, or give one another id."
                )
            seen.setdefault(entry["id"], f"{layer.file}:{layer.line(path)}")


def _check(kind: str, layer: RawLayer, context: Context) -> Iterator[Problem]:
    for index, entry in enumerate(layer.data[kind]):
        for key, kinds in _POINTERS[kind]:
            given = entry.get(key)
            for one in [given] if isinstance(given, str) else given or ():
                yield from _known(layer, f"{kind}[{index}].{key}", one, kinds, context)
        for number, cover in enumerate(entry.get("coverNames", ())):
            for position, use in enumerate(cover.get("uses", ())):
                where = f"{kind}[{index}].coverNames[{number}].uses[{position}]"
                yield from _known(layer, f"{where}.with", use["with"], ("person",), context)
                yield from _days(layer, where, use)
        for number, other in enumerate(entry.get("names", ())):
            yield from _days(layer, f"{kind}[{index}].names[{number}]", other)
        for number, tenure in enumerate(entry.get("tenures", ())):
            yield from _known(
                layer, f"{kind}[{index}].tenures[{number}].office", tenure["office"], ("office",), context
            )
        yield from _days(layer, f"{kind}[{index}]", entry)


def _known(layer: RawLayer, path: str, value: str, kinds: tuple[str, ...], context: Context) -> Iterator[Problem]:
    if context.kinds.get(value) in kinds or any(kind not in context.files for kind in kinds):
        return
    near = difflib.get_close_matches(value, context.ids(*kinds), 1, 0.5)
    files = ", ".join(context.files[one] for one in kinds if one in context.files)
    advice = f"Did you mean {near[0]!r}, or add it to {files}?" if near else f"Add it to {files}."
    yield Problem(layer.file, layer.line(path), path, value, f"is not a known {' or '.join(kinds)}", advice)


def _days(layer: RawLayer, path: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    dated = [(f"{path}.{key}", str(entry[key])) for key in ("born", "died", "from", "until") if key in entry]
    for number, tenure in enumerate(entry.get("tenures", ())):
        dated += [(f"{path}.tenures[{number}].{key}", str(tenure[key])) for key in ("from", "until") if key in tenure]
    for where, value in dated:
        day = value.rstrip("?~%")
        if len(day) == 10 and "X" not in day:
            try:
                calendar_date.fromisoformat(day)
            except ValueError as error:
                advice = "Write it as YYYY-MM-DD, or EDTF where it is partial."
                yield Problem(
                    layer.file, layer.line(where), where, value, f"is not a day of the calendar: {error}", advice
                )
