"""What every module of the pages is handed: the facts, the publication, and where a thing's page is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final, TypeVar
from urllib.parse import quote

from kgpub.publish.catalogue import Publication
from kgpub.publish.pages.facts import Facts, Value
from kgpub.publish.pages.page import Link
from kgpub.results import shorten
from kgpub.vocabulary import ONTOLOGY, PREFIXES, VOCABULARY_BASE

__all__ = ["Book", "File", "once"]

_T = TypeVar("_T")
_SAFE: Final = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class File:
    """A file to download: its name, media type or format, size in bytes, SHA-256, and what it is in words."""

    name: str
    format: str
    size: int
    digest: str
    what: str
    statements: int = 0
    """How many statements it holds; the same in two graphs are two, where the format has graphs."""


@dataclass(frozen=True)
class Book:
    """A publication as its pages see it; `paths` are the entities that have a page (`document/W016`)."""

    facts: Facts
    publication: Publication
    paths: frozenset[str]
    queries: Sequence[Any] = ()
    """The canned queries (kgpub.queries.Query)."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """What the canned queries answer with their defaults (kgpub.results.Result), by name."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """The text of queries that are for another endpoint, filled in with their defaults, by name."""
    choices: Mapping[tuple[str, str], Sequence[tuple[str, str]]] = field(default_factory=dict)
    """Pick-lists of the queries' parameters: (query, parameter) -> (value, label)."""
    counts: Mapping[str, int] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    data: Mapping[str, Sequence[tuple[str, str, str]]] = field(default_factory=dict)
    """The statements of each entity's data file, by its path."""
    has_engine: bool = True
    """Whether the site holds what runs queries in a browser (assets/engine.js)."""
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What `once` has worked out."""
    led: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    """Where the pages of things are, of which the same few are asked for again and again."""

    def iri(self, path: str) -> str:
        """Return the IRI of the thing at a path below the publication's base."""
        return f"{self.publication.base}{path}"

    def thing(self, path: str) -> str:
        """Return the IRI of an entity's path: a concept's is below the vocabulary's base, any other's below the publication's."""
        return f"{VOCABULARY_BASE}{path}" if path.startswith("concept/") else self.iri(path)

    def path(self, iri: str) -> str:
        """Return where the page of a thing is, from the publication's root, with its anchor; empty where there is none."""
        if (found := self.led.get(iri)) is None:
            found = self.led[iri] = self._path(iri)
        return found

    def _path(self, iri: str) -> str:
        for base in dict.fromkeys((self.publication.base, VOCABULARY_BASE)):
            if iri.startswith(base):
                path, mark, fragment = iri.removeprefix(base).partition("#")
                if path in self.paths or path == ONTOLOGY.removeprefix(VOCABULARY_BASE):
                    return f"{quote(path, _SAFE)}.html{mark}{quote(fragment, _SAFE)}"
        return ""

    def own(self, iri: str) -> str:
        """Return a thing's path below the base (`person/mao-zedong`); the IRI itself where it is not ours."""
        return iri.removeprefix(self.publication.base).removeprefix(VOCABULARY_BASE)

    def link(self, iri: str, text: str = "") -> Link:
        """Return a link to a thing under its name, or under another text."""
        words = text or self.facts.label(iri)
        if path := self.path(iri):
            return Link(words, path)
        outside = iri.startswith(("https://", "http://")) and not iri.startswith(self.publication.base)
        return Link(words, iri, elsewhere=True) if outside else Link(words)

    def links(self, iris: Iterable[str]) -> tuple[Link, ...]:
        """Return links to things, in their order."""
        return tuple(self.link(iri) for iri in iris)

    def shown(self, value: Value) -> Link:
        """Return a value as a page shows it: a thing by its name, a literal by its text with its language."""
        return self.link(value.text) if value.is_iri else Link(value.text, lang=value.lang)

    def short(self, iri: str) -> str:
        """Return an IRI as people read it: a path below the base, else a prefixed name."""
        return shorten(iri, {**PREFIXES, "": self.publication.base})


def once(make: Callable[[Book], _T]) -> Callable[[Book], _T]:
    """Return a function of a book that works its answer out once for each book."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def answer(book: Book) -> _T:
        if name not in book.kept:
            book.kept[name] = make(book)
        found: _T = book.kept[name]
        return found

    return answer
