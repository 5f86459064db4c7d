"""`cwc:Person`, with `cwc:Pseudonym`, `cwc:PseudonymUse` and `cwc:Tenure`."""

from __future__ import annotations

from kgpub.convert.describe.authority import Entry, describe_entry, statements
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import A, cwc, date, literal, name

__all__ = ["describe_person"]


def describe_person(sheet: Sheet, entry: Entry, file: str, path: str) -> None:
    """Write a person, the cover names used for that person and the offices held."""
    person = describe_entry(sheet, "person", "Person", entry, file, path)
    for key in ("born", "died"):
        if key in entry:
            sheet.add(person, cwc(key), date(str(entry[key])), file, f"{path}.{key}")
    for index, cover in enumerate(entry.get("coverNames", ())):
        _describe_pseudonym(sheet, person, cover, file, f"{path}.coverNames[{index}]")
    for index, tenure in enumerate(entry.get("tenures", ())):
        _describe_tenure(sheet, person, tenure, file, f"{path}.tenures[{index}]")


def _describe_pseudonym(sheet: Sheet, person: str, cover: Entry, file: str, path: str) -> None:
    node = sheet.iris.part(person, cover["id"])
    pairs = [
        (A, cwc("Pseudonym")),
        (cwc("pseudonymOf"), person),
        (name("skos:prefLabel"), literal(cover["name"], lang="en")),
    ]
    pairs += [
        (name("skos:altLabel"), literal(form, lang="en")) for form in cover.get("printed", ()) if form != cover["name"]
    ]
    pairs += [(name("skos:altLabel"), literal(other["text"], lang=other["lang"])) for other in cover.get("names", ())]
    statements(sheet, node, pairs, file, path)
    for index, use in enumerate(cover.get("uses", ())):
        _describe_use(sheet, person, node, use, file, f"{path}.uses[{index}]")


def _describe_use(sheet: Sheet, person: str, pseudonym: str, use: Entry, file: str, path: str) -> None:
    pairs = [(cwc("useOf"), pseudonym), (cwc("usedWith"), sheet.iris.entity("person", use["with"]))]
    pairs += [(cwc("usedAs"), literal(use["as"])), (name("dcterms:source"), literal(use["source"]))]
    pairs += [(cwc(key), date(str(use[key]))) for key in ("from", "until") if key in use]
    sheet.part(person, "PseudonymUse", pairs, file, path)


def _describe_tenure(sheet: Sheet, person: str, tenure: Entry, file: str, path: str) -> None:
    begins = str(tenure.get("from", "start")).replace("/", "-")
    node = sheet.iris.part(person, f"tenure-{tenure['office']}-{begins.rstrip('?~%')}")
    pairs = [
        (A, cwc("Tenure")),
        (cwc("holder"), person),
        (cwc("office"), sheet.iris.entity("office", tenure["office"])),
    ]
    pairs += [(cwc(key), date(str(tenure[key]))) for key in ("from", "until") if key in tenure]
    if certainty := tenure.get("certainty"):
        pairs.append((cwc("certainty"), literal(certainty)))
    if source := tenure.get("source"):
        pairs.append((name("dcterms:source"), literal(source)))
    statements(sheet, node, pairs, file, path)
