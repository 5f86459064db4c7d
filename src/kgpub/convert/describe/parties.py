"""Senders, recipients, relays and signers, with the cover names they are called by."""

from __future__ import annotations

from kgpub.convert.describe.readings import describe_reading
from kgpub.convert.records import Document, Party
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc

__all__ = ["describe_parties"]


def describe_parties(sheet: Sheet, document: Document) -> None:
    """Write who sent, received, relayed and signed a document; the real actor always, the cover name beside."""
    for predicate, cover, parties in (
        ("sender", "signedAs", document.senders),
        ("recipient", "addressedAs", document.recipients),
        ("via", "addressedAs", document.relays),
        ("signer", "signedAs", document.signers),
    ):
        for party in parties:
            _describe(sheet, document, party, cwc(predicate), cwc(cover))


def _describe(sheet: Sheet, document: Document, party: Party, predicate: str, cover: str) -> None:
    if not party.actor:
        return
    subject = sheet.iris.document(document.subject)
    actor = sheet.iris.entity(party.kind or "person", party.actor)
    where = party.evidence.file, party.evidence.path
    sheet.add(subject, predicate, actor, *where)
    describe_reading(sheet, document, predicate, actor, party.evidence)
    if party.cover_name:
        pseudonym = sheet.iris.part(actor, party.cover_name)
        sheet.add(subject, cover, pseudonym, *where)
        describe_reading(sheet, document, cover, pseudonym, party.evidence)
    if party.office:
        office = sheet.iris.entity("office", party.office)
        describe_reading(sheet, document, cwc("office"), office, party.evidence)
