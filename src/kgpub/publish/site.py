"""Everything under `dist/`, in one go: dumps, one file per entity, ontology, shapes, queries, catalogue, report, start page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Store

from kgpub.publish.browser import write_browser
from kgpub.publish.catalogue import Publication, write_catalogue
from kgpub.publish.contents import Contents, read_contents
from kgpub.publish.counts import count
from kgpub.publish.dumps import Dump, write_dumps
from kgpub.publish.entities import entities, write_entities
from kgpub.publish.examples import NAME as EXAMPLES
from kgpub.publish.examples import Example, write_examples
from kgpub.publish.output import Output, open_output, read_earlier
from kgpub.publish.pages import search
from kgpub.publish.pages.book import File
from kgpub.publish.pages.checked import report_page
from kgpub.publish.pages.making import book_of
from kgpub.publish.pages.questions import write_answers
from kgpub.publish.pages.registry import all_pages
from kgpub.publish.pages.write import write_assets, write_pages
from kgpub.publish.report import Result, write_report
from kgpub.publish.swap import replacing
from kgpub.publish.turtle import prefixes_of
from kgpub.publish.zipped import write_zip

__all__ = ["Release", "publish"]

_WHAT = {
    "ttl": "Turtle, to read and to load",
    "trig": "TriG, with one named graph for each document",
    "nt": "N-Triples, one statement a line",
    "nq": "N-Quads, one statement a line with its graph: the record of truth",
    "jsonld": "JSON-LD, for programs that read JSON",
}


@dataclass(frozen=True, slots=True)
class Release:
    """What is published and where.

    `record` is a file that tells the next build what this one wrote; `folders` are (name in dist, folder, pattern) of
    files that go out as they are.
    """

    publication: Publication
    dist: Path
    record: Path
    name: str
    formats: tuple[str, ...]
    gzip_from: int
    folders: tuple[tuple[str, Path, str], ...]


def publish(
    release: Release, nquads: str, results: Sequence[Result], queries: Sequence[Example], store: Store | None = None
) -> dict[str, int]:
    """Write the publication and swap it in; return what it holds, name to number, in the order to show it.

    `store` holds the same graph: the canned queries are answered from it for their pages, which without it show none.
    """
    contents = read_contents(nquads)
    prefixes = prefixes_of(release.publication.base)
    described = entities(contents, release.publication.base)
    counts = count(contents)
    earlier = read_earlier(release.dist, release.record)
    with replacing(release.dist) as folder, open_output(folder, earlier) as output:
        dumps = write_dumps(output, release.name, release.formats, contents, prefixes, release.gzip_from)
        write_entities(output, described, prefixes)
        for name, source, pattern in release.folders:
            _copy(source, output, name, pattern)
        write_examples(output, release.publication, queries, prefixes)
        write_report(output, results, release.publication.base, prefixes)
        output.settle()
        examples = EXAMPLES if EXAMPLES in output.files else ""
        write_catalogue(output, release.publication, dumps, contents, prefixes, examples)
        runs = write_browser(output, release.publication, contents, dumps, queries)
        book = book_of(
            release.publication, contents, described, counts, _files(output, dumps, contents), queries, store
        )
        book = replace(book, has_engine=runs)
        write_assets(output)
        write_answers(output, book)
        write_pages(output, release.publication, [*all_pages(book), report_page(book, results)])
        output.write("assets/search-index.js", search.index(book))
        write_zip(output, f"{release.name}-site.zip", release.name, release.publication.modified, _not_in_zip(dumps))
        output.write_sums()
    release.record.parent.mkdir(parents=True, exist_ok=True)
    release.record.write_text(output.record(), encoding="utf-8")
    return counts


def _files(output: Output, dumps: Sequence[Dump], contents: Contents) -> tuple[File, ...]:
    quads, triples_ = contents.nquads.count("\n"), len(contents.statements)

    def file(dump: Dump) -> File:
        what = _WHAT[dump.format] + (", compressed" if dump.gzipped else "")
        statements = triples_ if dump.format in ("ttl", "nt") else quads
        return File(dump.name, dump.format, *output.files[dump.name], what, statements)

    return tuple(file(one) for one in dumps)


def _not_in_zip(dumps: Sequence[Dump]) -> frozenset[str]:
    """Return what is left out of the zip: of dumps that lie there packed, all but the packed ones that keep the graphs."""
    packed = {dump.name.removesuffix(".gz") for dump in dumps if dump.gzipped}
    kept = {f"{name}.gz" for name in packed if name.endswith((".nq", ".trig"))}
    return frozenset(dump.name for dump in dumps if dump.name.removesuffix(".gz") in packed and dump.name not in kept)


def _copy(source: Path, output: Output, name: str, pattern: str) -> None:
    for file in sorted(source.glob(pattern)) if source.is_dir() else ():
        output.write(f"{name}/{file.name}", file.read_bytes())
