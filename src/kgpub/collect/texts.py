"""The text of a journal, and the layout file beside its records, as they stand on disk."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from kgpub.errors import BadInput

__all__ = ["LARGEST", "read_layout", "read_text"]

# A journal's whole volume is under 5 MB of text; twenty times that is not a text file somebody reads.
LARGEST = 100_000_000


def read_text(path: Path) -> str:
    """Return the text of a file, or raise BadInput that says what is wrong with it and what to do."""
    if not path.is_file():
        raise BadInput(f"there is no text file at {path}", advice="give the path of the journal's plain text, in UTF-8")
    if path.stat().st_size > LARGEST:
        raise BadInput(f"{path} is larger than {LARGEST:,} bytes", advice="extract one volume at a time")
    content = path.read_bytes()
    if b"\0" in content[:4096]:
        raise BadInput(
            f"{path} is not a text file: it holds zero bytes", advice="convert it to plain text in UTF-8 first"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{path}:{line}: the byte 0x{content[error.start]:02x} is not UTF-8",
            advice="convert the file to UTF-8, for instance with iconv",
        ) from error
    if not text.strip():
        raise BadInput(f"{path} is empty", advice="give the text of a journal with numbered documents")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_layout(path: Path) -> dict[str, Any]:
    """Return a layout file's table, empty where there is no file; raise BadInput where it is not TOML."""
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path}: not readable as TOML: {error}", advice="mend the layout file") from error
