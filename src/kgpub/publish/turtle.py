"""Turtle that a person can read: grouped by subject, in a fixed order, with the publication's own prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kgpub.vocabulary import PREFIXES

__all__ = ["prefixes_of", "serialized", "turtle"]

_NAMESPACE = re.compile(r"(.*[/#])?")
_DATA_PREFIXES = {
    "doc": "document/",
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
    listed = list(triples)
    nodes = {term for t in listed for term in (t.subject, t.predicate, t.object) if isinstance(term, NamedNode)}
    # Plain texts and texts in a language are written without their datatype.
    datatypes = {t.object.datatype for t in listed if isinstance(t.object, Literal) and not t.object.language}
    nodes |= datatypes - {NamedNode(f"{PREFIXES['xsd']}string")}
    # A prefixed name's local part holds neither `/` nor `#`, so what stands before the last of these is its namespace.
    namespaces = {_NAMESPACE.match(node.value)[0] for node in nodes}  # type: ignore[index]  # it always matches
    used = {prefix: iri for prefix, iri in prefixes.items() if iri in namespaces}
    return serialized(listed, RdfFormat.TURTLE, used)


def serialized(
    statements: Iterable[Triple] | Iterable[Quad], format_: RdfFormat, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Return statements in a format, in the order given."""
    content = serialize(statements, format=format_, prefixes=dict(prefixes) if prefixes else None)
    assert content is not None  # it is None only where an output file is given
    return content
