"""What `kgpub serve` serves: the built publication, or the RDF of any files in its place.

Commands import what they need when they run.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click

from kgpub.commands import shared
from kgpub.errors import BadInput, BadProject
from kgpub.project import FILE_NAME, Project, find_project

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kgpub.serve.site import Site

__all__ = ["site_of"]

_ENDINGS: Final = ("nq", "trig", "ttl", "nt", "rdf", "jsonld")


def site_of(
    ctx: click.Context,
    data: Sequence[Path],
    entities: str | None,
    limits: Mapping[str, float | None],
    endpoint: str | None = None,
) -> Site:
    """Return what is served; its `base` is empty where files are served outside any publication."""
    from kgpub.serve.app import Site, read_endpoint, read_entities, read_limits

    project = _project(ctx, needed=not data)
    settings = project.serve if project else {}
    read = read_limits(settings, os.environ, limits, FILE_NAME)
    how = read_entities(settings, os.environ, entities, FILE_NAME)
    url = read_endpoint(settings, os.environ, endpoint, FILE_NAME)
    if url and data:
        raise BadInput("files and a store cannot be served at once", advice="Leave out --data or --endpoint.")
    if project is None:
        store, release = _loaded(data)
        return Site(store=store, base="", title=_names(data), limits=read, entities=how, release=release)
    address, source, dist = None, None, None
    if data:
        store, release = _loaded(data)
    elif url:
        from kgpub.commands.behind import release_behind
        from kgpub.serve.endpoint.store import RemoteStore

        address, release = release_behind(project, url, os.environ)
        # It has what the service uses of a store.
        store = cast("Store", RemoteStore(address, read.answer_seconds))
        dist = project.outputs.dist if project.outputs.dist.is_dir() else None
    else:
        store, source, dist = shared.store_of(project), shared.dump_file(project), project.outputs.dist
        release = hashlib.sha256(source.read_bytes()).hexdigest()
    return Site(
        store=store,
        base=project.base,
        title=project.title,
        dist=dist,
        queries=shared.queries_of(project),
        description=project.description,
        licence=project.licence,
        version=project.version,
        limits=read,
        source=source,
        entities=how,
        release=release,
        endpoint=address,
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
