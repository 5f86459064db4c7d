"""A sheet of statements: what a conversion writes on, and what it hands on as sorted N-Quads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kgpub.convert.iris import Iris
from kgpub.convert.terms import A, cwc
from kgpub.model import Origin

__all__ = ["Sheet"]

Pair = tuple[str, str]


class Sheet:
    """Collects the triples of one named graph; a triple said twice stands once, and keeps its first origin."""

    def __init__(self, iris: Iris, graph: str) -> None:
        self.iris = iris
        self.graph = graph
        self._statements: dict[tuple[str, str, str, str], tuple[str, str]] = {}

    def add(self, subject: str, predicate: str, obj: str, file: str = "", field: str = "", graph: str = "") -> None:
        """Write one triple; `file` and `field` say where in the corpus it comes from."""
        self._statements.setdefault((subject, predicate, obj, graph or self.graph), (file, field))

    def part(self, owner: str, kind: str, pairs: Iterable[Pair], file: str = "", field: str = "") -> str:
        """Write a node that belongs to an owner and return its IRI, which is derived from its class and content."""
        content = sorted(set(pairs))
        text = "\n".join(f"{predicate} {obj}" for predicate, obj in content)
        # 48 bits over a document's few hundred parts: the chance of a clash is below one in a thousand million.
        fragment = hashlib.sha256(f"{kind}\n{text}".encode()).hexdigest()[:12]
        node = self.iris.part(owner, f"{_kebab(kind)}-{fragment}")
        self.add(node, A, cwc(kind), file, field)
        for predicate, obj in content:
            self.add(node, predicate, obj, file, field)
        return node

    def nquads(self) -> str:
        """Return all statements as N-Quads, sorted by code point, one a line."""
        return "".join(sorted(f"{s} {p} {o} {g} .\n" for s, p, o, g in self._statements))

    def origins(self) -> tuple[Origin, ...]:
        """Return where each triple came from, for those that said so, in a fixed order."""
        return tuple(Origin(s, p, o, *where) for (s, p, o, _), where in sorted(self._statements.items()) if where[0])


def _kebab(kind: str) -> str:
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in kind).lstrip("-")
