"""Whether a store holds what it was given: both sides brought to one written form, then counted and digested.

Stores keep values, not spellings. Before comparing, on both sides: a number of xsd:integer, of a type derived from it or of
xsd:decimal is its value (Oxigraph and Virtuoso write `1.50` as `1.5`; to Virtuoso integer 1 and decimal 1.0 are one term);
xsd:double and xsd:float are their value; xsd:boolean `1` is `true`; an xsd:dateTime loses zeros at the end of its fraction and
writes the zone of Greenwich as Z; language tags are in lower case. All else must come back letter by letter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, RdfFormat, Triple, parse

from kgpub.errors import BadInput

__all__ = ["Fingerprint", "difference", "fingerprint", "written"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SIGNED = ("integer", "long", "int", "short", "byte", "nonPositiveInteger", "negativeInteger")
_UNSIGNED = ("nonNegativeInteger", "positiveInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte")
_EXACT = {_XSD + name for name in ("decimal", *_SIGNED, *_UNSIGNED)}
_FLOAT = {_XSD + "double", _XSD + "float"}
_FRACTION = re.compile(r"(?:\.0+|(\.\d*[1-9])0+)(?=$|[Z+-])")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How many different statements a graph has in their written form, and the SHA-256 of these, sorted."""

    count: int
    digest: str


def written(data: bytes) -> set[str]:
    """Return the statements of N-Triples in the form in which they are compared; raise BadInput at a blank node."""
    return {_statement(quad.triple) for quad in parse(data, RdfFormat.N_TRIPLES)}


def fingerprint(statements: Iterable[str]) -> Fingerprint:
    """Return count and digest of written statements."""
    ordered = sorted(statements)
    found = hashlib.sha256()
    for one in ordered:
        found.update(f"{one}\n".encode())
    return Fingerprint(len(ordered), found.hexdigest())


def difference(given: set[str], held: set[str]) -> str:
    """Say in one line how many statements lack and are too many, with the first of each."""
    parts = [
        f"{len(found)} {word}, first: {_short(min(found))}"
        for found, word in ((given - held, "missing"), (held - given, "not of the release"))
        if found
    ]
    return "; ".join(parts)


def _statement(triple: Triple) -> str:
    if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
        raise BadInput(
            f"a blank node in {_short(str(triple))}",
            advice="A release has none: either this is no graph of a release, or the store made one of an IRI.",
        )
    value = triple.object
    return f"{triple.subject} {triple.predicate} {_literal(value) if isinstance(value, Literal) else value}"


def _literal(literal: Literal) -> str:
    if literal.language:
        return str(Literal(literal.value, language=literal.language.lower()))
    kind, value = literal.datatype.value, literal.value
    try:
        if kind in _EXACT:
            return f'"{_plain(Decimal(value.strip()))}"^^number'
        if kind in _FLOAT:
            return f'"{float(value)!r}"^^float'
    except (InvalidOperation, ValueError):
        return str(literal)
    if kind == _XSD + "boolean":
        return f'"{({"1": "true", "0": "false"}).get(value, value)}"^^boolean'
    if kind == _XSD + "dateTime":
        return f'"{_instant(value)}"^^dateTime'
    return str(literal)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _instant(text: str) -> str:
    text = _FRACTION.sub(lambda found: found[1] or "", text, count=1)
    return text[:-6] + "Z" if text.endswith(("+00:00", "-00:00")) else text


def _short(text: str) -> str:
    return text if len(text) <= 240 else f"{text[:240]}…"
