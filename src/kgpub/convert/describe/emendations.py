"""`cwc:Emendation`: a printed value that an editor corrected, with the reason."""

from __future__ import annotations

from kgpub.convert.describe.readings import place_in_print
from kgpub.convert.records import Document
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, literal, name

__all__ = ["PROPERTY_OF_FIELD", "describe_emendations"]

PROPERTY_OF_FIELD = {
    "citations": "cwc:heldAs",
    "classifications": "cwc:classification",
    "copies": "cwc:copyTo",
    "date": "dcterms:date",
    "edition": "cwc:edition",
    "enclosures": "cwc:encloses",
    "form": "cwc:form",
    "headingDate": "cwc:headingDate",
    "heading": "dcterms:title",
    "id": "dcterms:identifier",
    "lines": "cwc:lines",
    "mentions": "cwc:mentions",
    "notes": "cwc:note",
    "outgoingNumber": "cwc:outgoingNumber",
    "pages": "cwc:pages",
    "recipients": "cwc:recipient",
    "references": "cwc:refersTo",
    "registryNumbers": "cwc:registryNumber",
    "relays": "cwc:via",
    "senders": "cwc:sender",
    "sentFrom": "cwc:sentFrom",
    "sentTo": "cwc:sentTo",
    "seriesMarks": "cwc:seriesMark",
    "signers": "cwc:signer",
    "telegramNumber": "cwc:telegramNumber",
    "text": "schema:text",
    "transmissions": "cwc:transmission",
    "urgency": "cwc:urgency",
}
"""Field of a record to the property that its values become."""


def describe_emendations(sheet: Sheet, document: Document) -> None:
    """Write a document's emendations; the printed or the right value is left out where there is none."""
    subject = sheet.iris.document(document.subject)
    for emendation in document.emendations:
        pairs = [
            (cwc("onProperty"), name(PROPERTY_OF_FIELD[emendation.field])),
            (cwc("reason"), literal(emendation.reason, lang="en")),
            (cwc("certainty"), literal(emendation.evidence.certainty)),
            *place_in_print(document, emendation.evidence),
        ]
        if emendation.printed:
            pairs.append((cwc("printedValue"), literal(emendation.printed)))
        if emendation.value:
            pairs.append((cwc("correctedValue"), literal(emendation.value)))
        where = emendation.evidence.file, emendation.evidence.path
        sheet.add(subject, cwc("emendation"), sheet.part(subject, "Emendation", pairs, *where), *where)
