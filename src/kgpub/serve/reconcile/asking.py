"""Reads what clients send, strictly: what is not understood is refused with its place, never skipped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from kgpub.serve.reconcile.agreement import Condition, Given, Reference
from kgpub.serve.reconcile.candidates import Asked
from kgpub.serve.reconcile.properties import PROPERTIES, TYPES, Property
from kgpub.serve.reconcile.wrong import Wrong

__all__ = ["BATCH", "IDS", "LENGTH", "loaded", "members", "property_of", "read_batch", "type_of", "whole"]

BATCH: Final = 50
"""How many queries one batch may hold; the manifest says so."""
IDS: Final = 1_000
"""How many entities one data extension query may name."""
LENGTH: Final = 250
"""How many characters a name or a value may have."""
_CANDIDATES: Final = 50
_CONDITIONS: Final = 10
_VALUES: Final = 400
"""How many values of properties one batch may hold: each has to be looked for."""
_KEYS: Final = ("query", "type", "type_strict", "limit", "properties")
_STRICT: Final = ("any", "should", "all")
_T = TypeVar("_T")


def loaded(text: str, where: str) -> Any:
    """Return the value of a JSON text; raise Wrong, with line and column, for what is no JSON."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Wrong(
            where, f"This is not JSON: {error.msg} ({place}).", "Send one JSON object, encoded as UTF-8."
        ) from None
    except (ValueError, RecursionError):
        raise Wrong(
            where, "This JSON holds a number or a nesting beyond measure.", "Send one flat JSON object."
        ) from None


def read_batch(text: str) -> dict[str, Asked]:
    """Return the queries of a batch by their ids; raise Wrong for the first that is not as the specification has it."""
    batch = members(loaded(text, "queries"), "queries")
    if len(batch) > BATCH:
        advice = f"Send at most {BATCH} in a batch (`batchSize` of the manifest)."
        raise Wrong("queries", f"The batch holds {len(batch):,} queries.", advice, 413)
    asked = {key: _query(value, f"queries.{key[:LENGTH]}") for key, value in batch.items()}
    count = sum(len(condition.values) for one in asked.values() for condition in one.conditions)
    if count > _VALUES:
        raise Wrong("queries", f"The batch holds {count:,} values.", f"Send at most {_VALUES} in a batch.", 413)
    return asked


def members(value: Any, where: str, keys: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a JSON object; raise Wrong for any other value, or where a key is not one of those that may be."""
    if not isinstance(value, dict):
        raise Wrong(
            where,
            f"This is {_kind(value)}, not an object.",
            "Put it in curly brackets, with keys as the specification has them.",
        )
    for key in value if keys else ():
        if key not in keys:
            raise Wrong(f"{where}.{key[:LENGTH]}", "This key is not known here.", f"Known are {', '.join(keys)}.")
    return value


def property_of(value: Any, where: str) -> Property:
    """Return the property of an id; raise Wrong, naming those there are, for any other value."""
    return _known(value, where, PROPERTIES, "property")


def type_of(value: Any, where: str) -> str:
    """Return a type's id, also where it is given as an IRI; raise Wrong, naming those there are, for any other value."""
    return _known(value.rpartition("#")[2] if isinstance(value, str) else value, where, TYPES, "type").id


def whole(value: Any, where: str, most: int) -> int:
    """Return a whole number from 1 on, cut to the most that is given; raise Wrong for any other value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1 or value < 1:
        raise Wrong(where, f"{_shown(value)} is not a whole number from 1 on.", f"Give a number from 1 to {most:,}.")
    return int(min(value, most))


def _query(value: Any, where: str) -> Asked:
    query = members(value, where, _KEYS)
    text = _text(query.get("query", ""), f"{where}.query").strip()
    conditions = tuple(
        _condition(one, f"{where}.properties.{number}")
        for number, one in enumerate(_list(query.get("properties", []), f"{where}.properties", _CONDITIONS))
    )
    if not text and not conditions:
        raise Wrong(where, "There is neither a name nor a property to go by.", "Give `query`, `properties` or both.")
    types = query.get("type", [])
    listed = [types] if isinstance(types, str) else _list(types, f"{where}.type", len(TYPES))
    strict = query.get("type_strict", "any")
    if strict not in _STRICT:
        raise Wrong(f"{where}.type_strict", f"{_shown(strict)} is not known here.", f"Known are {', '.join(_STRICT)}.")
    return Asked(
        text,
        tuple(type_of(one, f"{where}.type") for one in listed if one != ""),
        strict,
        whole(query.get("limit", 10), f"{where}.limit", _CANDIDATES),
        conditions,
    )


def _condition(value: Any, where: str) -> Condition:
    given = members(value, where)
    if "pid" not in given or "v" not in given:
        raise Wrong(where, "A property needs `pid` and `v`.", 'For example {"pid": "born", "v": "1898"}.')
    values = given["v"] if isinstance(given["v"], list) else [given["v"]]
    read = (_value(one, f"{where}.v") for one in _list(values, f"{where}.v", _CONDITIONS))
    return Condition(property_of(given["pid"], f"{where}.pid"), tuple(one for one in read if one != ""))


def _value(value: Any, where: str) -> Given:
    if isinstance(value, dict):
        if "id" not in value:
            raise Wrong(
                where, "A value that is an object needs `id`.", 'For example {"id": "place/moscow", "name": "Moscow"}.'
            )
        return Reference(_text(value["id"], f"{where}.id"), _text(value.get("name", ""), f"{where}.name"))
    if isinstance(value, bool | int | float):
        return value
    return _text(value, where)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise Wrong(where, f"This is {_kind(value)}, not a string.", "Put it in quotation marks.")
    if len(value) > LENGTH:
        raise Wrong(where, f"The text has {len(value):,} characters.", f"At most {LENGTH} are taken: names are short.")
    return value


def _list(value: Any, where: str, most: int) -> list[Any]:
    if not isinstance(value, list):
        raise Wrong(where, f"This is {_kind(value)}, not a list.", "Put it in square brackets.")
    if len(value) > most:
        raise Wrong(where, f"The list has {len(value):,} values.", f"At most {most} are taken.")
    return value


def _known(value: Any, where: str, table: Mapping[str, _T], what: str) -> _T:
    if not isinstance(value, str) or value not in table:
        raise Wrong(where, f"{_shown(value)} is no {what} here.", f"There are {', '.join(table)}.")
    return table[value]


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _kind(value: Any) -> str:
    names = {bool: "true or false", str: "a string", list: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), "a number")


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"
