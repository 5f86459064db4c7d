"""Data extension: the values of properties for entities that a client has matched, each with its type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from kgpub.serve.reconcile.asking import IDS, LENGTH, loaded, members, property_of
from kgpub.serve.reconcile.entities import Catalogue, Day, Link, Name, Value
from kgpub.serve.reconcile.properties import TYPES, Property
from kgpub.serve.reconcile.wrong import Wrong

__all__ = ["SETTINGS", "extend"]

_FORMS: Final = {"entity": "entities, which can be extended in turn", "name": "their names", "iri": "their IRIs"}
SETTINGS: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "limit", "label": "At most", "type": "number", "default": 0,
        "help_text": "How many values of one entity; 0 gives all.",
    },
    {
        "name": "language", "label": "Language", "type": "text", "default": "",
        "help_text": "Names of one language tag only, such as ru, zh-Hans or zh-Latn-wadegile; empty gives all.",
    },
    {
        "name": "form", "label": "Entities as", "type": "select", "default": "entity",
        "help_text": "How values that are entities of this service are given.",
        "choices": [{"value": value, "name": name} for value, name in _FORMS.items()],
    },
)  # fmt: skip
_PROPERTIES: Final = 50


@dataclass(frozen=True, slots=True)
class _Wanted:
    property: Property
    limit: int
    language: str
    form: str


def extend(text: str, catalogue: Catalogue) -> dict[str, Any]:
    """Answer a data extension query; an id that is not ours gets empty cells. Raise Wrong for a query that cannot be read."""
    query = members(loaded(text, "extend"), "extend", ("ids", "properties"))
    ids, asked = (_listed(query, key, most) for key, most in (("ids", IDS), ("properties", _PROPERTIES)))
    wanted = [_wanted(one, f"extend.properties.{number}") for number, one in enumerate(asked)]
    for number, one in enumerate(ids):
        if not isinstance(one, str) or len(one) > LENGTH:
            raise Wrong(f"extend.ids.{number}", "This is not the id of an entity.", "Give ids as candidates have them.")
    return {
        "meta": [_meta(one.property) for one in wanted],
        "rows": {one: {each.property.id: _cells(one, each, catalogue) for each in wanted} for one in ids},
    }


def _listed(query: dict[str, Any], key: str, most: int) -> list[Any]:
    value = query.get(key)
    if not isinstance(value, list):
        raise Wrong(f"extend.{key}", f"There is no list of {key}.", "Give `ids` and `properties`, each a list.")
    if len(value) > most:
        raise Wrong(
            f"extend.{key}", f"The list has {len(value):,} values.", f"At most {most:,} are taken at a time.", 413
        )
    return value


def _wanted(value: Any, where: str) -> _Wanted:
    given = members(value, where)
    settings = members(given.get("settings", {}), f"{where}.settings", tuple(one["name"] for one in SETTINGS))
    form = settings.get("form") or "entity"
    if form not in _FORMS:
        raise Wrong(f"{where}.settings.form", "This form is not known here.", f"Known are {', '.join(_FORMS)}.")
    language = settings.get("language") or ""
    if not isinstance(language, str):
        raise Wrong(f"{where}.settings.language", "This is not a language tag.", "Give a string such as ru or zh-Hans.")
    return _Wanted(property_of(given.get("id"), f"{where}.id"), _limit(settings, where), language.lower(), form)


def _limit(settings: dict[str, Any], where: str) -> int:
    value = settings.get("limit", 0)
    # Form fields reach us as text, empty ones too.
    if isinstance(value, str) and (value == "" or value.isdecimal()):
        value = int(value[:9] or 0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise Wrong(f"{where}.settings.limit", "This is not a number from 0 on.", "Give 0 for all values.")
    return int(value)


def _meta(one: Property) -> dict[str, Any]:
    kind = {"type": {"id": one.leads_to, "name": TYPES[one.leads_to].name}} if one.leads_to else {}
    return {"id": one.id, "name": one.name, **kind}


def _cells(entity_id: str, wanted: _Wanted, catalogue: Catalogue) -> list[dict[str, Any]]:
    entity = catalogue.get(entity_id)
    values: Iterable[Value] = entity.facts.get(wanted.property.id, ()) if entity else ()
    if wanted.language:
        values = (one for one in values if not isinstance(one, Name) or _in_language(one.lang, wanted.language))
    cells = (cell for value in values if (cell := _cell(value, wanted.form, catalogue)))
    return list(islice(cells, wanted.limit or None))


def _in_language(tag: str, wanted: str) -> bool:
    return tag.lower() == wanted or tag.lower().startswith(f"{wanted}-")


def _cell(value: Value, form: str, catalogue: Catalogue) -> dict[str, Any] | None:
    if isinstance(value, Link):
        entity = catalogue.get(value.id)
        if entity is None:
            return None
        forms = {"name": {"str": entity.name}, "iri": {"str": entity.iri}}
        return forms.get(form) or {"id": entity.id, "name": entity.name}
    if isinstance(value, Day):
        return _date(value.text)
    if isinstance(value, int | float):
        return {"int" if isinstance(value, int) else "float": value}
    return {"str": value.text if isinstance(value, Name) else value}


def _date(text: str) -> dict[str, Any]:
    # The protocol's dates are instants: a month, a year or a doubtful day is none, and stays what it is.
    whole = len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdecimal()
    return {"date": f"{text}T00:00:00Z"} if whole else {"str": text}
