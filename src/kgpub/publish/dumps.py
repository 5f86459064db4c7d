"""The whole graph in every format, with a compressed copy beside the large ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat, Triple

from kgpub.publish.output import Output
from kgpub.publish.turtle import serialized, turtle

__all__ = ["MEDIA_TYPES", "Dump", "write_dumps"]

MEDIA_TYPES = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "jsonld": "application/ld+json",
}


@dataclass(frozen=True, slots=True)
class Dump:
    """One file of the whole graph: its name, its format (a key of MEDIA_TYPES), and whether it is compressed."""

    name: str
    format: str
    gzipped: bool


def write_dumps(
    output: Output,
    name: str,
    formats: Sequence[str],
    quads: Sequence[Quad],
    prefixes: Mapping[str, str],
    gzip_from: int,
) -> list[Dump]:
    """Write the graph in each format; `quads` are sorted, and files of `gzip_from` bytes or more get a `.gz` beside them.

    The compressed ones are there after `output.settle()`.
    """
    dumps = []
    triples = _union(quads)
    for format_ in formats:
        content = _content(format_, quads, triples, prefixes)
        file = f"{name}.{format_}"
        output.write(file, content)
        dumps.append(Dump(file, format_, False))
        if len(content) >= gzip_from:
            output.pack(f"{file}.gz", content)
            dumps.append(Dump(f"{file}.gz", format_, True))
    return dumps


def _union(quads: Iterable[Quad]) -> list[Triple]:
    """Return each triple once, whichever graphs it stands in, in the order of the quads."""
    return list(dict.fromkeys(quad.triple for quad in quads))


def _content(format_: str, quads: Sequence[Quad], triples: Sequence[Triple], prefixes: Mapping[str, str]) -> bytes:
    if format_ == "ttl":
        return turtle(triples, prefixes)
    if format_ == "nt":
        return serialized(triples, RdfFormat.N_TRIPLES)
    # Quads come sorted by triple; graphs have to stand together, or TriG and JSON-LD open each graph many times.
    graphs: dict[object, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad)
    by_graph = [quad for name in sorted(graphs, key=str) for quad in graphs[name]]
    if format_ == "trig":
        return serialized(by_graph, RdfFormat.TRIG, prefixes)
    if format_ == "jsonld":
        return serialized(by_graph, RdfFormat.JSON_LD, prefixes)
    return serialized(quads, RdfFormat.N_QUADS)
