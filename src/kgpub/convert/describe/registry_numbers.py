"""`cwc:RegistryNumber`: any number a document bears besides its telegram and outgoing numbers."""

from __future__ import annotations

from kgpub.convert.describe.readings import describe_reading
from kgpub.convert.records import Document
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, literal, name

__all__ = ["describe_registry_numbers"]


def describe_registry_numbers(sheet: Sheet, document: Document) -> None:
    """Write a document's other numbers, each with its kind."""
    subject = sheet.iris.document(document.subject)
    for number in document.registry_numbers:
        where = number.evidence.file, number.evidence.path
        pairs = [(cwc("numberKind"), literal(number.kind)), (name("rdf:value"), literal(number.value))]
        node = sheet.part(subject, "RegistryNumber", pairs, *where)
        sheet.add(subject, cwc("registryNumber"), node, *where)
        describe_reading(sheet, document, cwc("registryNumber"), node, number.evidence)
