"""The authority files on disk, one for each kind of entry, and the ledger of links beside them."""

from __future__ import annotations

from pathlib import Path

from kgpub.collect.layers import parse_layer
from kgpub.model import Problem, RawLayer

__all__ = ["KINDS", "LEDGER", "read_authority"]

KINDS = ("persons", "organisations", "offices", "places", "events", "archives", "publications")
LEDGER = "links"
"""The ledger of decisions on links; a publication that has linked nothing yet has none."""


def read_authority(root: Path, folder: Path) -> tuple[dict[str, RawLayer], list[Problem]]:
    """Read all authority files; a kind whose file is missing or broken is left out and has its problem."""
    layers: dict[str, RawLayer] = {}
    problems: list[Problem] = []
    for kind in (*KINDS, LEDGER):
        file = folder / f"{kind}.yaml"
        shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
        if not file.is_file():
            if kind == LEDGER:
                continue
            advice = f"Restore it, or write `{kind}: []` where there are none."
            problems.append(Problem(shown, 1, "", "", "is missing", advice))
            continue
        layer, found = parse_layer(shown, file.read_bytes(), kind)
        problems += found
        if layer is not None:
            layers[kind] = layer
    return layers, problems
