"""The pages of identifiers that were merged into another: each leads on, and says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.cite import cited
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.entity import entity, entity_page
from kgpub.publish.pages.page import Link, Page

__all__ = ["Merged", "pages"]


@dataclass(frozen=True, slots=True)
class Merged:
    """Where an identifier leads, since when and why; nothing that it leads to where it was withdrawn."""

    id: str
    successors: tuple[Link, ...]
    since: str
    reason: str


def pages(book: Book, step: str, kind: str, section: str) -> Iterator[Page]:
    """Yield the pages of merged identifiers below a first step of the path (`document`, `place`)."""
    facts = book.facts
    for iri in facts.things("cwc:MergedIdentifier"):
        path = book.own(iri)
        if not path.startswith(f"{step}/") or path not in book.paths:
            continue
        id = facts.text(iri, "dcterms:identifier") or path.rpartition("/")[2]
        own = Merged(
            id=id,
            successors=book.links(facts.nodes(iri, "dcterms:isReplacedBy")),
            since=in_words(facts.text(iri, "dcterms:modified")),
            reason=facts.text(iri, "skos:changeNote"),
        )
        common = entity(book, iri, f"{kind}, merged into another", citation=cited(book, iri, f"{kind} {id}"))
        common = replace(common, title=f"{kind} {id}")
        yield entity_page(book, common, "site/merged.html", section, {"@type": "CreativeWork"}, own)
