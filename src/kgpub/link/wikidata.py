"""The questions put to anything that holds Wikidata's RDF model, and the source made of their answers.

An endpoint and a slice on disk are asked the same queries; facts come as triples and are read from them in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from pyoxigraph import BlankNode, Literal, Quad, RdfFormat, Store, Triple, serialize

from kgpub.link.items import PREFIXES, Item, read_item
from kgpub.link.names import LANGUAGES, Name
from kgpub.link.source import Progress, batches

__all__ = ["Asked", "WikidataSource", "facts_queries", "search_query", "to_ntriples"]

NAMES_AT_ONCE = 120
ITEMS_AT_ONCE = 60
_DIRECT = ("P31", "P569", "P570", "P571", "P576", "P580", "P582", "P585", "P625", "P17", "P131", "P361", "P749")
_PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
_LANGUAGES = ", ".join(f'"{one}"' for one in LANGUAGES)


class Asked(Protocol):
    """Something that answers SPARQL."""

    @property
    def name(self) -> str:
        """Its address or its file."""
        ...

    def pairs(self, query: str) -> list[tuple[str, Name]]:
        """Return the answers to a SELECT of ?item and ?name."""
        ...

    def triples(self, query: str) -> Iterable[Triple]:
        """Return the triples that a CONSTRUCT makes."""
        ...


def search_query(names: Iterable[Name]) -> str:
    """Return the query for the items that bear one of some names as a label or an alias."""
    values = " ".join(str(Literal(name.text, language=name.lang)) for name in names)
    return f"{_PREFIXES}SELECT ?item ?name {{ VALUES ?name {{ {values} }} ?item rdfs:label|skos:altLabel ?name }}"


def facts_queries(items: Iterable[str]) -> tuple[str, ...]:
    """Return the queries for what is compared: direct statements and redirects, names, positions, names of what they name."""
    values = f"VALUES ?item {{ {' '.join(f'wd:{one}' for one in items)} }}"
    direct = " ".join(f"wdt:{one}" for one in _DIRECT)
    named = "wdt:P17 wdt:P131 wdt:P361 wdt:P749"
    spoken = f"FILTER(LANG(?o) IN ({_LANGUAGES}))"
    return (
        f"{_PREFIXES}CONSTRUCT {{ ?item ?p ?o }} {{ {values} VALUES ?p {{ {direct} owl:sameAs p:P39 }} ?item ?p ?o }}",
        f"{_PREFIXES}CONSTRUCT {{ ?item ?p ?o }} "
        f"{{ {values} VALUES ?p {{ rdfs:label skos:altLabel }} ?item ?p ?o {spoken} }}",
        f"{_PREFIXES}CONSTRUCT {{ ?s ?p ?o }} "
        f"{{ {values} ?item p:P39 ?s . VALUES ?p {{ ps:P39 pq:P580 pq:P582 }} ?s ?p ?o }}",
        f"{_PREFIXES}CONSTRUCT {{ ?one rdfs:label ?o }} {{ {values} "
        f"{{ ?item p:P39/ps:P39 ?one }} UNION {{ VALUES ?p {{ {named} }} ?item ?p ?one }} ?one rdfs:label ?o {spoken} }}",
    )


def to_ntriples(triples: Iterable[Triple]) -> str:
    """Return triples as sorted N-Triples; those with a blank node, an unknown value, are left out."""
    lines: set[str] = set()
    for triple in triples:
        if not isinstance(triple.subject, BlankNode) and not isinstance(triple.object, BlankNode):
            content = serialize([triple], format=RdfFormat.N_TRIPLES)
            assert content is not None  # it is None only where an output file is given
            lines.add(content.decode())
    return "".join(sorted(lines))


class WikidataSource:
    """Candidates from whatever answers SPARQL on Wikidata's model."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.store = Store()
        self._fetched: set[str] = set()

    @property
    def name(self) -> str:
        """The address of the endpoint, or the file of the slice."""
        return self.asked.name

    def search(self, wanted: Mapping[str, Sequence[Name]], progress: Progress) -> dict[str, tuple[str, ...]]:
        """Return for each key the items that bear one of its names, asked in batches."""
        keys: dict[Name, list[str]] = {}
        for key, names in wanted.items():
            for name in names:
                keys.setdefault(Name(name.text, name.lang.lower()), []).append(key)
        found: dict[str, set[str]] = {key: set() for key in wanted}
        names = sorted(keys)
        for start in range(0, len(names), NAMES_AT_ONCE):
            for item, name in self.asked.pairs(search_query(names[start : start + NAMES_AT_ONCE])):
                for key in keys.get(Name(name.text, name.lang.lower()), ()):
                    found[key].add(item)
            progress("names", min(start + NAMES_AT_ONCE, len(names)), len(names))
        return {key: tuple(sorted(items, key=_number)) for key, items in found.items()}

    def fetch(self, items: Sequence[str], progress: Progress) -> dict[str, Item]:
        """Return what is known of each item; where one was merged into another, ask for `merged_into` too."""
        wanted = sorted(set(items) - self._fetched, key=_number)
        for number, batch in enumerate(runs := batches(wanted, ITEMS_AT_ONCE), 1):
            for query in facts_queries(batch):
                self.store.extend(Quad(one.subject, one.predicate, one.object) for one in self.asked.triples(query))
            self._fetched.update(batch)
            progress("items", number, len(runs))
        return {one: read_item(self.store, one) for one in items}

    def triples(self) -> list[Triple]:
        """Return all that was fetched."""
        return [quad.triple for quad in self.store]


def _number(item: str) -> tuple[int, str]:
    digits = item.removeprefix("Q")
    return (int(digits) if digits.isdigit() else 0, item)
