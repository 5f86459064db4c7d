"""`cwc:Organisation`, `cwc:Office`, `cwc:Place`, `cwc:Event`, the archives and the publications."""

from __future__ import annotations

from kgpub.convert.describe.authority import Entry, describe_entry, statements
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import boolean, cwc, date, decimal, literal, name

__all__ = [
    "describe_archive",
    "describe_event",
    "describe_office",
    "describe_organisation",
    "describe_place",
    "describe_publication",
]


def describe_organisation(sheet: Sheet, entry: Entry, file: str, path: str) -> None:
    """Write an organisation and what it is part of."""
    node = describe_entry(sheet, "organisation", "Organisation", entry, file, path)
    if above := entry.get("partOf"):
        sheet.add(node, name("dcterms:isPartOf"), sheet.iris.entity("organisation", above), file, f"{path}.partOf")


def describe_office(sheet: Sheet, entry: Entry, file: str, path: str) -> None:
    """Write an office, its organisation, the place its letters leave from, and whom and how many it is for."""
    node = describe_entry(sheet, "office", "Office", entry, file, path)
    if organisation := entry.get("organisation"):
        obj = sheet.iris.entity("organisation", organisation)
        sheet.add(node, cwc("officeOf"), obj, file, f"{path}.organisation")
    if seat := entry.get("seat"):
        sheet.add(node, cwc("seat"), sheet.iris.entity("place", seat), file, f"{path}.seat")
    if entry.get("holders") == "one":
        sheet.add(node, cwc("singleHolder"), boolean(True), file, f"{path}.holders")
    if country := entry.get("accreditedTo"):
        sheet.add(node, cwc("accreditedTo"), sheet.iris.entity("place", country), file, f"{path}.accreditedTo")


def describe_place(sheet: Sheet, entry: Entry, file: str, path: str) -> None:
    """Write a place with its coordinates (WGS 84, decimal degrees) and what it lies in."""
    node = describe_entry(sheet, "place", "Place", entry, file, path)
    for key, predicate in (("lat", "geo:lat"), ("long", "geo:long")):
        if key in entry:
            sheet.add(node, name(predicate), decimal(float(entry[key])), file, f"{path}.{key}")
    if above := entry.get("partOf"):
        sheet.add(node, name("dcterms:isPartOf"), sheet.iris.entity("place", above), file, f"{path}.partOf")
    if source := entry.get("coordinates"):
        sheet.add(node, cwc("coordinateSource"), literal(source), file, f"{path}.coordinates")
    if certainty := entry.get("certainty"):
        sheet.add(node, cwc("certainty"), literal(certainty), file, f"{path}.certainty")
    if ground := entry.get("ground"):
        sheet.add(node, cwc("reason"), literal(ground, lang="en"), file, f"{path}.ground")


def describe_event(sheet: Sheet, entry: Entry, file: str, path: str) -> None:
    """Write an event with its first and last day."""
    node = describe_entry(sheet, "event", "Event", entry, file, path)
    for key in ("from", "until"):
        if key in entry:
            sheet.add(node, cwc(key), date(str(entry[key])), file, f"{path}.{key}")


def describe_archive(sheet: Sheet, entry: Entry, file: str, path: str) -> None:
    """Write an archive, which is the topmost archival unit."""
    node = describe_entry(sheet, "archive", "ArchivalUnit", entry, file, path)
    sheet.add(node, cwc("level"), literal("archive"), file, path)
    if place := entry.get("place"):
        sheet.add(node, cwc("seat"), sheet.iris.entity("place", place), file, f"{path}.place")


def describe_publication(sheet: Sheet, entry: Entry, file: str, path: str) -> None:
    """Write a publication: title, authors and editors, pages and what it appeared in."""
    node = describe_entry(sheet, "edition", "Publication", entry, file, path)
    pairs = [(name("dcterms:title"), literal(entry["title"], lang="en"))]
    makers = (*entry.get("authors", ()), *entry.get("editors", ()))
    pairs += [(name("dcterms:creator"), sheet.iris.entity("person", one)) for one in makers]
    if above := entry.get("partOf"):
        pairs.append((name("dcterms:isPartOf"), sheet.iris.entity("edition", above)))
    if "pages" in entry:
        pairs.append((cwc("pages"), literal(str(entry["pages"]))))
    if "year" in entry:
        pairs.append((name("dcterms:issued"), literal(str(entry["year"]))))
    if "publisher" in entry:
        pairs.append((name("dcterms:publisher"), literal(str(entry["publisher"]))))
    statements(sheet, node, pairs, file, path)
