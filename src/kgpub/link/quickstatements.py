"""What we know and Wikidata may lack, as QuickStatements commands (version 1) for one of its editors to review and upload.

The syntax is that of www.wikidata.org/wiki/Help:QuickStatements: parts parted by tabs, texts in double quotes taken as they
stand, `A<lang>` for an alias, a source as `S<number>` after the statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgpub.link.entities import Entity
from kgpub.link.items import Item
from kgpub.link.names import native_language

__all__ = ["Statements", "quickstatements"]

_DESCRIBED_AT = "P973"
_ARCHIVES_AT = "P485"
_REFERENCE_URL = "S854"


@dataclass(frozen=True, slots=True)
class Statements:
    """The commands, and what could not be said."""

    lines: tuple[str, ...]
    left_out: tuple[str, ...]


def quickstatements(
    entities: Sequence[Entity], links: Mapping[str, str], known: Mapping[str, Item] | None = None
) -> Statements:
    """Return the commands for every exactly linked entity, in the order of our ids.

    `known` holds what the slice says of the items: an alias that is there already is not written again.
    """
    lines: list[str] = []
    unlinked: dict[str, int] = {}
    for entity in entities:
        if item := links.get(entity.id):
            lines.append("\t".join((item, _DESCRIBED_AT, _quoted(entity.iri))))
            lines += _archives(item, entity, links, unlinked)
            lines += _aliases(item, entity, (known or {}).get(item))
    left_out = [
        f"{archive}: has no accepted item of its own, so {_ARCHIVES_AT} was left out for {count} linked actors"
        for archive, count in sorted(unlinked.items())
    ]
    return Statements(tuple(lines), tuple(left_out))


def _archives(item: str, entity: Entity, links: Mapping[str, str], unlinked: dict[str, int]) -> Iterator[str]:
    if entity.kind not in ("person", "organisation"):
        return
    for archive in entity.archives:
        if archive in links:
            yield "\t".join((item, _ARCHIVES_AT, links[archive], _REFERENCE_URL, _quoted(entity.iri)))
        else:
            unlinked[archive] = unlinked.get(archive, 0) + 1


def _aliases(item: str, entity: Entity, known: Item | None) -> Iterator[str]:
    """Names in their own script; Latin ones are left to Wikidata, which transliterates by rules of its own."""
    # Chinese names may stand there without saying whether they are simplified.
    there = {(one.lang.partition("-")[0], one.text) for one in known.names} if known else set()
    for name in entity.names:
        lang = native_language(name.lang)
        if lang and (lang.partition("-")[0], name.text) not in there:
            yield "\t".join((item, f"A{lang}", _quoted(name.text)))


def _quoted(text: str) -> str:
    # A tab or a line end would be read as the end of the part.
    return f'"{" ".join(text.split())}"'
