"""What a graph holds, in figures."""

from __future__ import annotations

from collections import Counter

from kgpub.publish.contents import Contents
from kgpub.vocabulary import CWC, PREFIXES

__all__ = ["breakdown", "count"]

_TYPE = f"<{PREFIXES['rdf']}type>"
_ENCLOSED = f"<{CWC}enclosedIn>"
_BREAKDOWNS = (
    ("Documents by form", "cwc:form"),
    ("Documents by year", "dcterms:date"),
    ("Documents by sender", "cwc:sender"),
    ("Documents by recipient", "cwc:recipient"),
)


def count(contents: Contents) -> dict[str, int]:
    """Return the figures of a graph: documents as printed, the archival items they are, enclosures, actors, triples …"""
    by_class = _by_class(contents)
    enclosed = _enclosed(contents)
    documents = by_class.get("Document", set())
    return {
        "Documents as printed": len(by_class.get("Edition", ())),
        "Archival items": len(documents - enclosed),
        "Messages enclosed in them": len(documents & enclosed),
        "Known only from being cited": len(by_class.get("AttestedDocument", ())),
        "Persons": len(by_class.get("Person", ())),
        "Organisations": len(by_class.get("Organisation", ())),
        "Places": len(by_class.get("Place", ())),
        "Archival units": len(by_class.get("ArchivalUnit", ())),
        "Named graphs": len(contents.graphs),
        "Triples": len(contents.statements),
    }


def breakdown(contents: Contents) -> list[tuple[str, dict[str, int]]]:
    """Return tables of documents (enclosures left out) by form, year, sender and recipient, most first."""
    # Notes have dates too, and it is documents that are counted.
    items = _by_class(contents).get("Document", set()) - _enclosed(contents)
    tables = []
    for title, prefixed in _BREAKDOWNS:
        prefix, _, local = prefixed.partition(":")
        predicate = f"<{PREFIXES[prefix]}{local}>"
        found = Counter(
            _key(obj) for subject, stated, obj in contents.statements if stated == predicate and subject in items
        )
        tables.append((title, dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))))
    return tables


def _by_class(contents: Contents) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for subject, predicate, obj in contents.statements:
        if predicate == _TYPE:
            found.setdefault(obj[1:-1].removeprefix(CWC), set()).add(subject)
    return found


def _enclosed(contents: Contents) -> set[str]:
    return {subject for subject, predicate, _ in contents.statements if predicate == _ENCLOSED}


def _key(term: str) -> str:
    """The last step of an IRI, the year of a date."""
    return term[1:-1].rpartition("/")[2] if term.startswith("<") else term[1:5]
