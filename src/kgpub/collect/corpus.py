"""The records of a collection on disk: which documents there are, and their four layers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kgpub.collect.layers import digest, parse_layer
from kgpub.errors import BadProject
from kgpub.model import Problem, RawLayer, RawRecord

__all__ = ["LAYERS", "Source", "doubled", "expected_ids", "own_id", "parse_source", "read_folder", "scan"]

LAYERS = {"records": "record", "corrections": "corrections", "descriptions": "description", "pages": "pages"}
"""Folder of a layer, and the schema that its files are held to."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*$")
_RANGE = re.compile(r"([A-Za-z]+)(\d+)-(?:\1)?(\d+)$")


@dataclass(frozen=True, slots=True)
class Source:
    """One document's files, read but not yet parsed: for each layer its shown name and its bytes."""

    id: str
    collection: str
    files: tuple[tuple[str, str, bytes], ...]
    """(layer folder, file name to show, content), the record first."""

    def digests(self) -> tuple[str, ...]:
        """Return a digest for each file, names included, to tell whether anything changed."""
        return tuple(f"{name}:{digest(content)}" for _, name, content in self.files)


def scan(root: Path, collection: str, path: Path, expected: Iterable[str] = ()) -> tuple[list[Source], list[Problem]]:
    """Read every file of a collection; `expected` are the ids that must be there.

    Returns the sources in the order of their ids, and a problem for every record that is missing and every stray file.
    """
    if not (path / "records").is_dir():
        raise BadProject(
            f"{_shown(root, path)}: has no folder records/",
            advice="Run `kgpub extract`, or name the right path in kgpub.toml.",
        )
    layers: dict[str, dict[str, tuple[str, bytes]]] = {}
    problems: list[Problem] = []
    for folder in LAYERS:
        layers[folder], strays = read_folder(root, path / folder)
        problems += strays
    records = layers["records"]
    beside = ("pages", "descriptions", "corrections")
    named = {file_id: name for folder in beside for file_id, (name, _) in layers[folder].items()}
    for missing in sorted((set(expected) | set(named)) - set(records)):
        record = _shown(root, path / "records" / f"{missing}.yaml")
        told = f"{named[missing]} describes it" if missing in named else "kgpub.toml lists it under documents"
        problems.append(
            Problem(
                record, 1, "", missing, f"is missing, but {told}", "Restore the file (git checkout, or kgpub extract)."
            )
        )
    sources = [
        Source(one, collection, tuple((folder, *layers[folder][one]) for folder in LAYERS if one in layers[folder]))
        for one in sorted(records)
    ]
    return sources, problems


def read_folder(
    root: Path, folder: Path, named_by: str = "document: W016.yaml"
) -> tuple[dict[str, tuple[str, bytes]], list[Problem]]:
    """Return the YAML files of a folder by their id, as (name to show, content), and a problem for every other file."""
    found: dict[str, tuple[str, bytes]] = {}
    problems: list[Problem] = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        shown = _shown(root, file)
        if file.suffix == ".yaml" and _ID.match(file.stem):
            found[file.stem] = (shown, file.read_bytes())
        elif not file.name.startswith("."):
            advice = f"Files here are named by their {named_by}. Move or rename it."
            problems.append(Problem(shown, 1, "", file.name, "is not a file of this folder", advice))
    return found, problems


def parse_source(source: Source) -> tuple[RawRecord | None, list[Problem]]:
    """Parse a document's files and hold each to its schema; None where one of them cannot be used."""
    parsed: dict[str, RawLayer] = {}
    problems: list[Problem] = []
    for folder, name, content in source.files:
        layer, found = parse_layer(name, content, LAYERS[folder])
        problems += found
        if layer is not None:
            problems += own_id(layer, source.id)
            parsed[folder] = layer
    if problems:
        return None, problems
    others = (parsed.get(folder) for folder in ("corrections", "descriptions", "pages"))
    return RawRecord(source.id, source.collection, parsed["records"], *others), []


def own_id(layer: RawLayer, wanted: str) -> Iterator[Problem]:
    """Yield a problem where the id in a file is not the one that its name says."""
    if layer.data["id"] != wanted:
        advice = f"The file's name says {wanted}: write id: {wanted}, or rename the file."
        yield Problem(
            layer.file, layer.line("id"), "id", str(layer.data["id"]), "is not the id in the file's name", advice
        )


def doubled(sources: Iterable[Source]) -> list[Problem]:
    """Return a problem for every document whose id stands in an earlier collection too: both would be one."""
    seen: dict[str, str] = {}
    problems = []
    for source in sources:
        file = source.files[0][1]
        if source.id in seen:
            advice = "Give one of the two documents another id."
            problems.append(
                Problem(file, 1, "id", source.id, f"is the id of another record: {seen[source.id]}", advice)
            )
        seen.setdefault(source.id, file)
    return problems


def expected_ids(ranges: Iterable[str]) -> list[str]:
    """Return every id named by ranges such as `W001-W115`; a text that is no range names itself."""
    ids: list[str] = []
    for text in ranges:
        if match := _RANGE.match(text):
            prefix, first, last = match.groups()
            ids += [f"{prefix}{number:0{len(first)}d}" for number in range(int(first), int(last) + 1)]
        else:
            ids.append(text)
    return ids


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
