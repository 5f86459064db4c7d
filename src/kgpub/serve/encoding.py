"""Answers of canned queries as bytes: small ones whole, so that they are kept and tagged, large ones written piece by piece.

The rows themselves stand in memory, bounded by the limit of rows: the engine must have them all before it can put them in
order. What is never held whole is their text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Final

from starlette.responses import Response, StreamingResponse

from kgpub.results import Result, Term, as_json, as_rows, as_turtle, bare, json_lines, tsv_head, tsv_lines

__all__ = ["CSV", "JSON", "LINES", "TSV", "TURTLE", "WRITERS", "encoded", "respond"]

JSON: Final = "application/sparql-results+json"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"
LINES: Final = "application/x-ndjson"
TURTLE: Final = "text/turtle"
_ROWS: Final = 1_000
"""Rows of one piece; an answer with no more is given whole."""

Row = Sequence[Term | None]


def respond(result: Result, media_type: str, headers: Mapping[str, str]) -> Response:
    """Return the response of a result in one of WRITERS, in pieces where it is large; raise BadQuery where it does not fit."""
    pieces = encoded(result, media_type)
    first, second = next(pieces, ""), next(pieces, None)
    if second is None:
        return Response(first, media_type=media_type, headers=dict(headers))
    return StreamingResponse(chain((first, second), pieces), media_type=media_type, headers=dict(headers))


def encoded(result: Result, media_type: str) -> Iterator[str]:
    """Yield the text of a result in one of WRITERS, a piece for every thousand rows."""
    return WRITERS[media_type](result)


def _whole(writer: Callable[[Result], str]) -> Callable[[Result], Iterator[str]]:
    def pieces(result: Result) -> Iterator[str]:
        yield writer(result)

    return pieces


def _csv(result: Result) -> Iterator[str]:
    names, rows = as_rows(result)
    return _pieces(_csv_lines([names]), rows, lambda some: _csv_lines([[bare(cell) for cell in row] for row in some]))


def _csv_lines(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _tsv(result: Result) -> Iterator[str]:
    names, rows = as_rows(result)
    return _pieces(tsv_head(names), rows, tsv_lines)


def _lines(result: Result) -> Iterator[str]:
    names, rows = as_rows(result)
    return _pieces("", rows, partial(json_lines, names))


def _pieces(head: str, rows: Sequence[Row], written: Callable[[Sequence[Row]], str]) -> Iterator[str]:
    yield head + written(rows[:_ROWS])
    for start in range(_ROWS, len(rows), _ROWS):
        yield written(rows[start : start + _ROWS])


WRITERS: Final[dict[str, Callable[[Result], Iterator[str]]]] = {
    JSON: _whole(as_json),
    "application/json": _whole(as_json),
    CSV: _csv,
    TSV: _tsv,
    LINES: _lines,
    "application/jsonl": _lines,
    TURTLE: _whole(as_turtle),
}
"""What an answer is written in, by media type."""
