"""One Turtle file for each entity: a document with its parts and editions, a person with tenures and cover names …"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import NamedNode, Quad, Triple

from kgpub.publish.output import Output
from kgpub.publish.turtle import turtle
from kgpub.vocabulary import CWC

__all__ = ["KINDS", "entities", "write_entities"]

KINDS = ("document", "person", "organisation", "office", "place", "event", "archive", "edition")


def entities(quads: Iterable[Quad], base: str) -> dict[str, list[Triple]]:
    """Return for each entity's path below the base (`document/W016`) its triples, with parts and editions; `quads` are sorted."""
    found: dict[str, dict[Triple, None]] = {}
    owner_of_edition: dict[str, str] = {}
    for quad in quads:
        subject = getattr(quad.subject, "value", "")
        if not subject.startswith(base):
            continue
        path = subject.removeprefix(base).partition("#")[0]
        if path.startswith("graph/"):
            path = f"document/{path.removeprefix('graph/')}"
        found.setdefault(path, {})[quad.triple] = None
        if quad.predicate.value == f"{CWC}edition" and isinstance(quad.object, NamedNode):
            owner_of_edition[quad.object.value.removeprefix(base)] = path
    for edition, owner in owner_of_edition.items():
        found[owner] |= found.get(edition, {})
    wanted = {path: triples for path, triples in found.items() if path.partition("/")[0] in KINDS}
    # What has nothing but a graph's provenance (graph/authority) is no entity.
    kept = {path: t for path, t in wanted.items() if any(str(one.subject)[1:-1].startswith(base + path) for one in t)}
    # The quads come sorted, so the triples of one subject stand together already.
    return {path: list(kept[path]) for path in sorted(kept)}


def write_entities(output: Output, described: Mapping[str, Sequence[Triple]], prefixes: Mapping[str, str]) -> None:
    """Write `<path>.ttl` for each entity."""
    for path, triples in described.items():
        output.write(f"{path}.ttl", turtle(triples, prefixes))
