"""A document as frozen values, one class for each kind of field; `read.py` makes them from a raw record."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ENCLOSURE_FIELDS",
    "LIST_FIELDS",
    "RECORD_FIELDS",
    "ArchivePage",
    "Citation",
    "Claim",
    "ClaimedValue",
    "Copy",
    "Document",
    "Edition",
    "Emendation",
    "Evidence",
    "Mention",
    "Note",
    "Party",
    "Reference",
    "RegistryNumber",
    "Resolution",
    "Transmission",
    "Value",
]


LIST_FIELDS = (
    "senders",
    "recipients",
    "relays",
    "signers",
    "sentFrom",
    "sentTo",
    "telegramNumber",
    "outgoingNumber",
    "registryNumbers",
    "references",
    "classifications",
    "urgency",
    "seriesMarks",
    "transmissions",
    "copies",
    "citations",
    "enclosures",
    "notes",
    "mentions",
)
"""The fields of a record that are lists, in the order of docs/records.md."""

RECORD_FIELDS = ("id", "edition", "lines", "pages", "form", "headingDate", "date", *LIST_FIELDS)
"""All fields of a record, in the order in which they are written."""

ENCLOSURE_FIELDS = tuple(
    field for field in RECORD_FIELDS if field not in ("edition", "pages", "headingDate", "citations")
)
"""The fields of an enclosed message."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value stands: in the corpus (file and field path), and in print (lines, form, rule, certainty)."""

    file: str = ""
    path: str = ""
    lines: str = ""
    printed: str = ""
    rule: str = ""
    certainty: str = "printed"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of one field: a date, a form, a number, a stamp, a place."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a part (sender, recipient, relay, signer); `actor` is empty where nobody knows who it is."""

    actor: str
    kind: str
    cover_name: str
    office: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Copy:
    """One entry of the copy list; `count` is 0 where none is printed."""

    actor: str
    kind: str
    count: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class RegistryNumber:
    """A number that is neither the telegram's nor the outgoing one."""

    kind: str
    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Resolution:
    """An editor's decision which documents a reference means, with the reason."""

    documents: tuple[str, ...]
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Reference:
    """A message that the document answers or refers to; parties are (actor, kind) pairs."""

    relation: str
    number: str
    number_end: str
    date: str
    senders: tuple[tuple[str, str], ...]
    recipients: tuple[tuple[str, str], ...]
    evidence: Evidence
    resolution: Resolution | None = None


@dataclass(frozen=True, slots=True)
class Transmission:
    """One step of a message's way; `at` is a day, a day and hour, or a local time."""

    stage: str
    at: str
    place: str
    agent: str
    agent_kind: str
    means: str
    copies: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Citation:
    """One archival copy, each part as printed; empty where not given."""

    archive: str
    fond: str
    opis: str
    papka: str
    delo: str
    listy: str
    unit: tuple[tuple[str, str], ...]
    """The unit it lies in, from the archive down, as (level, number): with an editor's corrections."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Note:
    """A margin note, a resolution or an editor's note, as a fact in our words."""

    kind: str
    by: str
    by_kind: str
    on: str
    summary: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor, place or event named in the document."""

    id: str
    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Edition:
    """The document's place in a publication: its number there and who translated it, as (actor, kind) pairs."""

    id: str
    publication: str
    number: str
    translators: tuple[tuple[str, str], ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Emendation:
    """A printed value that an editor corrected; either value is empty where it was added or removed."""

    document: str
    field: str
    printed: str
    value: str
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A page of an archive's site that shows the document: what agreed, who decided, when, and what was looked at."""

    url: str
    agreed: tuple[str, ...]
    same_text: bool
    by: str
    on: str
    source: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ClaimedValue:
    """One side of a claim; `kind` is `date`, `moment`, `text`, `cover name`, or that of an entry (`person`, `place` …)."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What another source has of a document, and what its edition has instead; one of the two may be empty."""

    property: str
    claimed: tuple[ClaimedValue, ...]
    edition: tuple[ClaimedValue, ...]
    source: str
    note: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Document:
    """A document, or one enclosed in another (then it has no edition)."""

    id: str
    subject: str
    """Id of the document it is published as: its own, or that of the item it is another edition of."""
    file: str
    lines: str
    path: str = ""
    """Where it stands in its record: empty for the record itself, `enclosures[0]` for what it encloses."""
    pages: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = ()
    edition: Edition | None = None
    form: Value | None = None
    date: Value | None = None
    heading_date: Value | None = None
    senders: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    relays: tuple[Party, ...] = ()
    signers: tuple[Party, ...] = ()
    sent_from: tuple[Value, ...] = ()
    sent_to: tuple[Value, ...] = ()
    telegram_numbers: tuple[Value, ...] = ()
    outgoing_numbers: tuple[Value, ...] = ()
    registry_numbers: tuple[RegistryNumber, ...] = ()
    references: tuple[Reference, ...] = ()
    classifications: tuple[Value, ...] = ()
    urgency: tuple[Value, ...] = ()
    series_marks: tuple[Value, ...] = ()
    transmissions: tuple[Transmission, ...] = ()
    copies: tuple[Copy, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    mentions: tuple[Mention, ...] = ()
    enclosures: tuple[Document, ...] = ()
    emendations: tuple[Emendation, ...] = ()
    archive_pages: tuple[ArchivePage, ...] = ()
    claims: tuple[Claim, ...] = ()
    title: str = ""
    abstract: str = ""
    topics: tuple[Value, ...] = ()
    words_file: str = ""
    """The description file, where there is one."""
    words_path: str = ""
    """Where title and abstract stand in that file: empty for the record's own, `enclosures.W020a` for an enclosure's."""
