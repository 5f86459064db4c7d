"""The command that answers why the graph says something: `why`.

Commands import what they need when they run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgpub.commands import shared

if TYPE_CHECKING:
    from kgpub.why import Answer, Asked, Correction, Evidence, Value

__all__ = ["as_json", "as_table", "why"]

_SURE = {
    "printed": "it stands in print",
    "inferred": "it follows from something else",
    "conjectured": "an editor's guess",
}
_TO_SEE = "To see the lines themselves, name the journal's text: --text PATH, or KGPUB_JOURNAL_TEXT=PATH."


@click.command()
@click.argument("document")
@click.argument("field", default="")
@click.option(
    "--text",
    "text_file",
    envvar="KGPUB_JOURNAL_TEXT",
    show_envvar=True,
    type=click.Path(path_type=Path),
    help="The journal's plain text: the lines of each value are shown, and nothing of it is kept.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to write the answer.",
)
@click.pass_context
def why(ctx: click.Context, document: str, field: str, text_file: Path | None, format_: str) -> None:
    """Say why the built graph says what it says of a DOCUMENT.

    For each value of the FIELD, or of all fields: what is printed, on which page and lines, by which rule it was read and
    how certain it is, where it stands in the corpus, and what an editor corrected. FIELD is a field of the record
    (senders) or a property (sender, dcterms:date).

    \b
    Examples:
      kgpub why W016 sender
      kgpub why W100 transmissions
      kgpub why W020a --format json
    """
    from kgpub.collect.texts import read_text
    from kgpub.convert.describe.emendations import PROPERTY_OF_FIELD
    from kgpub.convert.formats.registry import meanings
    from kgpub.pipeline import spots
    from kgpub.why import Sources, ask_why, find_asked

    project = shared.project_of(ctx)
    store = shared.store_of(project)
    asked = find_asked(store, document, project.base)
    sources = Sources(
        base=project.base,
        spots=spots(project, asked.records),
        rules=meanings(),
        fields=PROPERTY_OF_FIELD,
        text=read_text(text_file).removesuffix("\n").split("\n") if text_file else None,
        text_name=str(text_file or ""),
    )
    answer = ask_why(store, asked, field, sources)
    if format_ == "json":
        click.echo(as_json(answer))
        return
    click.echo("\n".join(as_table(answer)))
    if text_file is None and any(one.lines for statement in answer.statements for one in _all(statement.values)):
        click.echo(f"\n{_TO_SEE}")


def as_json(answer: Answer) -> str:
    """Return an answer as JSON; what is not known is an empty text, list or null."""
    told = asdict(answer)
    told["asked"]["as"] = told["asked"].pop("as_")
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_table(answer: Answer) -> Iterator[str]:
    """Yield the lines of an answer for people."""
    yield from _head(answer.asked)
    several = len(answer.asked.editions) > 1
    for statement in answer.statements:
        yield f"\n{statement.property}"
        for value in statement.values:
            yield f"  {'  '.join(dict.fromkeys(filter(None, (value.label, value.id))))}"
            for evidence in value.evidence:
                yield from _evidence(evidence, several)
            for correction in value.corrections:
                yield from _correction("corrected by an editor", correction, several, "    ")
        for correction in statement.corrections:
            yield from _correction("noted by an editor; the graph has no value from it", correction, several, "  ")


def _head(asked: Asked) -> Iterator[str]:
    yield f"{asked.id}  {asked.title}\n{asked.iri}"
    if asked.as_ != asked.id:
        yield f"{asked.as_} is another edition of {asked.id}; the graph tells both of one document."
    for one in asked.editions:
        pages = f"page{'' if one.pages.isdigit() else 's'} {one.pages}"
        yield f"Printed in {one.publication}, no. {one.number} ({one.id}): {pages}, lines {one.lines}"


def _evidence(evidence: Evidence, several: bool) -> Iterator[str]:
    if several and evidence.record:
        yield f"    edition    {evidence.record}"
    if evidence.printed:
        yield f"    printed    {evidence.printed}"
    yield from _place(evidence, "    ")
    if evidence.rule:
        yield f"    rule       {evidence.rule}: {evidence.means or 'no rule of that name is known.'}"
    if evidence.certainty:
        yield f"    certainty  {evidence.certainty}: {_SURE.get(evidence.certainty, '')}"
    yield f"    stands in  {_spot(evidence)}"
    yield from _passage(evidence, "    ")


def _correction(what: str, correction: Correction, several: bool, indent: str) -> Iterator[str]:
    evidence = correction.evidence
    yield f"{indent}{what}"
    if several and evidence.record:
        yield f"{indent}  edition    {evidence.record}"
    yield f"{indent}  printed    {correction.printed or 'nothing'}"
    yield f"{indent}  right      {correction.right or 'not known, or nothing'}"
    yield f"{indent}  reason     {correction.reason}"
    yield from _place(evidence, f"{indent}  ")
    if evidence.certainty:
        yield f"{indent}  certainty  {evidence.certainty}: {_SURE.get(evidence.certainty, '')}"
    yield f"{indent}  stands in  {_spot(evidence)}"
    yield from _passage(evidence, f"{indent}  ")


def _place(evidence: Evidence, indent: str) -> Iterator[str]:
    if evidence.lines:
        pages = f"page{'s' if len(evidence.pages) > 1 else ''} {', '.join(evidence.pages)}, " if evidence.pages else ""
        yield f"{indent}where      {pages}line{'s' if not evidence.lines.isdigit() else ''} {evidence.lines}"


def _spot(evidence: Evidence) -> str:
    if evidence.spot is not None:
        return f"{evidence.spot.file}:{evidence.spot.line}  {evidence.spot.field}"
    if not evidence.record:
        return "no file: the build derived it from other statements (queries/construct/)"
    return "no file as it is now: the corpus has changed since the build; run `kgpub build` and ask again"


def _passage(evidence: Evidence, indent: str) -> Iterator[str]:
    width = len(str(evidence.passage[-1][0])) if evidence.passage else 0
    for number, text in evidence.passage:
        yield f"{indent}{number:>{width}} | {text}".rstrip()


def _all(values: tuple[Value, ...]) -> Iterator[Evidence]:
    for value in values:
        yield from value.evidence
