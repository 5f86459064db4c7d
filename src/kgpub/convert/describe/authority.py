"""What all entries of the authority files share: identifier, names, gloss, and the link to Wikidata with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import A, cwc, date, iri, literal, name
from kgpub.vocabulary import PREFIXES

__all__ = ["Entry", "describe_entry", "statements"]

Entry = Mapping[str, Any]
Pair = tuple[str, str]


def describe_entry(sheet: Sheet, kind: str, cls: str, entry: Entry, file: str, path: str) -> str:
    """Write an entry's common statements and return its IRI."""
    node = sheet.iris.unit(("archive", entry["id"])) if kind == "archive" else sheet.iris.entity(kind, entry["id"])
    pairs: list[Pair] = [(A, cwc(cls)), (name("dcterms:identifier"), literal(entry["id"]))]
    if "name" in entry:
        pairs.append((name("skos:prefLabel"), literal(entry["name"], lang="en")))
    for other in entry.get("names", ()):
        pairs.append((name("skos:altLabel"), literal(other["text"], lang=other["lang"])))
    if gloss := entry.get("gloss"):
        pairs.append((name("dcterms:description"), literal(gloss, lang="en")))
    statements(sheet, node, pairs, file, path)
    if "wikidata" in entry:
        _describe_link(sheet, node, entry["wikidata"], file, f"{path}.wikidata")
    return node


def statements(sheet: Sheet, subject: str, pairs: list[Pair], file: str, path: str) -> None:
    """Write predicate-object pairs of one subject with one origin."""
    for predicate, obj in pairs:
        sheet.add(subject, predicate, obj, file, path)


def _describe_link(sheet: Sheet, node: str, link: Entry, file: str, path: str) -> None:
    """Only a verified link is published, and never without its evidence."""
    if link["status"] != "verified":
        return
    target = iri(PREFIXES["wd"] + link["item"])
    sheet.add(node, name("skos:exactMatch"), target, file, path)
    pairs = [
        (cwc("linkSubject"), node),
        (cwc("linkTarget"), target),
        (cwc("linkStatus"), literal(link["status"])),
        (cwc("decidedOn"), date(link["decided"])),
        (name("dcterms:source"), literal(link["evidence"])),
    ]
    pairs += [(cwc("agreedOn"), literal(what)) for what in link.get("agreed", ())]
    sheet.part(node, "LinkEvidence", pairs, file, path)
