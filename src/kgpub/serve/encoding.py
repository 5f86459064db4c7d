"""Answers of canned queries as text. A worker writes them (paged.py), so that nothing of the web is imported here."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from kgpub.results import Result, Term, as_json, as_rows, as_turtle, bare, json_lines, tsv_head, tsv_lines

__all__ = ["CSV", "JSON", "LINES", "TSV", "TURTLE", "WRITERS", "encoded"]

JSON: Final = "application/sparql-results+json"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"
LINES: Final = "application/x-ndjson"
TURTLE: Final = "text/turtle"
_ROWS: Final = 1_000
"""Rows of one piece."""

Row = Sequence[Term | None]


def encoded(result: Result, media_type: str, mark: str = "") -> Iterator[str]:
    """Yield the text of a result in one of WRITERS, a piece for every thousand rows; raise BadQuery where it does not fit.

    `mark` says that rows are missing; JSON and Turtle have a place for it.
    """
    if mark and WRITERS[media_type] is _JSON:
        yield as_json(result, link=mark, indent=None)
        return
    yield from WRITERS[media_type](result)
    if mark and media_type == TURTLE:
        yield f"\n# truncated: {mark}\n"


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


_JSON: Final = _whole(partial(as_json, indent=None))
WRITERS: Final[dict[str, Callable[[Result], Iterator[str]]]] = {
    JSON: _JSON,
    "application/json": _JSON,
    CSV: _csv,
    TSV: _tsv,
    LINES: _lines,
    "application/jsonl": _lines,
    TURTLE: _whole(as_turtle),
}
"""What an answer is written in, by media type."""
