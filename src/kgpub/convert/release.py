"""`graph/provenance`: the activity that made a release, the program, and what it was made from (PROV-O)."""

from __future__ import annotations

from collections.abc import Sequence

from kgpub.convert.context import Context
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import A, iri, literal, name
from kgpub.model import Conversion

__all__ = ["convert_release"]


def convert_release(context: Context, title: str, program: str, graphs: Sequence[str]) -> Conversion:
    """Return the provenance of a release: `program` is name and version, `graphs` the named graphs (`<…>`) it made."""
    iris = context.iris
    sheet = Sheet(iris, iris.graph("provenance"))
    activity, agent = iris.activity(context.version), iri(f"{context.base}agent/kgpub")
    dataset = iri(f"{context.base}dataset")
    for subject, predicate, obj in (
        (activity, A, name("prov:Activity")),
        (activity, name("rdfs:label"), literal(f"Conversion of release {context.version}", lang="en")),
        (activity, name("prov:wasAssociatedWith"), agent),
        (agent, A, name("prov:SoftwareAgent")),
        (agent, name("rdfs:label"), literal(program, lang="en")),
        (dataset, A, name("prov:Entity")),
        (dataset, name("dcterms:title"), literal(title, lang="en")),
        (dataset, name("dcat:version"), literal(context.version)),
        (dataset, name("prov:wasGeneratedBy"), activity),
    ):
        sheet.add(subject, predicate, obj)
    for graph in graphs:
        sheet.add(dataset, name("prov:hadMember"), graph)
    return Conversion("provenance", sheet.graph, sheet.nquads())
