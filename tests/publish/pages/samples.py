"""Books of invented facts for the tests of pages."""

from __future__ import annotations

from kgpub.publish.catalogue import Publication
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.drawing import Picture, Shape
from kgpub.publish.pages.facts import Facts
from kgpub.publish.pages.page import Link
from kgpub.vocabulary import expand

__all__ = ["BASE", "HARBOUR", "book", "facts", "harbour", "hrefs", "links", "texts"]

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


HARBOUR = """
    :document/X1 a cwc:Document
    :document/X1 dcterms:identifier "X1"
    :document/X1 dcterms:title "One"@en
    :document/X1 dcterms:date "1950-07-02"
    :document/X1 cwc:sender :person/ann
    :document/X1 cwc:recipient :person/bob
    :document/X1 cwc:via :person/cai
    :document/X1 cwc:sentFrom :place/west
    :document/X1 cwc:sentTo :place/east
    :document/X1 cwc:mentions :event/storm
    :document/X2 a cwc:Document
    :document/X2 dcterms:identifier "X2"
    :document/X2 dcterms:title "Two"@en
    :document/X2 dcterms:date "1950-10-02"
    :document/X2 cwc:sender :person/ann
    :document/X2 cwc:recipient :person/bob
    :document/X2 cwc:sentFrom :place/east
    :document/X2 cwc:sentTo :place/far
    :document/X3 a cwc:Document
    :document/X3 dcterms:identifier "X3"
    :document/X3 cwc:sender :person/bob
    :event/storm a cwc:Event
    :event/storm skos:prefLabel "Storm"@en
    :event/storm cwc:from "1950-07-01"
    :event/storm cwc:until "1950-07-09"
    :event/flood a cwc:Event
    :event/flood cwc:from "1931-06"
    :event/someday a cwc:Event
    :place/west a cwc:Place
    :place/west skos:prefLabel "West"@en
    :place/west geo:lat "55.5"
    :place/west geo:long "37.5"
    :place/east a cwc:Place
    :place/east skos:prefLabel "East"@en
    :place/east geo:lat "40"
    :place/east geo:long "116"
    :place/far a cwc:Place
    :place/far skos:prefLabel "Far"@en
    :place/far geo:lat "40"
    :place/far geo:long "-74"
    :place/lost a cwc:Place
    :place/lost skos:prefLabel "Lost"@en
    :person/ann skos:prefLabel "Ann"@en
    :person/bob skos:prefLabel "Bob"@en
    :person/cai skos:prefLabel "Cai"@en
"""
"""Three letters between two people, one through a relay; places near, far and without a point; events dated and not."""


def harbour() -> Book:
    """Return the book of those letters."""
    things = ("place/west", "place/east", "place/far", "place/lost", "person/ann", "person/bob", "event/storm")
    return book(HARBOUR, *things)


def links(picture: Picture) -> list[Link]:
    """Return the links of a picture."""
    return [shape.words for shape in picture.shapes if shape.tag == "a"]


def texts(shapes: tuple[Shape, ...]) -> list[str]:
    """Return the texts of shapes."""
    return [one.words.text for shape in shapes for one in (shape, *shape.parts) if one.tag == "text"]


def hrefs(picture: Picture) -> set[str]:
    """Return where a picture leads."""
    return {link.href for link in links(picture)}
