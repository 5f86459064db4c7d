"""Checks over the whole store: SELECT queries that must return nothing (`queries/check/*.rq`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from pyoxigraph import QuerySolution, QuerySolutions, Store

from kgpub.errors import BadQuery
from kgpub.graph.findings import Finding
from kgpub.model import Severity

__all__ = ["Check", "run_checks"]

_SEVERITIES: dict[str, Severity] = {"violation": "violation", "warning": "warning", "info": "info"}


class Check(Protocol):
    """What this stage needs of a check: where it stands, its text, how grave it is and how it says so."""

    @property
    def file(self) -> str:
        """The file it stands in."""

    @property
    def text(self) -> str:
        """The SPARQL: a SELECT of ?focus, and ?property and ?value where they are known."""

    @property
    def severity(self) -> str:
        """Violation, Warning or Info."""

    @property
    def message(self) -> str:
        """What a row means; `{name}` stands for the row's value of that variable."""


def run_checks(store: Store, checks: Sequence[Check]) -> tuple[Finding, ...]:
    """Return one finding for every row that a check returns, sorted."""
    found: set[Finding] = set()
    for check in checks:
        severity = _SEVERITIES.get(check.severity.lower())
        if severity is None:
            raise BadQuery(f"{check.file}: severity {check.severity!r}", advice="Write Violation, Warning or Info.")
        answer = store.query(check.text, use_default_graph_as_union=True)
        if not isinstance(answer, QuerySolutions):
            raise BadQuery(f"{check.file}: is not a SELECT query", advice="A check selects ?focus.")
        names = [variable.value for variable in answer.variables]
        for row in answer:
            found.add(_finding(check, severity, names, row))
    return tuple(sorted(found))


def _finding(check: Check, severity: Severity, names: Sequence[str], row: QuerySolution) -> Finding:
    terms = {name: row[name] for name in names if row[name] is not None}
    shown = {name: str(getattr(term, "value", term)) for name, term in terms.items()}
    message = re.sub(r"\{(\w+)\}", lambda match: _short(shown.get(match[1], match[0])), check.message)
    focus, path, value = (str(terms[name]) if name in terms else "" for name in ("focus", "property", "value"))
    return Finding(severity, focus, path, value, message, check.file)


def _short(text: str) -> str:
    return "/".join(text.split("/")[-2:]) if text.startswith("http") else text
