"""A first slice where no endpoint can be reached: what the ledger's own evidence quotes of each item, and nothing else.

It holds no candidates for what has no link yet; what it is for is to weigh the links that stand, without a network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kgpub.link.items import ENTITY, GEO_WKT, WDT
from kgpub.link.ledger import Decision
from kgpub.link.names import script
from kgpub.link.slice import SEED_MARK
from kgpub.link.wikidata import to_ntriples

__all__ = ["first_slice", "quoted"]

_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_ALIAS = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
_DATE_TIME = NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
_PART = re.compile(r"^github .*?: (?P<said>.+)$")
_LISTED = re.compile(r"^WD~(?P<name>.+),(?P<number>\d+)$")
_RESOURCE = re.compile(r"^dbpedia\.org/resource/(?P<name>.+?)(?:_\(.*\))?$")
_LIFE = re.compile(r"\((?P<born>\d{4})(?:-\d\d-\d\d)?[-/–](?P<died>\d{4})(?:-\d\d-\d\d)?[;)]")
_POINT = re.compile(r"\((?P<lat>-?\d+\.\d+),(?P<long>-?\d+\.\d+)\)")
_NOTE = re.compile(r"\s*\(.*$")
_COUNTRY = re.compile(r", [A-Z][\w ]+$")
_HEADER = f"""\
{SEED_MARK}: names, years and points that the evidence of corpus/authority/links.yaml quotes from copies of its data.
# Made by `kgpub link --seed`; `kgpub link --refresh` replaces it by what Wikidata says.
"""
_LANGUAGE = {"Cyrillic": "ru", "Hangul": "ko", "Han": "zh", "Latin": "en"}


def first_slice(decisions: Sequence[Decision]) -> str:
    """Return as sorted N-Triples, in Wikidata's model, what the evidence of accepted and rejected pairs quotes of their items.

    Deferred items stay out: a slice is looked through for candidates, and these rest on one weak source.
    """
    decided = [one for one in decisions if one.decision != "defer"]
    return _HEADER + to_ntriples(triple for one in decided for triple in quoted(one.item, one.evidence))


def quoted(item: str, evidence: str) -> Iterator[Triple]:
    """Yield what the parts of an evidence (parted by " | ") quote of one item: names, years of a life, a point."""
    node = NamedNode(ENTITY + item)
    labelled: set[str] = set()
    seen: set[Literal] = set()
    for part in evidence.split(" | "):
        said = _said_of(item, part)
        for name in _names(said) if said else ():
            language = _LANGUAGE.get(script(name))
            if language and (label := Literal(name, language=language)) not in seen:
                # One label in each language; further names are aliases.
                yield Triple(node, _ALIAS if language in labelled else _LABEL, label)
                labelled.add(language)
                seen.add(label)
        yield from _facts(node, said)


def _said_of(item: str, part: str) -> str:
    """What one part of an evidence quotes of an item, empty where it quotes another, or the id alone."""
    found = _PART.match(part)
    if not found:
        return ""
    if listed := _LISTED.match(found["said"]):
        return listed["name"].replace("_", " ") if item == f"Q{listed['number']}" else ""
    first, rest = found["said"][: len(item)], found["said"][len(item) :]
    return rest[1:].strip() if first == item and rest[:1] in (" ", ",") else ""


def _names(said: str) -> Iterable[str]:
    if found := _RESOURCE.match(said):
        return [found["name"].replace("_", " ")]
    text = _NOTE.sub("", said.partition(": ")[0])
    if _LIFE.search(said):
        surname, _, given = text.partition(", ")
        return [f"{given} {surname}".strip()]
    if _POINT.search(said):
        text = _COUNTRY.sub("", text)
    # Gazetteers give the Latin and the native name side by side.
    by_script: dict[str, list[str]] = {}
    for word in text.split():
        by_script.setdefault(script(word) or "Latin", []).append(word)
    return [" ".join(words) for words in by_script.values()]


def _facts(node: NamedNode, said: str) -> Iterator[Triple]:
    if life := _LIFE.search(said):
        for name, year in (("P569", life["born"]), ("P570", life["died"])):
            yield Triple(node, NamedNode(WDT + name), Literal(f"{year}-01-01T00:00:00Z", datatype=_DATE_TIME))
    if point := _POINT.search(said):
        text = f"Point({point['long']} {point['lat']})"
        yield Triple(node, NamedNode(f"{WDT}P625"), Literal(text, datatype=NamedNode(GEO_WKT)))
