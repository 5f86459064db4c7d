"""`cwc:Reference`: a message that the document answers or cites, by number or date, as far as the document says."""

from __future__ import annotations

from kgpub.convert.describe.readings import describe_reading
from kgpub.convert.records import Document, Resolution
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, date, literal

__all__ = ["describe_references"]


def describe_references(sheet: Sheet, document: Document) -> None:
    """Write what a document answers and refers to; which document that is, is found out once all are there."""
    subject = sheet.iris.document(document.subject)
    for reference in document.references:
        pairs = [(cwc("referenceKind"), literal(reference.relation))]
        if reference.number:
            pairs.append((cwc("citedNumber"), literal(reference.number)))
        if reference.number_end:
            pairs.append((cwc("citedNumberEnd"), literal(reference.number_end)))
        if reference.date:
            pairs.append((cwc("citedDate"), date(reference.date)))
        pairs += [(cwc("citedSender"), sheet.iris.entity(kind or "person", one)) for one, kind in reference.senders]
        pairs += [
            (cwc("citedRecipient"), sheet.iris.entity(kind or "person", one)) for one, kind in reference.recipients
        ]
        where = reference.evidence.file, reference.evidence.path
        node = sheet.part(subject, "Reference", pairs, *where)
        sheet.add(subject, cwc("refersTo"), node, *where)
        describe_reading(sheet, document, cwc("refersTo"), node, reference.evidence)
        if reference.resolution is not None:
            _describe_resolution(sheet, subject, node, reference.resolution)


def _describe_resolution(sheet: Sheet, subject: str, reference: str, resolution: Resolution) -> None:
    """A match for each document meant; one that leads nowhere where an editor says that none is published here."""
    where = resolution.evidence.file, resolution.evidence.path
    pairs = [
        (cwc("matchOf"), reference),
        (cwc("citedIn"), subject),
        (cwc("certainty"), literal(resolution.evidence.certainty)),
        (cwc("rule"), literal(resolution.evidence.rule)),
        (cwc("reason"), literal(resolution.reason, lang="en")),
    ]
    if not resolution.documents:
        sheet.part(subject, "Match", pairs, *where)
    for identifier in resolution.documents:
        document = sheet.iris.document(identifier)
        sheet.add(reference, cwc("resolvedTo"), document, *where)
        sheet.part(subject, "Match", [*pairs, (cwc("matchedTo"), document)], *where)
