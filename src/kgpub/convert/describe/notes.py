"""`cwc:Note`: margin notes, resolutions and editors' notes, as facts in our words."""

from __future__ import annotations

from kgpub.convert.describe.readings import place_in_print
from kgpub.convert.records import Document
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, date, literal, name

__all__ = ["describe_notes"]


def describe_notes(sheet: Sheet, document: Document) -> None:
    """Write the notes on a document with who made them and where they stand."""
    subject = sheet.iris.document(document.subject)
    for note in document.notes:
        pairs = [(cwc("noteKind"), literal(note.kind)), *place_in_print(document, note.evidence)]
        if note.by:
            pairs.append((cwc("noteBy"), sheet.iris.entity(note.by_kind or "person", note.by)))
        if note.on:
            pairs.append((name("dcterms:date"), date(note.on)))
        if note.summary:
            pairs.append((name("dcterms:description"), literal(note.summary, lang="en")))
        where = note.evidence.file, note.evidence.path
        sheet.add(subject, cwc("note"), sheet.part(subject, "Note", pairs, *where), *where)
