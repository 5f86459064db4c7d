"""Which graphs are validated one by one: each archival item, the authority data, the archival units."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from kgpub.graph.load import merged
from kgpub.graph.shapes import Job
from kgpub.graph.slices import Neighbourhood, triples_of
from kgpub.model import Conversion

__all__ = ["ARCHIVES", "AUTHORITY", "items_of", "make_jobs", "units_of"]

AUTHORITY = "authority"
ARCHIVES = "archives"


def make_jobs(
    authority: Conversion,
    records: Sequence[Conversion],
    ontology: str,
    archives: str,
    shapes: Mapping[str, str],
    authority_shapes: str,
    wanted: Container[str] | None = None,
) -> list[Job]:
    """Return the jobs of a build, in a fixed order; of those that are `wanted`, where that is said.

    `ontology` is N-Quads, `archives` the named graph of the units, `shapes` the shapes for each record's id. Two editions
    of one item are judged together, since it is the item that has one date and one title.
    """
    units = units_of(records, archives)
    authority_triples = triples_of(authority.nquads, authority.graph)
    graph_of_ontology = ontology[ontology.rindex(" <") + 1 : -3] if ontology else ""
    around = Neighbourhood(authority_triples, units, triples_of(ontology, graph_of_ontology))
    jobs = []
    if wanted is None or AUTHORITY in wanted:
        jobs.append(Job(AUTHORITY, authority_triples, around.axioms, authority_shapes))
    if wanted is None or ARCHIVES in wanted:
        jobs.append(Job(ARCHIVES, units, around.around(units), authority_shapes))
    for item, editions in items_of(records).items():
        if wanted is None or item in wanted:
            own = merged(triples_of(one.nquads, one.graph) for one in editions)
            jobs.append(Job(item, own, around.around(own), shapes[editions[0].id]))
    return jobs


def items_of(records: Iterable[Conversion]) -> dict[str, list[Conversion]]:
    """Return the records of each archival item, in the order of the records."""
    items: dict[str, list[Conversion]] = {}
    for record in records:
        items.setdefault(record.item, []).append(record)
    return items


def units_of(records: Iterable[Conversion], archives: str) -> str:
    """Return what all records say of archival units, as sorted N-Triples."""
    return merged(triples_of(one.nquads, archives) for one in records)
