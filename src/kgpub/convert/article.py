"""What files of citations and indexes share: ids looked up, lines led to their pages, what does not fit told as problems."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date as calendar_date

from kgpub.convert.context import Context
from kgpub.convert.describe.provenance import describe_provenance
from kgpub.convert.lines import Run, pages_of, parse_runs
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import A, cwc, literal, name
from kgpub.model import Conversion, Problem, RawLayer

__all__ = ["Article"]

Pair = tuple[str, str]


class Article:
    """One file about one publication: its layer, the sheet it is written on, and the problems found on the way.

    `identifier` is that of the named graph: `citations-weathersby-1995`.
    """

    def __init__(self, identifier: str, layer: RawLayer, context: Context) -> None:
        self.id = identifier
        self.layer = layer
        self.context = context
        self.sheet = Sheet(context.iris, context.iris.graph(identifier))
        self.publication = context.iris.entity("edition", layer.data["id"])
        self.problems: list[Problem] = []
        self.known(layer.data["id"], "id", "edition")
        self._pages = tuple(
            (str(page["page"]), self._runs(str(page["lines"]), f"pages[{index}].lines"))
            for index, page in enumerate(layer.data["pages"])
        )

    def conversion(self) -> Conversion:
        """Return what was written, with its provenance; no N-Quads where there are problems."""
        if self.problems:
            return Conversion(self.id, self.sheet.graph, "", tuple(sorted(self.problems)), (), self.id)
        describe_provenance(self.sheet, self.context, (self.layer,))
        # So that the graph can be validated by itself: a publication's class stands in the authority graph.
        self.sheet.add(self.publication, A, cwc("Publication"))
        file = self.context.iris.file(self.layer.file)
        self.sheet.add(file, name("prov:wasDerivedFrom"), self.publication)
        return Conversion(self.id, self.sheet.graph, self.sheet.nquads(), (), self.sheet.origins(), self.id)

    def place(self, lines: str, path: str) -> list[Pair]:
        """Return the lines and their pages as predicate-object pairs; lines on no page of the table are a problem."""
        if not self._runs(lines, path):
            return []
        pages = pages_of(lines, self._pages)
        if not pages:
            self.problem(
                path, lines, "stands on no page of the table under pages", "Mend the lines, or add their page."
            )
        return [(cwc("lines"), literal(lines)), *((cwc("page"), literal(page)) for page in pages)]

    def entity(self, identifier: str, path: str, *kinds: str) -> str:
        """Return the IRI of an authority entry of one of some kinds; an unknown id is a problem."""
        self.known(identifier, path, *kinds)
        kind = self.context.kinds.get(identifier, kinds[0])
        iris = self.context.iris
        return iris.unit(("archive", identifier)) if kind == "archive" else iris.entity(kind, identifier)

    def known(self, identifier: str, path: str, *kinds: str) -> None:
        """Look up an authority id; where an authority file could not be read, that is the problem, and not each id of it."""
        files = self.context.files
        if self.context.kinds.get(identifier) in kinds or any(kind not in files for kind in kinds):
            return
        names = " or ".join("publication" if kind == "edition" else kind for kind in kinds)
        where = ", ".join(files[kind] for kind in kinds)
        self.unknown(identifier, path, names, self.context.ids(*kinds), f"add it to {where}")

    def unknown(self, value: str, path: str, what: str, known: Iterable[str], remedy: str) -> None:
        """Add a problem for a value that is not one of those known, with the nearest of them."""
        near = difflib.get_close_matches(value, list(known), 1, 0.5)
        advice = f"Did you mean {near[0]!r}? Else {remedy}." if near else f"{remedy[:1].upper()}{remedy[1:]}."
        self.problem(path, value, f"is not a known {what}", advice)

    def day(self, value: str, path: str) -> None:
        """Hold a date to the calendar where it is a whole day."""
        day = value.rstrip("?~%")
        if len(day) == 10 and "X" not in day:
            try:
                calendar_date.fromisoformat(day)
            except ValueError as error:
                advice = "Write it as YYYY-MM-DD, or EDTF where it is partial."
                self.problem(path, value, f"is not a day of the calendar: {error}", advice)

    def problem(self, path: str, value: str, message: str, advice: str) -> None:
        """Add a problem at a field of the file."""
        self.problems.append(Problem(self.layer.file, self.layer.line(path), path, value, message, advice))

    def _runs(self, text: str, path: str) -> tuple[Run, ...]:
        try:
            return parse_runs(text)
        except ValueError as error:
            self.problem(path, text, f"is not a range of lines: {error}", "Write first-last, as 1573-1575.")
            return ()
