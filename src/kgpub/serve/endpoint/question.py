"""A job as a worker would be given it, put as a question to a store: its text, its parameters, what is to come back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kgpub.bound import with_terms
from kgpub.serve.endpoint.address import Address
from kgpub.serve.guard import Refusal, without_texts
from kgpub.serve.paged import term
from kgpub.vocabulary import PREFIXES

__all__ = ["RESULTS", "TRIPLES", "Question", "question", "shape_of"]

RESULTS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"
_FORM: Final = re.compile(
    r"\s*+(?:(?:PREFIX\s+[\w.-]*:\s*<[^<>\s]*>|BASE\s*<[^<>\s]*>)\s*)*+(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)
_INSIDE: Final = re.compile(r"<?(?<![\w.-])(?:bif|sql)\s*:", re.IGNORECASE)
"""Functions of Virtuoso that are no SPARQL: some of them reach beyond the data."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is sent, and whether a table, yes or no, or triples come back."""

    shape: str
    fields: tuple[tuple[str, str], ...]

    @property
    def accept(self) -> str:
        """The one format that is asked for."""
        return TRIPLES if self.shape == "graph" else RESULTS


def question(job: Mapping[str, Any], address: Address) -> Question:
    """Return the question; raise Refusal for a query whose form cannot be told or that is for one maker's store only."""
    if "graph" in job:
        inner = f"GRAPH <{job['graph']}> {{ ?s ?p ?o }}" if job["graph"] else "?s ?p ?o"
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {inner} }} LIMIT {job['graph_rows'] + 1}"
        return Question("graph", (("query", text), *address.union))
    if "bound" in job:
        prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
        text = prefixes + with_terms(job["query"], {name: term(value) for name, value in job["bound"].items()})
        return Question(shape_of(text), (("query", text), *address.union))
    shape = shape_of(job["query"])
    # On the first line, so that the store's numbers of lines are the client's; Virtuoso takes no second BASE.
    text = job["query"] if _has_base(job["query"]) else f"BASE <{job['base']}> {job['query']}"
    return Question(shape, (("query", text), *_dataset(job, address)))


def _dataset(job: Mapping[str, Any], address: Address) -> tuple[tuple[str, str], ...]:
    if job["union"]:
        return address.union
    default = (("default-graph-uri", iri) for iri in job["default"] or ())
    return (*default, *(("named-graph-uri", iri) for iri in job["named"] or ()))


def _has_base(query: str) -> bool:
    found = _FORM.match(without_texts(query))
    return found is not None and re.search(r"\bBASE\s*<", found[0], re.IGNORECASE) is not None


def shape_of(text: str) -> str:
    """Return whether a query gives a table, yes or no (boolean), or a graph; raise Refusal where that cannot be told."""
    plain = without_texts(text)
    found = _FORM.match(plain)
    if found is None:
        raise Refusal(
            400,
            "This is not a SPARQL query: after its prefixes comes SELECT, ASK, CONSTRUCT or DESCRIBE. "
            "Begin from one of the queries at /queries.",
        )
    if _INSIDE.search(plain):
        raise Refusal(403, "Functions of bif: and sql: are refused: they are no SPARQL and can reach beyond the data.")
    return {"SELECT": "table", "ASK": "boolean"}.get(found[1].upper(), "graph")
