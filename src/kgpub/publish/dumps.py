"""The whole graph in every format, with a compressed copy beside the large ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import Quad, RdfFormat, parse

from kgpub.publish.contents import Contents, Statement, triples
from kgpub.publish.output import Output
from kgpub.publish.pieces import Pieces
from kgpub.publish.turtle import head_of, serialized, split_head

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
    for format_ in formats:
        file = f"{name}.{format_}"
        content = _write(output, file, format_, contents, prefixes)
        dumps.append(Dump(file, format_, False))
        if len(content) >= gzip_from:
            output.pack(f"{file}.gz", content)
            dumps.append(Dump(f"{file}.gz", format_, True))
    return dumps


def _write(output: Output, file: str, format_: str, contents: Contents, prefixes: Mapping[str, str]) -> bytes:
    if format_ in ("nt", "nq"):
        content = (contents.ntriples() if format_ == "nt" else contents.nquads).encode()
        output.write(file, content)
        return content
    # To parse and serialise the whole graph takes a third of a build; what says what it said is taken over.
    pieces = output.pieces(file)
    if format_ == "ttl":
        _add_turtle(pieces, contents, prefixes)
    elif format_ == "trig":
        _add_trig(pieces, contents, prefixes)
    else:
        _add_json_ld(pieces, contents)
    return output.write_pieces(file, pieces)


def _add_turtle(pieces: Pieces, contents: Contents, prefixes: Mapping[str, str]) -> None:
    pieces.start = b"".join(head_of(prefixes))
    for run in contents.by_owner():
        key = _digest(pieces.start, "\n".join(" ".join(statement) for statement in run))
        pieces.add(key, partial(_turtle_body, run, prefixes))


def _add_trig(pieces: Pieces, contents: Contents, prefixes: Mapping[str, str]) -> None:
    pieces.start = b"".join(head_of(prefixes))
    for text in contents.by_graph().values():
        pieces.add(_digest(pieces.start, text), partial(_trig_body, text, prefixes))


def _add_json_ld(pieces: Pieces, contents: Contents) -> None:
    pieces.start, pieces.between, pieces.end = b"[", b",", b"]\n"
    for text in contents.by_graph().values():
        pieces.add(_digest(b"", text), partial(_json_ld_body, text))


def _turtle_body(run: Sequence[Statement], prefixes: Mapping[str, str]) -> bytes:
    return split_head(serialized(triples(run), RdfFormat.TURTLE, prefixes))[1]


def _trig_body(text: str, prefixes: Mapping[str, str]) -> bytes:
    return split_head(serialized(_parsed(text), RdfFormat.TRIG, prefixes))[1]


def _json_ld_body(text: str) -> bytes:
    # One graph is one object, in a list of its own.
    return serialized(_parsed(text), RdfFormat.JSON_LD).strip().removeprefix(b"[").removesuffix(b"]")


def _parsed(text: str) -> Iterator[Quad]:
    return parse(text.encode(), format=RdfFormat.N_QUADS)


def _digest(head: bytes, text: str) -> str:
    return hashlib.sha256(head + text.encode()).hexdigest()
