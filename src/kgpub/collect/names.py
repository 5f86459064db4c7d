"""The entries of the authority files with every scalar as the text it is: what an index of printed names is made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from kgpub.errors import BadInput

__all__ = ["AUTHORITY_KINDS", "read_name_entries"]

AUTHORITY_KINDS = ("persons", "organisations", "offices", "places", "events")

# libyaml is about eight times the pure loader; scalars stay text, so that dates and numbers read as printed.
_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_name_entries(authority: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the entries of each kind of authority file; a missing file has none. Raises BadInput."""
    if not authority.is_dir():
        raise BadInput(
            f"there is no folder of authority files at {authority}",
            advice="name the folder that holds persons.yaml, organisations.yaml, offices.yaml and places.yaml",
        )
    return {kind: _entries(authority / f"{kind}.yaml", kind) for kind in AUTHORITY_KINDS}


def _entries(path: Path, kind: str) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise BadInput(
            f"{path}:{line}: not readable as YAML: {error.problem}", advice="mend the file, then extract again"
        ) from error
    entries = data.get(kind) if isinstance(data, dict) else data
    if entries is None or entries == "":
        return []
    if not isinstance(entries, list) or any(not isinstance(entry, dict) or "id" not in entry for entry in entries):
        raise BadInput(f"{path}: {kind} must be a list of entries, each with an id", advice="see docs/authority.md")
    return entries
