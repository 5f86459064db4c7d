"""What links a thing to Wikidata: which item, on what it was found to agree, who decided, and which items were turned down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.page import Link

__all__ = ["Outside", "outside", "same_as"]

_KINDS: Final = (
    ("skos:exactMatch", "same"),
    ("skos:closeMatch", "close"),
    ("owl:differentFrom", "different"),
)


@dataclass(frozen=True, slots=True)
class Outside:
    """An item elsewhere, how it relates ("same", "close" or "different"), and the evidence."""

    item: Link
    how: str
    agreed: str
    by: str
    on: str
    sources: tuple[str, ...]
    reason: str


def outside(book: Book, iri: str) -> tuple[Outside, ...]:
    """Return the items that a thing is linked with or told from, the same first."""
    facts = book.facts
    nodes = {facts.node(node, "cwc:linkTarget"): node for node in facts.pointing(iri, "cwc:linkSubject")}
    found = []
    for prefixed, how in _KINDS:
        for target in facts.nodes(iri, prefixed):
            if not target.startswith(book.publication.base):
                found.append(_told(book, target, how, nodes.get(target, "")))
    return tuple(found)


def same_as(book: Book, iri: str) -> list[str]:
    """Return the addresses of the items that are the same thing, for machines."""
    return [one for one in book.facts.nodes(iri, "skos:exactMatch") if not one.startswith(book.publication.base)]


def _told(book: Book, target: str, how: str, node: str) -> Outside:
    facts = book.facts
    where = "Wikidata " if "wikidata.org" in target else ""
    when = facts.text(node, "cwc:decidedOn")
    agreed = sorted(facts.texts(node, "cwc:agreedOn"))
    return Outside(
        item=Link(f"{where}{target.rpartition('/')[2]}", target, elsewhere=True),
        how=how,
        agreed=_listed(agreed),
        by=facts.text(node, "cwc:decidedBy"),
        on=in_words(when) if when else "",
        sources=tuple(facts.text(node, "dcterms:source").split(" | ")) if node else (),
        reason=facts.text(node, "cwc:reason"),
    )


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
