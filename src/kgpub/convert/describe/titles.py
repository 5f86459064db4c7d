"""A title made of a document's facts, for one that no editor has described yet."""

from __future__ import annotations

from collections.abc import Sequence

from kgpub.convert.context import Context
from kgpub.convert.records import Document, Party

__all__ = ["made_title"]

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def made_title(document: Document, context: Context) -> str:
    """Return a title in the pattern "Ciphered telegram, Shtykov to Vyshinsky, 7 February 1950"."""
    form = document.form.value.replace("-", " ").capitalize() if document.form else "Document"
    parties = " to ".join(filter(None, (_names(document.senders, context), _names(document.recipients, context))))
    via = _names(document.relays, context)
    middle = f"{parties}, via {via}" if via and parties else parties
    return ", ".join(filter(None, (form, middle, _day(document.date.value) if document.date else "undated")))


def _names(parties: Sequence[Party], context: Context) -> str:
    names = [context.labels.get(party.actor, "") or party.evidence.printed for party in parties]
    return " and ".join(dict.fromkeys(filter(None, names)))


def _day(value: str) -> str:
    parts = value.rstrip("?~%").split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return value
