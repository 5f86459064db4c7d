"""Cutting an answer while it is written: the pieces in which it comes, and the letters in it, make no difference."""

from __future__ import annotations

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store, parse_query_results

from kgpub.serve.cut import Cut, Enough

# Letters that each format must escape, and those that look like the end of a row in one of them.
VALUES = ['}},{"', '}]}}\\"', "</result>", 'a"b', "a\r\nb", "a\nb\t", "", "\\", "},{", "'\"\"'"]
FORMATS = [QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV]


def written(form: QueryResultsFormat, rows: int) -> bytes:
    values = " ".join(f'("{_escaped(VALUES[number % len(VALUES)])}" {number})' for number in range(rows))
    return serialized(f"SELECT ?x ?y ?none {{ VALUES (?x ?y) {{ {values} }} }}", form)


def serialized(query: str, form: QueryResultsFormat) -> bytes:
    found = Store().query(query)
    assert isinstance(found, QuerySolutions)
    data = found.serialize(format=form)
    assert data is not None
    return data


def _escaped(text: str) -> str:
    for plain, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(plain, escape)
    return text


def cut(form: QueryResultsFormat, data: bytes, rows: int, size: int, piece: int) -> Cut:
    sink = Cut(form, rows, size)
    try:
        for start in range(0, len(data), piece):
            sink.write(data[start : start + piece])
    except Enough:
        pass
    return sink


def count(form: QueryResultsFormat, data: bytes) -> int:
    if form == QueryResultsFormat.CSV:
        # The engine reads no CSV. Every row of these ends in a number, an empty cell and a line's end.
        return data.count(b",\r\n")
    found = parse_query_results(data, format=form)
    assert isinstance(found, QuerySolutions)
    return sum(1 for _ in found)


@pytest.mark.parametrize("piece", [1, 7, 64, 100_000])
@pytest.mark.parametrize("rows", [1, 2, 9, 19])
@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_an_answer_is_cut_after_so_many_rows(form: QueryResultsFormat, rows: int, piece: int) -> None:
    sink = cut(form, written(form, 20), rows, 1_000_000, piece)
    assert (sink.truncated, sink.rows) == (True, rows)
    assert count(form, sink.value()) == rows
    whole = written(form, 20)
    assert form in (QueryResultsFormat.JSON, QueryResultsFormat.XML) or whole.startswith(sink.value())


@pytest.mark.parametrize("piece", [1, 64, 100_000])
@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_an_answer_within_its_limits_is_left_as_it_is(form: QueryResultsFormat, piece: int) -> None:
    whole = written(form, 20)
    for rows in (20, 21, 1000):
        sink = cut(form, whole, rows, 1_000_000, piece)
        assert (sink.truncated, sink.rows, sink.value()) == (False, 20, whole)


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_an_answer_is_cut_after_the_last_row_within_so_many_bytes(form: QueryResultsFormat) -> None:
    whole = written(form, 2_000)
    sink = cut(form, whole, 1_000_000, len(whole) // 2, 8192)
    assert sink.truncated
    assert sink.rows == count(form, sink.value())
    assert 900 < (sink.rows or 0) < 1_100


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_one_row_without_end_leaves_an_empty_answer(form: QueryResultsFormat) -> None:
    whole = serialized(f'SELECT ("{"x" * 3_000_000}" AS ?x) {{}}', form)
    sink = cut(form, whole, 10, 1_000, 8192)
    assert (sink.truncated, sink.rows) == (True, 0)
    assert len(sink.value()) < 300
    assert form == QueryResultsFormat.CSV or count(form, sink.value()) == 0
