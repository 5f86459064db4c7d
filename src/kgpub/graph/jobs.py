"""Which graphs are validated one by one: each archival item, the authority data, the archival units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kgpub.graph.load import lines_of
from kgpub.graph.shapes import Job
from kgpub.graph.slices import Neighbourhood, triples_of
from kgpub.model import Conversion

__all__ = ["make_jobs"]


def make_jobs(
    authority: Conversion,
    records: Sequence[Conversion],
    ontology: str,
    archives: str,
    shapes: Mapping[str, str],
    authority_shapes: str,
) -> list[Job]:
    """Return the jobs of a build, in a fixed order.

    `ontology` is N-Quads, `archives` the named graph of the units, `shapes` the shapes for each record's id. Two editions
    of one item are judged together, since it is the item that has one date and one title.
    """
    units = _merged(triples_of(one.nquads, archives) for one in records)
    authority_triples = triples_of(authority.nquads, authority.graph)
    graph_of_ontology = ontology[ontology.rindex(" <") + 1 : -3] if ontology else ""
    around = Neighbourhood(authority_triples, units, triples_of(ontology, graph_of_ontology))
    jobs = [
        Job("authority", authority_triples, around.axioms, authority_shapes),
        Job("archives", units, around.around(units), authority_shapes),
    ]
    items: dict[str, list[Conversion]] = {}
    for record in records:
        items.setdefault(record.item, []).append(record)
    for item, editions in items.items():
        own = _merged(triples_of(one.nquads, one.graph) for one in editions)
        jobs.append(Job(item, own, around.around(own), shapes[editions[0].id]))
    return jobs


def _merged(texts: Iterable[str]) -> str:
    return "".join(sorted({line for text in texts for line in lines_of(text)}))
