"""`cwc:Reading`: where the value of a statement was read, the answer to "why"."""

from __future__ import annotations

from kgpub.convert.lines import pages_of
from kgpub.convert.records import Document, Evidence
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, literal

__all__ = ["describe_reading", "place_in_print"]

Pair = tuple[str, str]


def place_in_print(document: Document, evidence: Evidence, *, printed: bool = True) -> list[Pair]:
    """Return the lines, pages and printed form of a piece of evidence as predicate-object pairs."""
    pairs: list[Pair] = []
    if evidence.lines:
        pairs.append((cwc("lines"), literal(evidence.lines)))
        pairs += [(cwc("page"), literal(page)) for page in pages_of(evidence.lines, document.pages)]
    if printed and evidence.printed:
        pairs.append((cwc("printedForm"), literal(evidence.printed)))
    return pairs


def describe_reading(sheet: Sheet, document: Document, predicate: str, obj: str, evidence: Evidence) -> None:
    """Write where the value `obj` of `predicate` was read; nothing where the record does not say."""
    if not evidence.lines and evidence.certainty == "printed" and not evidence.rule:
        return
    subject = sheet.iris.document(document.subject)
    pairs = [(cwc("onProperty"), predicate), (cwc("onValue"), obj), (cwc("certainty"), literal(evidence.certainty))]
    pairs += place_in_print(document, evidence)
    if evidence.rule:
        pairs.append((cwc("rule"), literal(evidence.rule)))
    node = sheet.part(subject, "Reading", pairs, evidence.file, evidence.path)
    sheet.add(subject, cwc("reading"), node, evidence.file, evidence.path)
