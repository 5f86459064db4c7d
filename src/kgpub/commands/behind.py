"""`kgpub serve --endpoint`: what the store behind the service holds, and whether it is this publication.

Commands import what they need when they run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from kgpub.commands import shared
from kgpub.errors import BadInput
from kgpub.project import Project

if TYPE_CHECKING:
    from kgpub.publish.push.manifest import Manifest
    from kgpub.serve.endpoint.address import Address

__all__ = ["release_behind"]


def release_behind(project: Project, url: str, environ: Mapping[str, str]) -> tuple[Address, str]:
    """Return where the release is and its digest; raise where the store is down, empty, half loaded or of another release."""
    from kgpub.publish.push.client import Asked, credentials
    from kgpub.publish.push.manifest import manifest_name, read_manifest
    from kgpub.serve.endpoint.address import Address
    from kgpub.serve.endpoint.probe import graph_lines, others, union_parameters

    # Readers need no right to write, so they have a user of their own.
    own = {
        name: environ.get(name.replace("PUSH", "ENDPOINT"), "") for name in ("KGPUB_PUSH_USER", "KGPUB_PUSH_PASSWORD")
    }
    login = credentials(url, {**environ, **own})
    auth = Asked(*login) if login else None
    name = manifest_name(project.base)
    manifest = read_manifest(project.base, graph_lines(url, auth, name))
    _check(project, url, manifest)
    union = union_parameters(url, auth, name, manifest.graphs)
    if not any(field == "default-graph-uri" for field, _ in union):
        _tell_others(url, [one for one in others(url, auth, manifest.graphs) if one != name])
    said = "".join(f"{graph} {digest}\n" for graph, digest in manifest.digests)
    return Address(url, manifest.graphs, union, auth), hashlib.sha256(said.encode()).hexdigest()


def _check(project: Project, url: str, manifest: Manifest) -> None:
    push = "Run `kgpub push` with the store's address (docs/push.md)."
    if not manifest.graphs:
        raise BadInput(f"{url}: holds no release of {project.base}", advice=push)
    if not manifest.standing:
        raise BadInput(
            f"{url}: a release is being loaded there, or its loading broke off",
            advice="Wait for `kgpub push` to end, or run it again.",
        )
    if manifest.version != project.version:
        raise BadInput(
            f"{url}: holds release {manifest.version or 'without a version'}, this publication is {project.version}",
            advice=push,
        )
    dump = project.outputs.dist / f"{project.outputs.name}.nq"
    if dump.is_file() and _digests(project) != manifest.digests:
        raise BadInput(
            f"{url}: holds another build of release {project.version} than {project.relative(dump)}",
            advice=f"{push} Or move that file away: without it the store is what counts.",
        )


def _digests(project: Project) -> tuple[tuple[str, str], ...]:
    from kgpub.publish.push.dump import open_dump

    dump = open_dump(shared.dump_file(project))
    return tuple((name, dump.digest(name)) for name in dump.names())


def _tell_others(url: str, names: list[str]) -> None:
    if names:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        click.echo(
            f"  {url} holds other graphs too ({', '.join(names[:3])}{more}); queries of all graphs see them.", err=True
        )
