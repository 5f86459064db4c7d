"""`cwc:Claim`: what another source has of a document, beside what its edition has; neither overwrites the other."""

from __future__ import annotations

from kgpub.convert.records import ClaimedValue, Document
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, date, iri, literal, moment, name

__all__ = ["describe_claims"]


def describe_claims(sheet: Sheet, document: Document) -> None:
    """Write the competing claims about a document; its own statements stay as they are."""
    subject = sheet.iris.document(document.subject)
    for claim in document.claims:
        pairs = [
            (cwc("onProperty"), name(claim.property)),
            (cwc("reason"), literal(claim.note, lang="en")),
            (name("dcterms:source"), _source(claim.source)),
            *((cwc("claimedValue"), _term(sheet, value)) for value in claim.claimed),
            *((cwc("editionValue"), _term(sheet, value)) for value in claim.edition),
        ]
        where = claim.evidence.file, claim.evidence.path
        sheet.add(subject, cwc("claim"), sheet.part(subject, "Claim", pairs, *where), *where)


def _source(source: str) -> str:
    return iri(source) if source.startswith("https://") else literal(source, lang="en")


def _term(sheet: Sheet, value: ClaimedValue) -> str:
    if value.kind == "text":
        return literal(value.value)
    if value.kind in ("date", "moment"):
        return date(value.value) if value.kind == "date" else moment(value.value)
    if value.kind == "cover name":
        person, _, slug = value.value.partition("#")
        return sheet.iris.part(sheet.iris.entity("person", person), slug)
    return sheet.iris.entity(value.kind, value.value)
