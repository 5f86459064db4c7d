"""The only place where an IRI of the publication is minted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgpub.convert.terms import iri

__all__ = ["ENTITY_KINDS", "Iris"]

ENTITY_KINDS = (
    "document",
    "attested",
    "person",
    "organisation",
    "office",
    "place",
    "event",
    "archive",
    "concept",
    "edition",
    "graph",
)
_KEEP = re.compile(r"[^\w.~-]+")  # letters of every script stay (RFC 3987): fond 59а is not fond 59


@lru_cache(maxsize=4096)
def _step(text: str) -> str:
    """One path segment: what may stand in an IRI stays, runs of anything else become a hyphen."""
    return _KEEP.sub("-", text.strip()).strip("-") or "x"


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints IRIs below one base; every method returns an N-Triples term (`<…>`)."""

    base: str

    def entity(self, kind: str, identifier: str) -> str:
        """Return the IRI of an entity: `person`, `joseph-stalin`."""
        return iri(f"{self.base}{kind}/{identifier}")

    def part(self, owner: str, fragment: str) -> str:
        """Return the IRI of a part of an entity: its owner's IRI with a fragment."""
        return iri(f"{owner[1:-1]}#{fragment}")

    def document(self, identifier: str) -> str:
        """Return the IRI of a document or an enclosure."""
        return self.entity("document", identifier)

    def graph(self, identifier: str) -> str:
        """Return the IRI of a named graph."""
        return self.entity("graph", identifier)

    def file(self, shown: str) -> str:
        """Return the IRI of a file of the project, named as the user knows it."""
        return iri(f"{self.base}file/{'/'.join(_step(part) for part in shown.split('/'))}")

    def activity(self, version: str) -> str:
        """Return the IRI of the conversion that made one release."""
        return iri(f"{self.base}activity/release-{_step(version)}")

    def unit(self, *steps: tuple[str, str]) -> str:
        """Return the IRI of an archival unit from its levels: ("archive", "APRF"), ("fond", "45") …"""
        path = "/".join(_step(value) if level == "archive" else f"{level}-{_step(value)}" for level, value in steps)
        return iri(f"{self.base}archive/{path}")
