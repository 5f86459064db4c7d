"""A raw record to a `Document`: ids are looked up, dates held to the calendar, and what does not fit becomes a problem."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date as calendar_date
from typing import Any, TypeVar

from kgpub.convert.archive_pages import ArchivePages
from kgpub.convert.context import Context
from kgpub.convert.corrections import Corrected, correct
from kgpub.convert.enclosed import enclosure_problems
from kgpub.convert.lines import parse_runs
from kgpub.convert.records import (
    Citation,
    Copy,
    Document,
    Edition,
    Evidence,
    Mention,
    Note,
    Party,
    Reference,
    RegistryNumber,
    Transmission,
    Value,
)
from kgpub.convert.resolutions import Resolutions
from kgpub.model import Problem, RawLayer, RawRecord

__all__ = ["read_document", "unit_steps"]

T = TypeVar("T")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ACTOR = ("person", "organisation")


def read_document(raw: RawRecord, context: Context) -> tuple[Document, list[Problem]]:
    """Return the document that a raw record describes, with its corrections applied, and everything wrong in it."""
    corrected = correct(raw.record, raw.corrections)
    reader = _Reader(raw, context, corrected)
    document = reader.document(corrected.data, "", None)
    return document, [
        *corrected.problems,
        *reader.problems,
        *enclosure_problems(corrected.data, raw.record, raw.description),
        *reader.unused_notes(),
        *reader.resolutions.misfits(),
        *reader.archive_pages.problems(),
    ]


class _Reader:
    def __init__(self, raw: RawRecord, context: Context, corrected: Corrected) -> None:
        self.raw = raw
        self.context = context
        self.corrected = corrected
        self.resolutions = Resolutions(raw.corrections)
        self.archive_pages = ArchivePages(raw.pages, context)
        self.problems: list[Problem] = []
        given = raw.description.data.get("notes", ()) if raw.description is not None else ()
        self._note_words = {str(note["lines"]): str(note["summary"]) for note in given}
        self._noted: set[str] = set()
        self._lines_of_notes: set[str] = set()

    def unused_notes(self) -> Iterator[Problem]:
        """Yield a problem for each note of the description whose lines are those of no note of the record."""
        layer = self.raw.description
        for index, note in enumerate(layer.data.get("notes", ()) if layer is not None else ()):
            lines = str(note["lines"])
            if layer is not None and lines not in self._noted:
                where = f"notes[{index}].lines"
                near = difflib.get_close_matches(lines, sorted(self._lines_of_notes), 1, 0.3)
                advice = f"Did you mean {near[0]}?" if near else "The record has no notes; take it out."
                yield Problem(
                    layer.file, layer.line(where), where, lines, "is where no note of the record stands", advice
                )

    # -- documents -------------------------------------------------------------------------------------------------

    def document(self, data: Mapping[str, Any], path: str, carrier: Document | None) -> Document:
        own = str(data["id"])
        subject = self.corrected.same_item_as if carrier is None and self.corrected.same_item_as else own
        words = self._words(own, carrier)
        layer = self.raw.description
        head = Document(
            id=own,
            subject=subject,
            file=self.raw.record.file,
            lines=self._lines(data, path),
            path=path,
            pages=self._item(data.get("pages", ()), _below(path, "pages"), self._pages)
            or (carrier.pages if carrier else ()),
            edition=self._one(data, path, "edition", lambda item, below: self._edition(own, item, below)),
            form=self._one(data, path, "form", self._concept("form")),
            date=self._one(data, path, "date", self._dated),
            heading_date=self._one(data, path, "headingDate", self._dated),
            senders=self._many(data, path, "senders", self._party),
            recipients=self._many(data, path, "recipients", self._party),
            relays=self._many(data, path, "relays", self._party),
            signers=self._many(data, path, "signers", self._party),
            sent_from=self._many(data, path, "sentFrom", self._place),
            sent_to=self._many(data, path, "sentTo", self._place),
            telegram_numbers=self._many(data, path, "telegramNumber", self._value),
            outgoing_numbers=self._many(data, path, "outgoingNumber", self._value),
            registry_numbers=self._many(data, path, "registryNumbers", self._registry_number),
            references=self._many(data, path, "references", self._reference),
            classifications=self._many(data, path, "classifications", self._concept("classification")),
            urgency=self._many(data, path, "urgency", self._concept("urgency")),
            series_marks=self._many(data, path, "seriesMarks", self._value),
            transmissions=self._many(data, path, "transmissions", self._transmission),
            copies=self._many(data, path, "copies", self._copy),
            citations=self._many(data, path, "citations", self._citation),
            notes=self._many(data, path, "notes", self._note),
            mentions=self._many(data, path, "mentions", self._mention),
            emendations=tuple(one for one in self.corrected.emendations if one.document == own),
            archive_pages=self.archive_pages.pages_of(own),
            claims=self.archive_pages.claims_of(own),
            title=words.get("title", ""),
            abstract=words.get("abstract", ""),
            topics=self._topics(words, own, carrier),
            words_file=layer.file if layer and words else "",
            words_path=f"enclosures.{own}" if words and carrier else path,
        )
        enclosed = self._many(data, path, "enclosures", lambda item, below: self.document(item, below, head))
        return replace(head, enclosures=enclosed)

    def _words(self, own: str, carrier: Document | None) -> Mapping[str, Any]:
        if self.raw.description is None:
            return {}
        data: Mapping[str, Any] = self.raw.description.data
        if carrier is None:
            return data
        found: Mapping[str, Any] = data.get("enclosures", {}).get(own, {})
        return found

    def _topics(self, words: Mapping[str, Any], own: str, carrier: Document | None) -> tuple[Value, ...]:
        layer = self.raw.description
        if layer is None:
            return ()
        base = "topics" if carrier is None else f"enclosures.{own}.topics"
        topics = []
        for index, topic in enumerate(words.get("topics", ())):
            path = f"{base}[{index}]"
            self._known(topic, layer, path, "topic", sorted(self.context.concepts.get("topic", ())))
            topics.append(Value(topic, Evidence(layer.file, path)))
        return tuple(topics)

    # -- fields ----------------------------------------------------------------------------------------------------

    def _one(self, data: Mapping[str, Any], path: str, name: str, read: Callable[[Any, str], T]) -> T | None:
        item = data.get(name)
        below = _below(path, name)
        return self._item({"value": item} if isinstance(item, str) else item, below, read) if item is not None else None

    def _many(self, data: Mapping[str, Any], path: str, name: str, read: Callable[[Any, str], T]) -> tuple[T, ...]:
        below, given = _below(path, name), data.get(name, ())
        if not isinstance(given, list | tuple):
            self._problem(below, str(given), "must be a list", "Write it as a list: [{…}].")
            return ()
        items = (self._item(item, f"{below}[{index}]", read) for index, item in enumerate(given) if item is not None)
        return tuple(item for item in items if item is not None)

    def _item(self, item: Any, path: str, read: Callable[[Any, str], T]) -> T | None:
        try:
            return read(item, path)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # Records are held to their schema, but a correction may bring in a value of any shape.
            if not self._moved(path)[0]:
                raise
            what = f"lacks {error.args[0]}" if isinstance(error, KeyError) else "is not written as this field is"
            shown = item if isinstance(item, str) else ""
            self._problem(path, shown, what, "See docs/records.md for the keys of each field.")
            return None

    def _evidence(self, item: Mapping[str, Any], path: str) -> Evidence:
        lines = str(item.get("lines", ""))
        if lines:
            self._runs(lines, f"{path}.lines")
        file, where, certainty = self._moved(path)
        rule = "correction" if file else item.get("rule", "")
        return Evidence(
            file=file or self.raw.record.file,
            path=where or path,
            lines=lines,
            printed=str(item.get("printed", "")),
            rule=rule,
            certainty=certainty or item.get("certainty", "printed"),
        )

    def _moved(self, path: str) -> tuple[str, str, str]:
        for moved, (file, where, certainty) in self.corrected.moved.items():
            if moved == path or moved.startswith(f"{path}."):
                return file, where, certainty
            if path.startswith((f"{moved}.", f"{moved}[")):
                return file, f"{where}{path[len(moved) :]}", certainty
        return "", "", ""

    def _value(self, item: Mapping[str, Any], path: str) -> Value:
        return Value(str(item["value"]), self._evidence(item, path))

    def _dated(self, item: Mapping[str, Any], path: str) -> Value:
        self._calendar(str(item["value"]), f"{path}.value")
        return self._value(item, path)

    def _concept(self, scheme: str) -> Callable[[Any, str], Value]:
        def read(item: Mapping[str, Any], path: str) -> Value:
            self._known(item["value"], None, f"{path}.value", scheme, sorted(self.context.concepts.get(scheme, ())))
            return self._value(item, path)

        return read

    def _place(self, item: Mapping[str, Any], path: str) -> Value:
        self._entity(item["place"], f"{path}.place", "place")
        return Value(item["place"], self._evidence(item, path))

    def _party(self, item: Mapping[str, Any], path: str) -> Party:
        actor = item.get("actor", "")
        if actor:
            self._entity(actor, f"{path}.actor", *_ACTOR)
        cover_name = item.get("as", "")
        if cover_name:
            known = list(self.context.cover_names.get(actor, ()))
            if "person" in self.context.files:
                self._known(cover_name, None, f"{path}.as", f"cover name of {actor or 'anybody'}", known)
        office = item.get("office", "")
        if office:
            self._entity(office, f"{path}.office", "office")
        return Party(actor, self.context.kinds.get(actor, ""), cover_name, office, self._evidence(item, path))

    def _copy(self, item: Mapping[str, Any], path: str) -> Copy:
        party = self._party(item, path)
        return Copy(party.actor, party.kind, int(item.get("count", 0)), party.evidence)

    def _registry_number(self, item: Mapping[str, Any], path: str) -> RegistryNumber:
        return RegistryNumber(item["kind"], str(item["value"]), self._evidence(item, path))

    def _reference(self, item: Mapping[str, Any], path: str) -> Reference:
        if "date" in item:
            self._calendar(str(item["date"]), f"{path}.date")
        return Reference(
            relation=item["relation"],
            number=item.get("number", ""),
            number_end=item.get("numberEnd", ""),
            date=str(item.get("date", "")),
            senders=tuple(self._actors(item.get("from"), f"{path}.from")),
            recipients=tuple(self._actors(item.get("to"), f"{path}.to")),
            evidence=self._evidence(item, path),
            resolution=self.resolutions.of(path, str(item.get("printed", ""))),
        )

    def _actors(self, given: Any, path: str) -> Iterator[tuple[str, str]]:
        for actor in [given] if isinstance(given, str) else given or ():
            self._entity(actor, path, *_ACTOR)
            yield actor, self.context.kinds.get(actor, "")

    def _transmission(self, item: Mapping[str, Any], path: str) -> Transmission:
        at, agent, place = str(item.get("at", "")), item.get("agent", ""), item.get("place", "")
        if at:
            self._calendar(at, f"{path}.at")
        if place:
            self._entity(place, f"{path}.place", "place")
        if agent:
            self._entity(agent, f"{path}.agent", *_ACTOR)
        self._known(item["stage"], None, f"{path}.stage", "stage", sorted(self.context.concepts.get("stage", ())))
        kind = self.context.kinds.get(agent, "")
        means, copies = item.get("means", ""), int(item.get("copies", 0))
        return Transmission(item["stage"], at, place, agent, kind, means, copies, self._evidence(item, path))

    def _citation(self, item: Mapping[str, Any], path: str) -> Citation:
        self._entity(item["archive"], f"{path}.archive", "archive")
        # What is printed stays as printed, misprints included; the unit it leads to is the right one.
        printed = self._as_printed(path) or item
        parts = {key: str(printed.get(key, "")) for key in ("archive", "fond", "opis", "papka", "delo", "listy")}
        return Citation(**parts, unit=unit_steps(item), evidence=self._evidence(item, path))

    def _as_printed(self, path: str) -> Mapping[str, Any]:
        """Return what stands at a path of the record before its corrections; nothing where they added it."""
        found: Any = self.raw.record.data
        for name, index in re.findall(r"(\w+)\[(\d+)\]", path):
            items = found.get(name, ())
            if int(index) >= len(items):
                return {}
            found = items[int(index)]
        return found if isinstance(found, Mapping) else {}

    def _note(self, item: Mapping[str, Any], path: str) -> Note:
        by, on = item.get("by", ""), str(item.get("on", ""))
        if by:
            self._entity(by, f"{path}.by", *_ACTOR)
        if on:
            self._calendar(on, f"{path}.on")
        lines = str(item.get("lines", ""))
        self._lines_of_notes.add(lines)
        summary = item.get("summary") or self._note_words.get(lines, "")
        if lines in self._note_words:
            self._noted.add(lines)
        return Note(item["kind"], by, self.context.kinds.get(by, ""), on, summary, self._evidence(item, path))

    def _mention(self, item: Mapping[str, Any], path: str) -> Mention:
        key = next(name for name in ("actor", "place", "organisation", "event") if name in item)
        kinds = _ACTOR if key == "actor" else (key,)
        self._entity(item[key], f"{path}.{key}", *kinds)
        return Mention(item[key], self.context.kinds.get(item[key], key), self._evidence(item, path))

    def _edition(self, own: str, item: Mapping[str, Any], path: str) -> Edition:
        self._entity(item["publication"], f"{path}.publication", "edition")
        key = "translators" if "translators" in item else "translator"
        translators = tuple(self._actors(item.get(key), f"{path}.{key}"))
        number = str(item["number"])
        return Edition(own, item["publication"], number, translators, self._evidence(item, path))

    def _lines(self, data: Mapping[str, Any], path: str) -> str:
        lines = str(data["lines"])
        self._runs(lines, _below(path, "lines"))
        return lines

    def _pages(self, items: Any, path: str) -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
        table = []
        for index, item in enumerate(items):
            runs = self._runs(str(item["lines"]), f"{path}[{index}].lines")
            table.append((str(item["page"]), runs))
        return tuple(table)

    # -- checks ----------------------------------------------------------------------------------------------------

    def _runs(self, text: str, path: str) -> tuple[tuple[int, int], ...]:
        try:
            return parse_runs(text)
        except ValueError as error:
            self._problem(path, text, f"is not a range of lines: {error}", "Write first-last, as 1573-1575.")
            return ()

    def _entity(self, identifier: str, path: str, *kinds: str) -> bool:
        # Where an authority file could not be read, that is the problem; every id of its kind would only repeat it.
        if self.context.kinds.get(identifier) in kinds or any(kind not in self.context.files for kind in kinds):
            return True
        files = ", ".join(self.context.files[kind] for kind in kinds if kind in self.context.files)
        names = " or ".join("publication" if kind == "edition" else kind for kind in kinds)
        return self._unknown(
            identifier, None, path, names, self.context.ids(*kinds), f", or add it to {files}" if files else ""
        )

    def _known(self, value: str, layer: RawLayer | None, path: str, what: str, known: list[str]) -> bool:
        return value in known or self._unknown(value, layer, path, what, known, "")

    def _unknown(self, value: str, layer: RawLayer | None, path: str, what: str, known: list[str], where: str) -> bool:
        near = difflib.get_close_matches(value, known, 1, 0.5)
        advice = f"Did you mean {near[0]!r}?" if near else f"Use one of the {len(known)} known ids"
        if not near and len(known) <= 12:
            advice = f"Known: {', '.join(known) or 'none'}"
        self._problem(
            path,
            value,
            f"is not a known {what}",
            f"{advice.rstrip('?')}{where}{'?' if near and not where else '.'}",
            layer,
        )
        return False

    def _calendar(self, value: str, path: str) -> None:
        for year, month, day in _DAY.findall(value):
            try:
                calendar_date(int(year), int(month), int(day))
            except ValueError as error:
                self._problem(
                    path,
                    value,
                    f"is not a day of the calendar: {error}",
                    "Write it as YYYY-MM-DD, or EDTF where it is partial.",
                )

    def _problem(self, path: str, value: str, message: str, advice: str, layer: RawLayer | None = None) -> None:
        file, where, _ = self._moved(path) if layer is None else ("", "", "")
        if file and self.raw.corrections is not None:
            layer, path = self.raw.corrections, where
        layer = layer or self.raw.record
        self.problems.append(Problem(layer.file, layer.line(path), path, value, message, advice))


def unit_steps(item: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return a citation's unit from the archive down; levels not given are left out.

    A level below a gap is left out too: without its fond a delo's number names nothing.
    """
    steps = [("archive", str(item["archive"]))]
    for level in ("fond", "opis", "papka", "delo"):
        if number := str(item.get(level, "")):
            steps.append((level, number))
        elif level != "papka":
            break
    return tuple(steps)


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
