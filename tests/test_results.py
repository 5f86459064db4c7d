"""The forms of a query's answer."""

import json

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, Triple, parse_query_results

from kgpub.errors import BadQuery
from kgpub.results import Column, Result, as_csv, as_json, as_table, as_turtle, render, shorten
from kgpub.serve.encoding import LINES, TSV, encoded

BASE = "https://example.org/letters/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(f"{XSD}integer"))


LETTERS = Result(
    columns=(Column("person", "Person"), Column("personLabel", "Name"), Column("letters", "Letters")),
    rows=(
        (NamedNode(f"{BASE}person/ada-quill"), Literal("Ada Quill", language="en"), number(12)),
        (NamedNode(f"{BASE}person/li"), Literal("李四", language="zh-Hans"), number(3)),
        (NamedNode("http://www.w3.org/2004/02/skos/core#Concept"), None, None),
    ),
)
TRIPLES = Result(
    triples=(
        Triple(NamedNode(f"{BASE}b"), NamedNode(f"{BASE}p"), Literal("two")),
        Triple(NamedNode(f"{BASE}a"), NamedNode(f"{BASE}p"), Literal("one")),
    )
)


def test_a_table_is_aligned_with_numbers_to_the_right_and_iris_as_paths_below_the_base():
    assert as_table(LETTERS, base=BASE) == (
        "Person            Name       Letters\n"
        "----------------  ---------  -------\n"
        "person/ada-quill  Ada Quill       12\n"
        "person/li         李四             3\n"
        "skos:Concept\n"
        "\n"
        "3 rows\n"
    )


def test_a_table_cuts_cells_that_are_wider_than_asked():
    lines = as_table(LETTERS, base=BASE, width=8).splitlines()
    assert lines[2].split()[0] == "person/…"
    assert lines[2].split()[1:3] == ["Ada", "Qui…"]


def test_a_table_without_rows_still_has_its_head():
    assert as_table(Result(columns=LETTERS.columns)).splitlines()[0] == "Person  Name  Letters"


def test_a_table_keeps_a_line_break_in_a_value_from_breaking_the_row():
    assert "one two" in as_table(Result(columns=(Column("x", "X"),), rows=((Literal("one\ntwo"),),)))


def test_an_ask_is_answered_with_a_word():
    assert as_table(Result(boolean=True)) == "yes\n"
    assert as_table(Result(boolean=False)) == "no\n"


def test_the_longest_fitting_namespace_shortens_an_iri():
    prefixes = {"a": "http://x/", "b": "http://x/y/"}
    assert shorten("http://x/y/z", prefixes) == "b:z"
    assert shorten("http://other/", prefixes) == "http://other/"


def test_csv_has_variable_names_bare_values_and_empty_cells_for_unbound():
    assert as_csv(LETTERS).split("\r\n") == [
        "person,personLabel,letters",
        f"{BASE}person/ada-quill,Ada Quill,12",
        f"{BASE}person/li,李四,3",
        "http://www.w3.org/2004/02/skos/core#Concept,,",
        "",
    ]


def test_csv_quotes_commas_and_quotation_marks():
    result = Result(columns=(Column("x", "X"),), rows=((Literal('a "b", c'),),))
    assert as_csv(result) == 'x\r\n"a ""b"", c"\r\n'


def test_json_is_read_back_by_a_sparql_client_as_the_same_terms():
    parsed = parse_query_results(as_json(LETTERS), format=QueryResultsFormat.JSON)
    assert tuple(tuple(row[name] for name in ("person", "personLabel", "letters")) for row in parsed) == LETTERS.rows


def test_json_of_an_ask_has_a_boolean():
    assert json.loads(as_json(Result(boolean=True))) == {"head": {}, "boolean": True}


def test_json_names_blank_nodes():
    result = Result(columns=(Column("x", "X"),), rows=((BlankNode("n1"),),))
    assert json.loads(as_json(result))["results"]["bindings"] == [{"x": {"type": "bnode", "value": "n1"}}]


def test_triples_come_sorted_in_every_form():
    assert as_turtle(TRIPLES).index("one") < as_turtle(TRIPLES).index("two")
    assert as_csv(TRIPLES).splitlines()[1] == f"{BASE}a,{BASE}p,one"
    assert [row["object"]["value"] for row in json.loads(as_json(TRIPLES))["results"]["bindings"]] == ["one", "two"]


def test_turtle_of_a_table_is_refused_with_the_forms_that_fit():
    with pytest.raises(BadQuery, match=r"(?s)answers with a table.*csv, tsv, json, jsonl or table"):
        as_turtle(LETTERS)


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(BadQuery, match=r"(?s)'xls' is not a format.*table, csv, tsv, json, jsonl, ttl"):
        render(LETTERS, "xls")


def test_render_hands_the_base_to_the_table():
    assert "person/li " in render(LETTERS, "table", base=BASE)


def test_tsv_and_json_lines_are_what_the_service_writes():
    """Each has its own writer for large answers, in pieces; both are of the same lines."""
    for result in (LETTERS, TRIPLES, Result(boolean=True)):
        assert render(result, "tsv") == "".join(encoded(result, TSV))
        assert render(result, "jsonl") == "".join(encoded(result, LINES))
    found = [json.loads(line) for line in render(LETTERS, "jsonl").splitlines()]
    assert found == json.loads(as_json(LETTERS))["results"]["bindings"]
    assert render(LETTERS, "tsv").startswith("?")
    assert render(LETTERS, "tsv").count("\n") == len(LETTERS.rows) + 1
