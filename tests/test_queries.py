"""Canned queries: reading headers, binding parameters, running."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Variable

from kgpub.errors import BadParameter, BadQuery
from kgpub.parameters import choices
from kgpub.queries import bind, find_query, load_queries, read_query, run, text_elsewhere
from kgpub.results import Column

BASE = "https://example.org/letters/"
XSD = "http://www.w3.org/2001/XMLSchema#"

LETTERS = """\
#+ title: Letters of one person
#+ question: What did this person write: and when?
#+ parameters:
#+ - name: person
#+   label: Person
#+   type: iri
#+   entity: person
#+   default: person/ada-quill
#+   pick: "SELECT ?value ?label { ?value a cwc:Person ; skos:prefLabel ?label } ORDER BY ?label"
#+ - {name: after, label: After, type: date, default: ""}
#+ columns:
#+ - {name: letter, label: Letter}
#+ - {name: day, label: Date}
PREFIX cwc: <https://w3id.org/cwcorr/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?letter ?day ?person ?after {
  ?letter cwc:sender ?person ; dcterms:date ?day .
  FILTER(COALESCE(?day > ?after, true))
} ORDER BY ?day
"""

DATA = f"""
@prefix cwc: <https://w3id.org/cwcorr/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <{XSD}> . @base <{BASE}> .
<graph/authority> {{
  <person/ada-quill> a cwc:Person ; skos:prefLabel "Ada Quill"@en .
  <person/ben-inkwell> a cwc:Person ; skos:prefLabel "Ben Inkwell"@en . }}
<graph/L1> {{ <document/L1> cwc:sender <person/ada-quill> ; dcterms:date "1950-01-02"^^xsd:date . }}
<graph/L2> {{ <document/L2> cwc:sender <person/ada-quill> ; dcterms:date "1950-03-04"^^xsd:date . }}
<graph/L2b> {{ <document/L2> cwc:sender <person/ada-quill> . }}
<graph/L3> {{ <document/L3> cwc:sender <person/ben-inkwell> ; dcterms:date "1950-05-06"^^xsd:date . }}
"""


@pytest.fixture
def store() -> Store:
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.TRIG)
    return store


def letters(store: Store, **given: str) -> list[str]:
    result = run(store, read_query(LETTERS, "site/letters.rq"), given, base=BASE)
    return [row[0].value.removeprefix(f"{BASE}document/") for row in result.rows]


def test_a_header_is_read_into_title_question_parameters_and_columns():
    query = read_query(LETTERS, "site/letters.rq")
    assert (query.name, query.title) == ("letters", "Letters of one person")
    assert query.question == "What did this person write: and when?"
    assert [(p.name, p.type, p.required, p.default) for p in query.parameters] == [
        ("person", "iri", False, "person/ada-quill"),
        ("after", "date", False, ""),
    ]
    assert query.columns == (Column("letter", "Letter"), Column("day", "Date"))


def test_a_message_may_hold_colons_and_braces():
    query = read_query("#+ title: t\n#+ severity: Warning\n#+ message: {focus}: see {value}\nSELECT ?focus {}", "c.rq")
    assert (query.severity, query.message) == ("Warning", "{focus}: see {value}")


def test_a_text_goes_on_over_indented_lines():
    query = read_query("#+ title: one\n#+   two\nASK {}", "a.rq")
    assert query.title == "one two"


def test_queries_of_a_folder_come_in_the_order_of_their_paths(tmp_path: Path):
    for name in ("site/b.rq", "site/a.rq", "check/z.rq"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#+ title: {name}\nASK {{}}", "utf-8")
    assert [query.file for query in load_queries(tmp_path)] == ["check/z.rq", "site/a.rq", "site/b.rq"]


BAD = {
    "no title": ("SELECT * {}", r"q\.rq:1: the header has no title"),
    "unknown key": (
        "#+ title: t\n#+ colums: []\nASK {}",
        r"(?s)q\.rq:2: 'colums' is not a key.*Did you mean 'columns'",
    ),
    "key twice": ("#+ title: t\n#+ title: u\nASK {}", r"q\.rq:2: title stands twice"),
    "stray line": ("#+   - x\nASK {}", r"q\.rq:1: .* belongs to no key"),
    "bad yaml": ("#+ title: t\n#+ columns:\n#+ - {name: x\nASK {}", r"q\.rq:[34]: columns: .*(?s:.*are YAML)"),
    "no list": ("#+ title: t\n#+ columns: x\nASK {}", r"q\.rq:2: columns is not a list"),
    "no name": ("#+ title: t\n#+ columns: [{label: x}]\nASK {}", r"q\.rq:2: columns: '' is not a name"),
    "two names": ("#+ title: t\n#+ columns: [{name: x}, {name: x}]\nSELECT ?x {}", r"q\.rq:2: columns: two have one"),
    "unknown field": (
        "#+ title: t\n#+ parameters: [{name: x, lable: y}]\nSELECT ?x {}",
        r"(?s)q\.rq:2: parameters: x: 'lable' is not a key here.*Did you mean 'label'",
    ),
    "unknown type": (
        "#+ title: t\n#+ parameters: [{name: x, type: dates}]\nSELECT ?x {}",
        r"(?s)q\.rq:2: parameter x: 'dates' is not a type.*Did you mean 'date'",
    ),
    "a name of the service": (
        "#+ title: t\n#+ parameters: [{name: limit}]\nSELECT ?limit {}",
        r"(?s)q\.rq:2: parameter 'limit' is a name that the service keeps.*Kept: explain, format, limit, offset",
    ),
    "enum without values": ("#+ title: t\n#+ parameters: [{name: x, type: enum}]\nASK {}", r"x: an enum has values"),
    "bad default": (
        "#+ title: t\n#+ parameters: [{name: x, type: date, default: 1950-13-01}]\nSELECT ?x {}",
        r"'1950-13-01' is not a value of type date",
    ),
    "bad pick": (
        "#+ title: t\n#+ parameters:\n#+ - {name: x, pick: 'SELECT ?value {}'}\nSELECT ?x {}",
        r"parameter x: pick: the column 'label' is not a variable",
    ),
    "not SPARQL": ("#+ title: t\nSELECT ?x {", r"q\.rq:2: not SPARQL: column \d+"),
    "no prefix": ("#+ title: t\nSELECT ?x { ?x cwc:form ?y }", r"q\.rq:2: not SPARQL"),
    "column not selected": (
        "#+ title: t\n#+ columns: [{name: persn}]\nSELECT ?person {}",
        r"(?s)q\.rq: the column 'persn' is not a variable.*Did you mean 'person'",
    ),
    "parameter not selected": (
        "#+ title: t\n#+ parameters: [{name: x}]\nSELECT ?y { ?y a ?x }",
        r"(?s)q\.rq: the parameter \?x is not in the outermost SELECT.*Add \?x",
    ),
    "parameter tested with bound": (
        "#+ title: t\n#+ parameters: [{name: x}]\n\nSELECT ?x { FILTER(!bound(?x) || true) }",
        r"(?s)q\.rq:4: bound\(\?x\) is decided before.*COALESCE",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_file_line_and_advice(case: str):
    text, message = BAD[case]
    with pytest.raises((BadQuery, BadParameter), match=message):
        read_query(text, "q.rq")


def test_the_default_is_bound_where_nothing_is_given(store: Store):
    assert letters(store) == ["L1", "L2"]


@pytest.mark.parametrize("spelling", ["ben-inkwell", "person/ben-inkwell", f"{BASE}person/ben-inkwell"])
def test_an_entity_may_be_named_by_id_by_path_or_by_iri(store: Store, spelling: str):
    assert letters(store, person=spelling) == ["L3"]


def test_an_optional_parameter_narrows_where_given_and_stays_away_where_empty(store: Store):
    assert letters(store, after="1950-02-01") == ["L2"]
    assert letters(store, after="") == ["L1", "L2"]
    assert Variable("after") not in bind(read_query(LETTERS, "l.rq"), {}, base=BASE)


def test_columns_that_the_header_does_not_name_are_not_in_the_result(store: Store):
    result = run(store, read_query(LETTERS, "l.rq"), base=BASE)
    assert [column.name for column in result.columns] == ["letter", "day"]
    assert {len(row) for row in result.rows} == {2}


def test_a_value_is_a_term_and_never_becomes_part_of_the_query(store: Store):
    query = read_query("#+ title: t\n#+ parameters: [{name: name}]\nSELECT ?x ?name { ?x ?p ?name }", "q.rq")
    evil = '"@en } #'
    assert bind(query, {"name": evil}) == {Variable("name"): Literal(evil)}
    assert run(store, query, {"name": evil}).rows == ()


def test_an_unknown_entity_is_refused_with_the_nearest_one(store: Store):
    with pytest.raises(BadParameter, match=r"(?s)query letters: parameter 'person': 'ben-inkwel' is not.*person/ben-i"):
        letters(store, person="ben-inkwel")


def test_an_entity_like_no_other_is_refused_with_the_list(store: Store):
    with pytest.raises(BadParameter, match=r"(?s)'zzz' is not in the graph.*person/ada-quill, person/ben-inkwell"):
        letters(store, person="zzz")


def test_an_iri_that_is_none_is_refused(store: Store):
    with pytest.raises(BadParameter, match="is not in the graph"):
        letters(store, person="https://a b")


@pytest.mark.parametrize("value", ["1 May 1950", "1950-02-30", "19500201"])
def test_a_day_that_is_none_is_refused_with_the_form(store: Store, value: str):
    with pytest.raises(BadParameter, match=r"(?s)parameter 'after': .* is not a value of type date.*1950-07-01"):
        letters(store, after=value)


def test_an_unknown_parameter_is_refused_with_the_nearest_name(store: Store):
    with pytest.raises(BadParameter, match=r"(?s)there is no parameter 'persn'.*Did you mean 'person'.*person, after"):
        letters(store, persn="x")


def test_a_missing_required_parameter_is_named():
    query = read_query("#+ title: t\n#+ parameters: [{name: day, label: Day, type: date}]\nSELECT ?day {}", "q.rq")
    with pytest.raises(BadParameter, match=r"(?s)query q: parameter 'day' \(Day\) is missing.*a day as 1950-07-01"):
        bind(query, {})


@pytest.mark.parametrize(
    ("kind", "good", "bad"), [("integer", "12", "1.5"), ("gYear", "1950", "50"), ("enum", "one", "onne")]
)
def test_each_type_takes_its_own_values_only(kind: str, good: str, bad: str):
    query = read_query(
        f"#+ title: t\n#+ parameters: [{{name: v, type: {kind}, values: [one, two]}}]\nSELECT ?v {{}}", "q.rq"
    )
    term = bind(query, {"v": good})[Variable("v")]
    datatype = "string" if kind == "enum" else kind
    assert term == Literal(good, datatype=NamedNode(f"{XSD}{datatype}"))
    with pytest.raises(BadParameter, match=r"'v': .* is not a value of type"):
        bind(query, {"v": bad})


def test_concepts_are_found_at_the_vocabulary_whatever_the_base():
    query = read_query(
        "#+ title: t\n#+ parameters: [{name: f, type: iri, entity: concept/form}]\nSELECT ?f { ?d a ?f }", "q.rq"
    )
    assert bind(query, {"f": "letter"}, base=BASE)[Variable("f")].value == "https://w3id.org/cwcorr/concept/form/letter"


def test_several_classes_are_tried_until_the_graph_knows_one(store: Store):
    query = read_query(
        "#+ title: t\n#+ parameters: [{name: a, type: iri, entity: [organisation, person]}]\nSELECT ?a { ?d a ?a }",
        "q.rq",
    )
    bound = bind(query, {"a": "ada-quill"}, base=BASE, store=store)
    assert bound[Variable("a")] == NamedNode(f"{BASE}person/ada-quill")


def test_choices_are_the_paths_and_labels_of_the_pick_list(store: Store):
    parameter = read_query(LETTERS, "l.rq").parameter("person")
    assert choices(store, parameter, base=BASE) == (
        ("person/ada-quill", "Ada Quill"),
        ("person/ben-inkwell", "Ben Inkwell"),
    )


def test_an_ask_and_a_construct_are_answered_in_their_kind(store: Store):
    assert run(store, read_query("#+ title: t\nASK { ?s ?p ?o }", "q.rq")).boolean is True
    triples = run(store, read_query("#+ title: t\nCONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "q.rq")).triples
    assert triples is not None
    assert len(triples) == len(set(triples)) == 10


def test_a_query_is_found_by_name_or_refused_with_the_nearest():
    queries = (read_query(LETTERS, "site/letters.rq"),)
    assert find_query(queries, "letters") is queries[0]
    with pytest.raises(BadQuery, match=r"(?s)no query 'leters'.*Did you mean 'letters'"):
        find_query(queries, "leters")


ABROAD = """\
#+ title: Letters, there
#+ endpoint: https://there.example/sparql
#+ parameters: [{name: person, label: Person, type: iri, entity: person, default: ""}]
#+ fill:
#+   SELECT ?letter ?day ?note ?person { ?letter cwc:sender ?who ; dcterms:date ?day
#+   FILTER(COALESCE(?who = ?person, true)) } ORDER BY ?letter
#+ columns: [{name: copy, label: Copy, description: "where a copy is kept, there"}, {name: day, label: Day}]
SELECT ?copy ?day { VALUES (?letter ?day ?note) { } ?copy <https://there.example/of> ?letter }
"""


def test_a_query_for_another_endpoint_is_filled_from_the_graph_and_not_run(store: Store):
    query = read_query(ABROAD, "site/abroad.rq")
    text = text_elsewhere(store, query, {"person": "ben-inkwell"}, base=BASE)
    assert text == (
        "# Letters, there. Paste this at https://there.example/sparql\n"
        "# Columns:\n#   copy: where a copy is kept, there\n#   day: Day\n\n"
        "SELECT ?copy ?day { VALUES (?letter ?day ?note) {\n"
        f'    (<{BASE}document/L3> "1950-05-06"^^<{XSD}date> UNDEF)\n'
        "  } ?copy <https://there.example/of> ?letter }\n"
    )
    assert text_elsewhere(store, query, base=BASE).count(f"(<{BASE}document/L") == 3
    with pytest.raises(BadQuery, match=r"abroad is for https://there.example/sparql and is never run here"):
        run(store, query, base=BASE)


def test_a_parameter_of_a_query_for_elsewhere_is_checked_against_the_graph(store: Store):
    with pytest.raises(BadParameter, match="'nobody' is not in the graph"):
        text_elsewhere(store, read_query(ABROAD, "site/abroad.rq"), {"person": "nobody"}, base=BASE)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("VALUES (?letter ?day ?note) { }", "", "has columns, one empty VALUES and what fills it"),
        ("#+ fill:", "#+ question:", "has columns, one empty VALUES and what fills it"),
        ("?letter ?day ?note ?person {", "?letter ?day ?person {", "fill: the column 'note' is not a variable"),
        ("ORDER BY", "ORDERED BY", "fill:1: not SPARQL"),
        ("SELECT ?copy", "SELECT ?kopy", "the column 'copy' is not a variable that the query selects"),
    ],
)
def test_a_query_for_elsewhere_is_checked_when_it_is_read(old: str, new: str, message: str):
    assert old in ABROAD
    with pytest.raises(BadQuery, match=message):
        read_query(ABROAD.replace(old, new, 1), "site/abroad.rq")


def test_what_has_a_default_is_not_taken_empty_and_the_choices_are_named(store: Store):
    with pytest.raises(BadParameter, match=r"'person' \(Person\) is missing") as missing:
        letters(store, person=" ")
    assert missing.value.parameter == "person"
    assert missing.value.allowed == ("person/ada-quill", "person/ben-inkwell")
    assert "or its whole IRI: person/ada-quill, person/ben-inkwell." in str(missing.value)
    assert letters(store, after="") == letters(store)
