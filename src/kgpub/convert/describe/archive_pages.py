"""`cwc:archivePage` and `schema:sameAs`: an archive's page that shows the document, never without its evidence."""

from __future__ import annotations

from kgpub.convert.records import Document
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, date, iri, literal, name

__all__ = ["describe_archive_pages"]


def describe_archive_pages(sheet: Sheet, document: Document) -> None:
    """Write a document's pages elsewhere; only one that carries the very text of the edition is the same as the document."""
    subject = sheet.iris.document(document.subject)
    for page in document.archive_pages:
        target, where = iri(page.url), (page.evidence.file, page.evidence.path)
        sheet.add(subject, cwc("archivePage"), target, page.evidence.file, f"{page.evidence.path}.url")
        if page.same_text:
            sheet.add(subject, name("schema:sameAs"), target, page.evidence.file, f"{page.evidence.path}.sameText")
        pairs = [
            (cwc("linkSubject"), subject),
            (cwc("linkTarget"), target),
            (cwc("linkStatus"), literal("verified")),
            (cwc("decidedBy"), literal(page.by)),
            (cwc("decidedOn"), date(page.on)),
            (name("dcterms:source"), literal(page.source)),
            *((cwc("agreedOn"), literal(what)) for what in page.agreed),
        ]
        sheet.part(subject, "LinkEvidence", pairs, *where)
