"""Where a document's statements were read, and how sure each is; values of corrections and claims in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.book import Book, once
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.page import Link
from kgpub.vocabulary import expand

__all__ = ["Evidence", "Read", "evidence", "property_words", "where", "worded"]

_WHY: Final = {
    "seat-of-office": "from the seat of the office",
    "seat-of-body": "from the seat of the body",
    "whereabouts": "from where the person was that day",
    "carrier": "from the letter that carries it",
    "correction": "by a correction",
    "reader-unnamed": "no reader is named",
    "no-form-named": "no form is named",
    "sent-afterwards": "a draft that was sent",
}
"""What an inferred statement goes by, for the rules that infer."""

_PROPERTIES: Final = {
    expand(name): words
    for name, words in {
        "schema:text": "Wording",
        "dcterms:title": "Heading",
        "dcterms:date": "Date",
        "cwc:headingDate": "Date in the heading",
        "cwc:heldAs": "Archival reference",
        "cwc:refersTo": "Letter referred to",
        "cwc:transmission": "Station",
        "cwc:at": "Time of a station",
        "cwc:printedForm": "Spelling of a name",
        "cwc:mentions": "Who or what is mentioned",
        "cwc:via": "Relay",
        "cwc:copyTo": "Copies",
        "cwc:listy": "Leaves",
        "cwc:delo": "Delo",
        "cwc:signedAs": "Cover name signed",
        "cwc:addressedAs": "Cover name addressed",
        "cwc:sentFrom": "Sent from",
        "cwc:sentTo": "Sent to",
        "cwc:office": "Office named",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Read:
    """One place where a value was read."""

    page: str
    lines: str
    printed: str
    certainty: str
    rule: str

    @property
    def words(self) -> str:
        """Say where it stands and what stands there ("p. 42, line 1652: “SHTYKOV”")."""
        place = where(self.page, self.lines)
        printed = f"“{self.printed}”" if self.printed else ""
        sure = self.certainty if self.certainty != "printed" else ""
        why = _WHY.get(self.rule, "") if sure else ""
        said = ", ".join(filter(None, (sure, why)))
        return "; ".join(filter(None, (": ".join(filter(None, (place, printed))), said)))


class Evidence:
    """The readings of one document, by property and value."""

    def __init__(self, book: Book, iri: str) -> None:
        facts = book.facts
        self.sureness: dict[str, int] = {}
        """How many readings there are of each certainty."""
        self._found: dict[tuple[str, str], list[Read]] = defaultdict(list)
        for reading in facts.nodes(iri, "cwc:reading"):
            said = facts.values(reading, "cwc:onValue")
            key = (facts.node(reading, "cwc:onProperty"), said[0].text if said else "")
            names = ("page", "lines", "printedForm", "certainty", "rule")
            self._found[key].append(Read(*(facts.text(reading, f"cwc:{name}") for name in names)))
            sure = facts.text(reading, "cwc:certainty")
            self.sureness[sure] = self.sureness.get(sure, 0) + 1

    def of(self, prefixed: str, value: str) -> tuple[Read, ...]:
        """Return where a value of a property was read, in the order of the lines."""
        return tuple(sorted(self._found.get((expand(prefixed), value), ()), key=_line))

    def values(self, prefixed: str) -> Iterable[tuple[str, Read]]:
        """Yield every value of a property with each of its readings."""
        wanted = expand(prefixed)
        for (stated, value), reads in self._found.items():
            if stated == wanted:
                for read in reads:
                    yield value, read

    def sure(self, prefixed: str, value: str) -> str:
        """Return "inferred" or "conjectured" where no reading has the value in print; else nothing."""
        found = self.of(prefixed, value)
        return "" if not found or any(read.certainty == "printed" for read in found) else found[0].certainty

    def words(self, prefixed: str, value: str) -> tuple[str, ...]:
        """Return in words where a value was read."""
        return tuple(dict.fromkeys(read.words for read in self.of(prefixed, value)))


def evidence(book: Book, iri: str) -> Evidence:
    """Return the readings of a document."""
    return Evidence(book, iri)


def where(page: str, lines: str) -> str:
    """Say a place of the edition ("p. 42, lines 1630–1631")."""
    several = "-" in lines or "," in lines
    said = [f"p{'p' if ',' in page or '-' in page else ''}. {page.replace('-', '–')}"] if page else []
    said += [f"line{'s' if several else ''} {lines.replace('-', '–').replace(',', ', ')}"] if lines else []
    return ", ".join(said)


def property_words(book: Book, predicate: str) -> Link:
    """Return a property as pages name it, with a link to its definition."""
    label = book.facts.label(predicate)
    words = _PROPERTIES.get(predicate) or f"{label[:1].upper()}{label[1:]}"
    return Link(words, book.path(predicate), title=book.short(predicate))


def worded(book: Book, text: str) -> str:
    """Return a value that names things by their ids, or is a date, in words; other text as it is."""
    named = _named(book)
    parts = [part for piece in text.split(", ") for part in piece.split(" ")]
    if text and all(part in named for part in parts):
        return ", ".join(named[part] for part in parts)
    return in_words(text) if text[4:5] == "-" else text


@once
def _named(book: Book) -> Mapping[str, str]:
    """Return what each person, body, office, place and cover name is called, by the last step of its IRI."""
    kinds = ("cwc:Pseudonym", "cwc:Place", "cwc:Office", "cwc:Organisation", "cwc:Person")
    facts = book.facts
    return {iri.rpartition("/")[2].rpartition("#")[2]: facts.label(iri) for kind in kinds for iri in facts.things(kind)}


def _line(read: Read) -> tuple[int, str]:
    first = read.lines.split(",")[0].split("-")[0]
    return (int(first) if first.isdigit() else 0, read.lines)
