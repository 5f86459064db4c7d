"""The one way in: a query and what answers it, to the explanation why it has no rows."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kgpub.explain.core import Found, reasons
from kgpub.explain.facts import reason
from kgpub.explain.mend import mended
from kgpub.explain.model import Asker, Bound, Culprit, Explanation, Limits
from kgpub.explain.names import Names, shown
from kgpub.explain.near import changes, measured
from kgpub.explain.prefixes import Source, misdeclared, undeclared
from kgpub.explain.probe import Probe, Scope, Spent, rows_of
from kgpub.explain.read import NotAsked, NotUnderstood, Reading
from kgpub.explain.syntax import Swaps, slots_of
from kgpub.results import Result
from kgpub.vocabulary import PREFIXES, VOCABULARY_BASE

__all__ = ["explain"]

_ROUNDS: Final = 4
_TOLD: Final = 8
"""How many parts of one round are looked into."""

_GONE: Final = {"comparison": "(true)", "part": "FILTER (true)"}
"""What stands for a filter that is left out."""


def explain(
    ask: Asker,
    text: str,
    *,
    base: str = VOCABULARY_BASE,
    prefixes: Mapping[str, str] = PREFIXES,
    bound: Bound | None = None,
    limits: Limits | None = None,
    mends: bool = False,
) -> Explanation:
    """Return why a query has no rows and what near it would have some; raise BadQuery where it is no query at all.

    `prefixes` are those that need no declaration, `bound` the terms that parameters stand for; with `mends`, a suggestion that
    gives rows has the whole query with it.
    """
    started = time.monotonic()
    source, bound, limits = Source(text, base, prefixes), bound or {}, limits or Limits()
    try:
        asked, reading = source.read({})
    except NotAsked as problem:
        return Explanation("", None, not_looked_into=(str(problem),))
    except NotUnderstood as problem:
        return _unread(ask(text, bound), str(problem), limits.rows)
    return _Search(Probe(ask, asked, bound, limits, started), reading, source, mends=mends).explanation()


def _unread(result: Result, why: str, counted: int) -> Explanation:
    """What the engine says of a query that was not taken apart."""
    rows, more = min(rows_of(result), counted), rows_of(result) > counted
    form = "ASK" if result.boolean is not None else "CONSTRUCT" if result.triples is not None else "SELECT"
    return Explanation(form, rows, more, not_looked_into=() if rows else (why,))


class _Search:
    """One explanation as it grows: the culprits so far, and the changes that the next round takes as made."""

    def __init__(self, probe: Probe, reading: Reading, source: Source, *, mends: bool) -> None:
        self._probe = probe
        self._reading = reading
        self._source = source
        self._mends = mends
        self._instead: dict[str, str] = {}
        self._names = Names(probe, source.base)
        self._culprits: list[Culprit] = []
        self._unlooked: list[str] = []
        self._swaps: dict[int, str] = {}
        self._jointly = False
        """Whether a number was measured with the first suggestion for another culprit followed."""

    def explanation(self) -> Explanation:
        """Search as far as the limits allow."""
        rows: int | None = None
        more, complete, together = False, True, None
        try:
            rows, more = self._rows()
            if not rows:
                self._search()
                together = self._probe.count(self._swaps)[0] if self._jointly else None
        except Spent:
            complete = False
        probe, culprits = self._probe, tuple(self._culprits)
        return Explanation(
            probe.asked.form,
            rows,
            more,
            culprits,
            together,
            tuple(self._unlooked),
            probe.questions,
            complete,
            probe.asked.counts,
            self._mended_text(self._swaps) if together else "",
        )

    def _mended_text(self, swaps: Swaps) -> str:
        if not self._mends or self._probe.late:
            return ""
        return mended(self._source, self._probe.asked, swaps, self._instead)

    def _rows(self) -> tuple[int, bool]:
        """How many rows the query has: as it was taken apart, and where it has none, as it was asked."""
        if self._reading.unknown:
            return 0, False
        rows, more = self._probe.count()
        if rows or self._probe.asked.counts:
            # What it counts is looked at, for the row with the count is always there.
            return rows, more
        rows = rows_of(self._probe.original(self._source.text))
        return rows, rows > self._probe.limits.rows

    def _search(self) -> None:
        instead = self._instead
        if self._reading.unknown:
            self._culprits, found = undeclared(self._probe, self._reading, self._source)
            instead |= found
        self._culprits += misdeclared(self._probe, self._reading, self._source, instead)
        self._probe.asked, _ = self._source.read(instead)
        if self._culprits and self._probe.count()[0]:
            # One query with all of them: each stands for the mended whole.
            self._culprits = [self._declared(one) for one in self._culprits]
            return
        first = 2 if self._culprits else 1
        for number in range(first, first + _ROUNDS):
            if not self._round(number) or self._probe.count(self._swaps)[0]:
                return

    def _declared(self, culprit: Culprit) -> Culprit:
        """A culprit among the prefixes, its first suggestion with the query that all the first ones make."""
        first = tuple(replace(one, query=self._mended_text({})) for one in culprit.suggestions[:1] if one.rows)
        return replace(culprit, suggestions=(*first, *culprit.suggestions[len(first) :]))

    def _round(self, number: int) -> bool:
        """Look for what is still in the way; whether something near it was found, so that one may look further."""
        where = self._probe.asked.where
        found = reasons(self._probe, where, Scope(), self._swaps)
        if not found:
            self._modifiers(number)
            return False
        if len(found) > _TOLD:
            self._unlooked.append(f"{len(found) - _TOLD} more parts that match nothing")
        best: dict[int, Mapping[int, str]] = {}
        said = {place: self._bare(one, number) for place, one in enumerate(found[:_TOLD])}
        try:
            # What empties the query besides is taken as mended by its own first suggestion, as soon as that is known.
            for _ in range(2 if len(found) > 1 else 1):
                for place, one in enumerate(found[:_TOLD]):
                    others = self._mended(best, place)
                    said[place], best[place] = self._culprit(one, number, {**self._swaps, **others})
        finally:
            self._culprits += said.values()
        self._jointly = self._jointly or number > 1
        made = {at: text for one in best.values() for at, text in one.items()}
        self._swaps |= made
        return bool(made)

    def _mended(self, best: Mapping[int, Mapping[int, str]], place: int) -> dict[int, str]:
        """The first suggestions for the other culprits; none where those alone give rows, as in another branch of a UNION."""
        others = {at: text for other, made in best.items() if other != place for at, text in made.items()}
        if not others or self._probe.count({**self._swaps, **others})[0]:
            return {}
        self._jointly = True
        return others

    def _bare(self, found: Found, number: int) -> Culprit:
        """A culprit of which no more is known yet than that it is one."""
        parts = tuple(shown(part.pieces, self._source.base, self._swaps) for part in found.parts)
        return Culprit(
            found.kind,
            parts,
            "It leaves no row." if len(parts) == 1 else "Together they leave no row.",
            (),
            None,
            number,
        )

    def _culprit(self, found: Found, number: int, swaps: Swaps) -> tuple[Culprit, Mapping[int, str]]:
        base = self._source.base
        kept = measured(self._probe, found, changes(self._probe, self._names, found, swaps), swaps, base)
        gone = {
            slot.number: _GONE[slot.role]
            for part in found.parts
            for slot in slots_of(part.pieces)
            if slot.role in _GONE
        }
        filters = found.kind in ("filter", "filters", "minus", "not exists")
        culprit = Culprit(
            found.kind,
            tuple(shown(part.pieces, base, self._swaps) for part in found.parts),
            reason(self._probe, found, self._swaps, base),
            tuple(
                replace(one, query=self._mended_text({**swaps, **change.swaps})) if one.rows else one
                for change, one in kept
            ),
            self._probe.count({**swaps, **gone})[0] if filters else None,
            number,
        )
        return culprit, kept[0][0].swaps if kept else {}

    def _modifiers(self, number: int) -> None:
        """The pattern has matches: what stands after it must leave none."""
        for name, pieces in self._probe.asked.after.items():
            rows, _ = self._probe.count(self._swaps, without=(name,))
            if rows:
                said = shown(pieces, self._source.base, self._swaps)
                reason = "The pattern has matches; this leaves none of them."
                self._culprits.append(Culprit("modifier", (said,), reason, (), rows, number))
                return
        self._unlooked.append("the pattern has matches, so what comes after it (the form of the answer) leaves none")
