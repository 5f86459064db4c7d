"""A pinned slice: what an endpoint said on one day, as sorted N-Triples beside the ledger, asked by the same queries."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, QueryTriples, RdfFormat, Store, Triple

from kgpub.errors import BadInput
from kgpub.link.items import item_of
from kgpub.link.names import Name

__all__ = ["FILE_NAME", "SEED_MARK", "Slice", "is_seed", "read_slice", "write_slice"]

FILE_NAME = "wikidata-slice.nt"
SEED_MARK = "# NOT FROM WIKIDATA ITSELF"
"""How the first line of a slice begins that was made from the ledger."""


class Slice:
    """Answers the questions of `wikidata.py` from a file."""

    def __init__(self, name: str, store: Store) -> None:
        self.name = name
        self.store = store

    def pairs(self, query: str) -> list[tuple[str, Name]]:
        """Return the answers to a SELECT of ?item and ?name."""
        answer = self.store.query(query)
        assert isinstance(answer, QuerySolutions)
        found = []
        for row in answer:
            item, name = row["item"], row["name"]
            if isinstance(item, NamedNode) and isinstance(name, Literal) and item_of(item.value):
                found.append((item_of(item.value), Name(name.value, name.language or "")))
        return found

    def triples(self, query: str) -> Iterable[Triple]:
        """Return the triples that a CONSTRUCT makes."""
        answer = self.store.query(query)
        assert isinstance(answer, QueryTriples)
        return answer


def read_slice(file: Path, shown: str) -> Slice:
    """Read a slice; raise BadInput where there is none, saying how to make it, or where it is broken, naming the line."""
    if not file.is_file():
        advice = (
            "There is no pinned slice. On a machine with a network run `kgpub link --refresh --contact YOU@EXAMPLE.ORG` once, "
            "or ask an endpoint: --endpoint URL, or a reconciliation service: --service URL."
        )
        raise BadInput(f"{shown}: is not there", advice=advice)
    store = Store()
    try:
        store.load(path=file, format=RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        advice = "Make it anew: kgpub link --refresh"
        raise BadInput(f"{shown}: is not N-Triples: {error}", advice=advice) from error
    return Slice(shown, store)


def is_seed(file: Path) -> bool:
    """Whether a slice was made from the ledger's evidence and not by asking an endpoint."""
    with file.open(encoding="utf-8") as lines:
        return lines.readline().startswith(SEED_MARK)


def write_slice(file: Path, content: str) -> None:
    """Write a slice, whole or not at all."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.new")
    beside.write_text(content, encoding="utf-8", newline="\n")
    beside.replace(file)
