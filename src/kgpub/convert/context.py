"""What a record's conversion needs to know of the rest: which ids exist, what they are called, who publishes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from kgpub.convert.iris import Iris
from kgpub.model import RawLayer

__all__ = ["Context", "build_context"]

_KIND_OF_FILE = {
    "persons": "person",
    "organisations": "organisation",
    "offices": "office",
    "places": "place",
    "events": "event",
    "archives": "archive",
    "publications": "edition",
}


@dataclass(frozen=True, slots=True)
class Context:
    """Frozen and picklable, so that it travels to a worker with the record; the same for every record of a build."""

    base: str
    version: str = "0"
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Authority id to its kind: `joseph-stalin` to `person`."""
    labels: Mapping[str, str] = field(default_factory=dict)
    cover_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Person's id to the slugs of the cover names used for that person."""
    concepts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Scheme (`form`) to the notations of its concepts."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Kind to the authority file that holds it, to name in advice."""

    @property
    def iris(self) -> Iris:
        """The minting of IRIs below this publication's base."""
        return Iris(self.base)

    def iri(self, identifier: str) -> str:
        """Return the IRI of an authority entry by its id; raise KeyError where there is none."""
        kind = self.kinds[identifier]
        return self.iris.unit(("archive", identifier)) if kind == "archive" else self.iris.entity(kind, identifier)

    def ids(self, *kinds: str) -> list[str]:
        """Return the ids of some kinds, sorted."""
        return sorted(one for one, kind in self.kinds.items() if kind in kinds)

    def digest(self) -> str:
        """Return a digest of everything in it, to tell whether a conversion made earlier still stands."""
        content = [self.base, self.version, *(sorted(m.items()) for m in (self.kinds, self.labels, self.cover_names))]
        content.append([(scheme, sorted(notations)) for scheme, notations in sorted(self.concepts.items())])
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def build_context(
    base: str, version: str, authority: Mapping[str, RawLayer], concepts: Mapping[str, frozenset[str]]
) -> Context:
    """Make the context from the authority layers and the notations of the concept schemes."""
    kinds: dict[str, str] = {}
    labels: dict[str, str] = {}
    cover_names: dict[str, tuple[str, ...]] = {}
    for name, layer in authority.items():
        if name not in _KIND_OF_FILE:
            continue
        for entry in layer.data[name]:
            kinds[entry["id"]] = _KIND_OF_FILE[name]
            labels[entry["id"]] = entry.get("name") or entry.get("title", "")
            if names := entry.get("coverNames"):
                cover_names[entry["id"]] = tuple(one["id"] for one in names)
    files = {_KIND_OF_FILE[name]: layer.file for name, layer in authority.items() if name in _KIND_OF_FILE}
    return Context(base, version, kinds, labels, cover_names, dict(concepts), files)
