"""What the graph says about one thing: its statements, its parts, where each was read, and what points at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode, Store, Triple

from kgpub.results import Term
from kgpub.serve.site import Site
from kgpub.serve.tables import Cell, cell
from kgpub.vocabulary import CWC, PREFIXES, PROVENANCE

__all__ = ["Group", "Page", "Row", "page", "triples"]

_TYPE: Final = NamedNode(f"{PREFIXES['rdf']}type")
_READING: Final = NamedNode(f"{CWC}reading")
_EDITION: Final = NamedNode(f"{CWC}edition")
_READING_CLASS: Final = NamedNode(f"{CWC}Reading")
_INCOMING: Final = 200
"""How many statements that point at a thing a page lists."""
_SUBJECTS: Final = 1_000
"""How many subjects the page of a named graph lists."""
_FIRST: Final = tuple(
    NamedNode(PREFIXES[prefix] + local)
    for prefix, local in (
        ("rdf", "type"), ("dcterms", "identifier"), ("skos", "prefLabel"), ("skos", "altLabel"), ("dcterms", "title"),
        ("dcterms", "description"), ("dcterms", "abstract"), ("cwc", "archivePage"), ("cwc", "form"), ("dcterms", "date"),
        ("cwc", "sender"), ("cwc", "via"), ("cwc", "recipient"), ("cwc", "signer"), ("cwc", "copyTo"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One statement's value as shown, and where it was read ("page 42, lines 1652, printed SHTYKOV")."""

    value: Cell
    read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """All values of one property; for a part, the property that leads to it and the part's own groups."""

    property: Cell
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that an entity's page shows."""

    title: str
    iri: str
    statements: tuple[Group, ...]
    parts: tuple[tuple[str, str, tuple[Group, ...]], ...]
    incoming: tuple[Group, ...]
    subjects: tuple[Cell, ...] = ()
    more: bool = False


def triples(site: Site, node: NamedNode) -> set[Triple]:
    """Return what a thing's data holds, the same as its files in dist: its statements, its parts', its graph's and its editions'.

    A part is a node whose IRI is the thing's with a fragment. Of a named graph all that stands in it is added.
    """
    store = site.store
    own = _own(site, node)
    editions = {triple.object for triple in own if triple.predicate == _EDITION}
    for edition in editions:
        if isinstance(edition, NamedNode) and edition != node:
            own |= _own(site, edition)
    return own | {quad.triple for quad in store.quads_for_pattern(None, None, None, node)}


def _own(site: Site, node: NamedNode) -> set[Triple]:
    kind, slash, name = node.value.removeprefix(site.base).partition("/")
    graphs = [NamedNode(f"{site.base}{start}{name}") for start, about in PROVENANCE if slash and about == kind]
    nodes = [one for about in (node, *graphs) for one in (about, *_parts(site.store, about))]
    return {quad.triple for one in nodes for quad in site.store.quads_for_pattern(one, None, None)}


def page(site: Site, node: NamedNode, root: str = "") -> Page:
    """Return a thing's page."""
    store = site.store
    read = _read(store, node)
    parts = [part for part in _parts(store, node) if not _is_reading(store, part)]
    subjects = _subjects(store, node)
    return Page(
        title=site.label(node),
        iri=node.value,
        statements=_groups(site, node, root, read, {part.value for part in _parts(store, node)}),
        parts=tuple(
            (part.value.partition("#")[2], _kind(site, part), _groups(site, part, root, {}, set())) for part in parts
        ),
        incoming=_incoming(site, node, root),
        subjects=tuple(Cell(site.label(one), site.href(one.value, root)) for one in subjects[:_SUBJECTS]),
        more=len(subjects) > _SUBJECTS,
    )


def _parts(store: Store, node: NamedNode) -> list[NamedNode]:
    """Return the nodes below a thing, found from both sides: it or a part names them, or (tenures, terms) they name it."""
    start = f"{node.value}#"
    found: dict[str, NamedNode] = {}
    new = [node]
    while new:
        about = new.pop()
        ends: Iterable[Term] = (quad.object for quad in store.quads_for_pattern(about, None, None))
        starts: Iterable[Term] = (quad.subject for quad in store.quads_for_pattern(None, None, about))
        for one in (*ends, *starts):
            if isinstance(one, NamedNode) and one.value.startswith(start) and one.value not in found:
                found[one.value] = one
                new.append(one)
    return [found[value] for value in sorted(found)]


def _is_reading(store: Store, part: NamedNode) -> bool:
    return any(True for _ in store.quads_for_pattern(part, _TYPE, _READING_CLASS))


def _read(store: Store, node: NamedNode) -> dict[tuple[Term, Term], tuple[str, ...]]:
    """Return (property, value) -> where that statement was read, in words."""
    found: dict[tuple[Term, Term], set[str]] = defaultdict(set)
    for link in store.quads_for_pattern(node, _READING, None):
        if not isinstance(link.object, NamedNode):
            continue
        facts: dict[str, Term] = {q.predicate.value: q.object for q in store.quads_for_pattern(link.object, None, None)}
        on = (facts.get(f"{CWC}onProperty"), facts.get(f"{CWC}onValue"))
        if on[0] is not None and on[1] is not None:
            found[on[0], on[1]].add(_words(facts))
    return {key: tuple(sorted(words)) for key, words in found.items()}


def _words(facts: dict[str, Term]) -> str:
    def text(name: str) -> str:
        return str(getattr(facts.get(f"{CWC}{name}"), "value", ""))

    said = []
    if text("page"):
        said.append(f"page {text('page')}")
    if text("lines"):
        said.append(f"line{'s' if '-' in text('lines') or ',' in text('lines') else ''} {text('lines')}")
    if text("certainty") not in ("", "printed"):
        said.append(text("certainty"))
    words = ", ".join(said)
    return f"{words}: {text('printedForm')}" if text("printedForm") else words


def _groups(
    site: Site,
    node: NamedNode,
    root: str,
    read: dict[tuple[Term, Term], tuple[str, ...]],
    hidden: set[str],
) -> tuple[Group, ...]:
    values: dict[NamedNode, set[Term]] = defaultdict(set)
    for quad in site.store.quads_for_pattern(node, None, None):
        if getattr(quad.object, "value", "") not in hidden or not isinstance(quad.object, NamedNode):
            values[quad.predicate].add(quad.object)
    order = sorted(values, key=lambda one: (_FIRST.index(one) if one in _FIRST else len(_FIRST), one.value))
    return tuple(
        Group(
            _property(site, one, root),
            tuple(Row(_value(site, term, root), read.get((one, term), ())) for term in sorted(values[one], key=str)),
        )
        for one in order
    )


def _property(site: Site, node: NamedNode, root: str) -> Cell:
    label = site.label(node)
    return Cell(
        label.partition(":")[2] or label if label == site.short(node.value) else label, site.href(node.value, root)
    )


def _value(site: Site, term: Term, root: str) -> Cell:
    if isinstance(term, NamedNode):
        return Cell(site.label(term), site.href(term.value, root))
    return cell(term, site, root)


def _kind(site: Site, node: NamedNode) -> str:
    kinds = sorted(
        site.label(quad.object)
        for quad in site.store.quads_for_pattern(node, _TYPE, None)
        if isinstance(quad.object, NamedNode)
    )
    return ", ".join(dict.fromkeys(kinds))


def _incoming(site: Site, node: NamedNode, root: str) -> tuple[Group, ...]:
    """Return which things point here by which property; a part stands for the thing it is part of."""
    pointing: dict[NamedNode, set[str]] = defaultdict(set)
    for quad in islice(site.store.quads_for_pattern(None, None, node), 5 * _INCOMING):
        owner = quad.subject.value.partition("#")[0] if isinstance(quad.subject, NamedNode) else ""
        if owner and owner != node.value:
            pointing[quad.predicate].add(owner)
    return tuple(
        Group(
            _property(site, one, root),
            tuple(Row(_value(site, NamedNode(iri), root)) for iri in sorted(pointing[one])[:_INCOMING]),
        )
        for one in sorted(pointing, key=lambda one: one.value)
    )


def _subjects(store: Store, graph: NamedNode) -> list[NamedNode]:
    found = {quad.subject for quad in store.quads_for_pattern(None, None, None, graph)}
    nodes = [one for one in found if isinstance(one, NamedNode) and "#" not in one.value and one != graph]
    return sorted(nodes, key=lambda one: one.value)
