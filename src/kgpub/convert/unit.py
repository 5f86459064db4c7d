"""The unit of work: one raw record to its named graph. A process pool and a cluster call exactly this."""

from __future__ import annotations

from kgpub.convert.context import Context
from kgpub.convert.describe.document import describe_document
from kgpub.convert.describe.provenance import describe_provenance
from kgpub.convert.read import read_document
from kgpub.convert.sheet import Sheet
from kgpub.model import Conversion, RawRecord

__all__ = ["convert_record"]


def convert_record(raw: RawRecord, context: Context) -> Conversion:
    """Return a record's graph as sorted N-Quads, with its problems and the origin of each triple.

    A record with problems has no N-Quads: what is wrong must be mended before it is published.
    """
    document, problems = read_document(raw, context)
    iris = context.iris
    graph = iris.graph(raw.id)
    if problems:
        return Conversion(raw.id, graph, "", tuple(sorted(problems)), (), document.subject)
    sheet = Sheet(iris, graph)
    describe_document(sheet, document, context)
    describe_provenance(sheet, context, raw.layers(), document)
    return Conversion(raw.id, graph, sheet.nquads(), (), sheet.origins(), document.subject)
