"""Validation as a build runs it: shapes item by item with what is known from earlier builds, checks over the whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from kgpub import __version__
from kgpub.collect.layers import folder_digest
from kgpub.execute.cache import Cache
from kgpub.execute.local import map_local
from kgpub.graph.findings import Finding
from kgpub.graph.jobs import ARCHIVES, AUTHORITY, items_of, make_jobs, units_of
from kgpub.graph.load import turtle_files
from kgpub.graph.shapes import Job, read_shapes, validate_job
from kgpub.graph.trace import Tracer
from kgpub.model import Conversion, Problem
from kgpub.project import Collection, Project
from kgpub.publish.report import Result
from kgpub.vocabulary import VOCABULARY_BASE

__all__ = ["Judged", "check_whole", "code_digest", "validate"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is validated: the conversions, the authority data's first, the ontology as N-Quads, and each record's collection."""

    project: Project
    conversions: Sequence[Conversion]
    ontology: str
    collections: Mapping[str, Collection]
    tracer: Tracer

    @property
    def archives(self) -> str:
        """The named graph of the archival units."""
        return f"<{self.project.base}graph/archives>"


def validate(
    judged: Judged, cache: Cache, *, workers: int, progress: Callable[[str, int, int], None]
) -> tuple[list[Result], int]:
    """Judge each item by the shapes and return what was found, and how many had to be judged anew.

    One whose files, authority data and shapes are as they were is taken from the cache. Where only authority data has
    changed, one is judged anew if something it names has changed.
    """
    keys = _keys(judged)
    results: dict[str, list[Result]] = {}
    for item, key in keys.items():
        if (kept := cache.get(f"validate/{item}", key)) is not None:
            results[item] = [_unpacked(one) for one in kept]
    unknown = [item for item in keys if item not in results]
    fresh: dict[str, Job] = {}
    for job in _jobs(judged, cache, unknown) if unknown else ():
        key = f"{code_digest()}:{job.key()}"
        if (kept := cache.get(f"judged/{job.id}", key)) is not None:
            results[job.id] = [_unpacked(one) for one in kept]
        else:
            fresh[key] = job
    found = map_local(validate_job, list(fresh.values()), workers=workers)
    for done, ((key, job), findings) in enumerate(zip(fresh.items(), found, strict=True), 1):
        results[job.id] = _results(judged.tracer, findings)
        cache.put(f"judged/{job.id}", key, [_packed(one) for one in results[job.id]])
        progress("validate", done, len(fresh))
    for item in unknown:
        cache.put(f"validate/{item}", keys[item], [_packed(one) for one in results[item]])
    return [result for item in keys for result in results[item]], len(fresh)


def check_whole(judged: Judged, findings: Sequence[Finding], cache: Cache) -> list[Result]:
    """Return what the cross-document checks found, traced anew only where it, or the records it is about, has changed."""
    nquads = {one.id: one.nquads for one in judged.conversions}
    owners = sorted({owner for one in findings for owner in judged.tracer.owners(one.focus)})
    key = _digest(code_digest(), repr(findings), *(nquads.get(owner, "") for owner in owners))
    if (kept := cache.get("checks", key)) is not None:
        return [_unpacked(one) for one in kept]
    results = _results(judged.tracer, findings)
    cache.put("checks", key, [_packed(one) for one in results])
    return results


def _keys(judged: Judged) -> dict[str, str]:
    """Return for each item, in the order of the jobs, a digest of all that its judgement could depend on."""
    authority, *records = judged.conversions
    spans = [f"{one.id} {one.span_from} {one.span_until}" for one in judged.project.collections]
    shapes = folder_digest(judged.project.shapes)
    common = _digest(code_digest(), authority.nquads, judged.ontology, shapes, *spans)
    own = {
        AUTHORITY: "",
        ARCHIVES: units_of(records, judged.archives),
        **{item: "".join(one.nquads for one in editions) for item, editions in items_of(records).items()},
    }
    return {item: _digest(common, text) for item, text in own.items()}


def _jobs(judged: Judged, cache: Cache, wanted: Sequence[str]) -> list[Job]:
    authority, *records = judged.conversions
    collections = judged.project.collections
    shapes = {collection.id: _shapes(judged, collection, "document", cache) for collection in collections}
    of_record = {identifier: shapes[collection.id] for identifier, collection in judged.collections.items()}
    of_authority = _shapes(judged, collections[0], "authority", cache)
    return make_jobs(authority, records, judged.ontology, judged.archives, of_record, of_authority, set(wanted))


def _shapes(judged: Judged, collection: Collection, kind: str, cache: Cache) -> str:
    settings = {"span_from": collection.span_from, "span_until": collection.span_until}
    key = f"{folder_digest(judged.project.shapes)}:{settings}"
    kept: str | None = cache.get(f"shapes/{collection.id}-{kind}", key)
    if kept is None:
        kept = read_shapes(turtle_files(judged.project.shapes), settings, kind)
        cache.put(f"shapes/{collection.id}-{kind}", key, kept)
    return kept


def _results(tracer: Tracer, findings: Iterable[Finding]) -> list[Result]:
    return [Result(tracer.problem(one), one.focus, one.path, one.value, one.source) for one in findings]


def _packed(result: Result) -> list[object]:
    problem = result.problem
    head = [problem.file, problem.line, problem.field, problem.value, problem.message, problem.advice, problem.severity]
    return [head, result.focus, result.path, result.value, result.source]


def _unpacked(item: list[object]) -> Result:
    head, *rest = item
    return Result(Problem(*head), *rest)  # type: ignore[misc,arg-type]  # it comes from _packed


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Return a digest of the code that kept results depend on, so that a change of it makes them all anew."""
    root = Path(str(files("kgpub")))
    parts = (__version__, *(folder_digest(root / stage) for stage in ("collect", "convert", "graph")), VOCABULARY_BASE)
    return hashlib.sha256(":".join(parts).encode()).hexdigest()
