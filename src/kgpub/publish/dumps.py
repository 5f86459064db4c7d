"""The whole graph in every format, with a compressed copy beside the large ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat

from kgpub.publish.contents import Contents, triples
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
    output: Output, name: str, formats: Sequence[str], contents: Contents, prefixes: Mapping[str, str], gzip_from: int
) -> list[Dump]:
    """Write the graph in each format; files of `gzip_from` bytes or more get a `.gz` beside them.

    The compressed ones are there after `output.settle()`.
    """
    dumps = []
    quads = contents.quads_by_graph() if {"trig", "jsonld"} & set(formats) else []
    for format_ in formats:
        content = _content(format_, contents, quads, prefixes)
        file = f"{name}.{format_}"
        output.write(file, content)
        dumps.append(Dump(file, format_, False))
        if len(content) >= gzip_from:
            output.pack(f"{file}.gz", content)
            dumps.append(Dump(f"{file}.gz", format_, True))
    return dumps


def _content(format_: str, contents: Contents, quads: Sequence[Quad], prefixes: Mapping[str, str]) -> bytes:
    if format_ == "ttl":
        return turtle(triples(contents.statements), prefixes)
    if format_ == "nt":
        return contents.ntriples().encode()
    if format_ == "trig":
        return serialized(quads, RdfFormat.TRIG, prefixes)
    if format_ == "jsonld":
        return serialized(quads, RdfFormat.JSON_LD, prefixes)
    return contents.nquads.encode()
