"""The page of the ontology: every class and property with what it means, its neighbours elsewhere, and how often it is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.page import Link, Page
from kgpub.results import shorten
from kgpub.vocabulary import CWC, ONTOLOGY, PREFIXES

__all__ = ["Ontology", "Used", "Vocabulary", "pages"]

_CLASSES: Final = ("owl:Class",)
_PROPERTIES: Final = ("owl:ObjectProperty", "owl:DatatypeProperty", "rdf:Property")
_OTHERS: Final = {
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "oa": "http://www.w3.org/ns/oa#",
    "rico": "https://www.ica.org/standards/RiC/ontology#",
    "vann": "http://purl.org/vocab/vann/",
}
"""Vocabularies that ours is aligned with and whose prefixes no query needs."""


@dataclass(frozen=True, slots=True)
class Used:
    """A class or property."""

    id: str
    label: str
    iri: str
    kind: str
    definition: str
    example: str
    wider: tuple[Link, ...]
    """Of this ontology: what it is a kind of."""
    elsewhere: tuple[Link, ...]
    """Of others: what it is a kind of there."""
    inverse: tuple[Link, ...]
    of: tuple[Link, ...]
    """A property: what has it. A class: the properties that its things have."""
    to: tuple[Link, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A list of terms."""

    link: Link
    definition: str
    terms: int


@dataclass(frozen=True, slots=True)
class Ontology:
    """What the page shows."""

    iri: str
    title: str
    description: str
    version: str
    licence: str
    classes: tuple[Used, ...]
    properties: tuple[Used, ...]
    lists: tuple[Vocabulary, ...]
    others: tuple[tuple[str, int], ...]
    """Properties of other vocabularies that the data uses, with how often."""


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of the ontology, where the graph holds it."""
    facts = book.facts
    if ONTOLOGY not in facts:
        return
    classes = tuple(_used(book, iri, "class") for iri in _ours(book, _CLASSES))
    properties = tuple(_used(book, iri, "property") for iri in _ours(book, _PROPERTIES))
    others = sorted(
        ((_short(iri), number) for iri, number in _uses(book).items() if not iri.startswith(CWC)),
        key=lambda item: (-item[1], item[0]),
    )
    body = Ontology(
        iri=ONTOLOGY,
        title=facts.label(ONTOLOGY),
        description=facts.text(ONTOLOGY, "dcterms:description"),
        version=facts.text(ONTOLOGY, "owl:versionInfo"),
        licence=facts.node(ONTOLOGY, "dcterms:license"),
        classes=classes,
        properties=properties,
        lists=tuple(_list(book, iri) for iri in facts.things("skos:ConceptScheme")),
        others=tuple(others),
    )
    yield Page(
        f"{book.own(ONTOLOGY)}.html",
        "site/ontology.html",
        "The vocabulary",
        description=body.description,
        section="downloads",
        iri=ONTOLOGY,
        links=(("cite-as", ONTOLOGY, ""),),
        body=body,
    )


@once
def _uses(book: Book) -> dict[str, int]:
    return book.facts.uses()


def _ours(book: Book, kinds: tuple[str, ...]) -> list[str]:
    """Return the terms of the ontology that are of such a kind, by their names."""
    return sorted({iri for kind in kinds for iri in book.facts.things(kind) if iri.startswith(CWC)}, key=str.lower)


@once
def _properties_of(book: Book) -> dict[str, list[str]]:
    """Return the properties that things of each class have."""
    found: dict[str, list[str]] = {}
    for iri in _ours(book, _PROPERTIES):
        for owner in (*book.facts.nodes(iri, "rdfs:domain"), *book.facts.nodes(iri, "schema:domainIncludes")):
            found.setdefault(owner, []).append(iri)
    return found


def _used(book: Book, iri: str, kind: str) -> Used:
    facts = book.facts
    name = iri.removeprefix(CWC)
    wider = facts.nodes(iri, "rdfs:subClassOf" if kind == "class" else "rdfs:subPropertyOf")
    if kind == "class":
        of, to = _properties_of(book).get(iri, []), []
    else:
        of = [*facts.nodes(iri, "rdfs:domain"), *facts.nodes(iri, "schema:domainIncludes")]
        to = [*facts.nodes(iri, "rdfs:range"), *facts.nodes(iri, "schema:rangeIncludes")]
    return Used(
        id=name,
        label=facts.text(iri, "rdfs:label") or name,
        iri=iri,
        kind=kind,
        definition=facts.text(iri, "skos:definition") or facts.text(iri, "rdfs:comment"),
        example=facts.text(iri, "skos:example"),
        wider=_terms(book, [one for one in wider if one.startswith(CWC)]),
        elsewhere=_terms(book, [one for one in wider if not one.startswith(CWC)]),
        inverse=_terms(book, facts.nodes(iri, "owl:inverseOf")),
        of=_terms(book, of),
        to=_terms(book, to),
        count=_count(book, iri) if kind == "class" else _uses(book).get(iri, 0),
    )


def _count(book: Book, iri: str) -> int:
    """Return how many things there are of a class and of the kinds of it."""
    classes, left = {iri}, [iri]
    while left:
        kinds = [one for one in book.facts.pointing(left.pop(), "rdfs:subClassOf") if one not in classes]
        classes.update(kinds)
        left += kinds
    return len(
        {thing for one in classes if one.startswith(CWC) for thing in book.facts.things(f"cwc:{one.removeprefix(CWC)}")}
    )


def _short(iri: str) -> str:
    return shorten(iri, {**PREFIXES, **_OTHERS})


def _terms(book: Book, iris: list[str]) -> tuple[Link, ...]:
    """Return links under the terms' short names: to the anchors of this page, or to where others have them."""
    return tuple(_term(book, iri) for iri in iris)


def _term(book: Book, iri: str) -> Link:
    if not iri.startswith(CWC):
        return Link(_short(iri), iri, elsewhere=True)
    name = iri.removeprefix(CWC)
    return Link(name, f"{book.own(ONTOLOGY)}.html#{name}" if iri in _shown(book) else "")


@once
def _shown(book: Book) -> frozenset[str]:
    """Return the terms that have a place of their own on the page; a datatype has none."""
    return frozenset(_ours(book, (*_CLASSES, *_PROPERTIES)))


def _list(book: Book, scheme: str) -> Vocabulary:
    facts = book.facts
    terms = len(facts.pointing(scheme, "skos:inScheme"))
    return Vocabulary(book.link(scheme), facts.text(scheme, "skos:definition"), terms)
