"""The commands about the publication as a whole: `build`, `check`, `stats`, `w3id`, `serve`.

Commands import what they need when they run.
"""

from __future__ import annotations

import gc
import math
import os
import re
import socket
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import click

from kgpub.commands import shared
from kgpub.errors import BadInput
from kgpub.progress import Progress
from kgpub.project import modified_day

__all__ = ["build", "check", "serve", "stats", "w3id"]


@click.command()
@shared.workers_option
@click.pass_context
def build(ctx: click.Context, workers: int) -> None:
    """Build the publication from the corpus.

    Nothing is written where the corpus has problems; the old publication then stands as it was.

    \b
    Example:
      kgpub build
    """
    from kgpub import pipeline
    from kgpub.publish.browser import MISSING, bundle

    project = shared.project_of(ctx)
    # A build makes millions of small values and no rubbish worth collecting; looking for it takes a tenth of the time.
    gc.disable()
    try:
        with Progress() as progress:
            built = pipeline.build(project, modified_day(project, os.environ), workers=workers, progress=progress)
    finally:
        gc.enable()
    shared.table("", built.counts)
    click.echo(f"\nConverted {built.converted} and validated {built.validated} anew; the rest had not changed.")
    warnings, notes = built.found.get("warning", 0), built.found.get("info", 0)
    click.echo(f"Conforms to the shapes: {warnings} warnings, {notes} notes (see report.html).")
    if bundle() is None:
        click.echo(MISSING)
    click.echo(
        f"\nThe publication is in {project.relative(built.dist)}/: open {project.relative(built.dist / 'index.html')},"
    )
    click.echo("or run `kgpub serve` for its pages and SPARQL endpoint.")


@click.command()
@shared.workers_option
@click.option("--quiet", is_flag=True, help="Say only how many there are.")
@click.pass_context
def check(ctx: click.Context, workers: int, quiet: bool) -> None:
    """Check the corpus and list everything that shapes and checks find, without writing anything.

    \b
    Example:
      kgpub check
    """
    from kgpub import pipeline

    project = shared.project_of(ctx)
    with Progress() as progress:
        problems = sorted(pipeline.check(project, workers=workers, progress=progress))
    if not quiet:
        for problem in problems:
            click.echo(f"{problem.severity}: {problem}")
    warnings = sum(1 for problem in problems if problem.severity == "warning")
    click.echo(f"The corpus can be published: {warnings} warnings, {len(problems) - warnings} notes.")


@click.command()
@click.pass_context
def stats(ctx: click.Context) -> None:
    """Count what the built publication holds.

    \b
    Example:
      kgpub stats
    """
    from kgpub.publish.contents import read_contents
    from kgpub.publish.counts import breakdown, count

    project = shared.project_of(ctx)
    contents = read_contents(shared.dump_of(project))
    shared.table("", count(contents))
    for title, numbers in breakdown(contents):
        click.echo()
        shared.table(title, numbers)


@click.command()
@click.argument("address", metavar="ADDRESS")
@click.pass_context
def w3id(ctx: click.Context, address: str) -> None:
    """Print the .htaccess by which w3id.org leads the publication's IRIs to the service at ADDRESS.

    It leads ids that were merged or renamed to their successors, and answers 410 for those that were withdrawn.

    \b
    Example:
      kgpub w3id https://letters.example.org/
    """
    from kgpub.publish.contents import read_contents
    from kgpub.publish.w3id import w3id_rules

    if not re.fullmatch(r"https?://[A-Za-z0-9._~:/\[\]-]+/", address):
        raise BadInput(
            f"{address}: is no address of a service",
            advice="Give an http(s) address that ends in /: kgpub w3id https://letters.example.org/",
        )
    project = shared.project_of(ctx)
    click.echo(w3id_rules(read_contents(shared.dump_of(project)), project.base, address, project.title), nl=False)


@click.command()
@click.option(
    "--data",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="RDF to serve in place of dist/ (nq, trig, ttl, nt, rdf, jsonld, also .gz); may be given several times.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--entities", type=click.Choice(("direct", "see-other")), help="How an entity's IRI is answered.  [default: direct]"
)
@click.option(
    "--endpoint", metavar="URL", help="A triple store that answers instead (docs/serving.md): its address for queries."
)
@click.option("--answer-seconds", type=float, help="How long a query may take.  [default: 20]")
@click.option("--rows", type=int, help="How many rows an answer may have.  [default: 100000]")
@click.option("--memory-mb", type=int, help="How much memory a query may take.  [default: 512]")
@click.option("--workers", type=int, help="Queries that run at full speed.  [default: the processors, at least 2]")
@click.option("--slow-workers", type=int, help="Long queries that run beside them.  [default: 8]")
@click.option("--log/--no-log", default=False, show_default=True, help="Write a line of JSON for each request.")
@click.option("--log-queries", is_flag=True, help="Write the text of queries too; it may be personal.")
@click.pass_context
def serve(
    ctx: click.Context,
    /,
    data: tuple[Path, ...],
    host: str,
    port: int,
    entities: str | None,
    endpoint: str | None,
    log: bool,
    log_queries: bool,
    **limits: float | None,
) -> None:
    """Serve the built publication: pages, downloads, canned queries and a read-only SPARQL endpoint.

    More limits are set in [serve] of kgpub.toml or as KGPUB_SERVE_… in the environment: docs/serving.md.

    \b
    Example:
      kgpub serve --port 8000
      kgpub serve --data graphs.trig
    """
    from kgpub.commands.served import serving

    # Until it serves it makes much and throws nothing away.
    gc.disable()
    ctx.call_on_close(gc.enable)
    with serving(ctx, data, entities, limits, endpoint) as (site, nursery):
        from kgpub.serve.app import CAN_FORK, Log, create_app

        with _listen(host, port) as listener:
            address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
            site = replace(site, base=site.base or address)
            click.echo(f"{site.title}\n  {address}            start page", err=True)
            click.echo(f"  {address}sparql      SPARQL endpoint\n  stop with Ctrl-C", err=True)
            if not CAN_FORK and site.endpoint is None:
                click.echo(
                    "  This system cannot fork: each query process loads the data, and has no limit of memory.",
                    err=True,
                )
            writer = Log(1, queries=log_queries) if log or log_queries else None
            app = create_app(site, writer, nursery)
            _run(app, listener)


def _run(app: Any, listener: socket.socket) -> None:
    """Serve until a signal comes; queries that run then have their last seconds, and the server waits a little longer."""
    import uvicorn

    from kgpub.serve.connections import bounded

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            app.state.engine.drain()
            super().handle_exit(sig, frame)

    limits = app.state.door.limits
    app.state.door.fit_files()
    config = uvicorn.Config(
        app,
        http=bounded(app.state.door),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        # Held by our own limit, which comes first and says what it is.
        h11_max_incomplete_event_size=limits.header_bytes + (1 << 20),
        timeout_graceful_shutdown=math.ceil(limits.drain_seconds) + 5,
    )
    server = Server(config)
    # What is there now stays: the collector need not look at it again and again.
    gc.freeze()
    gc.enable()
    server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything is said of it: 0 becomes a number, and one in use is our error, not the server's."""
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        # A head and a body are two writes; the second would wait for the client to acknowledge the first, 40 ms late.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        raise BadInput(
            f"cannot listen on {host}, port {port}: {error.strerror}", advice="Try another: kgpub serve --port 0"
        ) from error
