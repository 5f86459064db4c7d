"""Why the graph says what it says of a document: for each value the readings, corrections and files behind it.

Everything comes from the built graph; where a triple stands in the corpus, and the journal's text, are handed in.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from kgpub.errors import BadInput
from kgpub.labels import Graph, Said, Thing
from kgpub.model import Spot
from kgpub.results import shorten
from kgpub.vocabulary import PREFIXES, expand

__all__ = [
    "Answer",
    "Asked",
    "Correction",
    "Edition",
    "Evidence",
    "Sources",
    "Statement",
    "Value",
    "ask_why",
    "find_asked",
]

_READING, _EMENDATION, _MENTION, _MENTIONS, _COPY_TO, _DISTRIBUTION = (
    NamedNode(expand(f"cwc:{name}"))
    for name in ("reading", "emendation", "mention", "mentions", "copyTo", "distribution")
)
_TYPE = NamedNode(expand("rdf:type"))
_SAME_AS = {_MENTION: _MENTIONS, _DISTRIBUTION: _COPY_TO}
"""Properties whose parts only say more of the values of another, and are answered with it."""

_ASIDE = {_TYPE, _READING, _EMENDATION, *_SAME_AS}
_FIRST = (
    *(
        "dcterms:identifier",
        "dcterms:title",
        "cwc:form",
        "dcterms:date",
        "cwc:headingDate",
        "cwc:sender",
        "cwc:signedAs",
    ),
    *("cwc:recipient", "cwc:addressedAs", "cwc:via", "cwc:signer", "cwc:office", "cwc:sentFrom", "cwc:sentTo"),
)
"""What a reader asks for first; the other properties follow by name."""

_RUN = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Edition:
    """Where a document is printed: the record's id, the publication's title, the number there, pages and lines."""

    id: str
    publication: str
    number: str
    pages: str
    lines: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The document that a name means: another edition's name (`as_`) leads to the item's own document (`id`)."""

    as_: str
    id: str
    iri: str
    title: str
    editions: tuple[Edition, ...]
    records: tuple[str, ...]
    """Ids of the records that say something of it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a value: whose record, where in print, by which rule, how certain, where in the corpus."""

    record: str
    printed: str = ""
    lines: str = ""
    pages: tuple[str, ...] = ()
    rule: str = ""
    means: str = ""
    certainty: str = ""
    spot: Spot | None = None
    passage: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """An editor's correction: the printed value, the right one (either may be empty), the reason, and its evidence."""

    printed: str
    right: str
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property, with every reason for it; `id` is its path or prefixed name, empty for a literal."""

    label: str
    id: str
    iri: str
    evidence: tuple[Evidence, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A property of the document, its values, and the corrections of it that belong to none of them."""

    property: str
    values: tuple[Value, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Why the graph says what it says of a document."""

    asked: Asked
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What an answer is drawn from besides the graph.

    `spots` says where a triple stands in the corpus, `rules` what each rule means, `fields` which property a record's
    field becomes; `text` is the journal's text by lines, where it is at hand, and `text_name` what to call it.
    """

    base: str
    spots: Mapping[tuple[str, str, str], Spot]
    rules: Mapping[str, str]
    fields: Mapping[str, str]
    text: Sequence[str] | None = None
    text_name: str = ""


def find_asked(store: Store, name: str, base: str) -> Asked:
    """Return the document of a name (`W016`, `document/W016`, its IRI); raise BadInput with the nearest where there is none."""
    path = name.removeprefix(base).removeprefix("document/")
    graph = Graph(store, base)
    known = {
        quad.subject.value.removeprefix(f"{base}document/")
        for kind in ("Document", "MergedIdentifier")
        for quad in store.quads_for_pattern(None, _TYPE, NamedNode(expand(f"cwc:{kind}")))
        if isinstance(quad.subject, NamedNode)
    }
    if path not in known:
        ids = sorted(known)
        there = f"The graph has {len(ids)}, from {ids[0]} to {ids[-1]}." if ids else "The graph has none."
        raise BadInput(f"there is no document {name!r}", advice=_near(path.upper(), ids) + there)
    node = NamedNode(f"{base}document/{path}")
    node = next(iter(graph.nodes(node, "dcterms:isReplacedBy")), node)
    records = sorted({said.record for said in graph.about(node)} - {""})
    editions = tuple(_edition(graph, one) for one in graph.nodes(node, "cwc:edition"))
    identifier = node.value.removeprefix(f"{base}document/")
    return Asked(path, identifier, node.value, graph.text(node, "dcterms:title"), editions, tuple(records))


def ask_why(store: Store, asked: Asked, field: str, sources: Sources) -> Answer:
    """Return the reasons for every value of a field (a record's field or a property), or of all where it is empty.

    Raises BadInput, with the nearest names, for a field that there is not, and for one of which the graph says nothing.
    """
    reasons = _Reasons(store, asked, sources)
    properties = [reasons.property(field)] if field else reasons.properties()
    return Answer(asked, tuple(reasons.statement(one) for one in properties))


def _edition(graph: Graph, node: NamedNode) -> Edition:
    publications = [graph.text(one, "dcterms:title") for one in graph.nodes(node, "dcterms:isPartOf")]
    number, pages, lines = (graph.text(node, f"cwc:{name}") for name in ("numberInEdition", "pages", "lines"))
    return Edition(graph.text(node, "dcterms:identifier"), ", ".join(publications), number, pages, lines)


class _Reasons:
    """Finds the reasons for a document's statements."""

    def __init__(self, store: Store, asked: Asked, sources: Sources) -> None:
        self.graph = Graph(store, sources.base)
        self.asked = asked
        self.sources = sources
        self._said: dict[NamedNode, list[Said]] = {}
        for said in self.graph.about(NamedNode(asked.iri)):
            self._said.setdefault(said.predicate, []).append(said)
        self._read: dict[NamedNode, list[tuple[Thing, Said]]] = {}
        """Property to (value, what gives its place in print): a reading, a mention, or the note itself."""
        for said in self._said.get(_READING, ()):
            for about in self.graph.nodes(said.value, "cwc:onProperty"):
                values = self.graph.about(said.value, "cwc:onValue")
                self._read.setdefault(about, []).extend((one.value, said) for one in values)
        for said in self._said.get(_MENTION, ()):
            named = self.graph.nodes(said.value, "cwc:mentioned")
            self._read.setdefault(_MENTIONS, []).extend((one, said) for one in named)
        self._corrections: dict[NamedNode, list[Correction]] = {}
        for said in sorted(self._said.get(_EMENDATION, ()), key=lambda one: one.triple):
            for about in self.graph.nodes(said.value, "cwc:onProperty"):
                self._corrections.setdefault(about, []).append(self._correction(said))

    # -- which property -----------------------------------------------------------------------------------------------

    def properties(self) -> list[NamedNode]:
        """Everything that the graph tells of the document, in the order in which it is asked for."""
        told = {*self._said, *self._read, *self._corrections} - _ASIDE
        first = {expand(name): place for place, name in enumerate(_FIRST)}
        return sorted(told, key=lambda one: (first.get(one.value, len(first)), _local(one.value), one.value))

    def property(self, field: str) -> NamedNode:
        """The property that a user's word means: a record's field, a property with or without its prefix, or its IRI."""
        told = self.properties()
        names: dict[str, NamedNode] = {}
        for one in [*told, *_SAME_AS, *(NamedNode(expand(name)) for name in self.sources.fields.values())]:
            for name in (_local(one.value), shorten(one.value, PREFIXES), one.value):
                names.setdefault(name, _SAME_AS.get(one, one))
        for name, prefixed in self.sources.fields.items():
            one = NamedNode(expand(prefixed))
            names[name] = _SAME_AS.get(one, one)
        tells = f"It tells: {', '.join(_local(one.value) for one in told)}."
        if field not in names:
            near = _near(field, [name for name in names if "/" not in name])
            raise BadInput(f"{self.asked.as_}: there is no field {field!r}", advice=near + tells)
        if names[field] not in told:
            shown = shorten(names[field].value, PREFIXES)
            raise BadInput(f"{self.asked.as_}: the graph says nothing of {field} ({shown})", advice=tells)
        return names[field]

    # -- and why ------------------------------------------------------------------------------------------------------

    def statement(self, about: NamedNode) -> Statement:
        """A property's values in the order of print, each with its reasons."""
        reasons: dict[Thing, list[Evidence]] = {}
        for value, said in self._read.get(about, ()):
            reasons.setdefault(value, []).append(self._evidence(said))
        for said in [*self._said.get(about, ()), *self._nameless_copies(about)]:
            read = reasons.setdefault(said.value, [])
            if not any(evidence.record == said.record for evidence in read):
                read.append(self._evidence(said))
        rest = self._corrections.get(about, [])
        values = []
        for value in sorted(reasons, key=lambda one: (self._position(one), min(map(_first, reasons[one])), one.value)):
            evidence = tuple(sorted(reasons[value], key=lambda one: (one.record, _first(one), one.lines)))
            own = tuple(one for one in rest if any(_corrected(one, reason) for reason in evidence))
            rest = [one for one in rest if one not in own]
            iri = value.value if isinstance(value, NamedNode) else ""
            values.append(Value(self._label(about, value), self.graph.short(value), iri, evidence, own))
        return Statement(shorten(about.value, PREFIXES), tuple(values), tuple(rest))

    def _label(self, about: NamedNode, value: Thing) -> str:
        if about != _COPY_TO:
            return self.graph.label(value)
        parts = self._allotments(value)
        name = self.graph.text(value, "cwc:printedForm") if value in parts else self.graph.label(value)
        counts = [self.graph.text(part, "cwc:copyCount") for part in parts]
        return ", ".join([name, *(f"{count} cop{'y' if count == '1' else 'ies'}" for count in counts)])

    def _allotments(self, value: Thing) -> list[Thing]:
        """The places of a recipient in the list of copies; for somebody whom nobody knows the place is all there is."""
        parts = [said.value for said in self._said.get(_DISTRIBUTION, ())]
        return [part for part in parts if value in (part, *self.graph.nodes(part, "cwc:copyRecipient"))]

    def _nameless_copies(self, about: NamedNode) -> list[Said]:
        parts = self._said.get(_DISTRIBUTION, ()) if about == _COPY_TO else ()
        return [said for said in parts if not self.graph.nodes(said.value, "cwc:copyRecipient")]

    def _position(self, value: Thing) -> int:
        parts = [value, *self._allotments(value)]
        return min((int(text) for part in parts for text in self.graph.texts(part, "cwc:position")), default=0)

    def _evidence(self, said: Said) -> Evidence:
        """What a reading, a mention, a note or a bare statement says of its reasons."""
        spot = self.sources.spots.get(said.triple)
        graph, node = self.graph, said.value
        lines = graph.text(node, "cwc:lines") if "#" in node.value else ""
        rule = graph.text(node, "cwc:rule") or (spot.rule if spot else "")
        return Evidence(
            said.record,
            printed=graph.text(node, "cwc:printedForm"),
            lines=lines,
            pages=tuple(graph.texts(node, "cwc:page")),
            rule=rule,
            means=self.sources.rules.get(rule, ""),
            certainty=graph.text(node, "cwc:certainty"),
            spot=spot,
            passage=tuple(self._passage(lines)),
        )

    def _correction(self, said: Said) -> Correction:
        names = ("printedValue", "correctedValue", "reason")
        printed, right, reason = (self.graph.text(said.value, f"cwc:{name}") for name in names)
        return Correction(printed, right, reason, self._evidence(said))

    def _passage(self, lines: str) -> Iterator[tuple[int, str]]:
        text = self.sources.text
        for first, last in _runs(lines) if text is not None else ():
            if text is None or last > len(text):
                raise BadInput(
                    f"{self.sources.text_name}: has {len(text or ()):,} lines, but {self.asked.id} was read on line {last}",
                    advice="Give the text that the records were read from.",
                )
            yield from ((number, text[number - 1]) for number in range(first, last + 1))


def _corrected(correction: Correction, evidence: Evidence) -> bool:
    """Whether a value comes from a correction: it stands in the correction's own lines of the file."""
    there, here = correction.evidence.spot, evidence.spot
    return (
        there is not None
        and here is not None
        and there.file == here.file
        and f"{here.field}.".startswith(f"{there.field}.")
    )


def _first(evidence: Evidence) -> int:
    return next((first for first, _ in _runs(evidence.lines)), 0)


def _runs(lines: str) -> list[tuple[int, int]]:
    return [(int(first), int(last or first)) for first, last in _RUN.findall(lines)]


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def _near(word: str, words: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, list(words), 3, 0.6)
    return f"Did you mean {' or '.join(map(repr, found))}? " if found else ""
