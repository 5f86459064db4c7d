"""What the pages of actors, places and events share: the common part, sentences on where it comes from, names for machines."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.cite import cited
from kgpub.publish.pages.entity import Entity, entity
from kgpub.publish.pages.names import names
from kgpub.publish.pages.outside import same_as
from kgpub.publish.pages.tenures import Tenure

__all__ = ["about", "counted", "described", "held", "listed_in"]

_LISTED: Final = frozenset(
    f"cwc:{name}"
    for name in (
        *("sender", "recipient", "via", "signer", "copyTo", "copyRecipient", "mentions", "mentioned", "onValue"),
        *("sentFrom", "sentTo", "translator", "holder", "office", "usedWith", "agent", "noteBy", "identifies"),
        *("citedSender", "citedRecipient", "officeOf"),
    )
)
"""Properties whose subjects the page lists itself, so that it need not list them again as what points there."""


def about(
    book: Book, iri: str, kind: str, provenance: Iterable[str], *, anchored: Collection[str] = (), plain: str = ""
) -> Entity:
    """Return the common part of a page, without what its own lists show.

    The statements of parts that the page anchors itself (`anchored`) stand under another id.
    """
    title = book.facts.label(iri)
    words = f"{title} ({plain})" if plain else title
    common = entity(book, iri, kind, provenance=tuple(provenance), citation=cited(book, iri, title, plain=words))
    parts = tuple((f"statements-{id}" if id in anchored else id, part, groups) for id, part, groups in common.parts)
    incoming = tuple(group for group in common.incoming if group.property.title not in _LISTED)
    return replace(common, parts=parts, incoming=incoming)


def counted(number: int, one: str, more: str = "") -> str:
    """Return a number with its noun ("1 letter", "3 letters")."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def listed_in(book: Book, what: str) -> str:
    """Say which list of the project an entry stands in, and where the list is kept."""
    files = [one for one in _files(book) if one.rpartition("/")[2].startswith(what)]
    kept = f" ({', '.join(files)})" if files else ""
    return f"Names, dates and links stand in the project’s own list of {what}{kept}."


def held(tenures: Iterable[Tenure]) -> str:
    """Say how sure the offices are: how many are inferred or conjectured."""
    found = list(tenures)
    unsure = sum(bool(one.certainty) for one in found)
    if not found:
        return ""
    said = f"{counted(len(found), 'tenure')} of offices, each with its source"
    return f"{said}; {unsure} inferred or conjectured." if unsure else f"{said}."


def described(book: Book, iri: str, kind: str, **more: Any) -> dict[str, Any]:
    """Return what schema.org takes of a thing: class, names, description, same things elsewhere; without empty fields."""
    other = [{"@value": text, "@language": tag} if tag else text for text, tag in names(book, iri).all]
    found: dict[str, Any] = {
        "@type": kind,
        "alternateName": other,
        "description": book.facts.text(iri, "dcterms:description"),
        "identifier": book.facts.text(iri, "dcterms:identifier"),
        "sameAs": same_as(book, iri),
        **more,
    }
    return {name: value for name, value in found.items() if value}


@once
def _files(book: Book) -> tuple[str, ...]:
    """Return the files that the graph of the lists was made from, as paths of the corpus."""
    made = book.facts.nodes(book.iri("graph/authority"), "prov:wasDerivedFrom")
    return tuple(sorted(book.own(one).removeprefix("file/") for one in made))
