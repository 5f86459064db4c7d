"""Lays an editor's corrections over a record: the right values in their places, and what was printed kept beside them."""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kgpub.convert.lines import format_runs, parse_runs
from kgpub.convert.records import LIST_FIELDS, RECORD_FIELDS, Emendation, Evidence
from kgpub.model import Problem, RawLayer

__all__ = ["Corrected", "correct"]

_EVIDENCE = ("printed", "lines", "rule", "certainty")
_STEP = re.compile(r"([A-Za-z]+)(?:\[([A-Za-z0-9-]+)\])?$")
_KEYS_OF_VALUE = ("id", "actor", "place", "value", "relation", "stage", "archive", "kind")


@dataclass(slots=True)
class Corrected:
    """A record's data after correction, its emendations, and for each corrected path where the correction stands."""

    data: dict[str, Any]
    same_item_as: str = ""
    emendations: list[Emendation] = field(default_factory=list)
    moved: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Path in the record to (file, path in the correction layer, certainty)."""
    problems: list[Problem] = field(default_factory=list)


def correct(record: RawLayer, layer: RawLayer | None) -> Corrected:
    """Return the record with its corrections applied; one that no longer fits the record is a problem, and is not applied."""
    result = Corrected(copy.deepcopy(dict(record.data)))
    if layer is None:
        return result
    result.same_item_as = layer.data.get("sameItemAs", "")
    for index, correction in enumerate(layer.data.get("corrections", ())):
        try:
            _apply(result, layer, f"corrections[{index}]", correction)
        except _Misfit as misfit:
            where = f"corrections[{index}].{misfit.key}"
            problem = Problem(layer.file, layer.line(where), where, misfit.value, misfit.what, misfit.advice)
            result.problems.append(problem)
    return result


class _Misfit(Exception):
    def __init__(self, key: str, value: Any, what: str, advice: str) -> None:
        super().__init__(what)
        self.key, self.value, self.what, self.advice = key, _shown(value), what, advice


def _apply(result: Corrected, layer: RawLayer, at: str, correction: Mapping[str, Any]) -> None:
    path, printed, value = correction["field"], correction["printed"], correction["value"]
    certainty = correction.get("certainty", "inferred")
    lines = _lines(str(correction.get("lines", "")))
    if path in ("heading", "text"):
        # Misprints in what a record does not hold: they change nothing in it, and are kept for the reader of the print.
        _keep(result, layer, at, str(result.data["id"]), path, correction, certainty, lines)
        return
    holder, key, document, real_path = _find(result.data, path, adding=printed is None)
    present = (
        holder[key] if isinstance(key, int) and key < len(holder) else holder.get(key) if isinstance(key, str) else None
    )
    if isinstance(present, Mapping) and not isinstance(printed, Mapping | list) and printed is not None:
        inner = next((name for name in _KEYS_OF_VALUE if name in present), "value")
        if value is not None and not isinstance(value, Mapping):
            holder, key, real_path = present, inner, f"{real_path}.{inner}"
        present = present.get(inner)
    if printed is not None and present != printed:
        advice = f"Write printed: {_shown(present)} if the correction still holds, or delete the correction."
        raise _Misfit("printed", printed, f"is not what the record has at {path}", advice)
    if printed is None and present not in (None, []) and not isinstance(present, list):
        raise _Misfit(
            "printed",
            "null",
            f"says that {path} is absent, but the record has it",
            f"Write printed: {_shown(present)}.",
        )
    if correction.get("keep"):
        _keep(result, layer, at, document, _field_name(path), correction, certainty, lines)
        return
    real_path = _change(holder, key, printed, value, real_path)
    result.moved[real_path] = (layer.file, f"{at}.value", certainty)
    _keep(result, layer, at, document, _field_name(path), correction, certainty, lines)


def _lines(text: str) -> str:
    try:
        return format_runs(parse_runs(text)) if text else ""
    except ValueError as error:
        raise _Misfit("lines", text, f"is not a range of lines: {error}", "Write first-last, as 1573-1575.") from error


def _keep(
    result: Corrected,
    layer: RawLayer,
    at: str,
    document: str,
    field_name: str,
    correction: Mapping[str, Any],
    certainty: str,
    lines: str,
) -> None:
    evidence = Evidence(layer.file, at, lines=lines, rule="correction", certainty=certainty)
    printed, value, reason = _shown(correction["printed"]), _shown(correction["value"]), str(correction["reason"])
    result.emendations.append(Emendation(document, field_name, printed, value, reason, evidence))


def _change(holder: Any, key: Any, printed: Any, value: Any, path: str) -> str:
    if value is None:
        # A list keeps its length until all corrections are made, so that later paths still fit.
        if isinstance(key, int):
            holder[key] = None
        else:
            holder.pop(key, None)
        return path
    if printed is None and isinstance(holder, dict) and isinstance(holder.get(key), list):
        holder[key].append(value)
        return f"{path}[{len(holder[key]) - 1}]"
    holder[key] = value
    return path


def _find(data: dict[str, Any], path: str, *, adding: bool) -> tuple[Any, Any, str, str]:
    """Return (holder, key, id of the document or enclosure meant, path with numbers for ids)."""
    holder: Any = data
    document = str(data["id"])
    real: list[str] = []
    steps = path.split(".")
    for position, step in enumerate(steps):
        match = _STEP.match(step)
        last = position == len(steps) - 1
        if (
            match is None
            or not isinstance(holder, dict)
            or not (match[1] in holder or (last and adding and _may_add(match[1], holder)))
        ):
            known = [*holder, *(_FIELDS if adding and "id" in holder else ())] if isinstance(holder, dict) else []
            near = difflib.get_close_matches(step, known, 1)
            advice = (
                f"Did you mean {near[0]}?"
                if near
                else f"Fields here: {', '.join(holder) if isinstance(holder, dict) else 'none'}."
            )
            raise _Misfit("field", path, f"names nothing in the record: {step}", advice)
        name, selector = match.groups()
        if selector is None:
            if last:
                if name not in holder and adding and name in LIST_FIELDS:
                    holder[name] = []
                return holder, name, document, ".".join([*real, name])
            holder = holder[name]
            real.append(name)
            continue
        items = holder[name]
        index = _index(items, selector, path)
        if name == "enclosures":
            document = str(items[index]["id"])
        if last:
            return items, index, document, ".".join([*real, f"{name}[{index}]"])
        holder = items[index]
        real.append(f"{name}[{index}]")
    raise _Misfit("field", path, "names nothing in the record", "Name a field.")


_FIELDS = frozenset(RECORD_FIELDS) - {"id"}


def _may_add(name: str, holder: Mapping[str, Any]) -> bool:
    """A document (it has an id) has known fields; what keys a value may have is a matter of the field."""
    return name in _FIELDS or "id" not in holder


def _index(items: Any, selector: str, path: str) -> int:
    if isinstance(items, list):
        if selector.isdigit() and int(selector) < len(items):
            return int(selector)
        for index, item in enumerate(items):
            if isinstance(item, Mapping) and item.get("id") == selector:
                return index
    count = len(items) if isinstance(items, list) else 0
    raise _Misfit("field", path, f"names no item: [{selector}]", f"The list has {count} item(s), counted from 0.")


def _field_name(path: str) -> str:
    """The field whose property the emendation is about: the last step that is a field of a document."""
    names = [step.split("[")[0] for step in path.split(".")]
    kept = [name for name in names if name != "enclosures"]
    return kept[0] if kept else "enclosures"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return " ".join(_shown(item) for key, item in value.items() if key not in _EVIDENCE)
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    return str(value)
