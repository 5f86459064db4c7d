"""Plain values to convert: the authority data of the tiny publication, and records from a few lines of YAML."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from kgpub.collect.authority import read_authority
from kgpub.collect.yaml_lines import load_with_lines
from kgpub.convert.context import Context, build_context
from kgpub.model import RawLayer, RawRecord

__all__ = ["BASE", "CONCEPTS", "RECORD", "authority", "layer", "raw", "sample_context", "tiny_records"]

BASE = "https://example.org/letters/"
CONCEPTS = {
    "form": frozenset({"ciphered-telegram", "letter", "message", "telegram"}),
    "classification": frozenset({"secret"}),
    "urgency": frozenset({"urgent"}),
    "stage": frozenset({"dispatched", "received", "forwarded"}),
    "topic": frozenset({"supply", "transport"}),
}
RECORD = """\
id: L1
edition: {publication: lamp-gazette, number: "1", translator: dora-finch}
lines: 10-40
pages: [{page: 2, lines: 10-25}, {page: 3, lines: 26-40}]
form: {value: letter, lines: "10"}
"""
_CORPUS = Path(__file__).parents[1] / "tiny" / "corpus"


@cache
def authority() -> dict[str, RawLayer]:
    """Return the authority layers of the tiny publication."""
    layers, problems = read_authority(_CORPUS.parent, _CORPUS / "authority")
    assert problems == []
    return layers


@cache
def sample_context() -> Context:
    """Return the context that the tiny publication's records are converted in."""
    return build_context(BASE, "0.1.0", authority(), CONCEPTS)


def layer(file: str, text: str) -> RawLayer:
    """Return a YAML text as the collecting stage would hand it on."""
    data, lines = load_with_lines(text)
    return RawLayer(file, hashlib.sha256(text.encode()).hexdigest(), data, lines)


def raw(record: str, corrections: str = "", description: str = "", pages: str = "") -> RawRecord:
    """Return a raw record from the YAML of its layers; an empty layer is not there."""
    identifier = record.partition("id: ")[2].partition("\n")[0]
    texts = {"records": record, "corrections": corrections, "descriptions": description, "pages": pages}
    first, *others = (layer(f"{name}/{identifier}.yaml", text) if text else None for name, text in texts.items())
    assert first is not None
    return RawRecord(identifier, "letters", first, *others)


def tiny_records() -> list[RawRecord]:
    """Return the four records of the tiny publication with all their layers."""
    found = []
    for file in sorted((_CORPUS / "letters" / "records").glob("*.yaml")):
        texts = [
            other.read_text(encoding="utf-8") if (other := _CORPUS / "letters" / name / file.name).is_file() else ""
            for name in ("records", "corrections", "descriptions", "pages")
        ]
        found.append(raw(*texts))
    return found
