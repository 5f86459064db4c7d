"""Turtle that a person can read: grouped by subject, in a fixed order, with the publication's own prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kgpub.vocabulary import PREFIXES

__all__ = ["head_of", "prefixes_of", "serialized", "split_head", "turtle"]

_DATA_PREFIXES = {
    "doc": "document/",
    "attested": "attested/",
    "person": "person/",
    "org": "organisation/",
    "office": "office/",
    "place": "place/",
    "event": "event/",
    "edition": "edition/",
    "graph": "graph/",
}


def prefixes_of(base: str) -> dict[str, str]:
    """Return all prefixes of a publication: those of the vocabularies, and one for each kind of entity."""
    return {**PREFIXES, **{prefix: base + path for prefix, path in _DATA_PREFIXES.items()}}


def turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Return triples as Turtle in the order given, which must have those of one subject together.

    Only prefixes that are used are declared, so that a small file has a small head.
    """
    _, body = split_head(serialized(triples, RdfFormat.TURTLE, prefixes))
    # Looking for ` cwc:` in what was written is several times faster than looking at every term beforehand.
    return b"".join(line for line in head_of(prefixes) if _is_used(line.split()[1], body)) + body


def head_of(prefixes: Mapping[str, str]) -> list[bytes]:
    """Return the declarations of prefixes, one a line, as they stand at the start of Turtle or TriG."""
    return [f"@prefix {prefix}: <{iri}> .\n".encode() for prefix, iri in prefixes.items()]


def split_head(content: bytes) -> tuple[bytes, bytes]:
    """Return the declarations at the start of Turtle or TriG, and what comes after them."""
    at = 0
    while content.startswith(b"@prefix ", at):
        at = content.index(b"\n", at) + 1
    return content[:at], content[at:]


def _is_used(prefix: bytes, body: bytes) -> bool:
    """Whether a prefix (`cwc:`) begins a name: at the start of a line, behind white space, or behind `^^`."""
    return (
        b" " + prefix in body
        or b"\t" + prefix in body
        or b"\n" + prefix in body
        or b"^^" + prefix in body
        or body.startswith(prefix)
    )


def serialized(
    statements: Iterable[Triple] | Iterable[Quad], format_: RdfFormat, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Return statements in a format, in the order given."""
    content = serialize(statements, format=format_, prefixes=dict(prefixes) if prefixes else None)
    assert content is not None  # it is None only where an output file is given
    return content
