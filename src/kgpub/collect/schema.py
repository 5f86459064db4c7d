"""Holds YAML files to their JSON Schemas and says what is wrong in an editor's words (JSON Schema draft 2020-12)."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from kgpub.model import Problem, RawLayer

__all__ = ["schema_names", "schema_problems", "schema_text"]

_SUFFIX = ".schema.json"


def schema_names() -> tuple[str, ...]:
    """Return the names of the schemas that the package carries (`record`, `persons` …), sorted."""
    folder = files("kgpub.collect") / "schemas"
    return tuple(sorted(f.name.removesuffix(_SUFFIX) for f in folder.iterdir() if f.name.endswith(_SUFFIX)))


def schema_text(name: str) -> str:
    """Return one schema as the text of its file."""
    return (files("kgpub.collect") / "schemas" / f"{name}{_SUFFIX}").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _registry() -> Registry[Any]:
    # Schemas refer to each other by file name; nothing is ever fetched.
    pairs = []
    for name in schema_names():
        resource = Resource.from_contents(json.loads(schema_text(name)))
        pairs.append((f"{name}{_SUFFIX}", resource))
        if (own := resource.id()) is not None:
            pairs.append((own, resource))
    return Registry().with_resources(pairs)


@lru_cache(maxsize=16)
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_text(name)), registry=_registry())


def schema_problems(layer: RawLayer, name: str) -> list[Problem]:
    """Return everything in a file that its schema does not allow, in the order of lines."""
    found = [problem for error in _validator(name).iter_errors(layer.data) for problem in _problems(layer, error)]
    return sorted(set(found))


def _problems(layer: RawLayer, error: ValidationError) -> Iterator[Problem]:
    path = _path(error)
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        allowed: Any = error.schema
        known = sorted(allowed.get("properties", {}))
        for key in sorted(set(error.instance) - set(known)):
            below = f"{path}.{key}" if path else key
            yield _problem(layer, below, "", "is not a field that may stand here", _nearest(key, known, "Fields here"))
        return
    yield _problem(layer, path, error.instance, *_words(error))


def _words(error: ValidationError) -> tuple[str, str]:
    schema, kind = error.schema, error.validator
    value: Any = error.validator_value
    help_text = str(schema.get("description", "")) if isinstance(schema, Mapping) else ""
    if kind == "required":
        held: Any = error.instance
        missing = [key for key in value if key not in held]
        return f"lacks {', '.join(missing)}", f"Add {', '.join(missing)}."
    if kind == "enum":
        return "is not one of the values allowed here", _nearest(error.instance, value, "Allowed")
    if kind == "pattern":
        return "is not written as it should be", help_text or f"It must match {value}"
    if kind == "type":
        return f"must be {' or '.join([value] if isinstance(value, str) else value)}", help_text
    if kind in ("oneOf", "anyOf"):
        return (
            "is not written in any of the ways allowed here",
            help_text or "See docs/records.md and docs/authority.md.",
        )
    return error.message, help_text


def _nearest(value: Any, allowed: Any, word: str) -> str:
    names = [str(one) for one in allowed]
    near = difflib.get_close_matches(str(value), names, 1)
    return f"Did you mean {near[0]!r}?" if near else f"{word}: {', '.join(names)}."


def _path(error: ValidationError) -> str:
    path = ""
    for step in error.absolute_path:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path


def _problem(layer: RawLayer, path: str, value: Any, message: str, advice: str) -> Problem:
    shown = "" if isinstance(value, Mapping | list) or value == "" else "null" if value is None else str(value)
    return Problem(layer.file, layer.line(path), path, shown, message, advice)
