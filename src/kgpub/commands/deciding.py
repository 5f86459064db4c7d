"""What an editor decides on a proposed link, and how it gets into the ledger.

Commands import what they need when they run.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from kgpub.commands import proposals
from kgpub.errors import BadInput, CorpusErrors
from kgpub.project import Project

if TYPE_CHECKING:
    from kgpub.link.entities import Entity
    from kgpub.link.ledger import Decision
    from kgpub.link.propose import Candidate, Proposal
    from kgpub.link.source import Source
    from kgpub.model import RawLayer

__all__ = ["decisions_of", "from_source", "unknown", "walk", "write"]

_AGREED = ("name", "dates", "coordinates", "description", "office", "place")


def decisions_of(project: Project) -> tuple[Decision, ...]:
    """Return what stands in the ledger now; raise CorpusErrors where it cannot be read."""
    from kgpub.link.ledger import standing

    layers = _layers(project)
    return standing(layers["links"].data["links"]) if "links" in layers else ()


def unknown(name: str, known: Iterable[str]) -> BadInput:
    """Return the error for an id that stands in no authority file, with the nearest that does."""
    near = difflib.get_close_matches(name, sorted(known), 1, 0.5)
    advice = f"Did you mean {near[0]!r}?" if near else "`kgpub link --list` has those without a link."
    return BadInput(f"{name!r} is no person, organisation, place or event of the built graph", advice=advice)


def from_source(
    entity: Entity, item: str, source: Source, decisions: Sequence[Decision], details: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the details of an acceptance as the source has them; raise BadInput where it speaks against it."""
    from kgpub.link.propose import candidate

    found = source.fetch([item], lambda what, done, total: None)[item]
    if not found.known:
        advice = "See whether the id is right; to accept it all the same, give --agreed and --evidence."
        raise BadInput(f"{source.name}: says nothing of {item}", advice=advice)
    if found.merged_into:
        advice = f"Look at {found.merged_into}, and accept that if it is the same."
        raise BadInput(f"{item} was merged into {found.merged_into}", advice=advice)
    one = candidate(entity, found, decisions)
    if one.score.agreed == ("name",) and not one.score.excluded:
        advice = "If it is the same all the same, say what agrees and where you saw it: --agreed and --evidence."
        raise BadInput(f"{item}: only the name agrees, and a namesake's would too", advice=advice)
    return _details(one, source.name, details)


def _details(one: Candidate, source: str, details: Mapping[str, Any]) -> dict[str, Any]:
    if one.score.excluded or "name" not in one.score.agreed:
        why = "; ".join(one.score.excluded) or "no name of it agrees well enough"
        advice = "If it is the same all the same, say what agrees and where you saw it: --agreed and --evidence."
        raise BadInput(f"{one.item.id}: {why}", advice=advice)
    evidence = f"{source}: {proposals.item_told(one.item)}"
    told = {"agreed": ",".join(one.score.agreed), "evidence": evidence, "score": one.score.total}
    return {**details, **told, **{key: value for key, value in details.items() if value}}


def write(project: Project, mode: str, entity: str, item: str, details: Mapping[str, Any]) -> None:
    """Write one decision into the ledger and say so; raise BadInput where it cannot stand there."""
    from kgpub.link.ledger import Decision, add, refusal, standing

    agreed = tuple(word.strip() for word in details["agreed"].split(",") if word.strip())
    for word in agreed:
        if word not in _AGREED:
            raise BadInput(f"--agreed: {word!r} is nothing that can agree", advice=f"Use some of {', '.join(_AGREED)}.")
    accepts = mode == "accept"
    new = Decision(
        entity=entity,
        item=item,
        decision=mode,
        match=details["match"] if accepts else "exact",
        agreed=agreed,
        score=details.get("score"),
        evidence=details["evidence"],
        reason=details["reason"],
        by=details["by"],
        on=details["on"],
    )
    layers = _layers(project)
    known = {entry["id"] for kind, layer in layers.items() if kind != "links" for entry in layer.data[kind]}
    stands = standing(layers["links"].data["links"]) if "links" in layers else ()
    if error := refusal(new, stands, known):
        raise error
    file = project.authority / "links.yaml"
    line = add(file, new)
    click.echo(f"{project.relative(file)}:{line}: {mode} {entity} {item}. `kgpub build` publishes it.")


def walk(project: Project, found: Sequence[Proposal], source: str, details: Mapping[str, Any]) -> None:
    """Go through the proposals with a candidate that may be it, one by one, and write what is decided on each."""
    for number, proposal in enumerate(found, 1):
        if not any(one.open for one in proposal.candidates):
            continue
        click.echo("\n".join(proposals.proposal_lines(proposal)))
        choices = "a, r, d with a number, s to skip, q to stop"
        while True:
            answer = click.prompt(f"{number} of {len(found)}: {choices}", default="s", show_default=True).strip()
            word, _, position = answer.partition(" ")
            if word == "q":
                return
            if word == "s" or _taken(project, proposal, source, details, word, position or "1"):
                break
        click.echo()


def _taken(
    project: Project, proposal: Proposal, source: str, details: Mapping[str, Any], word: str, position: str
) -> bool:
    """Carry out one answer; return whether it was one that could be."""
    modes = {"a": "accept", "r": "reject", "d": "defer"}
    if word not in modes or not position.isdigit() or not 1 <= int(position) <= len(proposal.candidates):
        click.echo(f"Answer as a 1, r 2, d 1, s or q; there are {len(proposal.candidates)} candidates.")
        return False
    one = proposal.candidates[int(position) - 1]
    try:
        if word == "a":
            told = _details(one, source, details)
            doubt = _doubt(proposal, one)
            if doubt and not click.confirm(f"{doubt} Accept it all the same?"):
                return False
        else:
            told = {**details, "reason": details["reason"] or click.prompt("Why, in your own words")}
            told |= {"score": one.score.total}
        write(project, modes[word], proposal.entity.id, one.item.id, told)
    except BadInput as error:
        click.echo(f"Not written: {error}")
        return False
    return True


def _doubt(proposal: Proposal, one: Candidate) -> str:
    """Return what an editor should think of before accepting a candidate, empty where nothing is in the way."""
    if one.score.agreed == ("name",):
        return "Only the name agrees, and a namesake's would too."
    if proposal.tied:
        return "Two fit equally."
    return "" if one is proposal.candidates[0] else "Another candidate fits better."


def _layers(project: Project) -> dict[str, RawLayer]:
    from kgpub.collect.authority import read_authority

    layers, problems = read_authority(project.root, project.authority)
    if problems:
        raise CorpusErrors(sorted(problems), advice="Mend the authority files first.")
    return layers
