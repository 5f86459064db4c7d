"""`cwc:CopyAllotment`: who got how many copies, in the order of the copy list."""

from __future__ import annotations

from kgpub.convert.describe.readings import describe_reading
from kgpub.convert.records import Document
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, integer, literal

__all__ = ["describe_copies"]


def describe_copies(sheet: Sheet, document: Document) -> None:
    """Write the copy list; a recipient nobody knows keeps the printed name and its place in the list.

    Other printed forms stand in the readings: two editions of one item spell one list in two ways, and it is one list.
    """
    subject = sheet.iris.document(document.subject)
    for position, copy in enumerate(document.copies, 1):
        where = copy.evidence.file, copy.evidence.path
        pairs = [(cwc("position"), integer(position))]
        if copy.actor:
            actor = sheet.iris.entity(copy.kind or "person", copy.actor)
            pairs.append((cwc("copyRecipient"), actor))
            sheet.add(subject, cwc("copyTo"), actor, *where)
            describe_reading(sheet, document, cwc("copyTo"), actor, copy.evidence)
        # A name without a number got one copy: that is what the numbers of the others are told apart from.
        pairs.append((cwc("copyCount"), integer(copy.count or 1)))
        if copy.evidence.printed and not copy.actor:
            pairs.append((cwc("printedForm"), literal(copy.evidence.printed)))
        node = sheet.part(subject, "CopyAllotment", pairs, *where)
        sheet.add(subject, cwc("distribution"), node, *where)
