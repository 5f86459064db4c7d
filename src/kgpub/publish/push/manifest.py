"""What a store is told about the release it holds, in a graph of its own: which release stands, and of which graphs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kgpub.vocabulary import PREFIXES

__all__ = ["Manifest", "beside", "manifest_lines", "manifest_name", "read_manifest"]

_DCTERMS = PREFIXES["dcterms"]
_LOADING, _STANDING = "loading", "standing"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The graphs that belong to a publication in a store, those laid beside for an exchange, and whether it is complete."""

    graphs: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    standing: bool = False
    version: str = ""
    digests: tuple[tuple[str, str], ...] = ()
    """Graphs with the digests of their lines, sorted: what tells one release from another."""


def manifest_name(base: str) -> str:
    """Return the graph in which the manifest of a publication stands."""
    return f"{base}push/manifest"


def beside(base: str, digest: str) -> str:
    """Return the graph in which a new version of a graph waits to be exchanged."""
    return f"{base}push/{digest[:32]}"


def manifest_lines(
    base: str, version: str, graphs: Mapping[str, str], waiting: frozenset[str] = frozenset(), *, standing: bool
) -> list[bytes]:
    """Return the manifest as N-Triples lines; `graphs` are names with the SHA-256 of their lines in the dump."""
    this = f"<{manifest_name(base)}>"
    state = _STANDING if standing else _LOADING
    found = [
        f"{this} <{_DCTERMS}title> {Literal('What `kgpub push` has laid into this store')} .",
        f"{this} <{_DCTERMS}hasVersion> {Literal(version)} .",
        f"{this} <{_DCTERMS}description> {Literal(state)} .",
    ]
    for name, digest in sorted(graphs.items()):
        found.append(f"{this} <{_DCTERMS}hasPart> <{name}> .")
        found.append(f"<{name}> <{_DCTERMS}identifier> {Literal(f'sha256:{digest}')} .")
    found += [f"{this} <{_DCTERMS}requires> <{name}> ." for name in sorted(waiting)]
    return [f"{line}\n".encode() for line in found]


def read_manifest(base: str, data: bytes) -> Manifest:
    """Read a manifest as the store gives it back; nothing is the manifest of a store that was never pushed to."""
    this, graphs, waiting, states = NamedNode(manifest_name(base)), set(), set(), set()
    version, digests = "", set()
    for quad in parse(data, RdfFormat.N_TRIPLES):
        if quad.subject == this and isinstance(quad.object, NamedNode | Literal):
            value = quad.object.value
            match quad.predicate.value.removeprefix(_DCTERMS):
                case "hasPart":
                    graphs.add(value)
                case "requires":
                    waiting.add(value)
                case "description":
                    states.add(value)
                case "hasVersion":
                    version = value
        elif isinstance(quad.subject, NamedNode) and quad.predicate.value == f"{_DCTERMS}identifier":
            digests.add((quad.subject.value, getattr(quad.object, "value", "").removeprefix("sha256:")))
    found = {(name, digest) for name, digest in digests if name in graphs}
    return Manifest(frozenset(graphs), frozenset(waiting), states == {_STANDING}, version, tuple(sorted(found)))
