"""The command line: `kgpub build`, `check`, `extract`, `link`, `push`, `query`, `queries`, `sparql`, `serve`, `stats`, `why`.

Exit codes: 0 done, 1 the corpus has problems, 2 the command or the project cannot be used as it is, 3 a query cannot be
run, 130 interrupted. Errors go to standard error, results to standard output.

The commands themselves stand in `commands/`, by what they are about.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kgpub import __version__
from kgpub.commands import link, publication, push, questions, text, why
from kgpub.errors import CorpusErrors, KgpubError

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
      kgpub why W016 date              where a value was read, by which rule
      kgpub sparql 'SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }'
      kgpub serve                      pages and a SPARQL endpoint on this machine

    \b
    Completion in the shell (bash; zsh and fish likewise):
      eval "$(_KGPUB_COMPLETE=bash_source kgpub)"
    """
    ctx.obj = project_file


for _command in (
    link.link,
    publication.build,
    publication.check,
    publication.serve,
    publication.stats,
    push.push,
    questions.queries,
    questions.query,
    questions.sparql,
    text.extract,
    why.why,
):
    cli.add_command(_command)


def main() -> None:
    """Run the command line, as the installed script does."""
    cli(prog_name="kgpub")
