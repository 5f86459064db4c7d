"""The validation report as SHACL has it (`report.ttl`); how people read it is in pages/checked.py."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kgpub.model import Problem
from kgpub.publish.output import Output
from kgpub.publish.turtle import turtle
from kgpub.vocabulary import PREFIXES

__all__ = ["Result", "by_message", "environment", "write_report"]

_SHACL_SEVERITY = {"violation": "Violation", "warning": "Warning", "info": "Info"}


@dataclass(frozen=True, slots=True)
class Result:
    """One result of validation: the terms of SHACL (N-Triples, empty where there is none), and the place in the corpus."""

    problem: Problem
    focus: str
    path: str
    value: str
    source: str


def environment() -> Environment:
    """Return the templates of the publishing stage; everything put into them is escaped."""
    return Environment(
        loader=PackageLoader("kgpub.publish"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def by_message(results: Sequence[Result]) -> dict[tuple[str, str], list[Result]]:
    """Return the results by severity and message, the gravest first, each in the order of the corpus."""
    groups: dict[tuple[str, str], list[Result]] = {}
    for result in sorted(results, key=lambda one: (list(_SHACL_SEVERITY).index(one.problem.severity), one.problem)):
        groups.setdefault((result.problem.severity, result.problem.message), []).append(result)
    return groups


def write_report(output: Output, results: Sequence[Result], base: str, prefixes: Mapping[str, str]) -> None:
    """Write the report as SHACL has it."""
    output.write("report.ttl", turtle(sorted(_triples(results, base), key=str), prefixes))


def _triples(results: Sequence[Result], base: str) -> list[Triple]:
    sh, type_ = PREFIXES["sh"], NamedNode(f"{PREFIXES['rdf']}type")
    report = NamedNode(f"{base}report")
    conforms = not any(result.problem.severity == "violation" for result in results)
    boolean = NamedNode(f"{PREFIXES['xsd']}boolean")
    triples = [
        Triple(report, type_, NamedNode(f"{sh}ValidationReport")),
        Triple(report, NamedNode(f"{sh}conforms"), Literal(str(conforms).lower(), datatype=boolean)),
    ]
    for result in results:
        problem = result.problem
        text = "\0".join((result.focus, result.path, result.value, problem.message, result.source))
        node = NamedNode(f"{base}report#{hashlib.sha256(text.encode()).hexdigest()[:12]}")
        triples.append(Triple(report, NamedNode(f"{sh}result"), node))
        triples.append(Triple(node, type_, NamedNode(f"{sh}ValidationResult")))
        triples.append(
            Triple(node, NamedNode(f"{sh}resultSeverity"), NamedNode(sh + _SHACL_SEVERITY[problem.severity]))
        )
        triples.append(Triple(node, NamedNode(f"{sh}resultMessage"), Literal(problem.message, language="en")))
        for local, term in (("focusNode", result.focus), ("resultPath", result.path), ("value", result.value)):
            if term:
                triples.append(_triple(node, f"{sh}{local}", term))
        if result.source.startswith("<"):
            triples.append(_triple(node, f"{sh}sourceShape", result.source))
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        triples.append(Triple(node, NamedNode(f"{PREFIXES['dcterms']}source"), Literal(place)))
    return triples


def _triple(subject: NamedNode, predicate: str, term: str) -> Triple:
    line = f"{subject} <{predicate}> {term} .\n"
    triple: Triple = next(iter(parse(line.encode(), format=RdfFormat.N_TRIPLES))).triple
    return triple
