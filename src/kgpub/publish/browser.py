"""What a page needs to run queries in the reader's browser: the bundle of `web/`, the words to complete, and the data.

A page opened from a disk may not fetch, so what it would fetch lies there a second time, as scripts that hold base64.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from kgpub.publish.catalogue import Publication
from kgpub.publish.contents import Contents
from kgpub.publish.dumps import MEDIA_TYPES, Dump
from kgpub.publish.examples import Example, runnable
from kgpub.publish.output import Output
from kgpub.vocabulary import CLASSES, CWC, PREFIXES, PROPERTIES

__all__ = ["ASSETS", "MISSING", "bundle", "write_browser"]

ASSETS: Final = "assets"
MISSING: Final = "There is no query engine for browsers: `make assets` makes it (docs/front-end.md), then build again."
_ENTRY: Final = "sparql.js"
_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_LOADED: Final = ("trig", "nq")
"""Formats that keep the graphs, the smallest first."""


@dataclass(frozen=True, slots=True)
class _Data:
    """The dump that a browser loads: where it lies compressed (empty where it does not), and its content."""

    file: str
    format: str
    content: bytes


def bundle() -> Path | None:
    """Return the folder of the built bundle; None where it has not been built."""
    folder = Path(str(files("kgpub.publish"))) / ASSETS
    return folder if (folder / _ENTRY).is_file() else None


def write_browser(
    output: Output,
    publication: Publication,
    contents: Contents,
    dumps: Sequence[Dump],
    queries: Sequence[Example],
    built: Path | None = None,
) -> bool:
    """Write everything under `assets/` and return True; write nothing and return False where there is no bundle."""
    folder = built or bundle()
    if folder is None:
        return False
    for file in sorted(folder.iterdir()):
        output.write(f"{ASSETS}/{file.name}", file.read_bytes())
    output.settle()
    data = _data(output, contents, dumps)
    packed = output.folder.joinpath(data.file).read_bytes() if data.file else gzip.compress(data.content, 6, mtime=0)
    output.write(f"{ASSETS}/data.js", _script("parts.data", base64.b64encode(packed).decode()))
    output.write(f"{ASSETS}/vocabulary.js", _script("vocabulary", _vocabulary(publication, contents, data, queries)))
    # A service that has an endpoint answers this address with its own (serve/assets.py).
    output.write(f"{ASSETS}/server.js", b"")
    return True


def _data(output: Output, contents: Contents, dumps: Sequence[Dump]) -> _Data:
    there = {(dump.format, dump.gzipped): dump.name for dump in dumps}
    for name in _LOADED:
        if whole := there.get((name, False)):
            return _Data(there.get((name, True), ""), name, output.folder.joinpath(whole).read_bytes())
    return _Data("", "nq", contents.nquads.encode())


def _vocabulary(
    publication: Publication, contents: Contents, data: _Data, queries: Iterable[Example]
) -> dict[str, Any]:
    used = {predicate[1:-1] for _, predicate, _ in contents.statements}
    kinds = {thing[1:-1] for _, predicate, thing in contents.statements if predicate == _TYPE}
    # What stands in the ontology and nowhere in the data would complete to a query without rows.
    own = {f"{CWC}{name}" for name in (*CLASSES, *PROPERTIES)}
    examples = [
        {
            "name": one.name,
            "title": one.title,
            "question": one.question,
            "group": one.group,
            "text": runnable(one, publication.base),
        }
        for one in queries
        if not one.endpoint
    ]
    return {
        "title": publication.title,
        "base": publication.base,
        "release": hashlib.sha256(data.content).hexdigest()[:16],
        "prefixes": {"": publication.base, **PREFIXES},
        "classes": sorted(kinds, key=lambda iri: (iri not in own, iri)),
        "properties": sorted(used, key=lambda iri: (iri not in own, iri)),
        "examples": examples,
        "dump": {
            "file": data.file,
            "format": MEDIA_TYPES[data.format],
            "bytes": len(data.content),
            "quads": contents.nquads.count("\n"),
        },
    }


def _script(name: str, value: object) -> bytes:
    # Escaped to ASCII, so that it says the same whatever encoding a host claims for it.
    return f"(window.kgpub??={{parts:{{}}}}).{name}={json.dumps(value, sort_keys=True)};\n".encode()
