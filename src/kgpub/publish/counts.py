"""What a graph holds, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pyoxigraph import NamedNode, Quad

from kgpub.vocabulary import CWC, PREFIXES

__all__ = ["breakdown", "count"]

_TYPE = NamedNode(f"{PREFIXES['rdf']}type")
_BREAKDOWNS = (
    ("Documents by form", "cwc:form"),
    ("Documents by year", "dcterms:date"),
    ("Documents by sender", "cwc:sender"),
    ("Documents by recipient", "cwc:recipient"),
)


def count(quads: Sequence[Quad]) -> dict[str, int]:
    """Return the figures of a graph: documents as printed, the archival items they are, enclosures, actors, triples …"""
    by_class = _by_class(quads)
    enclosed = _enclosed(quads)
    documents = by_class.get("Document", set())
    return {
        "Documents as printed": len(by_class.get("Edition", ())),
        "Archival items": len(documents - enclosed),
        "Messages enclosed in them": len(documents & enclosed),
        "Persons": len(by_class.get("Person", ())),
        "Organisations": len(by_class.get("Organisation", ())),
        "Places": len(by_class.get("Place", ())),
        "Archival units": len(by_class.get("ArchivalUnit", ())),
        "Named graphs": len({quad.graph_name for quad in quads}),
        "Triples": len({quad.triple for quad in quads}),
    }


def breakdown(quads: Sequence[Quad]) -> list[tuple[str, dict[str, int]]]:
    """Return tables of documents (enclosures left out) by form, year, sender and recipient, most first."""
    # Notes have dates too, and it is documents that are counted.
    items = _by_class(quads).get("Document", set()) - _enclosed(quads)
    tables = []
    for title, prefixed in _BREAKDOWNS:
        prefix, _, local = prefixed.partition(":")
        predicate = PREFIXES[prefix] + local
        stated = {(q.subject, q.object) for q in quads if q.predicate.value == predicate and q.subject in items}
        found = Counter(_key(str(getattr(obj, "value", ""))) for _, obj in stated)
        tables.append((title, dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))))
    return tables


def _by_class(quads: Sequence[Quad]) -> dict[str, set[object]]:
    found: dict[str, set[object]] = {}
    for quad in quads:
        if quad.predicate == _TYPE and isinstance(quad.object, NamedNode):
            found.setdefault(quad.object.value.removeprefix(CWC), set()).add(quad.subject)
    return found


def _enclosed(quads: Sequence[Quad]) -> set[object]:
    return {quad.subject for quad in quads if quad.predicate.value == f"{CWC}enclosedIn"}


def _key(value: str) -> str:
    return value.rpartition("/")[2] if value.startswith("http") else value[:4]
