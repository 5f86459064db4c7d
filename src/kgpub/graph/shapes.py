"""SHACL validation of one graph at a time with pySHACL, the reference (https://www.w3.org/TR/shacl/)."""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyshacl
import rdflib
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery

from kgpub.errors import BadInput
from kgpub.graph.findings import Finding
from kgpub.model import Severity

__all__ = ["Job", "read_shapes", "validate_job"]

_KINDS = re.compile(r"^#\+ graph: (.+)$", re.MULTILINE)
_SEVERITIES: dict[Any, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


@dataclass(frozen=True, slots=True)
class Job:
    """One graph to validate: its own triples, and those of the things it points to (both N-Triples text).

    Only the nodes that the graph itself describes are looked at; the rest is there to be looked up.
    """

    id: str
    own: str
    around: str
    shapes: str

    def key(self) -> str:
        """Return a digest of all that the result depends on."""
        parts = (self.own, self.around, self.shapes, pyshacl.__version__, rdflib.__version__)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def read_shapes(files: Iterable[Path], settings: Mapping[str, str], kind: str) -> str:
    """Return the shapes meant for one kind of graph as one Turtle text, `${name}` replaced from `settings`.

    The head of a file says which it is for: `#+ graph: document, authority`; without a head it is for all.
    Raises BadInput for what is not Turtle.
    """
    graph = rdflib.Graph()
    for file in files:
        text = string.Template(file.read_text(encoding="utf-8")).safe_substitute(settings)
        meant = _KINDS.search(text)
        if meant and kind not in re.split(r",\s*", meant[1].strip()):
            continue
        try:
            graph.parse(data=text, format="turtle")
        except Exception as error:
            # rdflib's Turtle reader raises its own BadSyntax, and plain errors for some slips.
            raise BadInput(f"{file}: not valid Turtle: {error}", advice="Mend the line it names.") from error
    return graph.serialize(format="longturtle")


class _PreparedGraph(rdflib.Graph):
    """A graph that parses each SPARQL text once.

    pySHACL hands a constraint's query over as text for every focus node, and rdflib parses it each time: nine tenths of
    the time of a validation went there.
    """

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **kwargs)


@lru_cache(maxsize=256)
def _prepared(text: str) -> Any:
    return prepareQuery(text)


def validate_job(job: Job) -> tuple[Finding, ...]:
    """Return everything the shapes find in one graph, sorted."""
    data = _PreparedGraph()
    data.parse(data=job.own, format="nt")
    own = set(data.subjects())
    data.parse(data=job.around, format="nt")
    # Not `focus_nodes=`: pySHACL then passes every nested shape whose value is outside that list.
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(job.shapes), inplace=True)
    results = list(report.subjects(rdflib.RDF.type, SH.ValidationResult))
    return tuple(sorted({_finding(report, one) for one in results if report.value(one, SH.focusNode) in own}))


@lru_cache(maxsize=2)
def _shapes(text: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format="turtle")


def _finding(report: rdflib.Graph, result: Any) -> Finding:
    def term(predicate: Any) -> str:
        value = report.value(result, predicate)
        return value.n3() if isinstance(value, rdflib.URIRef | rdflib.Literal) else ""

    message = report.value(result, SH.resultMessage)
    return Finding(
        severity=_SEVERITIES.get(report.value(result, SH.resultSeverity), "violation"),
        focus=term(SH.focusNode),
        path=term(SH.resultPath),
        value=term(SH.value),
        message=str(message or "does not meet a shape"),
        source=term(SH.sourceShape),
    )
