"""Answers as bytes: each format as its specification has it, whole where small and in pieces where large."""

from __future__ import annotations

import asyncio
import csv
import io
import json

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results
from starlette.responses import StreamingResponse

from kgpub.errors import BadQuery
from kgpub.results import Column, Result, Term, as_csv, as_json
from kgpub.serve.encoding import CSV, JSON, LINES, TSV, TURTLE, encoded
from kgpub.serve.pieces import respond

XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS: tuple[tuple[Term | None, ...], ...] = (
    (NamedNode("urn:a"), Literal('a "quoted", tab\t, line\r\nend', language="en")),
    (None, Literal("1950-01-10", datatype=NamedNode(f"{XSD}date"))),
    (BlankNode("b"), Literal(7)),
    (NamedNode("urn:é"), None),
)
SMALL = Result(columns=(Column("thing", "Thing"), Column("said", "Said")), rows=TERMS)
LARGE = Result(columns=(Column("n", "N"),), rows=tuple((Literal(n),) for n in range(2_500)))


def text(result: Result, media_type: str) -> str:
    return "".join(encoded(result, media_type))


def test_csv_is_what_the_command_line_writes() -> None:
    for result in (SMALL, LARGE, Result(boolean=True), Result(columns=LARGE.columns)):
        assert text(result, CSV) == as_csv(result)
    assert len(list(csv.reader(io.StringIO(text(SMALL, CSV), newline="")))) == 5


def test_tsv_is_read_by_the_engine_to_the_same_terms() -> None:
    found = parse_query_results(text(SMALL, TSV).encode(), format=QueryResultsFormat.TSV)
    assert isinstance(found, QuerySolutions)
    assert [variable.value for variable in found.variables] == ["thing", "said"]
    rows = [tuple(row) for row in found]
    # A blank node's label means nothing beyond its document.
    assert [row for row in rows if not isinstance(row[0], BlankNode)] == [
        row for row in TERMS if not isinstance(row[0], BlankNode)
    ]
    assert len(rows) == len(TERMS)
    assert len(text(SMALL, TSV).splitlines()) == 5


def test_a_line_of_json_is_a_binding_of_the_json_results() -> None:
    lines = [json.loads(line) for line in text(SMALL, LINES).split("\n")[:-1]]
    assert lines == json.loads(as_json(SMALL))["results"]["bindings"]
    assert text(SMALL, "application/jsonl") == text(SMALL, LINES)
    assert text(Result(columns=SMALL.columns), LINES) == ""


def test_a_graph_and_yes_or_no_have_rows_too() -> None:
    graph = Result(triples=(Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o")),))
    assert text(graph, TSV) == '?subject\t?predicate\t?object\n<urn:s>\t<urn:p>\t"o"\n'
    assert text(Result(boolean=False), CSV) == "boolean\r\nfalse\r\n"
    assert json.loads(text(Result(boolean=True), LINES))["boolean"]["value"] == "true"
    assert "urn:s" in text(graph, TURTLE)


def test_turtle_does_not_fit_a_table() -> None:
    with pytest.raises(BadQuery, match="Turtle is for queries that answer with triples"):
        text(SMALL, TURTLE)


def test_what_is_cut_is_marked_where_the_format_has_a_place() -> None:
    mark = "#truncated-after-4-rows"
    cut = json.loads("".join(encoded(SMALL, JSON, mark)))
    assert cut["head"] == {"vars": ["thing", "said"], "link": [mark]}
    assert cut["results"] == json.loads(as_json(SMALL))["results"]
    graph = Result(triples=(Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o")),))
    assert "".join(encoded(graph, TURTLE, mark)) == text(graph, TURTLE) + f"\n# truncated: {mark}\n"
    assert "".join(encoded(SMALL, CSV, mark)) == text(SMALL, CSV)


@pytest.mark.parametrize("media_type", [CSV, TSV, LINES])
def test_a_large_answer_is_sent_in_pieces_that_make_the_whole(media_type: str) -> None:
    body = text(LARGE, media_type).encode() * 10
    response = respond(body, 25_000, media_type, {"X-Total-Count": "25000"})
    assert isinstance(response, StreamingResponse)
    assert response.headers["x-total-count"] == "25000"
    assert "content-length" not in response.headers

    async def pieces() -> list[bytes]:
        return [bytes(piece) async for piece in response.body_iterator]  # type: ignore[arg-type]

    sent = asyncio.run(pieces())
    assert len(sent) > 1
    assert b"".join(sent) == body


def test_a_small_answer_and_json_are_sent_whole() -> None:
    assert "content-length" in respond(b"x", 1_000, CSV, {}).headers
    assert "content-length" in respond(b"x", 1_001, JSON, {}).headers
    assert "content-length" not in respond(b"x", 1_001, CSV, {}).headers
