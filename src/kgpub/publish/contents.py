"""The graph as the publishing stage holds it: text that is split and grouped, and parsed only where a file needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat, Triple, parse

__all__ = ["Contents", "Statement", "read_contents", "triples"]

Statement = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Contents:
    """A graph: its N-Quads, sorted by code point, and each of its statements once, as three N-Triples terms.

    Objects for fifty thousand terms cost more than all that is written from them, so counts and groups are made from text.
    """

    nquads: str
    statements: tuple[Statement, ...]
    graphs: tuple[str, ...]
    """The named graphs, sorted."""

    def ntriples(self) -> str:
        """Return each statement once, as sorted N-Triples."""
        return "".join(f"{s} {p} {o} .\n" for s, p, o in self.statements)

    def quads_by_graph(self) -> list[Quad]:
        """Return the quads graph by graph, in the order of the graphs' names: a format that nests opens each graph once."""
        found: dict[str, list[str]] = {}
        for line in self.nquads.split("\n")[:-1]:
            found.setdefault(line[line.rindex(" <") + 1 : -2], []).append(line)
        text = "\n".join(line for graph in sorted(found) for line in found[graph])
        return list(parse(text.encode(), format=RdfFormat.N_QUADS))


def read_contents(nquads: str) -> Contents:
    """Return the contents of sorted N-Quads in which every statement stands in a named graph."""
    statements: list[Statement] = []
    graphs: set[str] = set()
    before = ""
    # Not splitlines(): U+0085 and its like stand unescaped in literals.
    for line in nquads.split("\n")[:-1]:
        end = line.rindex(" <")
        graphs.add(line[end + 1 : -2])
        statement = line[:end]
        # Sorted, the same statement in several graphs stands in neighbouring lines.
        if statement != before:
            subject, predicate, obj = statement.split(" ", 2)
            statements.append((subject, predicate, obj))
            before = statement
    return Contents(nquads, tuple(statements), tuple(sorted(graphs)))


def triples(statements: Iterable[Statement]) -> Iterator[Triple]:
    """Yield statements as pyoxigraph's triples, in the order given: a list of them all would take as long again to make."""
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in statements)
    return (quad.triple for quad in parse(text.encode(), format=RdfFormat.N_TRIPLES))
