"""`cwc:Document`: its own statements, then those of its parts and of what it encloses."""

from __future__ import annotations

from kgpub.convert.context import Context
from kgpub.convert.describe.archive_pages import describe_archive_pages
from kgpub.convert.describe.claims import describe_claims
from kgpub.convert.describe.copies import describe_copies
from kgpub.convert.describe.editions import describe_edition
from kgpub.convert.describe.emendations import describe_emendations
from kgpub.convert.describe.holdings import describe_citations
from kgpub.convert.describe.mentions import describe_mentions
from kgpub.convert.describe.notes import describe_notes
from kgpub.convert.describe.parties import describe_parties
from kgpub.convert.describe.readings import describe_reading
from kgpub.convert.describe.references import describe_references
from kgpub.convert.describe.registry_numbers import describe_registry_numbers
from kgpub.convert.describe.titles import made_title
from kgpub.convert.describe.transmissions import describe_transmissions
from kgpub.convert.records import Document, Evidence, Value
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import A, cwc, date, iri, literal, name
from kgpub.vocabulary import concept_iri

__all__ = ["describe_document"]


def describe_document(sheet: Sheet, document: Document, context: Context) -> None:
    """Write everything that is known of a document and, below it, of its enclosures."""
    subject = sheet.iris.document(document.subject)
    sheet.add(subject, A, cwc("Document"), document.file, _at(document, "id"))
    sheet.add(subject, name("dcterms:identifier"), literal(document.id), document.file, _at(document, "id"))
    _merged(sheet, document)
    _words(sheet, document, context)
    _values(sheet, document)
    describe_parties(sheet, document)
    describe_registry_numbers(sheet, document)
    describe_references(sheet, document)
    describe_transmissions(sheet, document)
    describe_copies(sheet, document)
    describe_citations(sheet, document)
    describe_notes(sheet, document)
    describe_mentions(sheet, document)
    describe_emendations(sheet, document)
    describe_archive_pages(sheet, document)
    describe_claims(sheet, document)
    if document.edition:
        describe_edition(sheet, document, document.edition)
    for enclosed in document.enclosures:
        other = sheet.iris.document(enclosed.subject)
        sheet.add(subject, cwc("encloses"), other, document.file, enclosed.path)
        sheet.add(other, cwc("enclosedIn"), subject, document.file, enclosed.path)
        describe_document(sheet, enclosed, context)


def _at(document: Document, field: str) -> str:
    return f"{document.path}.{field}" if document.path else field


def _merged(sheet: Sheet, document: Document) -> None:
    if document.subject == document.id:
        return
    old = sheet.iris.document(document.id)
    sheet.add(old, A, cwc("MergedIdentifier"), document.file, "id")
    sheet.add(old, name("dcterms:identifier"), literal(document.id), document.file, "id")
    sheet.add(old, name("dcterms:isReplacedBy"), sheet.iris.document(document.subject), document.file, "id")


def _words(sheet: Sheet, document: Document, context: Context) -> None:
    """Title, abstract and topics; of two editions of one item, the one that bears the item's id gives the words."""
    if document.subject != document.id:
        return
    subject = sheet.iris.document(document.subject)
    title = document.title or made_title(document, context)
    file = document.words_file or document.file
    at = f"{document.words_path}." if document.words_path else ""
    sheet.add(subject, name("dcterms:title"), literal(title, lang="en"), file, f"{at}title")
    if document.abstract:
        sheet.add(subject, name("dcterms:abstract"), literal(document.abstract, lang="en"), file, f"{at}abstract")
    for topic in document.topics:
        obj = iri(concept_iri("topic", topic.value))
        sheet.add(subject, name("dcterms:subject"), obj, topic.evidence.file, topic.evidence.path)


def _values(sheet: Sheet, document: Document) -> None:
    dated = (("dcterms:date", document.date), ("cwc:headingDate", document.heading_date))
    for predicate, value in dated:
        if value:
            _state(sheet, document, name(predicate), date(value.value), value.evidence)
    if document.form:
        _concepts(sheet, document, "form", (document.form,))
    _concepts(sheet, document, "classification", document.classifications)
    _concepts(sheet, document, "urgency", document.urgency)
    for predicate, values in (
        ("telegramNumber", document.telegram_numbers),
        ("outgoingNumber", document.outgoing_numbers),
        ("seriesMark", document.series_marks),
    ):
        for value in values:
            _state(sheet, document, cwc(predicate), literal(value.value), value.evidence)
    for predicate, values in (("sentFrom", document.sent_from), ("sentTo", document.sent_to)):
        for value in values:
            _state(sheet, document, cwc(predicate), sheet.iris.entity("place", value.value), value.evidence)


def _concepts(sheet: Sheet, document: Document, scheme: str, values: tuple[Value, ...]) -> None:
    for value in values:
        _state(sheet, document, cwc(scheme), iri(concept_iri(scheme, value.value)), value.evidence)


def _state(sheet: Sheet, document: Document, predicate: str, obj: str, evidence: Evidence) -> None:
    sheet.add(sheet.iris.document(document.subject), predicate, obj, evidence.file, evidence.path)
    describe_reading(sheet, document, predicate, obj, evidence)
