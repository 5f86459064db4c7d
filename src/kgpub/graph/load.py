"""N-Quads and Turtle into a store and back: the one door to the engine for the building side."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize

from kgpub.errors import BadInput
from kgpub.vocabulary import PREFIXES

__all__ = ["concepts_of", "lines_of", "load_store", "merged", "nquads_lines", "ontology_nquads", "turtle_files"]


def turtle_files(folder: Path) -> list[Path]:
    """Return the Turtle files of a folder in the order of their names."""
    return sorted(folder.glob("*.ttl")) if folder.is_dir() else []


def ontology_nquads(files: Iterable[Path], graph: str) -> str:
    """Return the triples of Turtle files as sorted N-Quads of one named graph (`<…>`).

    Raises BadInput, with file and line, for what is not Turtle, and for a blank node: it would have another name in every build.
    """
    name = NamedNode(graph[1:-1])
    lines: set[str] = set()
    for file in files:
        try:
            triples = [quad.triple for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise BadInput(f"{file}: not valid Turtle: {error}", advice="Mend the line it names.") from error
        quads = [Quad(t.subject, t.predicate, t.object, name) for t in triples]
        found = nquads_lines(quads)
        if blank := next((line for line in found if line.startswith("_:") or " _:" in line.split('"')[0]), ""):
            raise BadInput(f"{file}: has a blank node: {blank.strip()}", advice="Give it an IRI.")
        lines.update(found)
    return "".join(sorted(lines))


def concepts_of(nquads: str) -> dict[str, frozenset[str]]:
    """Return for each SKOS scheme (its last path step) the notations of its concepts."""
    in_scheme, notation = (NamedNode(f"{PREFIXES['skos']}{local}") for local in ("inScheme", "notation"))
    schemes: dict[str, str] = {}
    notations: dict[str, str] = {}
    for quad in parse(nquads.encode(), format=RdfFormat.N_QUADS):
        subject = getattr(quad.subject, "value", "")
        if quad.predicate == in_scheme:
            schemes[subject] = str(getattr(quad.object, "value", "")).rpartition("/")[2]
        elif quad.predicate == notation:
            notations[subject] = str(getattr(quad.object, "value", ""))
    found: dict[str, set[str]] = {}
    for concept, scheme in schemes.items():
        found.setdefault(scheme, set()).add(notations.get(concept, concept.rpartition("/")[2]))
    return {scheme: frozenset(found[scheme]) for scheme in sorted(found)}


def load_store(nquads: str) -> Store:
    """Return an in-memory store of some N-Quads; every build reads back what it wrote, so bad terms end here."""
    store = Store()
    store.bulk_load(nquads.encode(), format=RdfFormat.N_QUADS)
    return store


def lines_of(text: str) -> list[str]:
    """Return the lines of N-Quads or N-Triples text, ends kept.

    Only a line feed ends one: `str.splitlines` also breaks at U+2028 and others, which may stand inside a literal.
    """
    return [f"{line}\n" for line in text.split("\n") if line]


def merged(texts: Iterable[str]) -> str:
    """Return the lines of sorted texts together, sorted by code point, each once."""
    # Joined first: the sort then finds the runs that are sorted already and only merges them.
    lines = "".join(texts).split("\n")
    lines.sort()
    return "".join(f"{line}\n" for line in dict.fromkeys(lines) if line)


def nquads_lines(quads: Iterable[Quad]) -> list[str]:
    """Return quads as N-Quads, one a line, sorted."""
    content = serialize(quads, format=RdfFormat.N_QUADS)
    assert content is not None  # it is None only where an output file is given
    return sorted(lines_of(content.decode()))
