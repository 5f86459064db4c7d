"""The files of each entity, in three formats: a document with its parts and editions, a person with tenures and cover names …"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property

from pyoxigraph import RdfFormat

from kgpub.publish.contents import Contents, Statement, triples
from kgpub.publish.output import Output
from kgpub.publish.turtle import serialized, turtle
from kgpub.vocabulary import CWC, PREFIXES, PROVENANCE

__all__ = ["KINDS", "entities", "write_entities"]

KINDS = ("document", "attested", "person", "organisation", "office", "place", "event", "archive", "edition")
_EDITION = f"<{CWC}edition>"
_TYPE = f"<{PREFIXES['rdf']}type>"
_LAYOUT = "1"
"""Part of each file's key: raise it with every change to how files are written, or those of an earlier build are taken over."""


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
    """The path of the entity that a node belongs to, empty for nodes of others; a graph's provenance has one too."""
    if not subject.startswith(base):
        return ""
    path = subject.removeprefix(base).partition("#")[0]
    for start, kind in PROVENANCE:
        if path.startswith(start):
            return f"{kind}/{path.removeprefix(start)}"
    return path


def write_entities(output: Output, described: Mapping[str, Sequence[Statement]], prefixes: Mapping[str, str]) -> None:
    """Write `<path>.ttl`, `.jsonld` and `.nt` of each entity; files that say what they said before are taken over."""
    head = repr((_LAYOUT, sorted(prefixes.items())))
    for path, statements in described.items():
        text = "\n".join(f"{s} {p} {o}" for s, p, o in statements)
        key = hashlib.sha256(f"{head}\n{text}".encode()).hexdigest()
        description = _Description(path, statements, prefixes)
        output.keep(f"{path}.ttl", key, description.turtle)
        output.keep(f"{path}.jsonld", key, description.json_ld)
        output.keep(f"{path}.nt", key, description.ntriples)


class _Description:
    """What is said of one entity, in order: itself before its parts, these before its graphs and editions; classes first."""

    def __init__(self, path: str, statements: Sequence[Statement], prefixes: Mapping[str, str]) -> None:
        self._path = path
        self._statements = statements
        self._prefixes = prefixes

    def turtle(self) -> bytes:
        return turtle(triples(self._ordered), self._prefixes)

    def json_ld(self) -> bytes:
        return serialized(triples(self._ordered), RdfFormat.JSON_LD)

    def ntriples(self) -> bytes:
        return "".join(f"{s} {p} {o} .\n" for s, p, o in self._ordered).encode()

    @cached_property
    def _ordered(self) -> list[Statement]:
        own, part = f"/{self._path}>", f"/{self._path}#"

        def place(statement: Statement) -> tuple[int, str, bool]:
            subject, predicate, _ = statement
            rank = 0 if subject.endswith(own) else 1 if part in subject else 2
            return rank, subject, predicate != _TYPE

        return sorted(self._statements, key=place)
