"""PROV-O: which files, lines and pages a document's graph was made from, and by what (https://www.w3.org/TR/prov-o/)."""

from __future__ import annotations

from kgpub.convert.context import Context
from kgpub.convert.describe.editions import page_range
from kgpub.convert.records import Document
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import A, cwc, literal, name
from kgpub.model import RawLayer

__all__ = ["describe_provenance"]


def describe_provenance(
    sheet: Sheet, context: Context, layers: tuple[RawLayer, ...], document: Document | None = None
) -> None:
    """Write where the sheet's graph comes from, inside that graph."""
    graph = sheet.graph
    sheet.add(graph, A, name("prov:Entity"))
    sheet.add(graph, name("prov:wasGeneratedBy"), sheet.iris.activity(context.version))
    for layer in layers:
        file = sheet.iris.file(layer.file)
        sheet.add(graph, name("prov:wasDerivedFrom"), file)
        sheet.add(file, A, name("prov:Entity"))
        sheet.add(file, cwc("digest"), literal(layer.digest))
        if document is not None and document.edition:
            sheet.add(file, name("prov:wasDerivedFrom"), sheet.iris.entity("edition", document.edition.publication))
    if document is not None:
        sheet.add(graph, cwc("lines"), literal(document.lines))
        sheet.add(graph, cwc("pages"), literal(page_range(tuple(page for page, _ in document.pages))))
