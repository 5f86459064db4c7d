"""The fourth layer of a record: an archive's pages that show the document, and where they and the edition disagree."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime as moment
from typing import Any, Final

from kgpub.convert.context import Context
from kgpub.convert.records import ArchivePage, Claim, ClaimedValue, Evidence
from kgpub.model import Problem, RawLayer

__all__ = ["CLAIMED", "ArchivePages"]

_ACTOR = ("person", "organisation")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}|\d{4}-\d{2}-\d{2}T\d{2}(:\d{2})?")

CLAIMED: Final[Mapping[str, tuple[str, ...]]] = {
    "dcterms:date": ("date",),
    "cwc:headingDate": ("date",),
    "cwc:at": ("moment",),
    "cwc:sender": _ACTOR,
    "cwc:recipient": _ACTOR,
    "cwc:via": _ACTOR,
    "cwc:signer": _ACTOR,
    "cwc:copyTo": _ACTOR,
    "cwc:signedAs": ("cover name",),
    "cwc:addressedAs": ("cover name",),
    "cwc:mentions": (*_ACTOR, "place", "event"),
    "cwc:sentFrom": ("place",),
    "cwc:sentTo": ("place",),
    **dict.fromkeys(("cwc:telegramNumber", "cwc:outgoingNumber"), ("text",)),
    **dict.fromkeys(("cwc:fond", "cwc:opis", "cwc:papka", "cwc:delo", "cwc:listy", "cwc:heldAs"), ("text",)),
    **dict.fromkeys(("cwc:printedForm", "dcterms:title", "schema:text"), ("text",)),
}
"""Each property that a claim may be about, and what its values are: a kind of entry, a date, a time or a text."""


class ArchivePages:
    """The pages and claims of a `pages` layer, handed out by the document that they are about."""

    def __init__(self, layer: RawLayer | None, context: Context) -> None:
        self._layer = layer
        self._context = context
        self._known: set[str] = set()
        self._pages: list[Mapping[str, Any]] = list(layer.data.get("archivePages", ())) if layer else []
        self._claims: list[Mapping[str, Any]] = list(layer.data.get("claims", ())) if layer else []

    def pages_of(self, own: str) -> tuple[ArchivePage, ...]:
        """Return the pages that show a document; those of an enclosure are its carrier's."""
        self._known.add(own)
        if self._layer is None or own != self._layer.data["id"]:
            return ()
        return tuple(self._page(index, one) for index, one in enumerate(self._pages))

    def claims_of(self, own: str) -> tuple[Claim, ...]:
        """Return the claims about a document, in the order of the file."""
        self._known.add(own)
        return tuple(self._claim(index, one) for index, one in enumerate(self._claims) if self._about(one) == own)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the layer; to be asked once every document of the record has been handed its own."""
        for index, page in enumerate(self._pages):
            yield from self._day(str(page["on"]), f"archivePages[{index}].on")
            if page["sameText"] and "text" not in page["agreed"]:
                advice = "Write sameText: false, or name text under agreed where the texts were compared."
                what = "says that the text is the same, but text is not among what agreed"
                yield self._problem(f"archivePages[{index}].sameText", "true", what, advice)
        urls = [str(page["url"]) for page in self._pages]
        for index, claim in enumerate(self._claims):
            where, source = f"claims[{index}]", str(claim["source"])
            if source.startswith(("https://", "http://")) and source not in urls:
                advice = f"{_near(source, urls)} Name a source without a page of its own in words."
                yield self._problem(f"{where}.source", source, "is no page of this file", advice)
            if self._about(claim) not in self._known:
                advice = _near(self._about(claim), sorted(self._known))
                yield self._problem(f"{where}.document", self._about(claim), "is no document of the record", advice)
            for side in ("claimed", "edition"):
                for value in self._values(claim, side):
                    yield from self._misfit(claim["property"], value, f"{where}.{side}")

    # -- values --------------------------------------------------------------------------------------------------------

    def _page(self, index: int, one: Mapping[str, Any]) -> ArchivePage:
        return ArchivePage(
            url=str(one["url"]),
            agreed=tuple(one["agreed"]),
            same_text=bool(one["sameText"]),
            by=str(one["by"]),
            on=str(one["on"]),
            source=str(one["source"]),
            evidence=self._evidence(f"archivePages[{index}]"),
        )

    def _claim(self, index: int, one: Mapping[str, Any]) -> Claim:
        return Claim(
            property=str(one["property"]),
            claimed=self._values(one, "claimed"),
            edition=self._values(one, "edition"),
            source=str(one["source"]),
            note=str(one["note"]),
            evidence=self._evidence(f"claims[{index}]"),
        )

    def _values(self, claim: Mapping[str, Any], side: str) -> tuple[ClaimedValue, ...]:
        given = claim.get(side, ())
        kinds = CLAIMED[claim["property"]]
        values = [str(one) for one in (given if isinstance(given, list | tuple) else (given,))]
        # An entry's own kind, so that it leads to its IRI; where there is none, that is told as a problem.
        return tuple(
            ClaimedValue(self._context.kinds.get(one, kinds[0]) if _named(kinds) else kinds[0], one) for one in values
        )

    def _about(self, claim: Mapping[str, Any]) -> str:
        return str(claim.get("document") or (self._layer.data["id"] if self._layer else ""))

    def _evidence(self, path: str) -> Evidence:
        return Evidence(self._layer.file if self._layer else "", path)

    # -- checks --------------------------------------------------------------------------------------------------------

    def _misfit(self, prefixed: str, value: ClaimedValue, path: str) -> Iterator[Problem]:
        kinds = CLAIMED[prefixed]
        if kinds[0] in ("date", "moment"):
            yield from self._day(value.value, path, "YYYY-MM-DDThh:mm" if kinds[0] == "moment" else "YYYY-MM-DD")
        elif kinds == ("cover name",):
            yield from self._cover_name(value.value, path)
        elif _named(kinds) and (value.kind not in kinds or value.value not in self._context.kinds):
            advice = _near(value.value, self._context.ids(*kinds))
            yield self._problem(path, value.value, f"is not a known {' or '.join(kinds)}", advice)

    def _cover_name(self, value: str, path: str) -> Iterator[Problem]:
        known = [f"{who}#{slug}" for who, slugs in self._context.cover_names.items() for slug in slugs]
        if value not in known:
            advice = f"{_near(value, sorted(known))} Write the person, # and the cover name: joseph-stalin#fyn-si."
            yield self._problem(path, value, "is not a known cover name", advice)

    def _day(self, value: str, path: str, form: str = "YYYY-MM-DD") -> Iterator[Problem]:
        try:
            if not _DATE.fullmatch(value):
                raise ValueError("it has another form")
            # A partial date is held to the calendar by its first day.
            day = value.partition("T")[0]
            moment.fromisoformat(f"{day}{'-01' * (2 - day.count('-'))}{value[len(day) :]}")
        except ValueError as error:
            yield self._problem(path, value, f"is not a day of the calendar: {error}", f"Write it as {form}.")

    def _problem(self, path: str, value: str, message: str, advice: str) -> Problem:
        assert self._layer is not None  # it gave the value
        return Problem(self._layer.file, self._layer.line(path), path, value, message, advice)


def _named(kinds: tuple[str, ...]) -> bool:
    return kinds[0] in (*_ACTOR, "place", "event")


def _near(value: str, known: list[str]) -> str:
    near = difflib.get_close_matches(value, known, 1, 0.5)
    return (
        f"Did you mean {near[0]}?"
        if near
        else f"Known: {', '.join(known[:6]) or 'none'}{' …' if len(known) > 6 else '.'}"
    )
