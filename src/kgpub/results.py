"""The answer to a query as a value, and its forms: a table for people, CSV, TSV, JSON, JSON lines and Turtle.

CSV, TSV and JSON follow the SPARQL 1.1 result formats (https://www.w3.org/TR/sparql11-results-csv-tsv/ and
https://www.w3.org/TR/sparql11-results-json/), so a saved answer reads like one from any SPARQL endpoint.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kgpub.errors import BadQuery
from kgpub.vocabulary import PREFIXES

__all__ = [
    "FORMATS",
    "Column",
    "Result",
    "Term",
    "as_csv",
    "as_json",
    "as_jsonl",
    "as_rows",
    "as_table",
    "as_tsv",
    "as_turtle",
    "bare",
    "json_lines",
    "json_term",
    "ordered",
    "render",
    "shorten",
    "tsv_head",
    "tsv_lines",
    "turtle",
]

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_XSD_STRING: Final = f"{PREFIXES['xsd']}string"
_TYPE: Final = f"{PREFIXES['rdf']}type"
_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a result: the variable's name, what it is called above a table, and what stands in it."""

    name: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a query answered: rows under columns, or triples (CONSTRUCT, DESCRIBE), or yes and no (ASK).

    A cell is None where the variable is unbound.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    triples: tuple[Triple, ...] | None = None
    boolean: bool | None = None


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return the prefixed name of an IRI by the longest namespace that fits; an empty prefix gives the bare path."""
    fitting = [(name, space) for name, space in prefixes.items() if iri.startswith(space) and iri != space]
    if not fitting:
        return iri
    name, space = max(fitting, key=lambda pair: len(pair[1]))
    local = iri[len(space) :]
    return f"{name}:{local}" if name else local


def as_table(result: Result, *, base: str = "", width: int = 0) -> str:
    """Return an aligned table; IRIs below `base` are shown as paths, and no cell is wider than `width` (0: any)."""
    if result.boolean is not None:
        return "yes\n" if result.boolean else "no\n"
    if result.triples is not None:
        return as_turtle(result)
    prefixes = {**PREFIXES, **({"": base} if base else {})}
    head = [column.label for column in result.columns]
    body = [[_clip(_shown(cell, prefixes), width) for cell in row] for row in result.rows]
    widths = [max(map(_breadth, cells)) for cells in zip(head, *body, strict=True)]
    numeric = [_all_numbers(result, index) for index in range(len(head))]
    rule = ["-" * size for size in widths]
    lines = [_line(cells, widths, numeric) for cells in (head, rule, *body)]
    count = len(result.rows)
    return "\n".join([*lines, "", f"{count} row{'' if count == 1 else 's'}"]) + "\n"


def as_rows(result: Result) -> tuple[tuple[str, ...], Sequence[Sequence[Term | None]]]:
    """Return the names and rows of any answer: triples as subject, predicate and object, yes or no as one cell."""
    if result.boolean is not None:
        return ("boolean",), [(Literal(result.boolean),)]
    if result.triples is not None:
        return ("subject", "predicate", "object"), [(t.subject, t.predicate, t.object) for t in ordered(result.triples)]
    return tuple(column.name for column in result.columns), result.rows


def as_csv(result: Result) -> str:
    """Return SPARQL 1.1 CSV: variable names, then bare values, lines ended by CR LF."""
    out = io.StringIO()
    names, rows = as_rows(result)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([bare(cell) for cell in row] for row in rows)
    return out.getvalue()


def as_tsv(result: Result) -> str:
    """Return SPARQL 1.1 TSV: variables, then terms as Turtle writes them."""
    names, rows = as_rows(result)
    return tsv_head(names) + tsv_lines(rows)


def tsv_head(names: Sequence[str]) -> str:
    """Return the first line of TSV."""
    return "\t".join(f"?{name}" for name in names) + "\n"


def tsv_lines(rows: Iterable[Sequence[Term | None]]) -> str:
    """Return rows as lines of TSV; tabs and ends of lines within a term are escaped, as in Turtle."""
    return "".join("\t".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def as_jsonl(result: Result) -> str:
    """Return JSON lines: a binding of the JSON results for each row, unbound variables left out."""
    return json_lines(*as_rows(result))


def json_lines(names: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> str:
    """Return rows as JSON lines."""
    bindings = (
        {name: json_term(cell) for name, cell in zip(names, row, strict=True) if cell is not None} for row in rows
    )
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in bindings)


def as_json(result: Result, *, link: str = "", indent: int | None = 1) -> str:
    """Return SPARQL 1.1 JSON results, with a link in their head; triples are rows of subject, predicate and object.

    Without indent they are written several times faster.
    """
    if result.boolean is not None:
        return _dump({"head": {}, "boolean": result.boolean}, indent)
    names, rows = as_rows(result)
    bindings = [
        {name: json_term(cell) for name, cell in zip(names, row, strict=True) if cell is not None} for row in rows
    ]
    head = {"vars": list(names), **({"link": [link]} if link else {})}
    return _dump({"head": head, "results": {"bindings": bindings}}, indent)


def as_turtle(result: Result) -> str:
    """Return the triples of a CONSTRUCT or DESCRIBE as Turtle, sorted; raise BadQuery for any other answer."""
    if result.triples is None:
        raise BadQuery(
            "Turtle is for queries that answer with triples; this one answers with a table",
            advice="Ask for csv, tsv, json, jsonl or table.",
        )
    return turtle(result.triples)


def turtle(triples: Iterable[Triple]) -> str:
    """Return triples as Turtle in a fixed order: a thing before its parts, its classes first, only the prefixes in use."""
    found = ordered(triples)
    spaces = {iri.rpartition("#")[0] + "#" if "#" in iri else iri.rpartition("/")[0] + "/" for iri in _iris(found)}
    prefixes = {name: space for name, space in PREFIXES.items() if space in spaces}
    data = serialize(found, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    lines = data.decode().splitlines(keepends=True)
    # The engine declares prefixes in hash order.
    return "".join(sorted(lines[: len(prefixes)]) + lines[len(prefixes) :])


FORMATS: Final[dict[str, Callable[[Result], str]]] = {
    "table": as_table,
    "csv": as_csv,
    "tsv": as_tsv,
    "json": as_json,
    "jsonl": as_jsonl,
    "ttl": as_turtle,
}


def render(result: Result, form: str, *, base: str = "", width: int = 0) -> str:
    """Return a result in one of FORMATS; raise BadQuery, naming them, for any other."""
    if form == "table":
        return as_table(result, base=base, width=width)
    if form not in FORMATS:
        raise BadQuery(f"{form!r} is not a format of results", advice=f"Use one of: {', '.join(FORMATS)}.")
    return FORMATS[form](result)


def ordered(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples in a fixed order: by subject, its classes first, then by property and value."""
    return sorted(
        triples, key=lambda t: (bare(t.subject), t.predicate.value != _TYPE, t.predicate.value, str(t.object))
    )


def _iris(triples: Iterable[Triple]) -> set[str]:
    terms = [term for triple in triples for term in (triple.subject, triple.predicate, triple.object)]
    named = {term.value for term in terms if isinstance(term, NamedNode)}
    return named | {term.datatype.value for term in terms if isinstance(term, Literal)}


def _dump(value: Mapping[str, Any], indent: int | None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def bare(term: Term | None) -> str:
    """Return a term's text alone, as CSV gives it; nothing for an unbound one."""
    if term is None:
        return ""
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def json_term(term: Term) -> dict[str, Any]:
    """Return a term as the JSON results give it."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: json_term(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == _XSD_STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _shown(term: Term | None, prefixes: Mapping[str, str]) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value, prefixes)
    return " ".join(bare(term).split())


def _all_numbers(result: Result, index: int) -> bool:
    cells = [row[index] for row in result.rows if row[index] is not None]
    numbers = {f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal", "double", "float")}
    return bool(cells) and all(isinstance(cell, Literal) and cell.datatype.value in numbers for cell in cells)


def _breadth(text: str) -> int:
    # A Han or Hangul letter takes two columns of a terminal, a combining mark none.
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _clip(text: str, width: int) -> str:
    if not width or _breadth(text) <= width:
        return text
    while text and _breadth(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + _CUT


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = []
    for cell, size, right in zip(cells, widths, numeric, strict=True):
        space = " " * (size - _breadth(cell))
        padded.append(space + cell if right else cell + space)
    return "  ".join(padded).rstrip()
