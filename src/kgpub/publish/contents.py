"""The graph as the publishing stage holds it: text that is split and grouped, and parsed only where a file needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import RdfFormat, Triple, parse

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

    def by_graph(self) -> dict[str, str]:
        """Return the N-Quads of each named graph, in the order of the graphs' names."""
        found: dict[str, list[str]] = {}
        for line in self.nquads.split("\n")[:-1]:
            found.setdefault(line[line.rindex(" <") + 1 : -2], []).append(line)
        return {graph: "\n".join(found[graph]) for graph in sorted(found)}

    def by_owner(self) -> Iterator[list[Statement]]:
        """Yield the statements in runs: those of one node and of its parts (`…#…`), which stand together."""
        run: list[Statement] = []
        subject = owner = ""
        for statement in self.statements:
            if statement[0] != subject:
                subject = statement[0]
                if (found := subject[1:-1].partition("#")[0]) != owner:
                    if run:
                        yield run
                    run, owner = [], found
            run.append(statement)
        if run:
            yield run


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
