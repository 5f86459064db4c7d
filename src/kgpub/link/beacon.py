"""A BEACON file: our page for each linked Wikidata item, in the link dump format of gbv.github.io/beaconspec/beacon.html."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgpub.link.entities import Entity
from kgpub.link.items import ENTITY

__all__ = ["Publication", "beacon"]

_RELATION = "http://www.w3.org/2004/02/skos/core#exactMatch"


@dataclass(frozen=True, slots=True)
class Publication:
    """What the head of the file says of us."""

    base: str
    title: str
    publisher: str
    day: str
    """The day of the release, never that of the run."""
    contact: str = ""


def beacon(publication: Publication, entities: Sequence[Entity], links: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines: meta fields, an empty line, then `Q855||person/joseph-stalin` for each link, in the order of items."""
    yield "#FORMAT: BEACON"
    yield f"#PREFIX: {ENTITY}"
    # {+ID} leaves the / of person/joseph-stalin as it is; a bare prefix would make %2F of it.
    yield f"#TARGET: {publication.base}{{+ID}}"
    yield f"#RELATION: {_RELATION}"
    yield f"#NAME: {publication.title}"
    yield f"#INSTITUTION: {publication.publisher}"
    yield f"#CREATOR: {publication.publisher}"
    if publication.contact:
        yield f"#CONTACT: {publication.contact}"
    yield f"#TIMESTAMP: {publication.day}"
    yield ""
    paths = {links[one.id]: one.iri.removeprefix(publication.base) for one in entities if one.id in links}
    for item in sorted(paths, key=lambda one: int(one[1:])):
        yield f"{item}||{paths[item]}"
