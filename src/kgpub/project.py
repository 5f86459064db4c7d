"""The publication as set in `kgpub.toml`: who it is, where its corpus stands, what it puts out."""

from __future__ import annotations

import difflib
import re
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import date as calendar_date
from pathlib import Path
from typing import Any

from kgpub.errors import BadProject

__all__ = [
    "DUMP_FORMATS",
    "FILE_NAME",
    "Collection",
    "Outputs",
    "Project",
    "find_project",
    "load_project",
    "modified_day",
]

FILE_NAME = "kgpub.toml"
DUMP_FORMATS = ("ttl", "trig", "nt", "nq", "jsonld")
_PATHS = ("authority", "tombstones", "schemas", "ontology", "shapes", "queries")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Collection:
    """One folder of records: its layers (`records/`, `corrections/` …) below `path`, and the days its documents may bear."""

    id: str
    path: Path
    format: str
    publication: str
    span_from: str
    span_until: str
    documents: tuple[str, ...] = ()
    """Ids that must be there, as ranges: `W001-W115`."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the publication is written and in which formats; `gzip_from` is in bytes."""

    dist: Path
    cache: Path
    name: str
    formats: tuple[str, ...]
    gzip_from: int


@dataclass(frozen=True, slots=True)
class Project:
    """The whole of `kgpub.toml`, with every path made absolute."""

    root: Path
    base: str
    title: str
    description: str
    publisher: str
    licence: str
    language: str
    version: str
    date: str
    authority: Path
    tombstones: Path
    schemas: Path
    ontology: Path
    shapes: Path
    queries: Path
    collections: tuple[Collection, ...]
    outputs: Outputs
    serve: Mapping[str, Any] = field(default_factory=dict)
    """What [serve] says; the service knows which of it are its limits."""
    contact: str = ""
    """Whom the servers that `kgpub link` asks may write to."""
    endpoint: str = ""
    """The SPARQL endpoint that the pinned slice is from; empty for Wikidata's own."""

    def relative(self, path: Path) -> str:
        """Return a path as the user knows it: relative to the project, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


def find_project(start: Path) -> Path:
    """Return the `kgpub.toml` in a folder or the nearest one above it; raise BadProject where there is none."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise BadProject(
        f"{start}: no {FILE_NAME} here or in any folder above",
        advice=f"Run this inside a publication, or name one: kgpub --project PATH/{FILE_NAME} …",
    )


def load_project(file: Path, *, corpus: bool = True) -> Project:
    """Read `kgpub.toml`; raise BadProject naming the file, the key, its value and what would be right.

    Without `corpus` the folders of the collections need not be there: what is built is served where its sources are not.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise BadProject(
            f"{file}: cannot be read: {error.strerror}", advice="Name a kgpub.toml that exists."
        ) from error
    except UnicodeDecodeError as error:
        raise BadProject(f"{file}: is not UTF-8 text", advice="Save the file as UTF-8.") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadProject(f"{file}: not valid TOML: {error}", advice="Mend the line it names.") from error
    return _Reader(file, table, corpus).project()


class _Reader:
    """Takes values out of the parsed table, one key at a time, and complains with the key's full name."""

    def __init__(self, file: Path, table: Mapping[str, Any], corpus: bool) -> None:
        self.file = file
        self.corpus = corpus
        self.root = file.resolve().parent
        self.table = table

    def project(self) -> Project:
        self._known("", self.table, ("publication", "release", "paths", "collections", "outputs", "link", "serve"))
        publication = self._section("publication", ("base", "title", "description", "publisher", "licence", "language"))
        release = self._section("release", ("version", "date"))
        paths = self._section("paths", _PATHS, required=False)
        link = self._section("link", ("contact", "endpoint"), required=False)
        base = self._text("publication", publication, "base")
        # Parts of an entity are told apart by a fragment (#…), and an IRI has only one.
        if not _IRI.fullmatch(base) or not base.endswith("/") or "#" in base or "?" in base:
            raise self._bad("publication.base", base, "must be an http(s) IRI that ends in / and has neither ? nor #")
        return Project(
            root=self.root,
            base=base,
            title=self._text("publication", publication, "title"),
            description=self._text("publication", publication, "description", default=""),
            publisher=self._text("publication", publication, "publisher"),
            licence=self._iri("publication.licence", self._text("publication", publication, "licence")),
            language=self._text("publication", publication, "language", default="en"),
            version=self._text("release", release, "version"),
            date=self._day("release.date", self._text("release", release, "date")),
            authority=self.root / self._text("paths", paths, "authority", default="corpus/authority"),
            tombstones=self.root / self._text("paths", paths, "tombstones", default="corpus/tombstones.yaml"),
            schemas=self.root / self._text("paths", paths, "schemas", default="corpus/schema"),
            ontology=self.root / self._text("paths", paths, "ontology", default="ontology"),
            shapes=self.root / self._text("paths", paths, "shapes", default="shapes"),
            queries=self.root / self._text("paths", paths, "queries", default="queries"),
            collections=self._collections(),
            outputs=self._outputs(),
            serve=self._serve(),
            contact=self._text("link", link, "contact", default=""),
            endpoint=self._iri("link.endpoint", self._text("link", link, "endpoint")) if "endpoint" in link else "",
        )

    def _serve(self) -> Mapping[str, Any]:
        table = self.table.get("serve", {})
        if not isinstance(table, Mapping):
            raise self._bad("serve", table, "must be a table: [serve]")
        return table

    def _collections(self) -> tuple[Collection, ...]:
        listed = self.table.get("collections")
        if not isinstance(listed, list) or not listed:
            raise self._bad("collections", listed, "must be one [[collections]] table or more")
        found = tuple(self._collection(f"collections[{i}]", table) for i, table in enumerate(listed))
        ids = [collection.id for collection in found]
        for one in ids:
            if ids.count(one) > 1:
                raise self._bad("collections.id", one, "stands twice; every collection needs an id of its own")
        return found

    def _collection(self, where: str, table: Any) -> Collection:
        if not isinstance(table, Mapping):
            raise self._bad(where, table, "must be a table: [[collections]]")
        self._known(where, table, ("id", "path", "format", "publication", "span", "documents"))
        span = table.get("span")
        if not isinstance(span, Mapping):
            raise self._bad(
                f"{where}.span", span, 'must say the days it covers: { from = "1950-01-01", until = "1956-12-31" }'
            )
        self._known(f"{where}.span", span, ("from", "until"))
        first, last = (
            self._day(f"{where}.span.{key}", self._text(f"{where}.span", span, key)) for key in ("from", "until")
        )
        if first > last:
            raise self._bad(f"{where}.span", f"{first} … {last}", "begins after it ends")
        identifier = self._text(where, table, "id")
        if not _ID.fullmatch(identifier):
            raise self._bad(f"{where}.id", identifier, "must be lower-case letters, digits and hyphens")
        documents = table.get("documents", [])
        if not isinstance(documents, list) or not all(isinstance(one, str) for one in documents):
            raise self._bad(f"{where}.documents", documents, 'must be a list of ids or ranges: ["W001-W115"]')
        for one in documents:
            if (ends := re.findall(r"\d+", one)) and len(ends) == 2 and int(ends[0]) > int(ends[1]):
                raise self._bad(f"{where}.documents", one, "ends before it begins")
        path = self.root / self._text(where, table, "path")
        if self.corpus and not path.is_dir():
            raise self._bad(f"{where}.path", path, "is not a folder")
        return Collection(
            id=identifier,
            path=path,
            format=self._text(where, table, "format", default="record"),
            publication=self._text(where, table, "publication"),
            span_from=first,
            span_until=last,
            documents=tuple(documents),
        )

    def _outputs(self) -> Outputs:
        table = self._section("outputs", ("dist", "cache", "name", "formats", "gzip_from"), required=False)
        formats = table.get("formats", list(DUMP_FORMATS))
        if not isinstance(formats, list) or not formats:
            raise self._bad("outputs.formats", formats, f"must be a list of some of {', '.join(DUMP_FORMATS)}")
        for one in formats:
            if one not in DUMP_FORMATS:
                raise self._bad("outputs.formats", one, f"is not one of {', '.join(DUMP_FORMATS)}")
        gzip_from = table.get("gzip_from", 1_000_000)
        if not isinstance(gzip_from, int) or isinstance(gzip_from, bool) or gzip_from < 0:
            raise self._bad("outputs.gzip_from", gzip_from, "must be a number of bytes")
        name = self._text("outputs", table, "name", default="graph")
        if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", name):
            raise self._bad("outputs.name", name, "must be usable as a file name: letters, digits, . _ -")
        return Outputs(
            dist=self.root / self._text("outputs", table, "dist", default="dist"),
            cache=self.root / self._text("outputs", table, "cache", default=".kgpub/cache"),
            name=name,
            formats=tuple(formats),
            gzip_from=gzip_from,
        )

    def _section(self, name: str, keys: tuple[str, ...], *, required: bool = True) -> Mapping[str, Any]:
        section = self.table.get(name)
        if section is None and not required:
            return {}
        if not isinstance(section, Mapping):
            raise self._bad(name, section, f"is missing: a table [{name}] must say {', '.join(keys)}")
        self._known(name, section, keys)
        return section

    def _known(self, where: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, 1)
                hint = f"; did you mean {near[0]!r}?" if near else f"; known keys: {', '.join(keys)}"
                raise self._bad(f"{where}.{key}".lstrip("."), table[key], f"is not a setting{hint}")

    def _text(self, where: str, table: Mapping[str, Any], key: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self._bad(f"{where}.{key}", value, "must be a text, and not empty")
        return value

    def _iri(self, key: str, value: str) -> str:
        if not _IRI.fullmatch(value):
            raise self._bad(key, value, "must be an http(s) IRI")
        return value

    def _day(self, key: str, value: str) -> str:
        if not _DAY.fullmatch(value):
            raise self._bad(key, value, "must be a day as YYYY-MM-DD")
        try:
            calendar_date.fromisoformat(value)
        except ValueError as error:
            raise self._bad(key, value, f"is not a day of the calendar: {error}") from error
        return value

    def _bad(self, key: str, value: Any, what: str) -> BadProject:
        shown = "" if value is None else f" {str(value)!r}"
        return BadProject(f"{self.file}: {key}:{shown} {what}", advice=f"Mend it in {self.file.name}.")


def modified_day(project: Project, environ: Mapping[str, str]) -> str:
    """Return the day the publication says it was last changed, as YYYY-MM-DD: never the day of the build.

    SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/) wins, then the day of the newest git
    commit, then `release.date` of kgpub.toml. Raises BadProject for a SOURCE_DATE_EPOCH that is not a number.
    """
    if epoch := environ.get("SOURCE_DATE_EPOCH", ""):
        try:
            return datetime.fromtimestamp(int(epoch), tz=UTC).date().isoformat()
        except (ValueError, OverflowError, OSError) as error:
            raise BadProject(
                f"SOURCE_DATE_EPOCH: {epoch!r} is not a number of seconds", advice="Unset it, or give seconds."
            ) from error
    try:
        # The committer's own day (%cs) would change with the reader's time zone setting; %ct does not.
        command = ("git", "-C", str(project.root), "log", "-1", "--format=%ct")
        answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return project.date
    return datetime.fromtimestamp(int(answer), tz=UTC).date().isoformat() if answer.isdigit() else project.date
