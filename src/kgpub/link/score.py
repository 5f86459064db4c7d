"""How well an item agrees with one of ours, part by part; docs/linking.md says what the parts mean.

A total is names x (1 + evidence) / 2: a name alone comes to a half at most, and the rest must be earned by what else is
known of both. What is unknown earns nothing; what contradicts caps the total and is said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgpub.link.dates import Span, apart, joined, read_edtf, read_wikidata, years_between
from kgpub.link.entities import Entity, Tenure
from kgpub.link.items import Item, Position
from kgpub.link.names import Name, script
from kgpub.matching import best, fold

__all__ = ["CAP", "Part", "Score", "score"]

CAP = 0.2
"""The most that an item can come to which contradicts what we know."""

_HUMAN = "Q5"
_NO_THING = {"Q4167410": "a disambiguation page", "Q101352": "a family name", "Q202444": "a given name"}
_YOUNGEST = 15
"""Years of age below which nobody writes or gets such letters."""

_NEAR_DAYS = 13
"""The old calendar and the new are this far apart in the twentieth century."""

_FAR_DAYS = 731
_NEAR_KM, _FAR_KM, _ELSEWHERE_KM = 5.0, 100.0, 300.0
_OFFICE = 0.6
_SAME = {"ussr": "soviet union", "dprk": "north korea", "prc": "china", "rok": "south korea", "usa": "united states"}
_LONG = {
    "democratic people s republic of korea": "north korea",
    "people s republic of china": "china",
    "union of soviet socialist republics": "soviet union",
    "republic of korea": "south korea",
    "united states of america": "united states",
}
_EMPTY_WORDS = {"of", "the", "to", "in", "at", "for", "and", "a"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was compared: its value from 0 to 1, None where one side does not know it, and what was seen."""

    name: str
    value: float | None
    said: str
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The total from 0 to 1, and the parts it is made of; names first."""

    total: float
    parts: tuple[Part, ...]

    @property
    def excluded(self) -> tuple[str, ...]:
        """What makes the item another thing, in words."""
        return tuple(part.said for part in self.parts if part.contradicts)

    @property
    def agreed(self) -> tuple[str, ...]:
        """What agrees, in the words of the ledger."""
        words = {
            "names": "name",
            "dates": "dates",
            "offices": "office",
            "coordinates": "coordinates",
            "within": "place",
        }
        return tuple(
            words[part.name]
            for part in self.parts
            if part.name in words and part.value is not None and part.value >= 0.7
        )


Compare = Callable[[Entity, Item, Mapping[str, str]], Part]


def score(entity: Entity, item: Item, links: Mapping[str, str] | None = None) -> Score:
    """Compare an entity with an item; `links` has the accepted items by our ids, so that what they name can be compared."""
    weights = _WEIGHTS[entity.kind]
    names, kind = _names(entity, item), _kind(entity, item)
    rest = {name: _COMPARE[name](entity, item, links or {}) for name in weights}
    evidence = sum(weight * (rest[name].value or 0.0) for name, weight in weights.items())
    total = (names.value or 0.0) * (1 + evidence) / 2
    parts = (names, kind, *rest.values())
    if any(part.contradicts for part in parts):
        total = min(total, CAP)
    return Score(round(total, 3), parts)


def _names(entity: Entity, item: Item) -> Part:
    """The names alike in each script; those in the script of the country count for more than those in Latin letters."""
    alike: dict[str, tuple[float, str, str]] = {}
    theirs = _by_script(item.names)
    for written, ours in _by_script(entity.names).items():
        found = [(*best(one, theirs.get(written, ())), one) for one in ours]
        value, their, our = max(found)
        if their:
            alike[written] = (value, our, their)
    if not alike:
        return Part("names", 0.0, "no name of ours in a script that the item has")
    latin = alike.get("Latin", (0.0, "", ""))[0]
    native = max((value for written, (value, _, _) in alike.items() if written != "Latin"), default=None)
    value = 0.9 * latin if native is None else native
    if native is not None and "Latin" in alike:
        value = 0.6 * native + 0.4 * latin
    said = "; ".join(f"{our} ~ {their} {value:.2f}" for value, our, their in (alike[one] for one in sorted(alike)))
    return Part("names", round(value, 4), said)


def _by_script(names: Iterable[Name]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(script(name.text), []).append(name.text)
    return found


def _kind(entity: Entity, item: Item) -> Part:
    """Whether the item can be a thing of this kind at all; it earns nothing and can only exclude."""
    if not item.types:
        return Part("kind", None, "the item does not say what it is")
    for type_ in item.types:
        if type_ in _NO_THING:
            return Part("kind", 0.0, f"it is {_NO_THING[type_]}", contradicts=True)
    human = _HUMAN in item.types
    if human != (entity.kind == "person"):
        said = "it is a human" if human else "it is no human"
        return Part("kind", 0.0, f"{said}, ours is of the kind {entity.kind}", contradicts=True)
    return Part("kind", 1.0, "it is a human" if human else "it is no human")


def _dates(entity: Entity, item: Item, links: Mapping[str, str]) -> Part:
    if entity.kind == "person":
        pairs = (("born", entity.born, item.born), ("died", entity.died, item.died))
    else:
        pairs = (("began", entity.start, item.began), ("ended", entity.end, item.ended))
    found = [part for word, ours, theirs in pairs if (part := _day(word, ours, theirs))]
    if not found:
        return Part("dates", None, "not known on both sides")
    # One end that agrees is good, both are better; where they disagree, the worse one counts.
    value = min(part.value or 0.0 for part in found) * (0.7 if len(found) == 1 else 1.0)
    said = "; ".join(part.said for part in found)
    return Part("dates", round(value, 4), said, any(part.contradicts for part in found))


def _day(word: str, ours: str, theirs: Sequence[str]) -> Part | None:
    day = read_edtf(ours) if ours else None
    others = [span for one in theirs if (span := read_wikidata(one))]
    if not day or not others:
        return None
    days, other = min((apart(day, one), str(one)) for one in others)
    said = f"{word} {ours}, there {_shown(other)}"
    if days == 0:
        return Part("", 1.0, said)
    if days <= _NEAR_DAYS:
        return Part("", 0.9, said)
    if days <= _FAR_DAYS:
        return Part("", 0.3, f"{said}: not the same")
    return Part("", 0.0, f"{said}: years apart", contradicts=True)


def _activity(entity: Entity, item: Item, links: Mapping[str, str]) -> Part:
    """Whether the item existed when ours is seen: alive to act, or founded by then; who is mentioned may be dead."""
    human = entity.kind == "person"
    begin, end = (_outer(item.born), _outer(item.died)) if human else (_outer(item.began), None)
    seen, active = entity.seen(), entity.active()
    if seen is None or (begin is None and end is None):
        return Part("activity", None, "not known on both sides")
    if begin and begin.first > seen.first:
        word = "born" if human else "founded"
        said = f"{word} {_shown(str(begin))}, but ours is seen from {seen.first}"
        return Part("activity", 0.0, said, contradicts=True)
    if active is None:
        return Part("activity", None, "ours is only mentioned")
    acts = _shown(str(active))
    if human and begin and (age := years_between(begin.first, active.first)) < _YOUNGEST:
        return Part("activity", 0.0, f"{age} years old at most when ours first acts, {acts}", contradicts=True)
    if end and end.last < active.last:
        return Part("activity", 0.0, f"died {_shown(str(end))}, but ours acts in {acts}", contradicts=True)
    return Part("activity", 1.0 if not human or (begin and end) else 0.6, f"there in {acts}")


def _outer(times: Iterable[str]) -> Span | None:
    return joined(span for one in times if (span := read_wikidata(one)))


def _offices(entity: Entity, item: Item, links: Mapping[str, str]) -> Part:
    """The best pair of a tenure of ours and a position of the item: the office alike, and held in the same days."""
    if not entity.tenures or not item.positions:
        return Part("offices", None, "not known on both sides")
    pairs = [_held(ours, theirs, entity, links) for ours in entity.tenures for theirs in item.positions]
    value, said = max(pairs)
    return Part("offices", value, said or "no office of ours is among the item's")


def _held(ours: Tenure, theirs: Position, entity: Entity, links: Mapping[str, str]) -> tuple[float, str]:
    alike = 1.0 if links.get(ours.office) == theirs.item else _office_alike(ours.names, theirs.names)
    if alike < _OFFICE:
        return 0.0, ""
    named = theirs.names[0].text if theirs.names else theirs.item
    mine = _between(read_edtf(ours.start), read_edtf(ours.end)) or entity.active()
    other = _between(read_wikidata(theirs.start), read_wikidata(theirs.end))
    if not mine or not other:
        return round(0.6 * alike, 4), f"{named}, when is not known on both sides"
    if apart(mine, other):
        return 0.0, f"{named}, but in {_shown(str(other))}"
    return round(alike, 4), f"{named}, {_shown(str(other))}"


def _between(start: Span | None, end: Span | None) -> Span | None:
    if not start and not end:
        return None
    return Span(start.first if start else "0001-01-01", end.last if end else "9999-12-31")


def _office_alike(ours: Sequence[Name], theirs: Sequence[Name]) -> float:
    values = [0.0]
    for one in ours:
        for other in theirs:
            if script(one.text) == script(other.text):
                mine, their = _words(one.text), _words(other.text)
                shared = len(mine & their) / max(len(mine | their), 1)
                values.append(shared)
    return max(values)


def _words(text: str) -> set[str]:
    folded = fold(text.replace("'", " ").replace("’", " ").replace(",", " "))
    for long, short in _LONG.items():
        folded = folded.replace(long, short)
    return {word for one in folded.split() for word in _SAME.get(one, one).split()} - _EMPTY_WORDS


def _coordinates(entity: Entity, item: Item, links: Mapping[str, str]) -> Part:
    if entity.latitude is None or entity.longitude is None or not item.points:
        return Part("coordinates", None, "not known on both sides")
    far = min(_kilometres((entity.latitude, entity.longitude), point) for point in item.points)
    value = min(max((_FAR_KM - far) / (_FAR_KM - _NEAR_KM), 0.0), 1.0)
    return Part("coordinates", round(value, 4), f"{far:.1f} km apart", contradicts=far > _ELSEWHERE_KM)


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lat, long), (lat2, long2) = ([math.radians(value) for value in point] for point in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((long2 - long) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def _within(entity: Entity, item: Item, links: Mapping[str, str]) -> Part:
    """Whether both lie in, or belong to, one larger thing: by its accepted item, else by its name."""
    if not entity.within or not item.within:
        return Part("within", None, "not known on both sides")
    for one in entity.within:
        if links.get(one) in item.within:
            return Part("within", 1.0, f"both in {one} ({links[one]})")
    value, ours, theirs = max(
        ((*best(our.text, (one.text for one in item.within_names)), our.text) for our in entity.within_names),
        default=(0.0, "", ""),
    )
    if value >= 0.9:
        return Part("within", 1.0, f"both in {ours}")
    return Part("within", 0.0, f"ours in {entity.within[0]}, there in {theirs or item.within[0]}")


def _shown(span: str) -> str:
    """Shorten whole years and months: 1953-01-01…1953-12-31 is 1953, and days that are open at one end lose it."""
    first, _, last = span.partition("…")
    if last and first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4]
    return f"{'' if first.startswith('0001') else first}…{'' if last.startswith('9999') else last}" if last else first


_COMPARE: dict[str, Compare] = {
    "dates": _dates,
    "activity": _activity,
    "offices": _offices,
    "coordinates": _coordinates,
    "within": _within,
}
_WEIGHTS: dict[str, dict[str, float]] = {
    "person": {"dates": 0.5, "offices": 0.3, "activity": 0.2},
    "organisation": {"within": 0.6, "activity": 0.4},
    "place": {"coordinates": 0.7, "within": 0.3},
    "event": {"dates": 1.0},
}
"""What else is compared for each kind, and what share of the evidence it is."""
