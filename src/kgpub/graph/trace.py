"""From a finding back to the corpus: which file and field said what a shape or a check complains of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kgpub.graph.findings import Finding
from kgpub.model import Origin, Problem

__all__ = ["Tracer"]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Tracer:
    """Finds the origin nearest to a finding's focus node, path and value.

    `origins_of` gives the origins of a record (or of "authority") by its id, `items` the records of each archival item,
    `line_of` the line of a field in a file.
    """

    def __init__(
        self,
        origins_of: Callable[[str], Sequence[Origin]],
        items: Mapping[str, Sequence[str]],
        line_of: Callable[[str, str], int],
        base: str,
    ) -> None:
        self._origins_of = origins_of
        self._items = items
        self._line_of = line_of
        self._base = base
        self._known: set[str] = set()
        self._exact: dict[tuple[str, str, str], Origin] = {}
        self._path: dict[tuple[str, str], Origin] = {}
        self._value: dict[tuple[str, str], Origin] = {}
        self._within: dict[tuple[str, str], Origin] = {}
        self._subject: dict[str, Origin] = {}

    def problem(self, finding: Finding) -> Problem:
        """Return the finding as a problem of a file; one that no record caused names the node alone."""
        focus, path, value = finding.focus, finding.path, finding.value
        for owner in self.owners(focus):
            self._learn(owner)
        origin = self._exact.get((focus, path, value)) or self._path.get((focus, path))
        if origin is None and not path:
            # A constraint in SPARQL names no path, and its value may be that of a part: the time of a transmission.
            origin = self._nearest(focus, value) or self._nearest(_whole(focus), value)
        origin = origin or self._subject.get(focus)
        shown = self._short(value) if value != focus else ""
        if origin is None:
            return Problem(self._short(focus), 0, self._short(path), shown, finding.message, "", finding.severity)
        line = self._line_of(origin.file, origin.field)
        return Problem(origin.file, line, origin.field, shown, finding.message, "", finding.severity)

    def owners(self, focus: str) -> Sequence[str]:
        """Return the records that may have said something of a node: its own, or its carrier's, or the authority files.

        Publications are authority data too, though their IRIs look like those of editions; what they cite and the indexes
        they print stand in files of their own.
        """
        kind, _, rest = focus[1:-1].removeprefix(self._base).partition("/")
        if kind == "attested":
            return tuple(sorted(one for one in self._items if one.startswith("citations-")))
        if kind not in ("document", "edition", "graph"):
            return ("authority",)
        name = rest.partition("#")[0]
        return (
            self._items.get(name)
            or self._items.get(name.rstrip(_LETTERS))
            or (
                *(name, f"citations-{name}", f"index-{name}"),
                "authority",
            )
        )

    def _learn(self, owner: str) -> None:
        if owner in self._known:
            return
        self._known.add(owner)
        for origin in self._origins_of(owner):
            self._exact.setdefault((origin.subject, origin.predicate, origin.object), origin)
            self._path.setdefault((origin.subject, origin.predicate), origin)
            self._value.setdefault((origin.subject, origin.object), origin)
            self._within.setdefault((_whole(origin.subject), origin.object), origin)
            known = self._subject.get(origin.subject)
            # A node's own `id` line says best which node is meant.
            if known is None or (_is_id(origin.field) and not _is_id(known.field)):
                self._subject[origin.subject] = origin

    def _nearest(self, node: str, value: str) -> Origin | None:
        # A thing's own value before that of a part: a claim repeats the document's date.
        return self._value.get((node, value)) or self._within.get((node, value))

    def _short(self, term: str) -> str:
        if term.startswith("<"):
            return term[1:-1].removeprefix(self._base)
        return term[1 : term.rindex('"')] if term.startswith('"') else term


def _is_id(field: str) -> bool:
    return field.rpartition(".")[2] == "id"


def _whole(node: str) -> str:
    """The entity that a part belongs to."""
    return f"{node.partition('#')[0]}>" if "#" in node else node
