"""The file of identifiers that lead elsewhere or nowhere; a publication that never withdrew one has none."""

from __future__ import annotations

from pathlib import Path

from kgpub.collect.layers import parse_layer
from kgpub.model import Problem, RawLayer

__all__ = ["read_tombstones"]


def read_tombstones(root: Path, file: Path) -> tuple[RawLayer | None, list[Problem]]:
    """Read the file and hold it to its schema; None where it is not there or cannot be used."""
    if not file.is_file():
        return None, []
    shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    return parse_layer(shown, file.read_bytes(), "tombstones")
