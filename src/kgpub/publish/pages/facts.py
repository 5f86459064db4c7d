"""The graph as the pages ask it: by subject and by object, as text.

A thousand pages ask some hundred thousand times; dictionaries of N-Triples text answer that faster than a store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pyoxigraph import Literal, RdfFormat, parse

from kgpub.results import shorten
from kgpub.vocabulary import CWC, PREFIXES, expand

__all__ = ["Facts", "Value"]

_TYPE: Final = f"{PREFIXES['rdf']}type"
_XSD: Final = PREFIXES["xsd"]


class Value(NamedTuple):
    """One value of a property: the text of a literal with its language or datatype, or an IRI (`is_iri`)."""

    text: str
    lang: str = ""
    datatype: str = ""
    is_iri: bool = False


class Facts:
    """What a graph says; each statement once, in the order of the N-Triples."""

    def __init__(self, statements: Iterable[tuple[str, str, str]]) -> None:
        self._of: dict[str, dict[str, list[str]]] = {}
        self._to: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._by_class: dict[str, list[str]] = defaultdict(list)
        self._labels: dict[str, str] = {}
        for subject, predicate, obj in statements:
            own, stated = subject[1:-1], predicate[1:-1]
            self._of.setdefault(own, {}).setdefault(stated, []).append(obj)
            if obj.startswith("<"):
                target = obj[1:-1]
                self._to[target].append((stated, own))
                if stated == _TYPE:
                    self._by_class[target].append(own)

    def __contains__(self, iri: str) -> bool:
        """Whether anything is said of a thing."""
        return iri in self._of

    def things(self, prefixed: str) -> Sequence[str]:
        """Return the IRIs of all things of a class (`cwc:Person`), sorted."""
        return self._by_class.get(expand(prefixed), ())

    def is_a(self, iri: str, prefixed: str) -> bool:
        """Say whether a thing is of a class."""
        return f"<{expand(prefixed)}>" in self._of.get(iri, {}).get(_TYPE, ())

    def kinds(self, iri: str) -> list[str]:
        """Return the local names of a thing's classes in our vocabulary, sorted (`["Document"]`)."""
        terms = self._of.get(iri, {}).get(_TYPE, ())
        return sorted(term[1:-1].removeprefix(CWC) for term in terms if term[1:-1].startswith(CWC))

    def values(self, iri: str, prefixed: str) -> list[Value]:
        """Return the values of a property (`cwc:sender`) of a thing, in the order of their terms."""
        return [_value(term) for term in self._of.get(iri, {}).get(expand(prefixed), ())]

    def nodes(self, iri: str, prefixed: str) -> list[str]:
        """Return the IRIs that a property of a thing leads to, sorted."""
        return [term[1:-1] for term in self._of.get(iri, {}).get(expand(prefixed), ()) if term.startswith("<")]

    def node(self, iri: str, prefixed: str) -> str:
        """Return the first of those IRIs; empty where there is none."""
        return next(iter(self.nodes(iri, prefixed)), "")

    def texts(self, iri: str, prefixed: str) -> list[str]:
        """Return the literal values of a property as text."""
        return [value.text for value in self.values(iri, prefixed) if not value.is_iri]

    def text(self, iri: str, prefixed: str) -> str:
        """Return the first literal value as text, an English one before others; empty where there is none."""
        values = [value for value in self.values(iri, prefixed) if not value.is_iri]
        return min(values, key=lambda value: value.lang not in ("en", "")).text if values else ""

    def pointing(self, iri: str, prefixed: str) -> list[str]:
        """Return the IRIs of the things that have this thing as a value of a property."""
        predicate = expand(prefixed)
        return [subject for stated, subject in self._to.get(iri, ()) if stated == predicate]

    def incoming(self, iri: str) -> list[tuple[str, str]]:
        """Return (property, thing) for all that points at a thing."""
        return self._to.get(iri, [])

    def statements(self, iri: str) -> dict[str, list[Value]]:
        """Return all that is said of a thing, by the IRI of the property."""
        return {predicate: [_value(term) for term in terms] for predicate, terms in self._of.get(iri, {}).items()}

    def uses(self) -> dict[str, int]:
        """Return how many statements each property makes, by its IRI."""
        counted: dict[str, int] = defaultdict(int)
        for said in self._of.values():
            for predicate, terms in said.items():
                counted[predicate] += len(terms)
        return dict(sorted(counted.items()))

    def label(self, iri: str) -> str:
        """Return what a thing is called: its English name or title, else its prefixed name or address."""
        if iri not in self._labels:
            self._labels[iri] = self._label(iri)
        return self._labels[iri]

    def _label(self, iri: str) -> str:
        for prefixed in ("skos:prefLabel", "dcterms:title", "rdfs:label"):
            if text := self.text(iri, prefixed):
                return text
        return shorten(iri, PREFIXES)


@lru_cache(maxsize=200_000)
def _value(term: str) -> Value:
    if term.startswith("<"):
        return Value(term[1:-1], is_iri=True)
    end = term.rindex('"')
    text, rest = term[1:end], term[end + 1 :]
    if "\\" in text:
        # Escapes are the parser's business.
        parsed = next(iter(parse(f"<s:> <p:> {term} .".encode(), format=RdfFormat.N_TRIPLES))).object
        assert isinstance(parsed, Literal)
        text = parsed.value
    if rest.startswith("@"):
        return Value(text, lang=rest[1:])
    return Value(text, datatype=rest[3:-1] if rest else f"{_XSD}string")
