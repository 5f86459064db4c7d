"""What stands beside the print: values an editor corrected, what another source has otherwise, and notes on the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.evidence import property_words, where, worded
from kgpub.publish.pages.page import Link

__all__ = ["Claim", "Correction", "Remark", "Vouched", "archive_pages", "claims_of", "corrections_of", "remarks_of"]

_KINDS: Final = {
    "margin": "In the margin",
    "handwritten": "By hand",
    "resolution": "Resolution on the sheet",
    "attachment": "Attached",
    "editor": "Editor’s note",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """A printed value and what an editor of this collection put in its place; either may be empty."""

    property: Link
    printed: str
    corrected: str
    reason: str
    certainty: str
    place: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What another source has otherwise."""

    property: Link
    source: Link
    claimed: tuple[Link, ...]
    ours: tuple[Link, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A note on the sheet or below the print, told in our words."""

    kind: str
    by: Link | None
    date: str
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """An archive's own page of the letter, and why it is taken for the same."""

    page: Link
    status: str
    agreed: tuple[str, ...]
    seen: str
    decided: str
    reason: str
    same: bool
    """Whether the page carries the edition's own text."""


def corrections_of(book: Book, iri: str) -> tuple[Correction, ...]:
    """Return the corrections of a letter, in the order of the properties."""
    facts = book.facts
    found = [
        Correction(
            property=property_words(book, facts.node(node, "cwc:onProperty")),
            printed=worded(book, facts.text(node, "cwc:printedValue")),
            corrected=worded(book, facts.text(node, "cwc:correctedValue")),
            reason=facts.text(node, "cwc:reason"),
            certainty=facts.text(node, "cwc:certainty"),
            place=where(", ".join(facts.texts(node, "cwc:page")), facts.text(node, "cwc:lines")),
        )
        for node in facts.nodes(iri, "cwc:emendation")
    ]
    return tuple(sorted(found, key=lambda one: (one.property.text, one.place, one.printed)))


def claims_of(book: Book, iri: str) -> tuple[Claim, ...]:
    """Return what other sources have otherwise."""
    facts = book.facts
    found = []
    for node in facts.nodes(iri, "cwc:claim"):
        sources = facts.values(node, "dcterms:source")
        found.append(
            Claim(
                property=property_words(book, facts.node(node, "cwc:onProperty")),
                source=_source(sources[0].text if sources else "", sources[0].is_iri if sources else False),
                claimed=_shown(book, node, "cwc:claimedValue"),
                ours=_shown(book, node, "cwc:editionValue"),
                reason=facts.text(node, "cwc:reason"),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.property.text, repr(one.claimed))))


def remarks_of(book: Book, iri: str) -> tuple[Remark, ...]:
    """Return the notes on a letter, in the order of their lines."""
    facts = book.facts
    nodes = sorted(facts.nodes(iri, "cwc:note"), key=lambda one: (facts.text(one, "cwc:lines").zfill(9), one))
    return tuple(
        Remark(
            kind=_KINDS.get(kind := facts.text(node, "cwc:noteKind"), kind),
            by=book.link(by) if (by := facts.node(node, "cwc:noteBy")) else None,
            date=in_words(facts.text(node, "dcterms:date")),
            words=facts.text(node, "dcterms:description"),
            place=where(", ".join(facts.texts(node, "cwc:page")), facts.text(node, "cwc:lines")),
        )
        for node in nodes
    )


def archive_pages(book: Book, iri: str) -> tuple[Vouched, ...]:
    """Return the archives' own pages of a letter, each with what speaks for it."""
    facts = book.facts
    same = set(facts.nodes(iri, "schema:sameAs"))
    evidence = {facts.node(node, "cwc:linkTarget"): node for node in facts.pointing(iri, "cwc:linkSubject")}
    found = []
    for page in facts.nodes(iri, "cwc:archivePage"):
        node = evidence.get(page, "")
        by, day = facts.text(node, "cwc:decidedBy"), in_words(facts.text(node, "cwc:decidedOn"))
        found.append(
            Vouched(
                page=Link(page, page, elsewhere=True),
                status=facts.text(node, "cwc:linkStatus"),
                agreed=tuple(sorted(facts.texts(node, "cwc:agreedOn"))),
                seen=facts.text(node, "dcterms:source"),
                decided=", ".join(filter(None, (by, day))),
                reason=facts.text(node, "cwc:reason"),
                same=page in same,
            )
        )
    return tuple(found)


def _source(text: str, is_iri: bool) -> Link:
    return Link("the archive’s page", text, elsewhere=True) if is_iri else Link(text)


def _shown(book: Book, node: str, prefixed: str) -> tuple[Link, ...]:
    return tuple(
        book.link(value.text) if value.is_iri else Link(worded(book, value.text), lang=value.lang)
        for value in book.facts.values(node, prefixed)
    )
