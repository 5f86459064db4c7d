"""Who and what a letter mentions, and which articles cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.evidence import where
from kgpub.publish.pages.page import Link

__all__ = ["CITED", "Citing", "Group", "Named", "Quoted", "citing", "mentioned"]

_KINDS: Final = (
    ("cwc:Person", "Persons"),
    ("cwc:Organisation", "Organisations"),
    ("cwc:Office", "Offices"),
    ("cwc:Place", "Places"),
    ("cwc:Event", "Events"),
    ("", "Others"),
)
CITED: Final = {
    "citesAsEvidence": "as evidence",
    "includesQuotationFrom": "quoted",
    "discusses": "discussed",
    "cites": "named",
}
"""How an article cites (the last step of CiTO's property) in words."""


@dataclass(frozen=True, slots=True)
class Named:
    """One that is mentioned: where, and under which names as printed."""

    name: Link
    printed: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one kind that are mentioned."""

    kind: str
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """One place where an article cites."""

    how: str
    place: str
    printed: str
    certainty: str
    remark: str


@dataclass(frozen=True, slots=True)
class Citing:
    """An article, and where it cites."""

    article: Link
    by: str
    places: tuple[Quoted, ...]


def mentioned(book: Book, iri: str) -> tuple[Group, ...]:
    """Return who and what a letter mentions, by kind and name."""
    facts = book.facts
    found: dict[str, list[tuple[str, str, str]]] = {one: [] for one in facts.nodes(iri, "cwc:mentions")}
    for node in facts.nodes(iri, "cwc:mention"):
        told = tuple(facts.text(node, f"cwc:{name}") for name in ("page", "lines", "printedForm"))
        found.setdefault(facts.node(node, "cwc:mentioned"), []).append(told)  # type: ignore[arg-type]
    of_kind: dict[str, list[Named]] = {}
    for one in sorted(found, key=lambda one: (facts.label(one).casefold(), one)):
        told_of = sorted(found[one], key=lambda one: (one[1].zfill(9), one))
        kind = next(prefixed for prefixed, _ in _KINDS if not prefixed or facts.is_a(one, prefixed))
        printed = tuple(dict.fromkeys(form for *_, form in told_of if form))
        places = tuple(where(page, lines) for page, lines, _ in told_of)
        of_kind.setdefault(kind, []).append(Named(book.link(one), printed, places))
    return tuple(Group(words, tuple(of_kind[prefixed])) for prefixed, words in _KINDS if prefixed in of_kind)


def citing(book: Book, iri: str) -> tuple[Citing, ...]:
    """Return the articles that cite a letter, each with the places where it does."""
    facts = book.facts
    found: dict[str, list[tuple[int, Quoted]]] = {}
    for node in facts.pointing(iri, "cito:hasCitedEntity"):
        found.setdefault(facts.node(node, "cito:hasCitingEntity"), []).append((_line(book, node), quoted(book, node)))
    return tuple(
        Citing(
            article=book.link(article, facts.text(article, "dcterms:title")),
            by=" and ".join(facts.label(one) for one in facts.nodes(article, "dcterms:creator")),
            places=tuple(one for _, one in sorted(found[article], key=lambda pair: (pair[0], repr(pair[1])))),
        )
        for article in sorted(found)
    )


def quoted(book: Book, node: str) -> Quoted:
    """Return one citation in words."""
    facts = book.facts
    how = facts.node(node, "cito:hasCitationCharacterization").rpartition("/")[2]
    page, note = facts.text(node, "cwc:page"), facts.text(node, "cwc:noteNumber")
    certainty = facts.text(node, "cwc:certainty")
    return Quoted(
        how=CITED.get(how, how),
        place=", ".join(filter(None, (f"p. {page}" if page else "", f"note {note}" if note else ""))),
        printed=facts.text(node, "cwc:printedForm"),
        certainty="" if certainty == "printed" else certainty,
        remark=facts.text(node, "dcterms:description"),
    )


def _line(book: Book, node: str) -> int:
    first = book.facts.text(node, "cwc:lines").split(",")[0].split("-")[0]
    return int(first) if first.isdigit() else 0
