"""The command that loads a release into a triple store: `push`.

Commands import what they need when they run.
"""

from __future__ import annotations

import os

import click

from kgpub.commands import shared
from kgpub.progress import Progress

__all__ = ["push"]


@click.command()
@click.argument("target")
@click.option(
    "--kind",
    type=click.Choice(["oxigraph", "virtuoso", "fuseki", "graphdb"]),
    help="Whose store it is; without it told by how TARGET ends.",
)
@click.option("--query-endpoint", default="", metavar="URL", help="Where it answers SPARQL queries, if not as usual.")
@click.option("--update-endpoint", default="", metavar="URL", help="Where it takes SPARQL updates, if not as usual.")
@click.option("--in-place", is_flag=True, help="Use no updates: replace each graph where it stands, one after another.")
@click.pass_context
def push(
    ctx: click.Context, target: str, kind: str | None, query_endpoint: str, update_endpoint: str, in_place: bool
) -> None:
    """Load the built publication into a triple store, whose Graph Store TARGET is.

    New graphs are laid beside the old ones, compared with the dump, exchanged
    by one update, compared again; then what the old release had and the new
    one has not is removed. Broken off, the same command goes on where it
    stopped. User and password come from KGPUB_PUSH_USER and
    KGPUB_PUSH_PASSWORD, else from netrc.

    \b
    Examples:
      kgpub push http://127.0.0.1:7878/store
      kgpub push http://127.0.0.1:8890/sparql-graph-crud-auth
    """
    from kgpub.publish.push.client import StoreClient, credentials
    from kgpub.publish.push.dump import open_dump
    from kgpub.publish.push.target import find_target
    from kgpub.publish.push.transfer import Push

    project = shared.project_of(ctx)
    found = find_target(target, kind=kind or "", query=query_endpoint, update=update_endpoint, in_place=in_place)
    dump = open_dump(project.outputs.dist / f"{project.outputs.name}.nq")
    with StoreClient(found, credentials(target, os.environ)) as client, Progress() as progress:
        pushed = Push(dump, client, project.base, project.version, progress).run()
    click.echo(
        f"The store holds release {project.version}: {pushed.standing + pushed.loaded} graphs, "
        f"{pushed.statements:,} statements, sha256 {pushed.digest}."
    )
    click.echo(f"Loaded {pushed.loaded} graphs; {pushed.standing} stood already; removed {pushed.removed}.")
