"""What `kgpub serve` serves: the built publication, or the RDF of any files in its place.

Commands import what they need when they run.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click

from kgpub.commands import shared
from kgpub.errors import BadInput, BadProject
from kgpub.project import FILE_NAME, Project, find_project

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kgpub.serve.early import Early
    from kgpub.serve.forked import Forked
    from kgpub.serve.limits import Limits
    from kgpub.serve.site import Site

__all__ = ["serving"]

_ENDINGS: Final = ("nq", "trig", "ttl", "nt", "rdf", "jsonld")


@contextmanager
def serving(
    ctx: click.Context,
    data: Sequence[Path],
    entities: str | None,
    limits: Mapping[str, float | None],
    endpoint: str | None = None,
) -> Iterator[tuple[Site, Forked | None]]:
    """Yield what is served, and the process that loads it already, if any; what no service has taken up is ended.

    The site's `base` is empty where files are served outside any publication.
    """
    from kgpub.serve.endpoint.address import read_endpoint
    from kgpub.serve.limits import read_limits
    from kgpub.serve.settings import read_entities

    project = _project(ctx, needed=not data)
    settings = project.serve if project else {}
    read = read_limits(settings, os.environ, limits, FILE_NAME)
    how = read_entities(settings, os.environ, entities, FILE_NAME)
    url = read_endpoint(settings, os.environ, endpoint, FILE_NAME)
    if url and data:
        raise BadInput("files and a store cannot be served at once", advice="Leave out --data or --endpoint.")
    if project is None or data:
        yield _files(project, data, read, how), None
        return
    if url:
        yield _behind(project, url, read, how), None
        return
    from kgpub.serve.early import Early

    with closing(Early(shared.dump_file(project), read.memory_mb << 20)) as early:
        yield _publication(project, early, read, how), early.nursery


def _publication(project: Project, early: Early, limits: Limits, entities: str) -> Site:
    from pyoxigraph import Store

    import kgpub.serve.app  # noqa: F401 - while the data loads

    release = hashlib.sha256(shared.dump_file(project).read_bytes()).hexdigest()
    site = _site(project, Store(), limits, entities, release)
    return replace(site, store=early.store(), source=shared.dump_file(project), dist=project.outputs.dist)


def _behind(project: Project, url: str, limits: Limits, entities: str) -> Site:
    from kgpub.commands.behind import release_behind
    from kgpub.serve.endpoint.store import RemoteStore

    address, release = release_behind(project, url, os.environ)
    # It has what the service uses of a store.
    store = cast("Store", RemoteStore(address, limits.answer_seconds))
    dist = project.outputs.dist if project.outputs.dist.is_dir() else None
    return replace(_site(project, store, limits, entities, release), endpoint=address, dist=dist)


def _files(project: Project | None, data: Sequence[Path], limits: Limits, entities: str) -> Site:
    from kgpub.serve.site import Site

    store, release = _loaded(data)
    if project is None:
        return Site(store=store, base="", title=_names(data), limits=limits, entities=entities, release=release)
    return _site(project, store, limits, entities, release)


def _site(project: Project, store: Store, limits: Limits, entities: str, release: str) -> Site:
    from kgpub.serve.site import Site

    return Site(
        store=store,
        base=project.base,
        title=project.title,
        queries=shared.queries_of(project),
        description=project.description,
        licence=project.licence,
        version=project.version,
        limits=limits,
        entities=entities,
        release=release,
    )


def _project(ctx: click.Context, *, needed: bool) -> Project | None:
    if not needed and ctx.find_root().obj is None:
        try:
            find_project(Path.cwd())
        except BadProject:
            return None
    return shared.project_of(ctx, corpus=False)


def _loaded(files: Sequence[Path]) -> tuple[Store, str]:
    """Return the RDF of files in one store, and a digest of their bytes; raise BadInput for what cannot be read."""
    from pyoxigraph import RdfFormat, Store

    store, digest = Store(), hashlib.sha256()
    for file in files:
        ending = file.name.removesuffix(".gz").rpartition(".")[2]
        form = RdfFormat.from_extension(ending)
        if form is None:
            raise BadInput(
                f"{file}: .{ending} is the ending of no RDF", advice=f"Name it by its format: {', '.join(_ENDINGS)}."
            )
        try:
            content = file.read_bytes()
            text = gzip.decompress(content) if file.name.endswith(".gz") else content
            store.bulk_load(text, format=form, base_iri=file.resolve().as_uri())
        except (OSError, EOFError, SyntaxError, ValueError) as error:
            said = error.strerror if isinstance(error, OSError) and error.strerror else error
            raise BadInput(f"{file}: cannot be read as {form.name}: {said}", advice="Mend or convert it.") from error
        digest.update(content)
    return store, digest.hexdigest()


def _names(files: Sequence[Path]) -> str:
    return ", ".join(file.name for file in files)
