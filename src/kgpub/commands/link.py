"""The command that links our actors and places to items of Wikidata: `link`.

Commands import what they need when they run.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from kgpub import __version__
from kgpub.commands import deciding, proposals, shared
from kgpub.errors import BadInput
from kgpub.progress import Progress
from kgpub.project import Project, modified_day

if TYPE_CHECKING:
    from kgpub.link.entities import Entity
    from kgpub.link.ledger import Decision
    from kgpub.link.polite import Polite
    from kgpub.link.source import Source

__all__ = ["link"]

_KINDS = ("person", "organisation", "place", "event")
_MODES = ("list", "accept", "reject", "defer", "interactive", "refresh", "seed", "quickstatements", "beacon")
_WEEK = 7 * 86400.0
_AGAIN = 900.0
"""Seconds in which a refresh that broke off takes up the answers it had; older ones are asked for anew."""

_HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(slots=True)
class Options:
    """What the command was told, beside the mode."""

    kinds: tuple[str, ...]
    endpoint: str
    service: str
    all_: bool
    limit: int
    json: bool
    contact: str
    rate: float
    details: dict[str, Any] = field(default_factory=dict)


@click.command()
@click.argument("entities", nargs=-1, metavar="[ENTITY]...")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only this kind; may be repeated.")
@click.option("--endpoint", metavar="URL", default="", help="A SPARQL endpoint with Wikidata's data model.")
@click.option("--service", metavar="URL", default="", help="A Reconciliation API service of Wikidata's items.")
@click.option("--all", "all_", is_flag=True, help="Also those that have a link: what speaks for and against it.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="Candidates for each.")
@click.option("--json", "json_", is_flag=True, help="Write JSON.")
@click.option("--list", "list_", is_flag=True, help="List what has no link, with all that is known; needs no source.")
@click.option("--interactive", is_flag=True, help="Walk through the proposals and decide on each.")
@click.option("--accept", nargs=2, metavar="ENTITY QID", help="Write into the ledger that the two are the same.")
@click.option("--reject", nargs=2, metavar="ENTITY QID", help="Write that they are not; needs --reason.")
@click.option("--defer", nargs=2, metavar="ENTITY QID", help="Put it off, for whoever looks next; needs --reason.")
@click.option("--reason", default="", help="Why, in your own words.")
@click.option(
    "--agreed", default="", metavar="LIST", help="What agrees: name,dates,coordinates,office,place,description."
)
@click.option("--evidence", default="", help="Where the item was seen, and what stands there.")
@click.option("--match", type=click.Choice(["exact", "close"]), default="exact", show_default=True, help="How near.")
@click.option(
    "--by", default="", envvar="KGPUB_EDITOR", show_envvar=True, help="Who decides.  [default: the publisher]"
)
@click.option("--on", default="", metavar="DAY", help="The day of the decision.  [default: today]")
@click.option("--refresh", is_flag=True, help="Renew the pinned slice and report what became of linked items.")
@click.option("--seed", is_flag=True, help="Make a first slice of what the ledger quotes; needs no network.")
@click.option("--quickstatements", is_flag=True, help="Write statements for an editor of Wikidata to upload.")
@click.option("--beacon", is_flag=True, help="Write a BEACON file: our page for each linked item.")
@click.option("--contact", default="", metavar="ADDRESS", help="Whom a server may write to.  [default: kgpub.toml]")
@click.option(
    "--rate", type=click.FloatRange(0.01, 50), default=1.0, show_default=True, help="Requests a second, at most."
)
@click.pass_context
def link(ctx: click.Context, /, entities: tuple[str, ...], **given: Any) -> None:
    """Propose Wikidata items for our actors, places and events, and keep what you decide.

    Without a mode: proposals for every ENTITY, or for all without a link, from the pinned slice, an endpoint or a
    service, each with the parts of its score beside the letters that the entity appears in.

    \b
    Examples:
      kgpub link --list
      kgpub link --refresh --contact you@example.org
      kgpub link --kind person --interactive
      kgpub link joseph-stalin --endpoint https://query.wikidata.org/sparql
      kgpub link --reject bi-xuezhen Q1 --reason "a namesake, born 1948"
      kgpub link --quickstatements > statements.tsv
    """
    mode = _mode(given)
    project = shared.project_of(ctx)
    details = {name: given[name] for name in ("reason", "agreed", "evidence", "match", "by", "on")}
    details["by"] = details["by"] or project.publisher
    details["on"] = _day(details["on"])
    options = Options(
        kinds=tuple(given["kinds"]),
        endpoint=given["endpoint"],
        service=given["service"],
        all_=given["all_"],
        limit=given["limit"],
        json=given["json_"],
        contact=given["contact"] or project.contact,
        rate=given["rate"],
        details=details,
    )
    if mode == "refresh":
        ctx.exit(0 if _refresh(project, options) else 1)
    elif mode == "seed":
        _seed(project)
    elif mode in ("accept", "reject", "defer"):
        _decide(project, options, mode, *given[mode])
    elif mode in ("quickstatements", "beacon"):
        _publish(project, options, mode)
    else:
        _propose(project, options, entities, mode)


def _mode(given: dict[str, Any]) -> str:
    modes = [name for name in _MODES if given.get(name) or given.get(f"{name}_")]
    if len(modes) > 1:
        raise click.UsageError(f"--{modes[0]} and --{modes[1]} are two things to do; give one of them.")
    if given["endpoint"] and given["service"]:
        raise click.UsageError("--endpoint and --service are two sources; give one of them.")
    if "refresh" in modes and given["service"]:
        raise click.UsageError("--refresh needs a SPARQL endpoint: a service cannot give a slice.")
    return modes[0] if modes else ""


def _day(given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat() if given else date.today().isoformat()
    except ValueError as error:
        raise click.BadParameter(f"{given!r} is not a day as 2026-11-24", param_hint="--on") from error


def _propose(project: Project, options: Options, names: Sequence[str], mode: str) -> None:
    from kgpub.link.propose import Proposal, propose, unlinked

    decisions = deciding.decisions_of(project)
    chosen = _chosen(project, options, names, decisions)
    if mode == "list":
        chosen = unlinked(chosen, decisions)
        found: Sequence[Proposal] = [Proposal(one, ()) for one in chosen]
        if not options.json:
            for one in chosen:
                click.echo("\n".join(proposals.entity_lines(one)) + "\n")
            click.echo(_counts(chosen))
            return
    else:
        source = _source(project, options)
        with Progress() as progress:
            found = propose(chosen, source, decisions, progress if _far(options) else _silent, options.limit)
        if mode == "interactive":
            deciding.walk(project, found, source.name, options.details)
            return
    if options.json:
        click.echo(proposals.as_json(found))
        return
    for proposal in found:
        click.echo("\n".join(proposals.proposal_lines(proposal)) + "\n")
    click.echo(proposals.summary(found))


def _chosen(
    project: Project, options: Options, names: Sequence[str], decisions: Sequence[Decision]
) -> tuple[Entity, ...]:
    from kgpub.link.entities import read_entities
    from kgpub.link.propose import unlinked

    known = read_entities(shared.store_of(project), project.base)
    if names:
        by_id = {one.id: one for one in known}
        for name in names:
            if name not in by_id:
                raise deciding.unknown(name, by_id)
        return tuple(by_id[name] for name in names)
    if options.all_:
        return tuple(one for one in known if not options.kinds or one.kind in options.kinds)
    return unlinked(known, decisions, options.kinds)


def _counts(entities: Sequence[Entity]) -> str:
    told = []
    for kind in _KINDS:
        of_kind = [one for one in entities if one.kind == kind]
        unidentified = sum(1 for one in of_kind if one.unidentified)
        more = f" ({unidentified} known by a printed name only)" if unidentified else ""
        told += [f"{kind} {len(of_kind)}{more}"] if of_kind else []
    return f"{len(entities)} without a link: {', '.join(told)}" if told else "Everything has a link."


def _decide(project: Project, options: Options, mode: str, entity: str, item: str) -> None:
    from kgpub.link.entities import read_entities

    details = options.details
    if mode == "accept" and not (details["agreed"] and details["evidence"]):
        source = _source(project, options)
        ours = {one.id: one for one in read_entities(shared.store_of(project), project.base)}
        if entity not in ours:
            raise deciding.unknown(entity, ours)
        decisions = deciding.decisions_of(project)
        details = deciding.from_source(ours[entity], item, source, decisions, details)
    deciding.write(project, mode, entity, item, details)


def _refresh(project: Project, options: Options) -> bool:
    from kgpub.link.endpoint import WIKIDATA, Endpoint
    from kgpub.link.entities import read_entities
    from kgpub.link.refresh import refresh
    from kgpub.link.slice import FILE_NAME, write_slice
    from kgpub.link.wikidata import WikidataSource

    address = options.endpoint or project.endpoint or WIKIDATA
    source = WikidataSource(Endpoint(address, _polite(project, options, address, keep=_AGAIN)))
    known = read_entities(shared.store_of(project), project.base)
    with Progress() as progress:
        renewed = refresh(known, source, deciding.decisions_of(project), progress)
    if not renewed.content:
        advice = f"Nothing was written. See whether it is a SPARQL endpoint of Wikidata's model, as {WIKIDATA}."
        raise BadInput(f"{address}: says nothing of any item that we look for", advice=advice)
    file = project.authority / FILE_NAME
    write_slice(file, renewed.content)
    click.echo("\n".join(renewed.lines()))
    click.echo(f"Written to {project.relative(file)}.")
    return renewed.sound


def _seed(project: Project) -> None:
    from kgpub.link.seed import first_slice
    from kgpub.link.slice import FILE_NAME, is_seed, write_slice

    file = project.authority / FILE_NAME
    if file.is_file() and not is_seed(file):
        advice = "It came from an endpoint and knows more than the ledger. Delete it first if you mean it."
        raise BadInput(f"{project.relative(file)}: is there already", advice=advice)
    content = first_slice(deciding.decisions_of(project))
    write_slice(file, content)
    click.echo(
        f"{len(content.splitlines())} lines written to {project.relative(file)}; none of them from Wikidata itself."
    )


def _publish(project: Project, options: Options, mode: str) -> None:
    from kgpub.link.beacon import Publication, beacon
    from kgpub.link.entities import read_entities
    from kgpub.link.propose import accepted
    from kgpub.link.quickstatements import quickstatements
    from kgpub.link.slice import FILE_NAME, read_slice
    from kgpub.link.wikidata import WikidataSource

    known = read_entities(shared.store_of(project), project.base)
    links = accepted(deciding.decisions_of(project))
    if mode == "beacon":
        day = modified_day(project, os.environ)
        head = Publication(project.base, project.title, project.publisher, day, options.contact)
        click.echo("\n".join(beacon(head, known, links)))
        return
    file = project.authority / FILE_NAME
    items = None
    if file.is_file():
        source = WikidataSource(read_slice(file, project.relative(file)))
        items = source.fetch(sorted(links.values()), _silent)
    statements = quickstatements(known, links, items)
    for line in statements.lines:
        click.echo(line)
    for told in statements.left_out:
        click.echo(told, err=True)
    if items is None:
        click.echo("No pinned slice: aliases that Wikidata has already are among them.", err=True)


def _source(project: Project, options: Options) -> Source:
    from kgpub.link.endpoint import Endpoint
    from kgpub.link.reconciliation import ReconciliationService
    from kgpub.link.slice import FILE_NAME, read_slice
    from kgpub.link.wikidata import WikidataSource

    if options.service:
        return ReconciliationService(options.service, _polite(project, options, options.service))
    if options.endpoint:
        return WikidataSource(Endpoint(options.endpoint, _polite(project, options, options.endpoint)))
    file = project.authority / FILE_NAME
    return WikidataSource(read_slice(file, project.relative(file)))


def _polite(project: Project, options: Options, address: str, *, keep: float = _WEEK) -> Polite:
    from kgpub.link.polite import Manners, Polite, user_agent

    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInput(f"{address!r} is not an address", advice="Write it as https://query.wikidata.org/sparql")
    if parts.hostname not in _HERE and not options.contact:
        advice = 'Give --contact you@example.org, or write [link] contact = "…" into kgpub.toml.'
        raise BadInput(f"{parts.hostname} asks programs to say whom to write to, and nobody is named", advice=advice)
    manners = Manners(agent=user_agent(__version__, options.contact), rate=options.rate, keep=keep)
    return Polite(manners, project.outputs.cache / "link")


def _far(options: Options) -> bool:
    return bool(options.endpoint or options.service)


def _silent(what: str, done: int, total: int) -> None:
    """A slice on disk answers at once."""
