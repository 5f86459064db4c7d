"""What commands share: the publication they are about, its built graph, and tables of names and numbers.

Commands import what they need when they run: listing the queries need not wait for the validator to load.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgpub.errors import BadInput
from kgpub.project import Project, find_project, load_project

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kgpub.queries import Query

__all__ = ["dump_file", "dump_of", "project_of", "queries_of", "store_of", "table", "workers_option"]

workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, 8),
    show_default="the processors of this machine, at most 8",
    help="Processes that validate at the same time.",
)


def project_of(ctx: click.Context, *, corpus: bool = True) -> Project:
    """Return the publication that `--project` names, else the nearest one; without `corpus` its sources may be elsewhere."""
    given: Path | None = ctx.find_root().obj
    return load_project(given or find_project(Path.cwd()), corpus=corpus)


def dump_file(project: Project) -> Path:
    """Return the file of the built graph as N-Quads; raise BadInput where there is none."""
    dump = project.outputs.dist / f"{project.outputs.name}.nq"
    if not dump.is_file():
        raise BadInput(f"{project.relative(dump)}: is not there", advice="Run `kgpub build` first.")
    return dump


def dump_of(project: Project) -> str:
    """Return the built graph as N-Quads; raise BadInput where there is none."""
    return dump_file(project).read_text(encoding="utf-8")


def store_of(project: Project) -> Store:
    """Return the built graph as a store; raise BadInput where there is none."""
    from kgpub.graph.load import load_store

    return load_store(dump_of(project))


def queries_of(project: Project) -> tuple[Query, ...]:
    """Return the publication's canned queries."""
    from kgpub.queries import load_queries

    return load_queries(project.queries / "site", relative_to=project.root)


def table(title: str, numbers: Mapping[str, int]) -> None:
    """Print names and numbers in two columns, under a title where there is one."""
    if title:
        click.echo(title)
    width = max((len(name) for name in numbers), default=0)
    for name, number in numbers.items():
        click.echo(f"{name:<{width}}  {number:>9,}")
