"""Where the page of a letter comes from in sentences, how the letter is cited, and what search engines are told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.cite import Citation, cited
from kgpub.publish.pages.corrections import Correction
from kgpub.publish.pages.dates import day_of
from kgpub.publish.pages.evidence import Evidence, where
from kgpub.publish.pages.leaves import Copy, copies_of
from kgpub.publish.pages.letters import Letter
from kgpub.publish.pages.printed import Printed, editions_of, page_words

__all__ = ["citation", "provenance", "schema"]

_SCHEMA: Final = {"Person": "Person", "Organisation": "Organization", "Place": "Place", "Event": "Event"}


def provenance(
    book: Book, letter: Letter, editions: Sequence[Printed], read: Evidence, corrections: Sequence[Correction]
) -> tuple[str, ...]:
    """Return sentences that say where the page comes from: lines, pages, corrections, files, release."""
    said = [_read_from(edition) for edition in editions]
    if letter.enclosed_in and not editions:
        said.append(f"Printed inside the letter that carries it: {book.facts.label(letter.enclosed_in)}.")
        said += [_read_from(edition) for edition in editions_of(book, _outermost(book, letter.iri))]
    said.append(_counted(read))
    said += [f"{one.property.text} corrected because: {one.reason}" for one in corrections if one.reason]
    graphs = [iri for name in _graphs(book, letter) if (iri := book.iri(f"graph/{name}")) in book.facts]
    files = sorted({file for graph in graphs for file in book.facts.nodes(graph, "prov:wasDerivedFrom")})
    if files:
        names = ", ".join(book.own(file).removeprefix("file/") for file in files)
        said.append(f"{len(files)} file{'s' if len(files) > 1 else ''} of the corpus: {names}.")
    runs = sorted({run for graph in graphs for run in book.facts.nodes(graph, "prov:wasGeneratedBy")})
    said += [f"Release {run.rpartition('release-')[2]}." for run in runs]
    return tuple(filter(None, said))


def _read_from(edition: Printed) -> str:
    lines = f"{where('', edition.lines)} of the text, " if edition.lines else ""
    number = f", where it is no. {edition.number}" if edition.number else ""
    pages = f"{page_words(edition.pages)} of " if edition.pages else ""
    return f"Read from {lines}{pages}“{edition.publication.text}”{number}."


def _counted(read: Evidence) -> str:
    count = sum(read.sureness.values())
    kinds = [
        f"{read.sureness[kind]} {kind}" for kind in ("printed", "inferred", "conjectured") if kind in read.sureness
    ]
    return f"{count} statement{'s' if count > 1 else ''} read: {', '.join(kinds)}." if count else ""


def _outermost(book: Book, iri: str) -> str:
    """Return the letter that in the end carries a letter; itself where none does."""
    seen = [iri]
    while (carrier := book.facts.node(seen[-1], "cwc:enclosedIn")) and carrier not in seen:
        seen.append(carrier)
    return seen[-1]


def _graphs(book: Book, letter: Letter) -> list[str]:
    """Return the names of the graphs that speak of a letter: a carrier's has those of what it carries."""
    names = book.facts.texts(letter.iri, "dcterms:identifier")
    outer, seen = letter.iri, {letter.iri}
    while (outer := book.facts.node(outer, "cwc:enclosedIn")) and outer not in seen:
        seen.add(outer)
        names += book.facts.texts(outer, "dcterms:identifier")
    return sorted(set(names))


def citation(book: Book, letter: Letter, editions: Sequence[Printed], copies: Sequence[Copy]) -> Citation:
    """Return the citation of a letter: title, archive, edition, and this record of it."""
    facts = book.facts
    # A message inside another lies and is printed where its carrier does.
    outer = _outermost(book, letter.iri)
    copies = copies or copies_of(book, outer)
    editions = editions or editions_of(book, outer)
    where_from = [
        f"Inside: {facts.label(letter.enclosed_in)}" if letter.enclosed_in else "",
        copies[0].reference if copies else "",
        f"Printed in {editions[0].words}" if editions else "",
    ]
    note = ". ".join(filter(None, where_from))
    names = {
        "author": [{"literal": facts.label(one)} for one in letter.senders],
        "recipient": [{"literal": facts.label(one)} for one in letter.recipients],
    }
    fields: dict[str, Any] = {name: value for name, value in names.items() if value}
    if letter.form:
        fields["genre"] = facts.label(letter.form)
    if copies:
        fields["archive"] = copies[0].archive.text
        fields["archive_location"] = "; ".join(copy.reference for copy in copies)
    if editions:
        fields["note"] = "Printed in " + "; ".join(edition.words for edition in editions)
    if parts_of_date := _date_parts(letter.date):
        fields["original-date"] = {"date-parts": [parts_of_date]}
    plain = f"{letter.title}. {note}" if note else letter.title
    return cited(book, letter.iri, letter.title, plain=plain, note=note, kind="personal_communication", csl=fields)


def _date_parts(when: str) -> list[int]:
    """Return year, month and day as far as a date has them; nothing for a span or what is no date."""
    if not day_of(when) or "/" in when:
        return []
    return [int(piece) for piece in when[:10].rstrip("?~%").split("-")]


def schema(book: Book, letter: Letter, editions: Sequence[Printed], copies: Sequence[Copy]) -> dict[str, Any]:
    """Return what schema.org calls a message: sender, recipient, date, subjects, archive, edition."""
    facts = book.facts
    found: dict[str, Any] = {
        "@type": ["Message", "ArchiveComponent"],
        "abstract": facts.text(letter.iri, "dcterms:abstract"),
        "additionalType": letter.form,
        "genre": facts.label(letter.form) if letter.form else "",
        "sender": _things(book, letter.senders),
        "recipient": _things(book, letter.recipients),
        "ccRecipient": _things(book, letter.copies),
        "about": [{"@type": "DefinedTerm", "@id": one, "name": facts.label(one)} for one in letter.topics],
        "mentions": _things(book, letter.mentions),
        "dateCreated": letter.date,
        "identifier": [
            *(facts.texts(letter.iri, "dcterms:identifier")),
            *({"@type": "PropertyValue", "propertyID": "archival reference", "value": one.reference} for one in copies),
        ],
        "holdingArchive": [
            {"@type": "ArchiveOrganization", "name": name} for name in dict.fromkeys(one.archive.text for one in copies)
        ],
        "archivedAt": facts.nodes(letter.iri, "cwc:archivePage"),
        "sameAs": facts.nodes(letter.iri, "schema:sameAs"),
        "isPartOf": [{"@id": letter.enclosed_in}] if letter.enclosed_in else _works(editions),
        "isBasedOn": _works(editions),
    }
    return {name: value for name, value in found.items() if value}


def _works(editions: Sequence[Printed]) -> list[dict[str, str]]:
    return [{"@type": "CreativeWork", "@id": one.iri, "name": one.publication.text} for one in editions]


def _things(book: Book, iris: Iterable[str]) -> list[dict[str, str]]:
    facts = book.facts
    kinds = {iri: next((_SCHEMA[kind] for kind in facts.kinds(iri) if kind in _SCHEMA), "Thing") for iri in iris}
    return [{"@type": kind, "@id": iri, "name": facts.label(iri)} for iri, kind in kinds.items()]
