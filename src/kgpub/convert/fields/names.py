"""Names as printed to authority ids: a frozen index, a search that bears with spacing, hyphens, capitals and apostrophes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Bearer", "Circumstances", "FoundName", "NameIndex", "Office", "Tenure", "build_index", "fold", "letters"]

_APOSTROPHES = frozenset("'’‘ʹʼ`")
_BARE = dict.fromkeys(map(ord, _APOSTROPHES))
# Latin letters with diacritics to their base letter, one for one.
_FOLDED = {code: unicodedata.normalize("NFD", chr(code))[0] for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))}
_SEPARATORS = re.compile(r"[\s\-–.]+")
_SOFT = re.compile(r"[^0-9a-z]+")
_HEADS = re.compile(r"(?:^|-)(?:minister|chairman|premier|secretary|chief|head|commander)(?:-|$)")
_LATIN = re.compile(r"[\u0000-\u024f\u1e00-\u1eff\u02b9\u02bc‘’–]+")


@dataclass(frozen=True, slots=True, order=True)
class Bearer:
    """Who or what a name can stand for: a person, organisation, office, place or event, and the cover name used."""

    kind: str
    id: str
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """An office, with the place its letters leave from or go to, and the body it belongs to."""

    id: str
    name: str
    seat: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person's time in an office; `start` and `end` are ISO or EDTF, empty where open."""

    person: str
    office: str
    start: str = ""
    end: str = ""

    def covers(self, day: str) -> bool:
        """Whether the tenure holds on an ISO date; a bound of a year or month covers all of it."""
        start, end = self.start.rstrip("~?%"), self.end.rstrip("~?%")
        return bool(day) and (not start or start[: len(day)] <= day) and (not end or day[: len(end)] <= end)


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name read in a text: who may bear it, the printed form, and where it stands."""

    bearers: tuple[Bearer, ...]
    printed: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What tells bearers of one name apart: the document's date and its places, the most telling first."""

    day: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameIndex:
    """Printed forms to their bearers, with the offices and tenures that tell them apart; picklable, made by build_index."""

    bearers: Mapping[str, tuple[Bearer, ...]]
    pattern: re.Pattern[str]
    offices: Mapping[str, Office] = field(default_factory=dict)
    tenures: tuple[Tenure, ...] = ()
    seats: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)

    def lookup(self, printed: str) -> tuple[Bearer, ...]:
        """Return the bearers of a text that is a name and nothing else; spaced capitals count as a word."""
        return self.bearers.get(letters(printed), ())

    def find(self, text: str) -> list[FoundName]:
        """Return the names in a running text, the longest at each place, in their order."""
        bare, offsets = _without_apostrophes(fold(text))
        found = []
        for match in self.pattern.finditer(bare):
            start, end = offsets[match.start()], offsets[match.end() - 1] + 1
            known = self.bearers.get(letters(match.group(0)), ())
            if known:
                found.append(FoundName(known, text[start:end], start, end))
        return found

    def choose(self, bearers: Iterable[Bearer], circumstances: Circumstances) -> Bearer | None:
        """Return the one bearer that fits date and place, or None where none or several fit alike."""
        options = tuple(bearers)
        if len(options) == 1:
            return options[0]
        ranked = sorted(((self._fit(option, circumstances), option) for option in options), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]

    def holder(self, office: str, day: str) -> str | None:
        """Return who held an office on a day, or None."""
        holders = [tenure.person for tenure in self.tenures if tenure.office == office and tenure.covers(day)]
        return holders[0] if holders else None

    def offices_of(self, person: str, day: str) -> list[Office]:
        """Return the offices a person held on a day, in the order of the authority file."""
        return [
            self.offices[tenure.office]
            for tenure in self.tenures
            if tenure.person == person and tenure.covers(day) and tenure.office in self.offices
        ]

    def _fit(self, bearer: Bearer, circumstances: Circumstances) -> int:
        seats = (
            [self.offices[bearer.id].seat]
            if bearer.kind == "office" and bearer.id in self.offices
            else [office.seat for office in self.offices_of(bearer.id, circumstances.day)]
        )
        places = circumstances.places
        around = {place for seat in seats for place in (seat, self.within.get(seat, ""))}
        score = max((len(places) - places.index(place) + 1 for place in around if place in places), default=0)
        return score or (1 if seats else 0)


def fold(text: str) -> str:
    """Return the text with diacritics taken off, character for character, so that positions stay."""
    return text if text.isascii() else text.translate(_FOLDED)


def letters(text: str) -> str:
    """Return the letters and digits of a text in lower case, without separators: the key that variants share."""
    return _SOFT.sub("", fold(text).lower().translate(_BARE))


def build_index(authority: Mapping[str, Iterable[Mapping[str, Any]]]) -> NameIndex:
    """Return the index of authority entries by kind of file (persons, organisations, offices, places, events)."""
    printed: dict[str, set[Bearer]] = {}
    named: dict[str, set[Bearer]] = {}
    forms: dict[str, str] = {}
    for kind in ("persons", "organisations", "offices", "places", "events"):
        for entry in authority.get(kind, ()):
            for form, bearer, is_printed in _forms(kind.removesuffix("s"), entry):
                key = letters(form)
                if len(key) > 1:
                    (printed if is_printed else named).setdefault(key, set()).add(bearer)
                    forms[form] = bearer.kind
    # A form that an entry says the corpus prints outranks the same form as somebody else's modern name.
    bearers = named | printed
    offices = {
        str(entry["id"]): Office(
            str(entry["id"]),
            str(entry.get("name", "")),
            str(entry.get("seat", "")),
            str(entry.get("organisation", "")),
        )
        for entry in authority.get("offices", ())
    }
    return NameIndex(
        {key: tuple(sorted(known)) for key, known in bearers.items()},
        _pattern(forms),
        offices,
        _tenures(authority),
        _seats(authority),
        {str(place["id"]): str(place["partOf"]) for place in authority.get("places", ()) if place.get("partOf")},
    )


def _seats(authority: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, str]:
    """Return the seat of each body: that of the office that heads it, else that of the body it is part of."""
    own: dict[str, str] = {}
    for office in authority.get("offices", ()):
        if _HEADS.search(str(office["id"])) and office.get("seat"):
            own.setdefault(str(office.get("organisation", "")), str(office["seat"]))
    parents = {str(body["id"]): str(body.get("partOf", "")) for body in authority.get("organisations", ())}
    seats: dict[str, str] = {}
    for body in parents:
        above, steps = body, 0
        while above and above not in own and steps < len(parents):
            above, steps = parents.get(above, ""), steps + 1
        if above in own:
            seats[body] = own[above]
    return seats


def _tenures(authority: Mapping[str, Iterable[Mapping[str, Any]]]) -> tuple[Tenure, ...]:
    return tuple(
        Tenure(str(person["id"]), str(tenure["office"]), str(tenure.get("from", "")), str(tenure.get("until", "")))
        for person in authority.get("persons", ())
        for tenure in person.get("tenures", ())
    )


def _forms(kind: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, Bearer, bool]]:
    """Yield the Latin forms of an entry with their bearer, and whether the corpus prints them."""
    bearer = Bearer(kind, str(entry["id"]))
    covers: set[str] = set()
    for cover in entry.get("coverNames", ()):
        for form in (cover["name"], *cover.get("printed", ())):
            covers.add(letters(str(form)))
            yield str(form), Bearer(kind, bearer.id, str(cover["id"])), True
    names = [str(entry.get("name", "")), *(str(name["text"]) for name in entry.get("names", ()))]
    for form, is_printed in [(str(form), True) for form in entry.get("printed", ())] + [
        (name, False) for name in names
    ]:
        plain = re.sub(r"\s*\([^)]*\)$", "", form) if kind != "organisation" else form
        if plain and _LATIN.fullmatch(plain) and letters(plain) not in covers:
            yield plain, bearer, is_printed


def _pattern(forms: Mapping[str, str]) -> re.Pattern[str]:
    """Return one pattern for all forms, grouped by their first two letters: a flat alternation tries hundreds per word."""
    groups: dict[str, set[str]] = {}
    for form, kind in forms.items():
        bare = _without_apostrophes(fold(form))[0]
        # A hyphen lost at a line's end leaves a capital inside ("Wen-ho" as "WenHo"); letterheads capitalise one word.
        titled = re.sub(r"(?<=[\s-])[a-z]", lambda match: match.group(0).upper(), bare)
        sentence = bare[:1] + bare[1:].lower() if kind in ("organisation", "office") else titled
        variants = {bare, bare.upper(), sentence}
        if kind in ("place", "event"):
            # "Pacific ocean", "Korean war"; and a text that capitalises names: "war in KOREA".
            variants.add(re.sub(r"(?<=\s)[A-Z][a-z]+$", lambda match: match.group(0).lower(), bare))
            variants.add(re.sub(r"\b[A-Z][a-z]+", lambda match: match.group(0).upper(), bare))
        for variant in variants:
            parts = [re.escape(part) for part in _SEPARATORS.split(variant) if part]
            tail = "" if variant[-1:] == ")" else (r"(?=s?(?![A-Za-z]))" if variant.isupper() else r"(?=s?(?![a-z]))")
            head, rest = parts[0][:2], [parts[0][2:], *parts[1:]]
            if head.isalnum():
                groups.setdefault(head, set()).add(r"[\s\-–.]{0,2}".join(rest) + tail)
            else:
                groups.setdefault("", set()).add(r"[\s\-–.]{0,2}".join(parts) + tail)
    ordered = [
        f"{head}(?:{'|'.join(sorted(rest, key=lambda each: (-len(each), each)))})"
        for head, rest in sorted(groups.items(), reverse=True)
    ]
    return re.compile(r"(?<![A-Za-z])(?:" + "|".join(ordered) + ")" if ordered else r"(?!)")


def _without_apostrophes(text: str) -> tuple[str, list[int]]:
    offsets = [position for position, character in enumerate(text) if character not in _APOSTROPHES]
    return text.translate(_BARE), offsets
