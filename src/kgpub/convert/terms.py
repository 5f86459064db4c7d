"""RDF terms as N-Triples text: the one place that escapes and checks (RDF 1.1 N-Triples, section 2 and 3)."""

from __future__ import annotations

import re
from functools import lru_cache

from kgpub.vocabulary import CWC, EDTF, PREFIXES

__all__ = ["A", "boolean", "cwc", "date", "decimal", "integer", "iri", "literal", "moment", "name"]

_BAD_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# As canonical N-Quads has them (RDF 1.2 N-Quads, section 3), so that a store writes back the same bytes.
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
)
_LANG = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_XSD = PREFIXES["xsd"]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MINUTE = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})")


@lru_cache(maxsize=65536)
def iri(text: str) -> str:
    """Return an IRI as an N-Triples term; raise ValueError where it is not absolute or holds a character it may not."""
    if not _ABSOLUTE.match(text) or _BAD_IRI.search(text):
        raise ValueError(f"not an absolute IRI: {text!r}")
    return f"<{text}>"


def literal(text: str, lang: str = "", datatype: str = "") -> str:
    """Return a literal as an N-Triples term, with a language tag or a datatype IRI where one is given."""
    quoted = f'"{text.translate(_ESCAPES)}"'
    if lang:
        if not _LANG.fullmatch(lang):
            raise ValueError(f"not a language tag: {lang!r}")
        # Stores fold language tags; writing them folded keeps dumps equal to what a store gives back.
        return f"{quoted}@{lang.lower()}"
    return f"{quoted}^^{iri(datatype)}" if datatype else quoted


def boolean(value: bool) -> str:
    """Return an `xsd:boolean` in canonical form."""
    return literal("true" if value else "false", datatype=f"{_XSD}boolean")


def integer(value: int) -> str:
    """Return an `xsd:integer` in canonical form."""
    return literal(str(int(value)), datatype=f"{_XSD}integer")


def decimal(value: float) -> str:
    """Return an `xsd:decimal` in canonical form (XSD 1.1: no trailing zeros, no exponent)."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return literal("0" if text in ("-0", "") else text, datatype=f"{_XSD}decimal")


def date(value: str) -> str:
    """Return a complete day as `xsd:date`, anything partial or uncertain as a `cwc:edtf` literal."""
    return literal(value, datatype=f"{_XSD}date" if _DAY.fullmatch(value) else EDTF)


def moment(value: str) -> str:
    """Return a local time: `xsd:dateTime` where minutes are known, `xsd:date` where only the day or the hour is."""
    if match := _MINUTE.fullmatch(value):
        return literal(f"{match[1]}T{match[2]}:00", datatype=f"{_XSD}dateTime")
    return date(value.split("T")[0])


@lru_cache(maxsize=512)
def name(prefixed: str) -> str:
    """Return a prefixed name (`dcterms:title`) as an N-Triples IRI."""
    prefix, _, local = prefixed.partition(":")
    return iri(PREFIXES[prefix] + local)


@lru_cache(maxsize=512)
def cwc(local: str) -> str:
    """Return a term of our ontology as an N-Triples IRI."""
    return iri(CWC + local)


A = name("rdf:type")
