"""What the page of every thing has: its names, its data, every statement with where it was read, and what points at it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.cite import Citation
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.page import Group, Link, Page, Row
from kgpub.vocabulary import CWC, expand

__all__ = ["FORMS", "Entity", "entity", "entity_page", "groups_of", "read_at"]

FORMS: Final = (
    ("ttl", "text/turtle", "Turtle"),
    ("jsonld", "application/ld+json", "JSON-LD"),
    ("nt", "application/n-triples", "N-Triples"),
)
"""Data beside each page: ending, media type, name."""
_FIRST: Final = tuple(
    expand(name)
    for name in (
        *("rdf:type", "dcterms:identifier", "skos:prefLabel", "skos:altLabel", "dcterms:title", "dcterms:description"),
        *("dcterms:abstract", "cwc:archivePage", "cwc:form", "dcterms:date", "cwc:sender", "cwc:via", "cwc:recipient"),
        *("cwc:signer", "cwc:copyTo"),
    )
)
_INCOMING: Final = 400
"""How many things that point at one a page lists for each property; the rest is in the data."""


@dataclass(frozen=True, slots=True)
class Entity:
    """The common part of a thing's page."""

    iri: str
    path: str
    kind: str
    """What it is, in words ("Person")."""
    title: str
    statements: tuple[Group, ...]
    parts: tuple[tuple[str, str, tuple[Group, ...]], ...]
    """Anchor, class in words, statements: nodes that have the thing's IRI with a fragment."""
    incoming: tuple[Group, ...]
    provenance: tuple[str, ...] = ()
    """Where it comes from, in sentences."""
    citation: Citation | None = None


def entity(book: Book, iri: str, kind: str, **more: Any) -> Entity:
    """Return the common part of a thing's page; `more` fills provenance and citation."""
    facts = book.facts
    parts = _parts(book, iri)
    shown = [part for part in parts if not facts.is_a(part, "cwc:Reading")]
    return Entity(
        iri=iri,
        path=book.own(iri),
        kind=kind,
        title=facts.label(iri),
        statements=groups_of(book, iri, hidden=frozenset(parts), read=read_at(book, iri)),
        parts=tuple((part.partition("#")[2], _kind(book, part), groups_of(book, part)) for part in shown),
        incoming=_incoming(book, iri),
        **more,
    )


def entity_page(book: Book, common: Entity, template: str, section: str, schema: Mapping[str, Any], body: Any) -> Page:
    """Return the page of a thing: its template sees `common` as `body.common` and the rest as `body.own`."""
    path = common.path
    forms = tuple((f"{path}.{ending}", media_type, name) for ending, media_type, name in FORMS)
    described = tuple(("describedby", f"{common.iri}.{ending}", media_type) for ending, media_type, _ in FORMS)
    links = (("cite-as", common.iri, ""), ("type", "https://schema.org/AboutPage", ""), *described)
    if book.publication.licence.startswith("http"):
        links = (*links, ("license", book.publication.licence, ""))
    head = {"@context": "https://schema.org", "@id": common.iri, "url": common.iri, "name": common.title, **schema}
    return Page(
        path=f"{path}.html",
        template=template,
        title=common.title,
        description=str(schema.get("description", schema.get("abstract", ""))),
        section=section,
        # A closing tag inside a name must not end the script.
        head=json.dumps(head, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c"),
        alternates=forms,
        links=links,
        iri=common.iri,
        body={"common": common, "own": body},
    )


def groups_of(
    book: Book,
    iri: str,
    hidden: frozenset[str] = frozenset(),
    read: Mapping[tuple[str, str], tuple[str, ...]] | None = None,
) -> tuple[Group, ...]:
    """Return all that is said of a thing, by property, but for what leads to `hidden` things."""
    found = book.facts.statements(iri)
    order = sorted(found, key=lambda one: (_FIRST.index(one) if one in _FIRST else len(_FIRST), one))
    groups = []
    for predicate in order:
        rows = tuple(
            Row(_dated(book.shown(value)), (read or {}).get((predicate, value.text), ()))
            for value in found[predicate]
            if not (value.is_iri and value.text in hidden)
        )
        if rows:
            groups.append(Group(_property(book, predicate), rows))
    return tuple(groups)


def read_at(book: Book, iri: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return (property, value) -> where a document's statement was read, in words."""
    facts, found = book.facts, defaultdict[tuple[str, str], set[str]](set)
    for reading in facts.nodes(iri, "cwc:reading"):
        key = (facts.node(reading, "cwc:onProperty"), next((v.text for v in facts.values(reading, "cwc:onValue")), ""))
        found[key].add(where_read(book, reading))
    return {key: tuple(sorted(words)) for key, words in found.items()}


def where_read(book: Book, reading: str) -> str:
    """Return where a reading stands, in words: "page 42, line 1652, inferred: SHTYKOV"."""
    facts = book.facts
    page, lines = facts.text(reading, "cwc:page"), facts.text(reading, "cwc:lines")
    certainty, printed = facts.text(reading, "cwc:certainty"), facts.text(reading, "cwc:printedForm")
    said = [f"page {page}"] if page else []
    said += [f"line{'s' if '-' in lines or ',' in lines else ''} {lines.replace('-', '–')}"] if lines else []
    said += [certainty] if certainty not in ("", "printed") else []
    words = ", ".join(said)
    return f"{words}: {printed}" if printed else words


def _dated(link: Link) -> Link:
    return Link(in_words(link.text), link.href, link.lang, link.elsewhere) if not (link.href or link.lang) else link


def _property(book: Book, predicate: str) -> Link:
    known = _properties(book)
    if predicate not in known:
        label = book.facts.label(predicate)
        text = label.partition(":")[2] or label
        known[predicate] = Link(text, book.path(predicate), title=book.short(predicate))
    return known[predicate]


@once
def _properties(book: Book) -> dict[str, Link]:
    """Return the links to properties made so far: a few dozen, asked for some ten thousand times."""
    return {}


def _parts(book: Book, iri: str) -> list[str]:
    """Return the nodes below a thing, found from both sides: it names them, or (cover names, tenures) they name it."""
    start = f"{iri}#"
    ends = (value.text for values in book.facts.statements(iri).values() for value in values if value.is_iri)
    starts = (subject for _, subject in book.facts.incoming(iri))
    return sorted({one for side in (ends, starts) for one in side if one.startswith(start)})


def _kind(book: Book, iri: str) -> str:
    return ", ".join(book.facts.label(f"{CWC}{kind}") for kind in book.facts.kinds(iri))


def _incoming(book: Book, iri: str) -> tuple[Group, ...]:
    """Return which things point here by which property; a part stands for the thing it is part of."""
    pointing: dict[str, set[str]] = defaultdict(set)
    for predicate, subject in book.facts.incoming(iri):
        owner = subject.partition("#")[0]
        if owner != iri and not owner.startswith(f"{book.publication.base}graph/"):
            pointing[predicate].add(owner)
    return tuple(
        Group(_property(book, one), tuple(Row(book.link(owner)) for owner in sorted(pointing[one])[:_INCOMING]))
        for one in sorted(pointing)
    )
