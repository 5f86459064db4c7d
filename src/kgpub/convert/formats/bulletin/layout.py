"""What an editor knows of a text's layout, as data: series of documents, pages, other articles, lines out of order."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kgpub.convert.formats.bulletin.lines import parse_lines

__all__ = ["HEADINGS", "KEYS", "Away", "BadLayout", "Layout", "Region", "Series", "Sorted", "Told", "layout_from"]

# The ways of numbering that a series can name: the first four run from heading to heading, the others end at a source note.
HEADINGS = (
    *("any", "number-date", "document-number", "number-form", "number-alone"),
    *("labelled", "sign", "figure", "figure-alone", "roman", "letter", "unnumbered"),
)
# Every key of the file; of a table of entries, the keys of each.
KEYS: Mapping[str, tuple[str, ...]] = {
    "home": (),
    "running_heads": (),
    "source_notes": (),
    "archives": (),
    "pages": (),
    "series": ("prefix", "digits", "first", "last", "publication", "translator", "translators", "heading", "pattern"),
    "regions": ("kind", "title", "lines"),
    "documents": ("id", "lines", "heading"),
    "messages": ("document", "lines", "form", "date", "sender", "recipient"),
    "away": ("actor", "from", "until", "place"),
}


class BadLayout(ValueError):
    """The layout file says something that cannot be followed; the message names the key."""


@dataclass(frozen=True, slots=True)
class Series:
    """Documents that one editor published under one numbering."""

    prefix: str = "D"
    publication: str = ""
    translators: tuple[str, ...] = ()
    heading: str = "any"
    pattern: str = ""
    digits: int = 3
    first: int = 1
    last: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that belong to no document: another article, an index, an editor's interjection, a running head."""

    kind: str
    owner: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """A document printed out of order: its lines in the order of reading; `heading` where the heading's end is not plain."""

    id: str
    numbers: tuple[int, ...]
    heading: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody away from the seat of office from one ISO day until another, and where, if that is known."""

    actor: str
    start: str
    end: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A message inside a document that only an editor can tell: its lines, and what the lines leave open, as values."""

    document: str
    numbers: tuple[int, ...]
    values: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    @property
    def given(self) -> dict[str, dict[str, str]]:
        """The values by field: `form`, `date`, `sender`, `recipient`, each with its lines."""
        return {name: dict(pairs) for name, pairs in self.values}


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout rules of one text; the defaults find documents in a text that nobody described."""

    series: tuple[Series, ...] = (Series(),)
    pages: tuple[tuple[int, int], ...] = ()
    regions: tuple[Region, ...] = ()
    sorted: tuple[Sorted, ...] = ()
    messages: tuple[Told, ...] = ()
    archives: tuple[tuple[str, str], ...] = ()
    running_heads: tuple[str, ...] = ()
    source_notes: tuple[str, ...] = ()
    home: str = ""
    away: tuple[Away, ...] = ()
    described: bool = False

    def whereabouts(self, actor: str, day: str) -> str | None:
        """Return where an actor away from the seat of office was on a day, "" where that is not known; None at the seat."""
        return next((one.place for one in self.away if one.actor == actor and one.start <= day <= one.end), None)


def layout_from(data: Mapping[str, Any]) -> Layout:
    """Return the layout of a parsed layout file; an empty one gives the defaults. Raises BadLayout."""
    if not data:
        return Layout()
    try:
        _check_keys(data)
        return Layout(
            series=tuple(_series(entry) for entry in data.get("series", ())) or (Series(),),
            pages=tuple(sorted((int(start), int(page)) for page, start in data.get("pages", {}).items())),
            regions=tuple(
                Region(str(entry["kind"]), str(entry.get("title", "")), tuple(parse_lines(entry["lines"])))
                for entry in data.get("regions", ())
            ),
            sorted=tuple(_sorted(entry) for entry in data.get("documents", ())),
            messages=tuple(_told(entry) for entry in data.get("messages", ())),
            archives=tuple((str(name), str(form)) for name, form in data.get("archives", {}).items()),
            running_heads=_patterns("running_heads", data.get("running_heads", ())),
            source_notes=_patterns("source_notes", data.get("source_notes", ())),
            home=str(data.get("home", "")),
            away=tuple(
                Away(str(e["actor"]), str(e["from"]), str(e["until"]), str(e.get("place", "")))
                for e in data.get("away", ())
            ),
            described=True,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadLayout(_complaint(error)) from error


def _check_keys(data: Mapping[str, Any]) -> None:
    for name in data:
        if name not in KEYS:
            raise ValueError(_unknown(name, "layout.toml", KEYS))
    for table, keys in KEYS.items():
        for entry in data.get(table, ()) if keys else ():
            for name in entry:
                if name not in keys:
                    raise ValueError(_unknown(name, f"[[{table}]]", keys))


def _unknown(name: str, where: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), 1)
    nearest = f"; the nearest is {close[0]!r}" if close else f"; known are {', '.join(known)}"
    return f"{where} has no key {name!r}{nearest}"


def _series(entry: Mapping[str, Any]) -> Series:
    heading = str(entry.get("heading", "any"))
    if heading not in HEADINGS:
        raise ValueError(f"[[series]] heading = {heading!r} is no way of numbering; known are {', '.join(HEADINGS)}")
    translators = entry.get("translators", [entry["translator"]] if "translator" in entry else [])
    return Series(
        prefix=str(entry["prefix"]),
        publication=str(entry.get("publication", "")),
        translators=tuple(map(str, translators)),
        heading=heading,
        pattern="".join(_patterns("[[series]] pattern", [entry["pattern"]] if "pattern" in entry else [])),
        digits=int(entry.get("digits", 3)),
        first=int(entry.get("first", 1)),
        last=int(entry.get("last", 0)),
    )


def _sorted(entry: Mapping[str, Any]) -> Sorted:
    heading = tuple(parse_lines(entry["heading"])) if "heading" in entry else ()
    return Sorted(str(entry["id"]), tuple(parse_lines(entry["lines"])), heading)


def _told(entry: Mapping[str, Any]) -> Told:
    values = {name: entry[name] for name in ("form", "date", "sender", "recipient") if name in entry}
    given = tuple((name, tuple((str(k), str(v)) for k, v in value.items())) for name, value in values.items())
    return Told(str(entry["document"]), tuple(parse_lines(entry["lines"])), given)


def _patterns(key: str, patterns: Sequence[str]) -> tuple[str, ...]:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{key}: {pattern!r} is no regular expression: {error}") from error
    return tuple(map(str, patterns))


def _complaint(error: Exception) -> str:
    return f"the key {error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
