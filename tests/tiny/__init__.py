"""A second, tiny publication, invented from end to end: the letters of a lighthouse service of 1893."""

from __future__ import annotations

import shutil
from pathlib import Path

__all__ = ["PROJECT", "Change", "make_tiny"]

PROJECT = Path(__file__).parents[2]
"""The folder of this project: the tiny publication uses its ontology, shapes and queries."""

Change = str | tuple[str, str] | None
_HERE = Path(__file__).parent


def make_tiny(folder: Path, **changes: Change) -> Path:
    """Write the publication into a folder and return its `kgpub.toml`.

    Each change names a file, from the folder down: `None` leaves it out, a text replaces it or adds it, a pair (old, new)
    replaces one passage of it, which must be there: `make_tiny(path, **{"corpus/letters/records/L1.yaml": ("1893", "1894")})`.
    """
    shutil.copytree(_HERE / "corpus", folder / "corpus")
    file = folder / "kgpub.toml"
    file.write_text((_HERE / "kgpub.toml").read_text(encoding="utf-8").replace("PROJECT", PROJECT.as_posix()), "utf-8")
    for name, change in changes.items():
        _change(folder / name, change)
    return file


def _change(file: Path, change: Change) -> None:
    if change is None:
        file.unlink()
        return
    if isinstance(change, tuple):
        old, new = change
        text = file.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{file.name} has {text.count(old)} times {old!r}; a change needs it once")
        change = text.replace(old, new)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(change, encoding="utf-8")
