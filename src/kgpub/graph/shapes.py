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

import pyoxigraph as ox
import pyshacl
import rdflib
import rdflib.query
from rdflib.namespace import SH

from kgpub.errors import BadInput
from kgpub.graph.findings import Finding
from kgpub.graph.load import lines_of
from kgpub.model import Severity
from kgpub.vocabulary import PREFIXES

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


def read_shapes(files: Iterable[Path], settings: Mapping[str, str], kind: str = "") -> str:
    """Return the shapes for one kind of graph (all, where none is named) as Turtle, `${name}` replaced from `settings`.

    The head of a file says which it is for: `#+ graph: document, authority`; without a head it is for all.
    Raises BadInput for what is not Turtle.
    """
    graph = rdflib.Graph()
    for file in files:
        text = string.Template(file.read_text(encoding="utf-8")).safe_substitute(settings)
        meant = _KINDS.search(text)
        if kind and meant and kind not in re.split(r",\s*", meant[1].strip()):
            continue
        try:
            graph.parse(data=text, format="turtle")
        except Exception as error:
            # rdflib's Turtle reader raises its own BadSyntax, and plain errors for some slips.
            raise BadInput(f"{file}: not valid Turtle: {error}", advice="Mend the line it names.") from error
    return graph.serialize(format="longturtle")


class _FastGraph(rdflib.Graph):
    """A graph that answers SPARQL with Oxigraph.

    pySHACL hands a constraint's query over as text for every focus node, and rdflib parses it each time, in pure Python:
    nine tenths of the time of a validation went there. Everything else of the validation is pySHACL's own.
    """

    def __init__(self, ntriples: str) -> None:
        super().__init__()
        self.parse(data=ntriples, format="nt")
        self._answers = ox.Store()
        self._answers.bulk_load(ntriples.encode(), format=ox.RdfFormat.N_TRIPLES)

    def query(  # type: ignore[override]  # only what pySHACL passes
        self,
        query_object: str,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Any = None,  # noqa: N803 - rdflib's names
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803
        use_store_provided: bool = True,
    ) -> Any:
        bound: dict[ox.Variable, Any] = {
            ox.Variable(str(name)): _to_engine(term) for name, term in (initBindings or {}).items()
        }
        answer = self._answers.query(query_object, substitutions=bound)
        if not isinstance(answer, ox.QuerySolutions):
            asked = rdflib.query.Result("ASK")
            asked.askAnswer = bool(answer)
            return asked
        rows = rdflib.query.Result("SELECT")
        rows.vars = [rdflib.Variable(variable.value) for variable in answer.variables]
        rows.bindings = [
            {name: _from_engine(term) for name, term in zip(rows.vars, row, strict=True) if term is not None}
            for row in answer
        ]
        return rows


def _to_engine(term: Any) -> ox.NamedNode | ox.Literal:
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)


def _from_engine(term: Any) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    plain = term.language is None and term.datatype.value == f"{PREFIXES['xsd']}string"
    return rdflib.Literal(
        term.value, lang=term.language, datatype=None if plain or term.language else term.datatype.value
    )


def validate_job(job: Job) -> tuple[Finding, ...]:
    """Return everything the shapes find in one graph, sorted."""
    own = {rdflib.URIRef(line.split(" ", 1)[0][1:-1]) for line in lines_of(job.own)}
    data = _FastGraph(f"{job.own}{job.around}")
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
