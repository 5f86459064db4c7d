"""The commands that ask the built graph: `queries`, `query`, `sparql`.

Commands import what they need when they run.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kgpub.commands import shared
from kgpub.errors import BadQuery
from kgpub.project import Project
from kgpub.results import Result, render

if TYPE_CHECKING:
    from kgpub.explain.model import Explanation

__all__ = ["queries", "query", "sparql"]


@click.command()
@click.pass_context
def queries(ctx: click.Context) -> None:
    """List the canned queries: what each asks and which parameters it takes.

    \b
    Example:
      kgpub queries
    """
    for query in shared.queries_of(shared.project_of(ctx)):
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
    type=click.Choice(["table", "csv", "tsv", "json", "jsonl", "ttl"]),
    default="table",
    show_default=True,
    help="How to write the result.",
)


_explain = click.option(
    "--explain",
    is_flag=True,
    help="Where there are no rows, say what empties the answer and what near it would not (as text, or --format json).",
)


def _render(result: Result, format_: str, project: Project) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    click.echo(render(result, format_, base=project.base, width=width), nl=False)


def _say(explanation: Explanation, format_: str) -> None:
    if format_ not in ("table", "json"):
        raise click.BadParameter(
            f"an explanation is not given as {format_}; leave it out, or say json", param_hint="--format"
        )
    click.echo(explanation.as_json() if format_ == "json" else explanation.text, nl=False)


@click.command()
@click.argument("name")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; may be given several times.")
@_format
@_explain
@click.pass_context
def query(ctx: click.Context, name: str, params: tuple[str, ...], format_: str, explain: bool) -> None:
    """Ask a canned query by its NAME.

    A query for another endpoint is never run here: its text is printed, ready to paste there.

    \b
    Examples:
      kgpub query who-wrote-to-whom
      kgpub query letters-between --param one=joseph-stalin --param other=mao-zedong --format csv
      kgpub query letters-between --param after=1960-01-01 --explain
    """
    from kgpub.queries import bind, find_query, run, text_elsewhere

    project = shared.project_of(ctx)
    found = find_query(shared.queries_of(project), name)
    if explain:
        from kgpub.explain.canned import explain_canned
        from kgpub.explain.store import asker

        store = shared.store_of(project)
        bound = bind(found, _pairs(params), base=project.base, store=store)
        _say(explain_canned(asker(store, base=project.base), found, bound, base=project.base), format_)
        return
    if found.endpoint and format_ == "table":
        click.echo(text_elsewhere(shared.store_of(project), found, _pairs(params), base=project.base), nl=False)
        return
    _render(run(shared.store_of(project), found, _pairs(params), base=project.base), format_, project)


@click.command()
@click.argument("text")
@_format
@_explain
@click.pass_context
def sparql(ctx: click.Context, text: str, format_: str, explain: bool) -> None:
    """Ask anything: TEXT is a SPARQL query, or - to read it from standard input.

    The usual prefixes (cwc:, dcterms:, skos: …) need no declaration.

    \b
    Examples:
      kgpub sparql 'SELECT ?title WHERE { ?d dcterms:title ?title } LIMIT 5'
      kgpub sparql - < my-query.rq
      kgpub sparql --explain 'SELECT ?d WHERE { ?d cwc:sender <person/stalin> }'
    """
    from kgpub.queries import ask

    project = shared.project_of(ctx)
    if text == "-":
        text = sys.stdin.read()
    if not text.strip():
        raise BadQuery("the query is empty", advice="Write one: kgpub sparql 'SELECT * WHERE { ?s ?p ?o } LIMIT 5'")
    if explain:
        from kgpub.explain.store import asker
        from kgpub.explain.zero import explain as explained

        _say(explained(asker(shared.store_of(project), base=project.base), text, base=project.base), format_)
        return
    _render(ask(shared.store_of(project), text, base=project.base), format_, project)
