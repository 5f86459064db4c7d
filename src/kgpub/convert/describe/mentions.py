"""`cwc:Mention`: who and what a document names, with the printed form and its place."""

from __future__ import annotations

from kgpub.convert.describe.readings import place_in_print
from kgpub.convert.records import Document
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc

__all__ = ["describe_mentions"]


def describe_mentions(sheet: Sheet, document: Document) -> None:
    """Write the mentions of a document; the plain `cwc:mentions` stands beside each."""
    subject = sheet.iris.document(document.subject)
    for mention in document.mentions:
        where = mention.evidence.file, mention.evidence.path
        entity = sheet.iris.entity(mention.kind, mention.id)
        sheet.add(subject, cwc("mentions"), entity, *where)
        pairs = [(cwc("mentioned"), entity), *place_in_print(document, mention.evidence)]
        sheet.add(subject, cwc("mention"), sheet.part(subject, "Mention", pairs, *where), *where)
