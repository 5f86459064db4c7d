"""From the store to the catalogue, once, when the service starts: names and facts of every entity."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from kgpub.serve.reconcile.entities import COVER, OTHER, PREFERRED, PRINTED, Catalogue, Day, Entity, Link, Name, Value
from kgpub.serve.reconcile.letters import Letters
from kgpub.serve.reconcile.properties import ACTOR, TYPES
from kgpub.serve.reconcile.statements import Statements, Thing
from kgpub.vocabulary import CWC, PREFIXES

__all__ = ["read_catalogue", "script"]

_NAMES: Final = (
    ("skos:prefLabel", PREFERRED),
    ("dcterms:title", PREFERRED),
    ("skos:altLabel", OTHER),
    ("skos:hiddenLabel", PRINTED),
)
_ORDER: Final = (PREFERRED, OTHER, COVER, PRINTED)
_SCRIPTS: Final = {"CJK": "han", "HANGUL": "hangul", "CYRILLIC": "cyrillic", "LATIN": "latin"}
_WIKIDATA: Final = PREFIXES["wd"]


def read_catalogue(store: Store, base: str) -> Catalogue:
    """Return every entity of the types offered whose IRI is below the base."""
    said = Statements(store)
    letters = Letters(said, base)
    covers = _names_of_parts(said, "cwc:pseudonymOf", _NAMES[:3])
    dated = _names_of_parts(said, "cwc:nameOf", (("rdf:value", OTHER),))
    found = []
    for type_id in TYPES:
        for iri in said.subjects("rdf:type", f"{CWC}{type_id}") if type_id != ACTOR else ():
            if iri.startswith(base) and "#" not in iri:
                extra = [Name(one.text, one.lang, COVER) for one in covers.get(iri, ())]
                found.append(_entity(said, letters, iri, type_id, base, [*dated.get(iri, ()), *extra]))
    return Catalogue(base, tuple(sorted(found, key=lambda one: one.id)))


def script(text: str) -> str:
    """Return the script of a name by its first letter: latin, cyrillic, han, hangul, or nothing for any other."""
    letter = next((char for char in text if char.isalpha()), "")
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "")


def _entity(said: Statements, letters: Letters, iri: str, type_id: str, base: str, extra: list[Name]) -> Entity:
    names = _distinct([*_names(said, iri, _NAMES), *extra, *_identifiers(said, iri, type_id)])
    gloss = _literals(said, iri, "dcterms:description")
    facts: dict[str, tuple[Value, ...]] = {
        **_plain(said, iri, base),
        **_tenures(said, iri, base),
        **letters.facts(iri, type_id),
        **_name_facts(names),
        "wikidata": _wikidata(said, iri),
        "gloss": tuple(one.value for one in gloss[:1]),
        "iri": (iri,),
    }
    own_id = iri.removeprefix(base)
    return Entity(
        own_id,
        iri,
        type_id,
        names[0].text if names and names[0].kind == PREFERRED else own_id,
        gloss[0].value if gloss else "",
        names,
        {key: values for key, values in facts.items() if values},
        any(one.value == "true" for one in _literals(said, iri, "cwc:unidentified")),
    )


def _names(said: Statements, iri: str, kinds: Iterable[tuple[str, str]]) -> list[Name]:
    return [
        Name(one.value, one.language or "", kind) for prefixed, kind in kinds for one in _literals(said, iri, prefixed)
    ]


def _identifiers(said: Statements, iri: str, type_id: str) -> list[Name]:
    # Readers know a letter by its number; the identifiers of other things are made by us.
    found = _literals(said, iri, "dcterms:identifier") if type_id == "Document" else []
    return [Name(one.value, "", PRINTED) for one in found]


def _names_of_parts(said: Statements, leads: str, kinds: Iterable[tuple[str, str]]) -> dict[str, list[Name]]:
    """Return the names that stand on parts of a thing (cover names, dated names) by the thing's IRI."""
    found: dict[str, list[Name]] = {}
    for part, wholes in said.of(leads).items():
        for whole in wholes:
            found.setdefault(whole.value, []).extend(_names(said, part, kinds))
    return found


def _distinct(names: Iterable[Name]) -> tuple[Name, ...]:
    # The English name goes first: it is the one shown.
    ordered = sorted(names, key=lambda one: (_ORDER.index(one.kind), one.lang != "en", one.lang, one.text))
    kept: dict[tuple[str, bool], Name] = {}
    for one in ordered:
        kept.setdefault((one.text, one.kind == COVER), one)
    return tuple(kept.values())


def _name_facts(names: tuple[Name, ...]) -> dict[str, tuple[Value, ...]]:
    own = [one for one in names if one.kind in (PREFERRED, OTHER)]
    return {
        "name": tuple(own[:1]),
        "names": tuple(own),
        "cover-name": tuple(one for one in names if one.kind == COVER),
        "printed-form": tuple(one for one in names if one.kind == PRINTED),
        **{f"name-{kind}": tuple(one for one in own if script(one.text) == kind) for kind in _SCRIPTS.values()},
    }


def _literals(said: Statements, iri: str, prefixed: str) -> list[Literal]:
    return [one for one in said.of(prefixed).get(iri, ()) if isinstance(one, Literal)]


def _wikidata(said: Statements, iri: str) -> tuple[Value, ...]:
    found = (one.value for one in said.of("skos:exactMatch").get(iri, ()))
    return tuple(one.removeprefix(_WIKIDATA) for one in found if one.startswith(_WIKIDATA))


def _plain(said: Statements, iri: str, base: str) -> dict[str, tuple[Value, ...]]:
    found: dict[str, tuple[Value, ...]] = {}
    for property_id, prefixed, read in _PLAIN:
        found[property_id] = tuple(read(said, base, one) for one in said.of(prefixed).get(iri, ()))
    return found


def _tenures(said: Statements, iri: str, base: str) -> dict[str, tuple[Value, ...]]:
    held = {office for tenure in said.subjects("cwc:holder", iri) for office in said.of("cwc:office").get(tenure, ())}
    by = {holder for tenure in said.subjects("cwc:office", iri) for holder in said.of("cwc:holder").get(tenure, ())}
    return {
        name: tuple(Link(one) for one in sorted(thing.value.removeprefix(base) for thing in found))
        for name, found in (("office", held), ("holder", by))
    }


def _day(said: Statements, base: str, value: Thing) -> Value:
    return Day(value.value)


def _link(said: Statements, base: str, value: Thing) -> Value:
    return Link(value.value.removeprefix(base))


def _number(said: Statements, base: str, value: Thing) -> Value:
    return float(value.value)


def _text(said: Statements, base: str, value: Thing) -> Value:
    if isinstance(value, NamedNode):
        labels = _literals(said, value.value, "skos:prefLabel")
        return labels[0].value if labels else value.value.rpartition("/")[2]
    return value.value


_PLAIN: Final[tuple[tuple[str, str, Callable[[Statements, str, Thing], Value]], ...]] = (
    ("born", "cwc:born", _day),
    ("died", "cwc:died", _day),
    ("from", "cwc:from", _day),
    ("until", "cwc:until", _day),
    ("part-of", "dcterms:isPartOf", _link),
    ("organisation", "cwc:officeOf", _link),
    ("seat", "cwc:seat", _link),
    ("latitude", "geo:lat", _number),
    ("longitude", "geo:long", _number),
    ("level", "cwc:level", _text),
    ("date", "dcterms:date", _day),
    ("sender", "cwc:sender", _link),
    ("recipient", "cwc:recipient", _link),
    ("sent-from", "cwc:sentFrom", _link),
    ("sent-to", "cwc:sentTo", _link),
    ("form", "cwc:form", _text),
)
