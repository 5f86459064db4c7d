"""What a preview and a flyout show: an entity's names in their scripts, and where it stands in the letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kgpub.serve.reconcile.entities import COVER, OTHER, Catalogue, Day, Entity, Link, Name
from kgpub.serve.reconcile.index import folded
from kgpub.serve.reconcile.properties import TYPES
from kgpub.serve.reconcile.reading import script

__all__ = ["Item", "Line", "Preview", "preview"]

_SHOWN: Final = 4
_SCRIPT_ORDER: Final = ("hangul", "han", "cyrillic", "latin")
_LINES: Final = (
    ("Offices", "office"),
    ("Held by", "holder"),
    ("Body", "organisation"),
    ("Seat", "seat"),
    ("Part of", "part-of"),
    ("From", "sender"),
    ("To", "recipient"),
    ("Partners", "partner"),
    ("Places", "place"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a line: its text, the IRI it links to, its language, and in how many letters."""

    text: str
    iri: str = ""
    lang: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a preview; `more` says how many things were left out."""

    label: str
    items: tuple[Item, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that a preview shows."""

    entity: Entity
    kind: str
    description: str
    lines: tuple[Line, ...]


def preview(entity: Entity, catalogue: Catalogue) -> Preview:
    """Return the preview of an entity; a line that would be empty is left out."""
    lines = [
        _line("Names", _by_script(entity)),
        _line("Cover names", _covers(entity)),
        _line("Date", [Item(one.text) for one in entity.facts.get("date", ()) if isinstance(one, Day)]),
        _line("Letters", _counts(entity)),
        _line("First", _letter(entity, "first", catalogue)),
        _line("Last", _letter(entity, "last", catalogue)),
        *(_line(label, _linked(entity, property_id, catalogue)) for label, property_id in _LINES),
        _line("Position", _position(entity)),
    ]
    kind = TYPES[entity.type].name
    return Preview(entity, kind, entity.description(), tuple(line for line in lines if line.items))


def _line(label: str, items: list[Item]) -> Line:
    return Line(label, tuple(items[:_SHOWN]), max(0, len(items) - _SHOWN))


def _by_script(entity: Entity) -> list[Item]:
    """Return a name of each script, then the others, so that the first few show every script there is."""
    names = [one for one in entity.names if one.kind == OTHER]
    first: dict[str, Name] = {}
    for one in names:
        first.setdefault(script(one.text), one)
    leading = [first[one] for one in _SCRIPT_ORDER if one in first]
    return [Item(one.text, lang=one.lang) for one in (*leading, *(one for one in names if one not in leading))]


def _covers(entity: Entity) -> list[Item]:
    """Return the cover names, of those that differ only in spaces the one with the fewest."""
    best: dict[str, Name] = {}
    for one in sorted((one for one in entity.names if one.kind == COVER), key=lambda one: len(one.text.split())):
        best.setdefault(folded(one.text), one)
    return [Item(one.text, lang=one.lang) for one in sorted(best.values(), key=lambda one: one.text)]


def _counts(entity: Entity) -> list[Item]:
    if not entity.number("letters"):
        return []
    if "letters-sent" not in entity.facts:
        return [Item(f"{entity.number('letters')} kept here")]
    words = ("sent from here", "sent here") if entity.type == "Place" else ("written", "received")
    return [
        Item(f"{entity.number(f'letters-{end}')} {word}") for end, word in zip(("sent", "received"), words, strict=True)
    ]


def _letter(entity: Entity, which: str, catalogue: Catalogue) -> list[Item]:
    days = [one.text for one in entity.facts.get(f"{which}-letter-date", ()) if isinstance(one, Day)]
    found = catalogue.linked(entity.facts.get(f"{which}-letter", ()))
    return [Item(f"{day}: {letter.name}", letter.iri) for day, (letter, _) in zip(days, found, strict=False)]


def _linked(entity: Entity, property_id: str, catalogue: Catalogue) -> list[Item]:
    values = [one for one in entity.facts.get(property_id, ()) if isinstance(one, Link)]
    return [Item(other.name, other.iri, count=count) for other, count in catalogue.linked(values)]


def _position(entity: Entity) -> list[Item]:
    found = [*entity.facts.get("latitude", ()), *entity.facts.get("longitude", ())]
    return [Item(", ".join(f"{one:g}" for one in found if isinstance(one, float)))] if len(found) == 2 else []
