"""The documents that describe an entity: one for each format, at the entity's path with an ending."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import RdfFormat, Triple, serialize
from starlette.requests import Request

from kgpub.results import turtle
from kgpub.serve.wanted import wanted

__all__ = ["DATA", "FORMS", "QUADS", "WORDS", "asked_form", "split_ending", "written"]

DATA: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}
FORMS: Final = {**DATA, "html": "text/html"}
"""Ending to media type; a client that takes anything gets the first, since browsers name text/html."""
QUADS: Final = {"trig": "application/trig", "nq": "application/n-quads"}
"""What named graphs come in beside them."""
WORDS: Final = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples"}
_OTHERS: Final = {"jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES}


def split_ending(path: str) -> tuple[str, str]:
    """Return a path without the ending that names a format, and that ending; the path itself where it has none."""
    start, dot, ending = path.rpartition(".")
    return (start, ending) if dot and start and ending in FORMS else (path, "")


def asked_form(request: Request, offered: Iterable[str] = FORMS) -> str:
    """Return the ending of the format that a request asks for by `format=` or the Accept header; raise Refusal for others."""
    names = {name: FORMS[name] for name in offered}
    types = list(names.values())
    return list(names)[types.index(wanted(request, names, types))]


def written(found: Iterable[Triple], name: str) -> bytes:
    """Return triples in a format of data, in an order that depends on nothing but them."""
    if name == "ttl":
        return turtle(set(found)).encode()
    return serialize(sorted(found, key=str), format=_OTHERS[name]) or b""
