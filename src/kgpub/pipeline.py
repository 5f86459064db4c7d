"""READ THIS FIRST. The whole road, from the corpus on disk to the publication: gather, convert, check, publish.

Each step below is one call into one stage; stages know nothing of each other.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from kgpub import __version__
from kgpub.collect.articles import parse_article, scan_articles
from kgpub.collect.authority import read_authority
from kgpub.collect.corpus import LAYERS, Source, doubled, expected_ids, parse_source, scan
from kgpub.collect.layers import folder_digest, line_of
from kgpub.collect.tombstones import read_tombstones
from kgpub.convert.authority import convert_authority
from kgpub.convert.citations import convert_citations
from kgpub.convert.context import Context, build_context
from kgpub.convert.index import convert_index
from kgpub.convert.release import convert_release
from kgpub.convert.tombstones import convert_tombstones, published
from kgpub.convert.unit import convert_record
from kgpub.errors import CorpusErrors
from kgpub.execute.cache import Cache
from kgpub.graph.checks import run_checks
from kgpub.graph.enrich import enrich
from kgpub.graph.findings import Finding
from kgpub.graph.jobs import AUTHORITY
from kgpub.graph.load import concepts_of, load_store, merged, ontology_nquads, turtle_files
from kgpub.graph.trace import Tracer
from kgpub.model import Conversion, Origin, Problem, RawLayer, Spot
from kgpub.project import Collection, Project
from kgpub.publish.catalogue import Publication
from kgpub.publish.report import Result
from kgpub.publish.site import Release, publish
from kgpub.queries import Query, load_queries
from kgpub.validation import Judged, check_whole, code_digest, validate

__all__ = ["Built", "Graph", "build", "check", "make_graph", "spots"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""

_UNMENDED = "Mend them and run the command again; nothing was written."


def silent(what: str, done: int, total: int) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The validated graph: as N-Quads (the record of truth) and as a store, with what was found and how much was new."""

    nquads: str
    store: Store
    results: tuple[Result, ...]
    conversions: tuple[Conversion, ...]
    converted: int
    validated: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: where it is, what it holds (name to number), and how much of it had to be made anew."""

    dist: Path
    counts: Mapping[str, int]
    found: Mapping[str, int]
    converted: int
    validated: int


def build(project: Project, modified: str, *, workers: int = 2, progress: Progress = silent) -> Built:
    """Build the publication into `dist/`; raise CorpusErrors, with nothing written, where the corpus must be mended first."""
    graph = make_graph(project, workers=workers, progress=progress)
    queries = load_queries(project.queries / "site", relative_to=project.root)
    progress("publish", 0, 1)
    counts = publish(_release(project, modified), graph.nquads, graph.results, queries, graph.store)
    progress("publish", 1, 1)
    found = Counter(str(result.problem.severity) for result in graph.results)
    return Built(project.outputs.dist, counts, found, graph.converted, graph.validated)


def check(project: Project, *, workers: int = 2, progress: Progress = silent) -> tuple[Problem, ...]:
    """Return every warning and note on the corpus; raise CorpusErrors where it cannot be published."""
    return tuple(result.problem for result in make_graph(project, workers=workers, progress=progress).results)


def make_graph(project: Project, *, workers: int = 2, progress: Progress = silent) -> Graph:
    """Convert, enrich and validate the corpus; raise CorpusErrors with every problem of every file where there is one."""
    cache = Cache(project.outputs.cache)
    corpus = _gather(project, cache)
    conversions, converted = _convert(corpus, cache, progress)
    problems = [*corpus.problems, *(problem for one in conversions for problem in one.problems)]
    # What an identifier leads to is looked up among all that is published, which takes a corpus without problems.
    beside = () if problems else _tombstones(corpus, conversions)
    problems += [problem for one in beside for problem in one.problems]
    if problems:
        raise CorpusErrors(sorted(problems), advice=_UNMENDED)

    tracer = _tracer(project, corpus, conversions, beside)
    with ThreadPoolExecutor(1) as thread:
        # The engine loads, enriches and checks outside Python's lock, while this thread judges by the shapes.
        joining = thread.submit(_join, project, corpus, (*conversions, *beside))
        judged = Judged(
            project, conversions, corpus.ontology, {source.id: one for one, source in corpus.every()}, tracer
        )
        results, validated = validate(judged, cache, workers=workers, progress=progress)
        store, nquads, findings = joining.result()
    results += check_whole(judged, findings, cache)
    if violations := [result.problem for result in results if result.problem.severity == "violation"]:
        raise CorpusErrors(sorted(violations), advice=_UNMENDED)
    return Graph(nquads, store, tuple(results), tuple(conversions), converted, validated)


def spots(project: Project, identifiers: Sequence[str]) -> dict[tuple[str, str, str], Spot]:
    """Return where each triple of some records (subject, predicate, object in N-Triples) stands in the corpus as it is now."""
    corpus = _gather(project, Cache(project.outputs.cache))
    found: dict[tuple[str, str, str], Spot] = {}
    for source in (source for _, source in corpus.sources if source.id in identifiers):
        raw, _ = parse_source(source)
        if raw is None:
            continue
        layers = {layer.file: layer for layer in raw.layers()}
        for one in convert_record(raw, corpus.context).origins:
            layer = layers[one.file]
            spot = Spot(one.file, layer.line(one.field), one.field, str(layer.value(f"{one.field}.rule") or ""))
            found.setdefault((one.subject, one.predicate, one.object), spot)
    return found


# -- gather: what is on disk --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Corpus:
    context: Context
    authority: Mapping[str, RawLayer]
    ontology: str
    sources: tuple[tuple[Collection, Source], ...]
    articles: tuple[tuple[Collection, Source], ...]
    """What articles cite, and printed indexes."""
    tombstones: RawLayer | None
    problems: tuple[Problem, ...]

    def every(self) -> tuple[tuple[Collection, Source], ...]:
        """Return all that is converted one by one, the documents first."""
        return (*self.sources, *self.articles)


def _gather(project: Project, cache: Cache) -> _Corpus:
    authority, problems = _authority(project, cache)
    context = build_context(project.base, project.version, authority, {})
    ontology = ontology_nquads(turtle_files(project.ontology), context.iris.graph("ontology"))
    context = build_context(project.base, project.version, authority, concepts_of(ontology))
    sources: list[tuple[Collection, Source]] = []
    articles: list[tuple[Collection, Source]] = []
    for collection in project.collections:
        found, missing = scan(project.root, collection.id, collection.path, expected_ids(collection.documents))
        sources += [(collection, source) for source in found]
        around, strays = scan_articles(project.root, collection.id, collection.path)
        articles += [(collection, source) for source in around]
        problems += [*missing, *strays]
    problems += doubled([source for _, source in (*sources, *articles)])
    tombstones, broken = read_tombstones(project.root, project.tombstones)
    problems += broken
    return _Corpus(context, authority, ontology, tuple(sources), tuple(articles), tombstones, tuple(problems))


def _authority(project: Project, cache: Cache) -> tuple[dict[str, RawLayer], list[Problem]]:
    """Read the authority files; holding them to their schemas takes half a second, so the parsed layers are kept."""
    key = f"{code_digest()}:{folder_digest(project.authority)}"
    if (kept := cache.get("authority", key)) is not None:
        return {kind: RawLayer(*layer) for kind, layer in kept.items()}, []
    layers, problems = read_authority(project.root, project.authority)
    if not problems:
        packed = {kind: [one.file, one.digest, one.data, dict(one.lines)] for kind, one in layers.items()}
        cache.put("authority", key, packed)
    return layers, problems


# -- convert: each document on its own; one that has not changed is taken from the cache ------------------------------------


def _convert(corpus: _Corpus, cache: Cache, progress: Progress) -> tuple[list[Conversion], int]:
    conversions = [convert_authority(corpus.authority, corpus.context)] if corpus.authority else []
    first = len(conversions)
    salt = f"{code_digest()}:{corpus.context.digest()}"
    made, total, documents = 0, len(corpus.every()), dict[str, str]()
    for done, (_, source) in enumerate(corpus.every(), 1):
        if done == len(corpus.sources) + 1:
            # What articles cite is looked up among the documents.
            documents = _documents(conversions[first:])
            salt = f"{salt}:{sorted(documents.items())}"
        key = hashlib.sha256("\n".join((salt, *source.digests())).encode()).hexdigest()
        kept = cache.get(f"convert/{source.id}", key)
        if kept is not None:
            conversions.append(
                Conversion(source.id, corpus.context.iris.graph(source.id), kept["nquads"], item=kept["item"])
            )
        else:
            conversion = _convert_source(source, corpus.context, documents)
            made += 1
            if not conversion.problems:
                cache.put(f"convert/{source.id}", key, {"nquads": conversion.nquads, "item": conversion.item})
            conversions.append(conversion)
        progress("convert", done, total)
    return conversions, made


def _documents(conversions: Iterable[Conversion]) -> dict[str, str]:
    """Lead from each record's id to that of the document it is published as."""
    return {one.id: one.item or one.id for one in conversions}


def _convert_source(source: Source, context: Context, documents: Mapping[str, str]) -> Conversion:
    graph = context.iris.graph(source.id)
    if source.files[0][0] in LAYERS:
        raw, problems = parse_source(source)
        return convert_record(raw, context) if raw else Conversion(source.id, graph, "", tuple(problems))
    layer, problems = parse_article(source)
    if layer is None:
        return Conversion(source.id, graph, "", tuple(problems))
    if source.files[0][0] == "indexes":
        return convert_index(source.id, layer, context)
    return convert_citations(source.id, layer, context, documents)


def _tombstones(corpus: _Corpus, conversions: Sequence[Conversion]) -> tuple[Conversion, ...]:
    if corpus.tombstones is None or not corpus.tombstones.data["tombstones"]:
        return ()
    there = published(conversions, corpus.context.base)
    return (convert_tombstones(corpus.tombstones, corpus.context, there),)


# -- join: all graphs in one store, and what follows from two of them -------------------------------------------------------


def _join(
    project: Project, corpus: _Corpus, conversions: Sequence[Conversion]
) -> tuple[Store, str, tuple[Finding, ...]]:
    graphs = [conversion.graph for conversion in conversions]
    release = convert_release(corpus.context, project.title, f"kgpub {__version__}", graphs)
    stated = merged([*(one.nquads for one in conversions), corpus.ontology, release.nquads])
    store = load_store(stated)
    derived = enrich(store, _queries(project, "construct"), corpus.context.iris.graph("derived"))
    findings = run_checks(store, _queries(project, "check"))
    return store, merged([stated, derived]), findings


def _queries(project: Project, kind: str) -> tuple[Query, ...]:
    return load_queries(project.queries / kind, relative_to=project.root)


def _tracer(
    project: Project, corpus: _Corpus, conversions: Sequence[Conversion], beside: Sequence[Conversion]
) -> Tracer:
    known = {one.id: one.origins for one in conversions if one.origins}
    # Tombstones are of places and persons, whose origins are looked for among the authority data's.
    known[AUTHORITY] = (*known.get(AUTHORITY, ()), *(origin for one in beside for origin in one.origins))
    sources = {source.id: source for _, source in corpus.every()}
    documents = _documents(one for one in conversions if one.id in {source.id for _, source in corpus.sources})

    def origins_of(identifier: str) -> tuple[Origin, ...]:
        # Conversions taken from the cache come without origins; those few that are asked for are made once more.
        if identifier not in known and identifier in sources:
            known[identifier] = _convert_source(sources[identifier], corpus.context, documents).origins
        return known.get(identifier, ())

    items: dict[str, list[str]] = {}
    for one in conversions:
        items.setdefault(one.item or one.id, []).append(one.id)
    return Tracer(origins_of, items, lambda file, field: line_of(project.root / file, field), project.base)


# -- publish ---------------------------------------------------------------------------------------------------------------


def _release(project: Project, modified: str) -> Release:
    return Release(
        publication=Publication(
            base=project.base,
            title=project.title,
            description=project.description,
            publisher=project.publisher,
            licence=project.licence,
            language=project.language,
            version=project.version,
            modified=modified,
        ),
        dist=project.outputs.dist,
        record=project.outputs.cache / "publish.json",
        name=project.outputs.name,
        formats=project.outputs.formats,
        gzip_from=project.outputs.gzip_from,
        folders=(
            ("ontology", project.ontology, "*.ttl"),
            ("shapes", project.shapes, "*.ttl"),
            ("queries", project.queries / "site", "*.rq"),
        ),
    )
