"""`cwc:ArchivalCopy` and `cwc:ArchivalUnit`: where a copy is kept, as printed, and the unit it lies in."""

from __future__ import annotations

from kgpub.convert.describe.readings import describe_reading
from kgpub.convert.records import Document
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import A, cwc, integer, literal, name

__all__ = ["describe_citations", "describe_units"]


def describe_citations(sheet: Sheet, document: Document) -> None:
    """Write every archival copy of a document and the units above it, which all documents share (`graph/archives`)."""
    subject = sheet.iris.document(document.subject)
    for position, citation in enumerate(document.citations, 1):
        where = citation.evidence.file, citation.evidence.path
        pairs = [(cwc("inUnit"), describe_units(sheet, citation.unit)), (cwc("position"), integer(position))]
        for key in ("archive", "fond", "opis", "delo", "papka", "listy"):
            if text := getattr(citation, key):
                pairs.append((cwc(key), literal(text)))
        node = sheet.part(subject, "ArchivalCopy", pairs, *where)
        sheet.add(subject, cwc("heldAs"), node, *where)
        describe_reading(sheet, document, cwc("heldAs"), node, citation.evidence)


def describe_units(sheet: Sheet, steps: tuple[tuple[str, str], ...]) -> str:
    """Write the units below the archive (the archive itself is authority data) and return the innermost."""
    graph = sheet.iris.graph("archives")
    unit = sheet.iris.unit(*steps[:1])
    for depth in range(2, len(steps) + 1):
        above, unit = unit, sheet.iris.unit(*steps[:depth])
        level, number = steps[depth - 1]
        label = ", ".join([steps[0][1], *(f"{one} {value}" for one, value in steps[1:depth])])
        for predicate, obj in (
            (A, cwc("ArchivalUnit")),
            (cwc("level"), literal(level)),
            (name("dcterms:identifier"), literal(number)),
            (name("dcterms:isPartOf"), above),
            (name("skos:prefLabel"), literal(label, lang="en")),
        ):
            sheet.add(unit, predicate, obj, graph=graph)
    return unit
