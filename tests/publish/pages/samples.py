"""Books of invented facts for the tests of pages."""

from __future__ import annotations

from kgpub.publish.catalogue import Publication
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.facts import Facts
from kgpub.vocabulary import expand

__all__ = ["BASE", "book", "facts"]

BASE = "https://w3id.org/cwcorr/"


def facts(text: str) -> Facts:
    """Return facts of lines `subject predicate object`: prefixed names (`:document/X1` is ours), literals as in N-Triples."""
    statements = []
    for line in filter(None, map(str.strip, text.splitlines())):
        subject, predicate, obj = line.split(maxsplit=2)
        statements.append((_term(subject), _term(predicate), _term(obj)))
    return Facts(sorted(statements))


def book(text: str, *paths: str) -> Book:
    """Return a book of such facts; things at `paths` and all documents named in the text have a page."""
    known = facts(text)
    own = [iri.removeprefix(BASE) for iri in known.things("cwc:Document")]
    publication = Publication(BASE, "Sample letters", "Invented", "Nobody", "", "en", "1.0", "2030-01-02")
    return Book(facts=known, publication=publication, paths=frozenset((*own, *paths)))


def _term(text: str) -> str:
    if text.startswith('"'):
        return text
    if text.startswith(":"):
        return f"<{BASE}{text[1:]}>"
    return "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" if text == "a" else f"<{expand(text)}>"
