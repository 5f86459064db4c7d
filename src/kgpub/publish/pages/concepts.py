"""The pages of the lists of terms (forms, secrecy, topics …) and of each term, with the letters that bear it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.cite import cited
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.entity import entity, entity_page
from kgpub.publish.pages.letters import Letter, by_iri
from kgpub.publish.pages.page import Link, Page

__all__ = ["Line", "Scheme", "Term", "line", "pages"]


@dataclass(frozen=True, slots=True)
class Line:
    """A letter in a list: its day in words, its title, and the day to sort by."""

    letter: Link
    when: str
    id: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term: what it means, its other names, its neighbours, and the letters that bear it."""

    definition: str
    also: tuple[Link, ...]
    scheme: Link
    wider: tuple[Link, ...]
    narrower: tuple[tuple[Link, int], ...]
    related: tuple[Link, ...]
    matches: tuple[Link, ...]
    how: str
    letters: tuple[Line, ...]
    below: int
    """How many of them bear a narrower term and not this one."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A term in the list, with how many letters bear it and the terms below it."""

    term: Link
    definition: str
    letters: int
    below: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A list of terms."""

    definition: str
    terms: tuple[Branch, ...]
    others: tuple[Link, ...]


_HOW = {
    "form": "Letters of this form",
    "classification": "Letters marked so",
    "urgency": "Letters marked so",
    "stage": "Letters on whose way this step is printed",
    "topic": "Letters on this topic",
}


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of each list and of each term."""
    facts = book.facts
    schemes = [iri for iri in facts.things("skos:ConceptScheme") if book.path(iri)]
    for scheme in schemes:
        others = book.links(one for one in schemes if one != scheme)
        own = Scheme(facts.text(scheme, "skos:definition"), tuple(_tops(book, scheme)), others)
        yield _page(book, scheme, "List of terms", "site/scheme.html", "DefinedTermSet", own)
    for iri in facts.things("skos:Concept"):
        if book.path(iri) and "concept/" in book.own(iri):
            yield _page(book, iri, "Term", "site/concept.html", "DefinedTerm", _term(book, iri))


def line(book: Book, letter: Letter) -> Line:
    """Return a letter as a list shows it."""
    return Line(book.link(letter.iri), in_words(letter.date), letter.id)


@once
def by_term(book: Book) -> Mapping[str, tuple[Letter, ...]]:
    """Return the letters that bear each term, themselves or by a step of their way."""
    known = by_iri(book)
    found: dict[str, tuple[Letter, ...]] = {}
    for iri in book.facts.things("skos:Concept"):
        owners = {subject.partition("#")[0] for _, subject in book.facts.incoming(iri)}
        found[iri] = tuple(sorted((known[one] for one in owners if one in known), key=lambda one: one.order))
    return found


def _page(book: Book, iri: str, kind: str, template: str, schema: str, own: Scheme | Term) -> Page:
    common = entity(book, iri, kind, citation=cited(book, iri, book.facts.label(iri)))
    head = {"@type": schema, "description": own.definition}
    page = entity_page(book, common, template, "letters", head, own)
    # The terms stand in one file together: there is none for each.
    return replace(
        page,
        alternates=(("ontology/concepts.ttl", "text/turtle", "Turtle, with all terms"),),
        links=tuple(one for one in page.links if one[0] != "describedby"),
    )


def _term(book: Book, iri: str) -> Term:
    facts = book.facts
    letters = by_term(book).get(iri, ())
    below = {one for narrower in _below(book, iri) for one in by_term(book).get(narrower, ())} - set(letters)
    all_ = sorted({*letters, *below}, key=lambda one: one.order)
    matches = [one for how in ("skos:exactMatch", "skos:closeMatch") for one in facts.nodes(iri, how)]
    return Term(
        definition=facts.text(iri, "skos:definition"),
        also=tuple(book.shown(one) for one in facts.values(iri, "skos:altLabel")),
        scheme=book.link(facts.node(iri, "skos:inScheme")),
        wider=book.links(facts.nodes(iri, "skos:broader")),
        narrower=tuple((book.link(one), len(by_term(book).get(one, ()))) for one in _narrower(book, iri)),
        related=book.links(facts.nodes(iri, "skos:related")),
        matches=book.links(matches),
        how=_HOW.get(book.own(iri).split("/")[1], "Letters with this term"),
        letters=tuple(line(book, one) for one in all_),
        below=len(below),
    )


def _tops(book: Book, scheme: str) -> Iterator[Branch]:
    facts = book.facts
    members = facts.pointing(scheme, "skos:inScheme")
    for iri in sorted(members, key=lambda one: (facts.label(one).casefold(), one)):
        if not facts.nodes(iri, "skos:broader"):
            yield _branch(book, iri)


def _branch(book: Book, iri: str, seen: frozenset[str] = frozenset()) -> Branch:
    seen |= {iri}
    below = tuple(_branch(book, one, seen) for one in _narrower(book, iri) if one not in seen)
    return Branch(book.link(iri), book.facts.text(iri, "skos:definition"), len(by_term(book).get(iri, ())), below)


def _narrower(book: Book, iri: str) -> list[str]:
    facts = book.facts
    return sorted(
        {*facts.pointing(iri, "skos:broader"), *facts.nodes(iri, "skos:narrower")},
        key=lambda one: (facts.label(one).casefold(), one),
    )


def _below(book: Book, iri: str) -> set[str]:
    found: set[str] = set()
    left = _narrower(book, iri)
    while left:
        if (one := left.pop()) not in found:
            found.add(one)
            left += _narrower(book, one)
    return found
