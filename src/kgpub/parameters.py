"""The parameters of canned queries: what each may be, and how a user's text becomes the term that the engine binds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store

from kgpub.errors import BadParameter
from kgpub.vocabulary import PREFIXES, VOCABULARY_BASE

__all__ = ["PARAMETER_TYPES", "Parameter", "choices", "expected", "missing", "term_of"]

PARAMETER_TYPES: Final = ("iri", "string", "date", "integer", "gYear", "enum")

_FORMS: Final = {"date": "a day as 1950-07-01", "integer": "a whole number", "gYear": "a year as 1950"}
_SHOWN: Final = 12
"""How many allowed values an error lists."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that a query asks for; `default` is None where the user must give it, empty where it may stay away.

    `entity` says what a short id belongs to (`person`); `values` are the words of an enum; `pick` is a SELECT of
    `?value` and `?label` that lists what may be chosen.
    """

    name: str
    label: str
    type: str = "string"
    entity: tuple[str, ...] = ()
    default: str | None = None
    values: tuple[str, ...] = ()
    pick: str = ""
    help: str = ""

    @property
    def required(self) -> bool:
        """Whether the query cannot run before the user gives a value."""
        return self.default is None

    @property
    def optional(self) -> bool:
        """Whether the query runs with no value at all: one with a default may be left out, but not be given empty."""
        return self.default == ""


def expected(parameter: Parameter) -> str:
    """Return in words what may be given: "one of: …", "a day as 1950-07-01"."""
    if parameter.type == "iri":
        return f"the id of a {' or '.join(parameter.entity) or 'thing'}, or its whole IRI"
    if parameter.type == "enum":
        return f"one of: {', '.join(parameter.values)}"
    return _FORMS.get(parameter.type, "a text")


def choices(store: Store, parameter: Parameter, *, base: str = VOCABULARY_BASE) -> tuple[tuple[str, str], ...]:
    """Return (value, label) of what a parameter may be; IRIs below `base` are given as their path."""
    if parameter.values:
        return tuple((value, value) for value in parameter.values)
    if not parameter.pick:
        return ()
    answer = store.query(parameter.pick, prefixes=dict(PREFIXES), base_iri=base, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)  # reading the query let nothing else pass
    return tuple(dict.fromkeys(_choice(row, base) for row in answer))


def term_of(
    parameter: Parameter, value: str, *, query: str, base: str = VOCABULARY_BASE, store: Store | None = None
) -> NamedNode | Literal:
    """Return the term that a user's text stands for; raise BadParameter, naming query, parameter, value and what fits.

    With a store, an IRI that stands nowhere in it as a subject is refused.
    """
    if parameter.type == "iri":
        return _node(parameter, value, query, base, store)
    if parameter.type == "enum" and value not in parameter.values:
        raise _refused(query, parameter, value, parameter.values)
    if not _fits(parameter.type, value):
        raise _refused(query, parameter, value, ())
    if parameter.type in ("string", "enum"):
        return Literal(value)
    return Literal(value, datatype=NamedNode(f"{PREFIXES['xsd']}{parameter.type}"))


def missing(
    parameter: Parameter, *, query: str, base: str = VOCABULARY_BASE, store: Store | None = None
) -> BadParameter:
    """Return the error for a parameter without a value; with a store it names the values that may be chosen."""
    words = [key for key, _ in choices(store, parameter, base=base)] if store else list(parameter.values)
    listed = f": {_listed(words)}" if words and parameter.type == "iri" else ""
    return BadParameter(
        f"query {query}: parameter {parameter.name!r} ({parameter.label}) is missing",
        advice=f"Give it {expected(parameter)}{listed}.",
        parameter=parameter.name,
        allowed=words,
    )


def _choice(row: QuerySolution, base: str) -> tuple[str, str]:
    value, label = (getattr(row[name], "value", "") for name in ("value", "label"))
    return value.removeprefix(base), label or value.removeprefix(base)


def _fits(kind: str, value: str) -> bool:
    if kind == "integer":
        return re.fullmatch(r"[+-]?[0-9]{1,15}", value) is not None
    if kind == "gYear":
        return re.fullmatch(r"[0-9]{4}", value) is not None
    if kind != "date":
        return True
    try:
        # `fromisoformat` also reads 19500701 and 1950-W26-6, which xsd:date does not.
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _node(parameter: Parameter, value: str, query: str, base: str, store: Store | None) -> NamedNode:
    try:
        nodes = [NamedNode(iri) for iri in _spellings(parameter, value, base)]
    except ValueError as error:
        raise _refused(query, parameter, value, ()) from error
    if store is None:
        return nodes[0]
    for node in nodes:
        if any(True for _ in store.quads_for_pattern(node, None, None)):
            return node
    raise _refused(query, parameter, value, [key for key, _ in choices(store, parameter, base=base)])


def _spellings(parameter: Parameter, value: str, base: str) -> list[str]:
    """Return the IRIs that a text may stand for, likeliest first."""
    if "://" in value:
        return [value]
    whole = not parameter.entity or any(value.startswith(f"{entity}/") for entity in parameter.entity)
    paths = [value] if whole else [f"{entity}/{value}" for entity in parameter.entity]
    # Concepts keep the vocabulary's base, whatever base the publication has.
    return [(VOCABULARY_BASE if path.startswith("concept/") else base) + path for path in paths]


def _refused(query: str, parameter: Parameter, value: str, allowed: Iterable[str]) -> BadParameter:
    words = list(allowed)
    kind = "in the graph" if parameter.type == "iri" else f"a value of type {parameter.type}"
    message = f"query {query}: parameter {parameter.name!r}: {value!r} is not {kind}"
    by_id = {word.rpartition("/")[2]: word for word in words}
    near = [by_id[word] for word in difflib.get_close_matches(value.rpartition("/")[2], by_id, 3, 0.5)]
    if near:
        advice = f"Did you mean {' or '.join(near)}?"
    else:
        advice = f"Use one of: {_listed(words)}." if words else f"Give it {expected(parameter)}."
    return BadParameter(message, advice=advice, parameter=parameter.name, allowed=words, near=near)


def _listed(words: list[str]) -> str:
    more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    return f"{', '.join(words[:_SHOWN])}{more}"
