"""What stands around the documents of a collection: what articles cite, and the indexes that a publication prints."""

from __future__ import annotations

from pathlib import Path

from kgpub.collect.corpus import Source, own_id, read_folder
from kgpub.collect.layers import parse_layer
from kgpub.model import Problem, RawLayer

__all__ = ["FOLDERS", "parse_article", "scan_articles"]

FOLDERS = {"citations": "citations", "indexes": "index"}
"""Folder beside `records/`, and the schema that its files are held to; it also begins the id of what is read."""


def scan_articles(root: Path, collection: str, path: Path) -> tuple[list[Source], list[Problem]]:
    """Read every file of citations and indexes of a collection, as sources `citations-…` and `index-…`."""
    sources: list[Source] = []
    problems: list[Problem] = []
    for folder, schema in FOLDERS.items():
        found, strays = read_folder(root, path / folder, "publication: weathersby-1995.yaml")
        problems += strays
        sources += [Source(f"{schema}-{one}", collection, ((folder, *file),)) for one, file in sorted(found.items())]
    return sources, problems


def parse_article(source: Source) -> tuple[RawLayer | None, list[Problem]]:
    """Parse a file of citations or an index and hold it to its schema; None where it cannot be used."""
    folder, name, content = source.files[0]
    schema = FOLDERS[folder]
    layer, problems = parse_layer(name, content, schema)
    if layer is not None:
        problems += own_id(layer, source.id.removeprefix(f"{schema}-"))
    return (None if problems else layer), problems
