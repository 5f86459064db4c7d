"""What the built graph knows of each actor, place and event of ours: what a link must agree with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store

from kgpub.labels import Graph
from kgpub.link.dates import Span, read_edtf
from kgpub.link.names import Name
from kgpub.vocabulary import PREFIXES

__all__ = ["KINDS", "MENTIONED", "Entity", "Letter", "Tenure", "read_entities"]

KINDS = {"person": "Person", "organisation": "Organisation", "place": "Place", "event": "Event"}
"""The kinds that are linked, and the class of each."""

MENTIONED = "mentioned in"
"""The one way to stand in a letter that does not need the person to be alive."""

_ROLES = {
    "cwc:sender": "sender of",
    "cwc:signer": "signer of",
    "cwc:recipient": "recipient of",
    "cwc:via": "passed on",
    "cwc:copyTo": "got a copy of",
    "cwc:sentFrom": "sent from here:",
    "cwc:sentTo": "sent here:",
    "cwc:mentions": MENTIONED,
}

_LETTERS = """
SELECT DISTINCT ?entity ?letter ?title ?day ?role {
  VALUES ?role { %s }
  ?letter a cwc:Document ; ?role ?entity .
  OPTIONAL { ?letter dcterms:title ?title }
  OPTIONAL { ?letter dcterms:date ?day }
}"""

_TENURES = """
SELECT DISTINCT ?holder ?office ?from ?until {
  ?tenure a cwc:Tenure ; cwc:holder ?holder ; cwc:office ?office .
  OPTIONAL { ?tenure cwc:from ?from }
  OPTIONAL { ?tenure cwc:until ?until }
}"""


@dataclass(frozen=True, slots=True)
class Letter:
    """A document that an entity appears in, and how."""

    id: str
    title: str
    day: str
    roles: tuple[str, ...]

    @property
    def acted(self) -> bool:
        """Whether the entity did something in it, for which a person must have been alive."""
        return any(role != MENTIONED for role in self.roles)


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office that a person held, and from when to when as far as it is known."""

    office: str
    names: tuple[Name, ...]
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One entry of the authority files, with all that a candidate is compared with."""

    id: str
    kind: str
    iri: str
    names: tuple[Name, ...]
    """The English name first."""
    gloss: str = ""
    unidentified: bool = False
    born: str = ""
    died: str = ""
    start: str = ""
    end: str = ""
    """First and last day of an event."""
    latitude: float | None = None
    longitude: float | None = None
    within: tuple[str, ...] = ()
    """Ids of what a place lies in or an organisation is part of, the nearest first."""
    within_names: tuple[Name, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    letters: tuple[Letter, ...] = ()
    archives: tuple[str, ...] = ()
    """Ids of the archives that hold letters which it sent or got."""

    @property
    def name(self) -> str:
        """What it is called here."""
        return self.names[0].text if self.names else self.id

    def active(self) -> Span | None:
        """Return the days from the first to the last on which it surely acts, in letters and in offices.

        A year is sure on its last day at the beginning, and on its first at the end: a span of one year alone is its last day.
        """
        days = [read_edtf(letter.day) for letter in self.letters if letter.acted]
        days += [read_edtf(one) for tenure in self.tenures for one in (tenure.start, tenure.end) if one]
        return _surely(days)

    def seen(self) -> Span | None:
        """Return the same with the letters that only mention it."""
        acts = self.active()
        ends = [Span(day, day) for day in (acts.first, acts.last)] if acts else []
        return _surely([*(read_edtf(letter.day) for letter in self.letters), *ends])


def _surely(days: Sequence[Span | None]) -> Span | None:
    known = [day for day in days if day]
    if not known:
        return None
    first, last = min(day.last for day in known), max(day.first for day in known)
    return Span(first, max(first, last))


def read_entities(store: Store, base: str) -> tuple[Entity, ...]:
    """Return every person, organisation, place and event of a built graph, in the order of kind and id."""
    reading = _Reading(Graph(store, base))
    return tuple(entity for kind in KINDS for entity in reading.of_kind(kind))


class _Reading:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.letters: dict[str, dict[str, Letter]] = {}
        self.held: dict[str, set[str]] = {}
        for row in self._ask(_LETTERS % " ".join(_ROLES)):
            self._see(row)
        self.tenures: dict[str, list[Tenure]] = {}
        for row in self._ask(_TENURES):
            start, end = (getattr(row[name], "value", "") for name in ("from", "until"))
            office = NamedNode(row["office"].value)
            held = Tenure(graph.text(office, "dcterms:identifier"), self._names(office), start, end)
            self.tenures.setdefault(row["holder"].value, []).append(held)

    def of_kind(self, kind: str) -> Iterator[Entity]:
        class_ = NamedNode(f"{PREFIXES['cwc']}{KINDS[kind]}")
        rdf_type = NamedNode(f"{PREFIXES['rdf']}type")
        found = {quad.subject for quad in self.graph.store.quads_for_pattern(None, rdf_type, class_)}
        nodes = sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)
        return (self._entity(node, kind) for node in nodes)

    def _entity(self, node: NamedNode, kind: str) -> Entity:
        text = self.graph.text
        above = self._above(node)
        lat, long = text(node, "geo:lat"), text(node, "geo:long")
        return Entity(
            id=text(node, "dcterms:identifier"),
            kind=kind,
            iri=node.value,
            names=self._names(node),
            gloss=text(node, "dcterms:description"),
            unidentified=text(node, "cwc:unidentified") == "true",
            born=text(node, "cwc:born"),
            died=text(node, "cwc:died"),
            start=text(node, "cwc:from"),
            end=text(node, "cwc:until"),
            latitude=float(lat) if lat else None,
            longitude=float(long) if long else None,
            within=tuple(text(one, "dcterms:identifier") for one in above),
            within_names=tuple(name for one in above for name in self._names(one)),
            tenures=tuple(sorted(self.tenures.get(node.value, ()), key=lambda one: (one.start, one.office))),
            letters=self._letters(node),
            archives=tuple(sorted(self.held.get(node.value, ()))),
        )

    def _see(self, row: QuerySolution) -> None:
        letter, entity = NamedNode(row["letter"].value), row["entity"].value
        role = _ROLES[self.graph.short(NamedNode(row["role"].value))]
        title, day = (getattr(row[name], "value", "") for name in ("title", "day"))
        id_ = letter.value.rpartition("/")[2]
        seen = self.letters.setdefault(entity, {})
        earlier = seen.get(id_, Letter(id_, title, day, ()))
        # Two editions of one letter may differ in title and day; the smaller is taken, so that the order does not matter.
        seen[id_] = Letter(
            id_,
            min(title, earlier.title),
            min(day, earlier.day),
            tuple(sorted({*earlier.roles, role}, key=list(_ROLES.values()).index)),
        )
        if role != MENTIONED:
            copies = self.graph.nodes(letter, "cwc:heldAs")
            archives = {text for copy in copies for text in self.graph.texts(copy, "cwc:archive")}
            self.held.setdefault(entity, set()).update(archives)

    def _letters(self, node: NamedNode) -> tuple[Letter, ...]:
        return tuple(sorted(self.letters.get(node.value, {}).values(), key=lambda one: (one.day, one.id)))

    def _above(self, node: NamedNode) -> list[NamedNode]:
        found: list[NamedNode] = []
        todo = self.graph.nodes(node, "dcterms:isPartOf")
        while todo:
            one = todo.pop(0)
            if one not in found:
                found.append(one)
                todo += self.graph.nodes(one, "dcterms:isPartOf")
        return found

    def _names(self, node: NamedNode) -> tuple[Name, ...]:
        """The preferred name first, then the others; printed forms that are no names stay out."""
        found: list[Name] = []
        for prefixed in ("skos:prefLabel", "skos:altLabel"):
            said = (one.value for one in self.graph.about(node, prefixed))
            found += sorted({Name(one.value, one.language or "") for one in said if isinstance(one, Literal)})
        return tuple(dict.fromkeys(found))

    def _ask(self, query: str) -> Iterator[QuerySolution]:
        answer = self.graph.store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        assert isinstance(answer, QuerySolutions)  # both are SELECTs
        return answer
