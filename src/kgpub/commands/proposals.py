"""How entities and their candidates are shown: as lines for people, as JSON for programs.

Commands import what they need when they run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgpub.link.entities import Entity
    from kgpub.link.items import Item
    from kgpub.link.propose import Candidate, Proposal

__all__ = ["as_json", "entity_lines", "item_told", "proposal_lines", "summary"]

_LETTERS = 6
"""How many letters of an entity are listed."""


def entity_lines(entity: Entity) -> Iterator[str]:
    """Yield what is known of one of ours: names, life, offices, place, and the letters it appears in."""
    yield f"{entity.id}  ({entity.kind})"
    yield f"  {'; '.join(dict.fromkeys(name.text for name in entity.names))}"
    if entity.unidentified:
        yield "  known by a printed name only: nothing is looked for"
    life = [f"{word} {day}" for word, day in (("born", entity.born), ("died", entity.died)) if day]
    life += [f"{entity.start or '…'} to {entity.end or '…'}"] if entity.start or entity.end else []
    if entity.latitude is not None:
        life.append(f"{entity.latitude:.3f}, {entity.longitude:.3f}")
    life += [f"in {entity.within[0]}"] if entity.within else []
    if told := "; ".join([*([entity.gloss] if entity.gloss else []), *life]):
        yield f"  {told}"
    for tenure in entity.tenures:
        yield f"  {tenure.names[0].text if tenure.names else tenure.office}, {tenure.start or '…'} to {tenure.end or '…'}"
    yield from _letters(entity)


def _letters(entity: Entity) -> Iterator[str]:
    if not entity.letters:
        yield "  in no letter"
        return
    count = len(entity.letters)
    days = [letter.day for letter in entity.letters if letter.day]
    when = f"{days[0]} to {days[-1]}" if days else "undated"
    yield f"  in {count} letter{'s' if count > 1 else ''}, {when}:"
    # Those in which it did something say more of it than those that name it.
    shown = sorted(entity.letters, key=lambda one: (not one.acted, not one.day, one.day, one.id))[:_LETTERS]
    for letter in shown:
        yield f"    {letter.id} {letter.day} {', '.join(letter.roles)} {letter.title}".rstrip()
    if count > len(shown):
        yield f"    and {count - len(shown)} more"


def proposal_lines(proposal: Proposal) -> Iterator[str]:
    """Yield an entity and its candidates, each with the parts of its score."""
    yield from entity_lines(proposal.entity)
    if not proposal.candidates and not proposal.entity.unidentified:
        yield "  no item bears one of its names"
    for number, one in enumerate(proposal.candidates, 1):
        yield f"  {number}. {item_told(one.item)}  {one.score.total:.2f}"
        yield from _reasons(one)
    if proposal.tied:
        first, second = proposal.candidates[:2]
        yield f"  {first.item.id} and {second.item.id} fit equally: the score cannot tell which"


def _reasons(one: Candidate) -> Iterator[str]:
    for part in one.score.parts:
        value = "  – " if part.value is None else f"{part.value:.2f}"
        yield f"       {part.name:<12}{value}  {part.said}{' (contradicts)' if part.contradicts else ''}"
    if one.taken:
        yield f"       taken       {one.taken} is matched with it"
    if one.before:
        yield f"       decided     {one.before}"


def item_told(item: Item) -> str:
    """Return an item with its name and what tells it from namesakes: life, place."""
    told = [f"born {_year(item.born)}" if item.born else "", f"died {_year(item.died)}" if item.died else ""]
    told += [f"{item.points[0][0]:.3f}, {item.points[0][1]:.3f}"] if item.points else []
    told += [f"merged into {item.merged_into}"] if item.merged_into else []
    shown = "; ".join(filter(None, told))
    return f"{item.id} {item.name}{f' ({shown})' if shown else ''}"


def _year(times: Sequence[str]) -> str:
    return " or ".join(dict.fromkeys(one.lstrip("+")[:4] for one in times))


def summary(proposals: Sequence[Proposal]) -> str:
    """Return how many have what."""
    fit = [sum(1 for one in proposal.candidates if one.open) for proposal in proposals]
    tied = sum(1 for proposal in proposals if proposal.tied)
    none = sum(1 for count in fit if not count)
    return (
        f"{len(proposals)} looked for: {len(proposals) - none} with a candidate that may be it ({tied} where two fit "
        f"equally), {none} without."
    )


def as_json(proposals: Sequence[Proposal]) -> str:
    """Return entities and candidates as JSON, with every part of every score."""
    return json.dumps([_proposal(one) for one in proposals], ensure_ascii=False, indent=1)


def _proposal(proposal: Proposal) -> dict[str, Any]:
    entity = proposal.entity
    return {
        "entity": entity.id,
        "kind": entity.kind,
        "names": [{"text": name.text, "lang": name.lang} for name in entity.names],
        "gloss": entity.gloss,
        "unidentified": entity.unidentified,
        "born": entity.born,
        "died": entity.died,
        "from": entity.start,
        "until": entity.end,
        "latitude": entity.latitude,
        "longitude": entity.longitude,
        "within": list(entity.within),
        "tenures": [{"office": one.office, "from": one.start, "until": one.end} for one in entity.tenures],
        "letters": [
            {"id": one.id, "date": one.day, "roles": list(one.roles), "title": one.title} for one in entity.letters
        ],
        "candidates": [_candidate(one) for one in proposal.candidates],
        "margin": proposal.margin,
        "tied": proposal.tied,
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    parts = [
        {"part": part.name, "value": part.value, "said": part.said, "contradicts": part.contradicts}
        for part in one.score.parts
    ]
    return {
        "item": one.item.id,
        "name": one.item.name,
        "score": one.score.total,
        "parts": parts,
        "agreed": list(one.score.agreed),
        "excluded": list(one.score.excluded),
        "taken": one.taken,
        "decided": one.before,
    }
