"""The tiny publication as the graph stage gets it: conversions, the ontology and its shapes as text."""

from __future__ import annotations

from functools import cache

from kgpub.convert.authority import convert_authority
from kgpub.convert.context import Context, build_context
from kgpub.convert.unit import convert_record
from kgpub.graph.jobs import make_jobs
from kgpub.graph.load import concepts_of, ontology_nquads, turtle_files
from kgpub.graph.shapes import Job, read_shapes
from kgpub.model import Conversion
from tests.convert.samples import BASE, authority, tiny_records
from tests.tiny import PROJECT

__all__ = ["ARCHIVES", "BASE", "SPAN", "context", "jobs", "ontology", "records", "shapes"]

SPAN = {"span_from": "1893-01-01", "span_until": "1893-12-31"}
ARCHIVES = f"<{BASE}graph/archives>"


@cache
def ontology() -> str:
    """Return the project's ontology as N-Quads."""
    return ontology_nquads(turtle_files(PROJECT / "ontology"), f"<{BASE}graph/ontology>")


@cache
def context() -> Context:
    """Return the context of the tiny publication with the real concept schemes."""
    return build_context(BASE, "0.1.0", authority(), concepts_of(ontology()))


@cache
def records() -> tuple[Conversion, ...]:
    """Return the conversions: the authority data first, then the four records."""
    converted = [convert_record(record, context()) for record in tiny_records()]
    assert not any(one.problems for one in converted)
    return (convert_authority(authority(), context()), *converted)


@cache
def shapes(kind: str = "document") -> str:
    """Return the project's shapes for one kind of graph."""
    return read_shapes(turtle_files(PROJECT / "shapes"), SPAN, kind)


@cache
def jobs() -> dict[str, Job]:
    """Return the validation jobs by id."""
    first, *others = records()
    of_record = {one.id: shapes() for one in others}
    return {job.id: job for job in make_jobs(first, others, ontology(), ARCHIVES, of_record, shapes("authority"))}
