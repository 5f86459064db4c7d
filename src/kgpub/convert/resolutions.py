"""An editor's decisions which document a reference means, where no rule can tell and a reader can."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from kgpub.convert.records import Evidence, Resolution
from kgpub.model import Problem, RawLayer

__all__ = ["Resolutions"]


class Resolutions:
    """The `resolutions` of a correction layer, handed out by the path of the reference they decide."""

    def __init__(self, layer: RawLayer | None) -> None:
        self._layer = layer
        self._given: dict[str, tuple[int, Mapping[str, Any]]] = {}
        for index, one in enumerate(layer.data.get("resolutions", ()) if layer is not None else ()):
            self._given[str(one["reference"])] = (index, one)
        self._seen: dict[str, str] = {}

    def of(self, path: str, printed: str) -> Resolution | None:
        """Return what was decided of the reference at `path` (`references[0]`), which the print words as `printed`."""
        self._seen[path] = printed
        if self._layer is None or path not in self._given or self._given[path][1]["printed"] != printed:
            return None
        index, one = self._given[path]
        documents = (one["to"],) if isinstance(one["to"], str) else tuple(one["to"] or ())
        certainty = str(one.get("certainty", "inferred"))
        evidence = Evidence(self._layer.file, f"resolutions[{index}]", rule="editor", certainty=certainty)
        return Resolution(documents, str(one["reason"]), evidence)

    def misfits(self) -> Iterator[Problem]:
        """Yield a problem for each decision about a reference that the record lacks, or prints otherwise."""
        for path, (index, one) in self._given.items():
            assert self._layer is not None  # it gave the decision
            if path not in self._seen:
                where = f"resolutions[{index}].reference"
                near = difflib.get_close_matches(path, sorted(self._seen), 1, 0.3)
                advice = f"Did you mean {near[0]}?" if near else "The record has no references; take it out."
                what = "names no reference of the record"
                yield Problem(self._layer.file, self._layer.line(where), where, path, what, advice)
            elif one["printed"] != self._seen[path]:
                where = f"resolutions[{index}].printed"
                what = f"is not how the record prints {path}"
                advice = f"Write printed: {self._seen[path]!r} if the decision still holds, or delete it."
                yield Problem(self._layer.file, self._layer.line(where), where, str(one["printed"]), what, advice)
