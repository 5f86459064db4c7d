"""One Turtle file for each entity: a document with its parts and editions, a person with tenures and cover names …"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from kgpub.publish.contents import Contents, Statement, triples
from kgpub.publish.output import Output
from kgpub.publish.turtle import turtle
from kgpub.vocabulary import CWC

__all__ = ["KINDS", "entities", "write_entities"]

KINDS = ("document", "attested", "person", "organisation", "office", "place", "event", "archive", "edition")
_EDITION = f"<{CWC}edition>"


def entities(contents: Contents, base: str) -> dict[str, list[Statement]]:
    """Return for each entity's path below the base (`document/W016`) its statements, with those of its parts and editions."""
    found: dict[str, list[Statement]] = {}
    owner_of_edition: dict[str, str] = {}
    described: set[str] = set()
    subject, path = "", ""
    for statement in contents.statements:
        # The statements of one subject stand together.
        if statement[0] != subject:
            subject = statement[0]
            path = _owner(subject[1:-1], base)
            if subject == f"<{base}{path}>" or subject.startswith(f"<{base}{path}#"):
                described.add(path)
        if path:
            found.setdefault(path, []).append(statement)
            if statement[1] == _EDITION:
                owner_of_edition[statement[2][1:-1].removeprefix(base)] = path
    for edition, owner in owner_of_edition.items():
        found[owner] = found[owner] + found.get(edition, [])
    # What has nothing but a graph's provenance (graph/authority) is no entity.
    return {path: found[path] for path in sorted(found) if path in described and path.partition("/")[0] in KINDS}


def _owner(subject: str, base: str) -> str:
    """The path of the entity that a node belongs to, empty for nodes of others.

    A graph's provenance is its document's; that of `graph/citations-…` and `graph/index-…` is the publication's.
    """
    if not subject.startswith(base):
        return ""
    path = subject.removeprefix(base).partition("#")[0]
    for about in ("graph/citations-", "graph/index-"):
        if path.startswith(about):
            return f"edition/{path.removeprefix(about)}"
    return f"document/{path.removeprefix('graph/')}" if path.startswith("graph/") else path


def write_entities(output: Output, described: Mapping[str, Sequence[Statement]], prefixes: Mapping[str, str]) -> None:
    """Write `<path>.ttl` for each entity; the file of one that says what it said before is taken over as it is."""
    head = repr(sorted(prefixes.items()))
    for path, statements in described.items():
        text = "\n".join(f"{s} {p} {o}" for s, p, o in statements)
        key = hashlib.sha256(f"{head}\n{text}".encode()).hexdigest()
        output.keep(f"{path}.ttl", key, lambda said=statements: turtle(triples(said), prefixes))  # type: ignore[misc]
