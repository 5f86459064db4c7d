"""What all entries of the authority files share: identifier, names and gloss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import A, boolean, cwc, date, literal, name

__all__ = ["Entry", "describe_entry", "statements"]

Entry = Mapping[str, Any]
Pair = tuple[str, str]


def describe_entry(sheet: Sheet, kind: str, cls: str, entry: Entry, file: str, path: str) -> str:
    """Write an entry's common statements and return its IRI."""
    node = sheet.iris.unit(("archive", entry["id"])) if kind == "archive" else sheet.iris.entity(kind, entry["id"])
    pairs: list[Pair] = [(A, cwc(cls)), (name("dcterms:identifier"), literal(entry["id"]))]
    if "name" in entry:
        pairs.append((name("skos:prefLabel"), literal(entry["name"], lang="en")))
    if gloss := entry.get("gloss"):
        pairs.append((name("dcterms:description"), literal(gloss, lang="en")))
    if entry.get("unidentified"):
        pairs.append((cwc("unidentified"), boolean(True)))
    statements(sheet, node, pairs, file, path)
    _describe_names(sheet, node, entry, file, path)
    return node


def statements(sheet: Sheet, subject: str, pairs: list[Pair], file: str, path: str) -> None:
    """Write predicate-object pairs of one subject with one origin."""
    for predicate, obj in pairs:
        sheet.add(subject, predicate, obj, file, path)


def _describe_names(sheet: Sheet, node: str, entry: Entry, file: str, path: str) -> None:
    """Write the other names; one that was in use for a span only has a node that says so, beside the plain label."""
    labels = {entry.get("name"), entry.get("title")}
    for index, other in enumerate(entry.get("names", ())):
        label, where = literal(other["text"], lang=other["lang"]), f"{path}.names[{index}]"
        labels.add(other["text"])
        sheet.add(node, name("skos:altLabel"), label, file, where)
        dated: list[Pair] = [(cwc(key), date(str(other[key]))) for key in ("from", "until") if key in other]
        if dated:
            dated += [(cwc("nameOf"), node), (name("rdf:value"), label)]
            if source := other.get("source"):
                dated.append((name("dcterms:source"), literal(source)))
            sheet.part(node, "DatedName", dated, file, where)
    for index, form in enumerate(entry.get("printed", ())):
        if form not in labels:
            # Misprints and forms with titles are there to be found by, not to be shown (SKOS Reference, section 5.1).
            sheet.add(node, name("skos:hiddenLabel"), literal(form, lang="en"), file, f"{path}.printed[{index}]")
