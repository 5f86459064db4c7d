"""What the letters say of a person, body, place or archival unit: how many, the first and last, with whom, from where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from kgpub.serve.reconcile.entities import Day, Link, Value
from kgpub.serve.reconcile.statements import Statements
from kgpub.vocabulary import CWC

__all__ = ["Letters"]

_ENDS: Final = {True: ("cwc:sentFrom", "cwc:sentTo"), False: ("cwc:sender", "cwc:recipient")}
"""The two ends of a letter: places, or persons and bodies."""
_DOUBT: Final = re.compile(r"[~?%]")


class Letters:
    """The letters of a store; facts are asked for by the IRI of a thing."""

    def __init__(self, said: Statements, base: str) -> None:
        self._said = said
        self._base = base
        self._documents = frozenset(said.subjects("rdf:type", f"{CWC}Document"))
        self._kept = self._kept_in() if said.of("cwc:inUnit") else {}

    def facts(self, iri: str, type_id: str) -> dict[str, tuple[Value, ...]]:
        """Return counts, first and last letter, partners and places; nothing where no letter is from or to the thing."""
        if type_id == "ArchivalUnit":
            return self._span(self._kept.get(iri, frozenset()))
        if type_id in ("Document", "Event"):
            return {}
        of_place = type_id == "Place"
        outgoing, incoming = _ENDS[of_place]
        sent, received = self._with(outgoing, iri), self._with(incoming, iri)
        if not sent | received:
            return {}
        return {
            **self._span(sent | received),
            "letters-sent": (len(sent),),
            "letters-received": (len(received),),
            "partner": self._counted(iri, (incoming, sent), (outgoing, received)),
            "place": () if of_place else self._counted(iri, ("cwc:sentFrom", sent), ("cwc:sentTo", received)),
        }

    def _with(self, prefixed: str, iri: str) -> frozenset[str]:
        return self._documents.intersection(self._said.subjects(prefixed, iri))

    def _span(self, letters: Iterable[str]) -> dict[str, tuple[Value, ...]]:
        found = sorted(letters)
        dated = sorted((_DOUBT.sub("", day), day, one) for one in found if (day := self._day(one)))
        facts: dict[str, tuple[Value, ...]] = {"letters": (len(found),) if found else ()}
        for name, pick in (("first", dated[:1]), ("last", dated[-1:])):
            facts[f"{name}-letter"] = tuple(self._link(one) for _, _, one in pick)
            facts[f"{name}-letter-date"] = tuple(Day(day) for _, day, _ in pick)
        return facts

    def _day(self, letter: str) -> str:
        return next((one.value for one in self._said.of("dcterms:date").get(letter, ())), "")

    def _counted(self, iri: str, *ends: tuple[str, frozenset[str]]) -> tuple[Value, ...]:
        """Return what stands at the ends named, the most frequent first, the thing itself left out."""
        count = Counter(
            one.value
            for prefixed, letters in ends
            for letter in letters
            for one in self._said.of(prefixed).get(letter, ())
        )
        ordered = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(self._link(other, number) for other, number in ordered if other != iri)

    def _link(self, iri: str, count: int = 0) -> Link:
        return Link(iri.removeprefix(self._base), count)

    def _kept_in(self) -> dict[str, frozenset[str]]:
        """Return the letters kept in each archival unit or in one below it."""
        found: dict[str, set[str]] = {}
        for letter in self._documents:
            for copy in self._said.of("cwc:heldAs").get(letter, ()):
                units = [one.value for one in self._said.of("cwc:inUnit").get(copy.value, ())]
                while units:
                    unit = units.pop()
                    if letter not in found.setdefault(unit, set()):
                        found[unit].add(letter)
                        units += [one.value for one in self._said.of("dcterms:isPartOf").get(unit, ())]
        return {unit: frozenset(letters) for unit, letters in found.items()}
