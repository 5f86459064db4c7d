"""Types and properties: their ids, what they are called, and which type has which; the same in matching and extending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["ACTOR", "PROPERTIES", "TYPES", "Property", "Type", "proposed", "within"]

ACTOR: Final = "Actor"


@dataclass(frozen=True, slots=True)
class Type:
    """A class of the ontology that entities are matched by; `id` is its local name."""

    id: str
    name: str
    description: str
    broader: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """Something that can be asked of an entity. `single` holds where an entity has one value, so that another contradicts it.

    `leads_to` is the type of values that are entities.
    """

    id: str
    name: str
    description: str
    types: tuple[str, ...]
    single: bool = False
    leads_to: str = ""


_ALL_TYPES: Final = (
    Type("Person", "person", "someone who wrote, received, carried or is named in a letter", ACTOR),
    Type("Organisation", "organisation", "a body: a state, ministry, staff, army, party", ACTOR),
    Type(ACTOR, "person or organisation", "whoever can write or receive a letter"),
    Type("Place", "place", "a city, village, river, island or region"),
    Type("Office", "office", "a post that persons held"),
    Type("Event", "event", "a war, battle, conference or other happening that letters name"),
    Type("ArchivalUnit", "archival unit", "an archive, or a fond, opis, papka or delo in one"),
    Type(
        "Document",
        "document",
        "a letter of this publication; found by its id, by its title only where this type is asked for",
    ),
)
TYPES: Final = {one.id: one for one in _ALL_TYPES}

_ANY: Final = ("Person", "Organisation", "Place", "Office", "Event", "ArchivalUnit", "Document")
_NAMED: Final = _ANY[:-1]
_PERSON: Final = ("Person",)
_WRITES: Final = ("Person", "Organisation", "Office", "Place")
_DATED: Final = (*_WRITES, "ArchivalUnit")
_DOCUMENT: Final = ("Document",)

_ALL: Final = (
    Property("born", "born", "day of birth", _PERSON, single=True),
    Property("died", "died", "day of death", _PERSON, single=True),
    Property("office", "offices held", "the offices that this person held", _PERSON, leads_to="Office"),
    Property("cover-name", "cover names", "names that letters use in place of the person's own", _PERSON),
    Property(
        "letters", "number of letters", "letters from and to, each once; of an archival unit, those kept in it", _DATED
    ),
    Property(
        "letters-sent", "letters sent", "letters written by this person or body, or sent from this place", _WRITES
    ),
    Property(
        "letters-received",
        "letters received",
        "letters addressed to this person or body, or sent to this place",
        _WRITES,
    ),
    Property("first-letter", "first letter", "the earliest letter from or to", _DATED, leads_to="Document"),
    Property("first-letter-date", "date of the first letter", "when the earliest letter was written", _DATED),
    Property("last-letter", "last letter", "the latest letter from or to", _DATED, leads_to="Document"),
    Property("last-letter-date", "date of the last letter", "when the latest letter was written", _DATED),
    Property("partner", "partners", "at the other end of the letters: persons and bodies; of a place, places", _WRITES),
    Property(
        "place", "places", "where letters were sent from, and where they were received", _WRITES[:-1], leads_to="Place"
    ),
    Property("holder", "holders", "who held this office", ("Office",), leads_to="Person"),
    Property(
        "organisation",
        "organisation",
        "the body that the office belongs to",
        ("Office",),
        single=True,
        leads_to="Organisation",
    ),
    Property(
        "seat",
        "seat",
        "where the office or archive has its seat",
        ("Office", "ArchivalUnit"),
        single=True,
        leads_to="Place",
    ),
    Property("latitude", "latitude", "decimal degrees, WGS 84", ("Place",), single=True),
    Property("longitude", "longitude", "decimal degrees, WGS 84", ("Place",), single=True),
    Property("part-of", "part of", "the next larger place, body or unit", ("Organisation", "Place", "ArchivalUnit")),
    Property("from", "from", "first day of the event", ("Event",), single=True),
    Property("until", "until", "last day of the event", ("Event",), single=True),
    Property("level", "level", "archive, fond, opis, papka or delo", ("ArchivalUnit",), single=True),
    Property("date", "date", "when the letter was written", _DOCUMENT, single=True),
    Property("sender", "sender", "who wrote the letter", _DOCUMENT, leads_to=ACTOR),
    Property("recipient", "recipient", "whom the letter is addressed to", _DOCUMENT, leads_to=ACTOR),
    Property("sent-from", "sent from", "where the letter was sent from", _DOCUMENT, leads_to="Place"),
    Property("sent-to", "sent to", "where the letter was sent to", _DOCUMENT, leads_to="Place"),
    Property("form", "form", "telegram, letter, note …", _DOCUMENT),
    Property("wikidata", "Wikidata id", "the item that the editors found to be the same", _NAMED, single=True),
    Property("name", "name", "the name that this publication uses", _ANY),
    Property("names", "all names", "every name in every script, cover names and printed forms aside", _NAMED),
    Property("name-latin", "names in Latin letters", "names and transliterations", _NAMED),
    Property("name-cyrillic", "names in Cyrillic", "names as Russian writes them", _NAMED),
    Property("name-han", "names in Han characters", "names as Chinese, or Korean in characters, writes them", _NAMED),
    Property("name-hangul", "names in Hangul", "names as Korean writes them", _NAMED),
    Property("printed-form", "printed forms", "spellings of the sources that are not names of their own", _NAMED),
    Property("gloss", "description", "who or what this is, in a few words", _ANY),
    Property("iri", "IRI", "the permanent address", _ANY, single=True),
)
PROPERTIES: Final = {one.id: one for one in _ALL}


def within(own: str, asked: str) -> bool:
    """Return whether a type is another or falls under it."""
    return asked in (own, TYPES[own].broader)


def proposed(type_id: str = "") -> list[Property]:
    """Return the properties that entities of a type may have, all of them where no type is given."""
    return [one for one in _ALL if not type_id or any(within(own, type_id) for own in one.types)]
