"""`cwc:Edition`: a document's place in a publication."""

from __future__ import annotations

from kgpub.convert.records import Document, Edition
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import A, cwc, literal, name

__all__ = ["describe_edition", "page_range"]


def page_range(pages: tuple[str, ...]) -> str:
    """Return pages as a citation has them: `41`, `41-43`, or `41, 43` where some between are missing."""
    numbers = sorted({int(page) for page in pages})
    if not numbers:
        return ""
    if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}-{numbers[-1]}"
    return ", ".join(map(str, numbers))


def describe_edition(sheet: Sheet, document: Document, edition: Edition) -> None:
    """Write an edition of a document: number, publication, translators, pages and lines."""
    subject = sheet.iris.document(document.subject)
    node = sheet.iris.entity("edition", edition.id)
    where = edition.evidence.file, edition.evidence.path
    sheet.add(subject, cwc("edition"), node, *where)
    pairs = [
        (A, cwc("Edition")),
        (name("dcterms:identifier"), literal(edition.id)),
        (cwc("numberInEdition"), literal(edition.number)),
        (name("dcterms:isPartOf"), sheet.iris.entity("edition", edition.publication)),
        (cwc("lines"), literal(document.lines)),
        (cwc("pages"), literal(page_range(tuple(page for page, _ in document.pages)))),
    ]
    pairs += [(cwc("translator"), sheet.iris.entity(kind or "person", one)) for one, kind in edition.translators]
    for predicate, obj in pairs:
        sheet.add(node, predicate, obj, *where)
