"""One YAML file to one layer: bytes, digest, values with their lines, and what is wrong with it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from kgpub.collect.schema import schema_problems
from kgpub.collect.yaml_lines import BrokenYaml, load_with_lines
from kgpub.model import Problem, RawLayer

__all__ = ["digest", "folder_digest", "line_of", "parse_layer"]


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hex."""
    return hashlib.sha256(content).hexdigest()


def folder_digest(folder: Path) -> str:
    """Return a digest of every file below a folder, names included; compiled Python is left out."""
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            total.update(f"{file.relative_to(folder).as_posix()}:{digest(file.read_bytes())}\n".encode())
    return total.hexdigest()


def parse_layer(file: str, content: bytes, schema: str) -> tuple[RawLayer | None, list[Problem]]:
    """Parse a file and hold it to a schema; the layer is None where it cannot be used at all.

    `file` is the name to show; `schema` names one of the package's JSON Schemas.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, [Problem(file, line, "", "", "is not UTF-8 text", "Save the file as UTF-8.")]
    try:
        data, lines = load_with_lines(text)
    except BrokenYaml as error:
        return None, [
            Problem(file, error.line, "", "", f"is not valid YAML: {error.what}", "Mend the YAML at this line.")
        ]
    if data is None:
        advice = f"Write its fields; corpus/schema/{schema}.schema.json has them all."
        return None, [Problem(file, 1, "", "", "is empty", advice)]
    layer = RawLayer(file, digest(content), data, lines)
    problems = schema_problems(layer, schema)
    return (None if problems else layer), problems


@lru_cache(maxsize=256)
def _layer(text: str) -> RawLayer:
    data, lines = load_with_lines(text)
    return RawLayer("", "", data, lines)


def line_of(file: Path, field: str) -> int:
    """Return the line of a field path in a YAML file that is known to parse."""
    # Kept by content, not by name: the file may have been mended since it was last asked for.
    return _layer(file.read_text(encoding="utf-8")).line(field)
