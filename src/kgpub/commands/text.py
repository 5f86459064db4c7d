"""The command about a journal's text: `extract`.

Commands import what they need when they run.
"""

from __future__ import annotations

from pathlib import Path

import click

from kgpub.commands import shared

__all__ = ["extract"]


@click.command()
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

    project = shared.project_of(ctx)
    report = run(text, into, project.authority, format_, progress=lambda message: click.echo(message, err=True))
    if account:
        click.echo(report.table())
        return
    shared.table("Values read", report.values)
    click.echo()
    shared.table("Lines of the text", report.lines_by_kind())
    click.echo()
    for problem in report.problems:
        click.echo(f"not read: {problem}")
    changed, removed = len(report.changed), len(report.removed)
    click.echo(f"{len(report.documents)} documents, {len(report.problems)} places that could not be read;", nl=False)
    click.echo(f" {changed} record files changed, {removed} removed.")
