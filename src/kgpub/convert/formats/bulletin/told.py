"""Messages inside a document that the editor's table tells: read as any enclosure, with what the table gives laid over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kgpub.convert.fields.names import Bearer
from kgpub.convert.formats.bulletin.enclosures import Enclosed
from kgpub.convert.formats.bulletin.heading import Heading
from kgpub.convert.formats.bulletin.inner import read_inner
from kgpub.convert.formats.bulletin.layout import Told
from kgpub.convert.formats.bulletin.lines import Line, format_lines, parse_lines
from kgpub.convert.formats.bulletin.message import infer_place
from kgpub.convert.formats.bulletin.parties import Named, as_parties
from kgpub.convert.formats.bulletin.values import Desk, value
from kgpub.convert.records import ENCLOSURE_FIELDS

__all__ = ["add_told"]

_RULE = "layout-messages"


def add_told(fields: dict[str, Any], lines: Sequence[Line], heading: Heading, desk: Desk) -> None:
    """Put the told messages of a document among its enclosures, each into the innermost that holds its lines.

    Afterwards the enclosures stand in the order of the page, lettered anew.
    """
    here = {line.number for line in lines}
    told = [message for message in desk.layout.messages if message.document == desk.document]
    for message in (one for one in told if not set(one.numbers) <= here):
        desk.warn(
            message.numbers[0],
            "enclosures",
            format_lines(message.numbers),
            "these lines of [[messages]] do not belong to the document, so no message was read from them",
            "mend the lines in layout.toml",
        )
    told = [message for message in told if set(message.numbers) <= here]
    for message in told:
        carrier = _carrier(fields, message.numbers)
        inner = _read(message, lines, heading, carrier, desk)
        carrier["enclosures"] = [*carrier.get("enclosures", ()), inner]
        carrier["mentions"] = [m for m in carrier.get("mentions", ()) if not _within(m, message.numbers)]
    if told:
        _letter(fields, desk.document)


def _carrier(fields: dict[str, Any], numbers: Sequence[int]) -> dict[str, Any]:
    for enclosure in fields.get("enclosures", ()):
        if set(numbers) < set(parse_lines(enclosure["lines"])):
            return _carrier(enclosure, numbers)
    return fields


def _read(
    message: Told, lines: Sequence[Line], heading: Heading, carrier: dict[str, Any], desk: Desk
) -> dict[str, Any]:
    own = tuple(line for line in lines if line.number in set(message.numbers))
    given = message.given
    parties = {key: _named(given[key]) for key in ("sender", "recipient") if key in given}
    carriers = parties.get("sender") or _parties(carrier, "senders")
    readers = parties.get("recipient") or _parties(carrier, "recipients")
    inner = read_inner("", Enclosed(own, "attachment"), heading, carriers, readers, {}, desk)
    if "sender" in parties:
        inner |= {"senders": as_parties(carriers, _RULE), "sentFrom": infer_place(carriers, desk)}
    if "recipient" in parties:
        inner |= {"recipients": as_parties(readers, _RULE), "sentTo": infer_place(readers, desk)}
    for field in ("form", "date"):
        if field in given:
            certainty = given[field].get("certainty", "")
            inner[field] = value(given[field]["value"], "", given[field]["lines"], _RULE, certainty=certainty)
    inner.pop("relays", None)
    return {"id": ""} | {key: inner[key] for key in ENCLOSURE_FIELDS if inner.get(key)}


def _named(given: dict[str, str]) -> list[Named]:
    kind = given.get("kind", "person")
    return [Named(Bearer(kind, given["actor"]), given.get("printed", ""), given["lines"])]


def _parties(carrier: dict[str, Any], field: str) -> list[Named]:
    return [
        Named(Bearer("person", one["actor"], one.get("as", "")), one.get("printed", ""), one.get("lines", ""))
        for one in carrier.get(field, ())
        if "actor" in one
    ]


def _within(mention: dict[str, Any], numbers: Sequence[int]) -> bool:
    return set(parse_lines(mention["lines"])) <= set(numbers)


def _letter(fields: dict[str, Any], prefix: str) -> None:
    enclosures = sorted(fields.get("enclosures", ()), key=lambda one: min(parse_lines(one["lines"])))
    for position, enclosure in enumerate(enclosures):
        enclosure["id"] = f"{prefix}{chr(ord('a') + position)}"
        _letter(enclosure, enclosure["id"])
    if enclosures:
        fields["enclosures"] = enclosures
