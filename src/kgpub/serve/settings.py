"""What is set beside the limits: how an entity's IRI is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kgpub.errors import BadProject
from kgpub.serve.limits import PREFIX

__all__ = ["ENTITIES", "read_entities"]

ENTITIES: Final = ("direct", "see-other")


def read_entities(table: Mapping[str, Any], environ: Mapping[str, str], option: str | None, file: str) -> str:
    """Return what kgpub.toml, the environment or the command line says of entities, the later over the earlier.

    Raises BadProject, naming where, for a value that is neither `direct` nor `see-other`.
    """
    variable = f"{PREFIX}ENTITIES"
    given = [
        (f"{file}: serve.entities", table.get("entities")),
        (f"the environment: {variable}", environ.get(variable)),
    ]
    chosen = ENTITIES[0]
    for where, value in given:
        if value is None:
            continue
        if value not in ENTITIES:
            raise BadProject(f"{where}: {value!r} is no way to answer", advice=f"Give {' or '.join(ENTITIES)}.")
        chosen = value
    return option or chosen
