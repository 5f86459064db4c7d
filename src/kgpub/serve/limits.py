"""How much the service does for one query, one client and all of them: the numbers, and where they may be set.

A setting stands in `[serve]` of kgpub.toml, in the environment as KGPUB_SERVE_<NAME>, or on the command line; the later wins.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from kgpub.errors import BadProject

__all__ = ["PREFIX", "Limits", "read_limits"]

PREFIX: Final = "KGPUB_SERVE_"
_NO_LIMITS: Final = ("endpoint", "entities")
"""What stands beside the limits and is read by settings.py."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one service; each may be set by its name, and `least` is the smallest value that makes sense.

    The engine crashes between 500 and 1,000 nested brackets and between 4,000 and 8,000 chained operators; both are kept
    well below. Memory is what a query may take beside the shared store.
    """

    characters: int = field(default=20_000, metadata={"least": 100})
    brackets: int = field(default=400, metadata={"least": 1})
    operators: int = field(default=1_500, metadata={"least": 1})
    rows: int = field(default=100_000, metadata={"least": 1})
    answer_bytes: int = field(default=32_000_000, metadata={"least": 1_000})
    answer_seconds: float = field(default=20.0, metadata={"least": 0.01})
    memory_mb: int = field(default=512, metadata={"least": 32})
    workers: int = field(default=max(2, os.cpu_count() or 1), metadata={"least": 1})
    slow_workers: int = field(default=8, metadata={"least": 0})
    patience_seconds: float = field(default=0.5, metadata={"least": 0.0})
    queue: int = field(default=512, metadata={"least": 1})
    client_queue: int = field(default=256, metadata={"least": 1})
    queue_seconds: float = field(default=30.0, metadata={"least": 0.01})
    cache_bytes: int = field(default=64_000_000, metadata={"least": 0})
    explain_seconds: float = field(default=10.0, metadata={"least": 0.01})
    explain_memory_mb: int = field(default=256, metadata={"least": 32})
    explain_queue: int = field(default=8, metadata={"least": 1})
    drain_seconds: float = field(default=10.0, metadata={"least": 0.0})
    connections: int = field(default=1_000, metadata={"least": 1})
    client_connections: int = field(default=100, metadata={"least": 1})
    header_seconds: float = field(default=10.0, metadata={"least": 0.01})
    header_bytes: int = field(default=65_536, metadata={"least": 1_000})
    body_seconds: float = field(default=60.0, metadata={"least": 0.01})
    keep_alive_seconds: float = field(default=15.0, metadata={"least": 0.01})
    write_seconds: float = field(default=30.0, metadata={"least": 0.01})
    least_rate: int = field(default=500, metadata={"least": 1})


def read_limits(table: Mapping[str, Any], environ: Mapping[str, str], options: Mapping[str, Any], file: str) -> Limits:
    """Return the limits that kgpub.toml, the environment and the command line set, the later over the earlier.

    Raises BadProject, naming where, the key and the value, for one that is unknown or no sensible number.
    """
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key in _NO_LIMITS:
            continue
        where = f"{file}: serve.{key}"
        values[key] = _number(_known(key, where), value, where)
    for name, text in environ.items():
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).lower() not in _NO_LIMITS:
            where = f"the environment: {name}"
            key = _known(name.removeprefix(PREFIX).lower(), where)
            values[key] = _number(key, text, where)
    for key, value in options.items():
        if value is not None:
            values[key] = _number(key, value, f"--{key.replace('_', '-')}")
    return Limits(**values)


_FIELDS: Final = {one.name: one for one in fields(Limits)}


def _known(key: str, where: str) -> str:
    if key in _FIELDS:
        return key
    near = difflib.get_close_matches(key, _FIELDS, 1)
    advice = f"Did you mean {near[0]!r}?" if near else f"Limits: {', '.join(_FIELDS)}."
    raise BadProject(f"{where}: is not a limit of the service", advice=advice)


def _number(key: str, value: Any, where: str) -> int | float:
    one = _FIELDS[key]
    kind = float if isinstance(one.default, float) else int
    least = one.metadata["least"]
    try:
        number = kind(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    except (ValueError, OverflowError):
        number = None
    if number is None or number != number or number == float("inf") or number < least:
        word = "a number" if kind is float else "a whole number"
        raise BadProject(f"{where}: {value!r} is no value of this limit", advice=f"Give {word}, at least {least:g}.")
    return number
