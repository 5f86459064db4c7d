"""The command line: `kgpub build`, `check`, `extract`, `query`, `queries`, `sparql`, `serve`, `stats`.

Exit codes: 0 done, 1 the corpus has problems, 2 the command or the project cannot be used as it is, 3 a query cannot be
run, 130 interrupted. Errors go to standard error, results to standard output.

Commands import what they need when they run: listing the queries need not wait for the validator to load.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from pyoxigraph import Store

from kgpub import __version__
from kgpub.errors import BadInput, BadQuery, CorpusErrors, KgpubError
from kgpub.progress import Progress
from kgpub.project import Project, find_project, load_project, modified_day

__all__ = ["cli", "main"]

_EXIT_CODES = """\b
Exit codes: 0 done; 1 the corpus has problems; 2 the command or the project
cannot be used as it is; 3 a query cannot be run; 130 interrupted."""


class _Group(click.Group):
    """Translates our errors to exit codes, in one place, and guesses a mistyped command."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CorpusErrors as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            click.echo(f"\n{error}", err=True)
            ctx.exit(error.exit_code)
        except KgpubError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            # What shells report for a program that SIGINT ended; click itself would say 1, which here means bad records.
            click.echo("\nInterrupted.", err=True)
            ctx.exit(130)


@click.group(cls=_Group, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    "project_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The publication's kgpub.toml; without it the nearest one, here or in a folder above.",
)
@click.version_option(__version__, "--version", prog_name="kgpub", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, project_file: Path | None) -> None:
    """Publish archival correspondence as linked data.

    \b
    Examples:
      kgpub build                      make the publication under dist/
      kgpub queries                    list the ready-made questions
      kgpub query who-wrote-to-whom
      kgpub sparql 'SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }'
      kgpub serve                      pages and a SPARQL endpoint on this machine

    \b
    Completion in the shell (bash; zsh and fish likewise):
      eval "$(_KGPUB_COMPLETE=bash_source kgpub)"
    """
    ctx.obj = project_file


def _project(ctx: click.Context) -> Project:
    given: Path | None = ctx.obj
    return load_project(given or find_project(Path.cwd()))


_workers = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, 8),
    show_default="the processors of this machine, at most 8",
    help="Processes that validate at the same time.",
)


@cli.command()
@_workers
@click.pass_context
def build(ctx: click.Context, workers: int) -> None:
    """Build the publication from the corpus.

    Nothing is written where the corpus has problems; the old publication then stands as it was.

    \b
    Example:
      kgpub build
    """
    from kgpub import pipeline

    project = _project(ctx)
    # A build makes millions of small values and no rubbish worth collecting; looking for it takes a tenth of the time.
    gc.disable()
    try:
        with Progress() as progress:
            built = pipeline.build(project, modified_day(project, os.environ), workers=workers, progress=progress)
    finally:
        gc.enable()
    _table("", built.counts)
    click.echo(f"\nConverted {built.converted} and validated {built.validated} anew; the rest had not changed.")
    warnings, notes = built.found.get("warning", 0), built.found.get("info", 0)
    click.echo(f"Conforms to the shapes: {warnings} warnings, {notes} notes (see report.html).")
    click.echo(
        f"\nThe publication is in {project.relative(built.dist)}/: open {project.relative(built.dist / 'index.html')},"
    )
    click.echo("or run `kgpub serve` for its pages and SPARQL endpoint.")


@cli.command()
@_workers
@click.option("--quiet", is_flag=True, help="Say only how many there are.")
@click.pass_context
def check(ctx: click.Context, workers: int, quiet: bool) -> None:
    """Check the corpus and list everything that shapes and checks find, without writing anything.

    \b
    Example:
      kgpub check
    """
    from kgpub import pipeline

    project = _project(ctx)
    with Progress() as progress:
        problems = sorted(pipeline.check(project, workers=workers, progress=progress))
    if not quiet:
        for problem in problems:
            click.echo(f"{problem.severity}: {problem}")
    warnings = sum(1 for problem in problems if problem.severity == "warning")
    click.echo(f"The corpus can be published: {warnings} warnings, {len(problems) - warnings} notes.")


@cli.command()
@click.argument("text", type=click.Path(path_type=Path))
@click.option(
    "--into", required=True, type=click.Path(path_type=Path, file_okay=False), help="The collection's folder."
)
@click.option("--format", "format_", default="bulletin", show_default=True, help="How the text is laid out.")
@click.option("--account", is_flag=True, help="Print what every line of the text belongs to.")
@click.pass_context
def extract(ctx: click.Context, text: Path, into: Path, format_: str, account: bool) -> None:
    """Read the documents of a journal's TEXT and write one record for each.

    Reads the layout from layout.toml in the collection's folder where there is one. The same text gives the same files.
    Prints how many values of each field were read, and what could not be read.

    \b
    Example:
      kgpub extract --format bulletin bulletin-6-7.txt --into corpus/cwihp-6-7
    """
    from kgpub.extraction import extract as run

    project = _project(ctx)
    report = run(text, into, project.authority, format_, progress=lambda message: click.echo(message, err=True))
    if account:
        click.echo(report.table())
        return
    _table("Values read", report.values)
    click.echo()
    _table("Lines of the text", report.lines_by_kind())
    click.echo()
    for problem in report.problems:
        click.echo(f"not read: {problem}")
    changed, removed = len(report.changed), len(report.removed)
    click.echo(f"{len(report.documents)} documents, {len(report.problems)} places that could not be read;", nl=False)
    click.echo(f" {changed} record files changed, {removed} removed.")


def _table(title: str, numbers: Mapping[str, int]) -> None:
    """Print names and numbers in two columns, under a title where there is one."""
    if title:
        click.echo(title)
    width = max((len(name) for name in numbers), default=0)
    for name, number in numbers.items():
        click.echo(f"{name:<{width}}  {number:>9,}")


def _dump(project: Project) -> str:
    """Return the built graph as N-Quads; raise BadInput where there is none."""
    dump = project.outputs.dist / f"{project.outputs.name}.nq"
    if not dump.is_file():
        raise BadInput(f"{project.relative(dump)}: is not there", advice="Run `kgpub build` first.")
    return dump.read_text(encoding="utf-8")


def _store(project: Project) -> Store:
    from kgpub.graph.load import load_store

    return load_store(_dump(project))


def _queries(project: Project) -> Any:
    from kgpub.queries import load_queries

    return load_queries(project.queries / "site", relative_to=project.root)


@cli.command()
@click.pass_context
def queries(ctx: click.Context) -> None:
    """List the canned queries: what each asks and which parameters it takes.

    \b
    Example:
      kgpub queries
    """
    for query in _queries(_project(ctx)):
        click.echo(f"{query.name}\n    {query.question or query.title}")
        for parameter in query.parameters:
            default = "" if parameter.default is None else f" [default: {parameter.default or 'any'}]"
            click.echo(f"    --param {parameter.name}=…  {parameter.label} ({parameter.type}){default}")


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for one in given:
        key, equals, value = one.partition("=")
        if not equals or not key:
            raise click.BadParameter(
                f"{one!r} is not a name and a value; write --param name=value", param_hint="--param"
            )
        if key in pairs:
            raise click.BadParameter(f"{key!r} is given twice", param_hint="--param")
        pairs[key] = value
    return pairs


_format = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "ttl"]),
    default="table",
    show_default=True,
    help="How to write the result.",
)


def _render(result: Any, format_: str, project: Project) -> None:
    from kgpub.results import render

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    click.echo(render(result, format_, base=project.base, width=width), nl=False)


@cli.command()
@click.argument("name")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; may be given several times.")
@_format
@click.pass_context
def query(ctx: click.Context, name: str, params: tuple[str, ...], format_: str) -> None:
    """Ask a canned query by its NAME.

    \b
    Examples:
      kgpub query who-wrote-to-whom
      kgpub query letters-between --param one=joseph-stalin --param other=mao-zedong --format csv
    """
    from kgpub.queries import find_query, run

    project = _project(ctx)
    found = find_query(_queries(project), name)
    _render(run(_store(project), found, _pairs(params), base=project.base), format_, project)


@cli.command()
@click.argument("text")
@_format
@click.pass_context
def sparql(ctx: click.Context, text: str, format_: str) -> None:
    """Ask anything: TEXT is a SPARQL query, or - to read it from standard input.

    The usual prefixes (cwc:, dcterms:, skos: …) need no declaration.

    \b
    Examples:
      kgpub sparql 'SELECT ?title WHERE { ?d dcterms:title ?title } LIMIT 5'
      kgpub sparql - < my-query.rq
    """
    from kgpub.queries import ask

    project = _project(ctx)
    if text == "-":
        text = sys.stdin.read()
    if not text.strip():
        raise BadQuery("the query is empty", advice="Write one: kgpub sparql 'SELECT * WHERE { ?s ?p ?o } LIMIT 5'")
    _render(ask(_store(project), text, base=project.base), format_, project)


@cli.command()
@click.pass_context
def stats(ctx: click.Context) -> None:
    """Count what the built publication holds.

    \b
    Example:
      kgpub stats
    """
    from kgpub.publish.contents import read_contents
    from kgpub.publish.counts import breakdown, count

    project = _project(ctx)
    contents = read_contents(_dump(project))
    _table("", count(contents))
    for title, numbers in breakdown(contents):
        click.echo()
        _table(title, numbers)


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.pass_context
def serve(ctx: click.Context, host: str, port: int) -> None:
    """Serve the built publication: pages, downloads, canned queries and a read-only SPARQL endpoint.

    \b
    Example:
      kgpub serve --port 8000
    """
    import uvicorn

    from kgpub.serve.app import Site, create_app

    project = _project(ctx)
    site = Site(
        store=_store(project),
        base=project.base,
        title=project.title,
        dist=project.outputs.dist,
        queries=_queries(project),
        description=project.description,
        licence=project.licence,
        version=project.version,
    )
    with _listen(host, port) as listener:
        address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
        click.echo(f"{project.title}\n  {address}            start page", err=True)
        click.echo(f"  {address}sparql      SPARQL endpoint\n  stop with Ctrl-C", err=True)
        config = uvicorn.Config(create_app(site), log_level="warning", server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything is said of it: 0 becomes a number, and one in use is our error, not the server's."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise BadInput(
            f"cannot listen on {host}, port {port}: {error.strerror}", advice="Try another: kgpub serve --port 0"
        ) from error


def main() -> None:
    """Run the command line, as the installed script does."""
    cli(prog_name="kgpub")
