"""What a query must pass before the engine sees it. The engine itself is asked where the test claims what it reads."""

import pytest
from pyoxigraph import Store

from kgpub.serve.guard import Limits, Refusal, check, graph_iri, names_graphs

FAR = "<http://127.0.0.1:9/sparql>"

REACHING_OUT = [
    f"SELECT * {{ SERVICE {FAR} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service silent {FAR} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE{FAR}{{}} }}",
    f"SELECT * {{ SERVICE # a comment\n {FAR} {{}} }}",
    "SELECT * { VALUES ?x { <http://127.0.0.1:9/> } SERVICE ?x {} }",
    "SELECT * { VALUES ?x { <http://127.0.0.1:9/> } SERVICE?x{} }",
    "PREFIX ex: <http://127.0.0.1:9/> SELECT * { SERVICE ex:sparql {} }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE :sparql {} }",
    # What a lexer would take for an IRI, a name, a text or a comment, and the engine reads as SERVICE:
    "SELECT * { ?a ?c ?b FILTER(?a<?b)SERVICE?x#>\n{} }",
    f"SELECT * {{ ?s ?p 1SERVICE{FAR}{{}} }}",
    f"SELECT * {{ ?s ?p trueSERVICE{FAR}{{}} }}",
    f"PREFIX ex: <http://x/> SELECT * {{ ?s ?p ex:.SERVICE {FAR} {{}} }}",
    f"SELECT * {{ ?s ?p <http://x/o'neill> SERVICE {FAR} {{}} ?s ?p 'x' }}",
    f"SELECT * {{ ?s ?p <http://x/#a> SERVICE {FAR} {{}} }}",
    f"SELECT * {{ ?s ?p '\\'' SERVICE {FAR} {{}} ?s ?p '' }}",
]


@pytest.mark.parametrize("query", REACHING_OUT)
def test_every_spelling_of_service_that_the_engine_reads_is_refused(query: str):
    Store().query(query)  # the engine takes it: no SyntaxError
    with pytest.raises(Refusal, match="SERVICE is refused") as caught:
        check(query, Limits())
    assert caught.value.status == 403


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a ?kind }",
        "SELECT ?service { ?x ?p ?myService . ?myService ?p ?y }",
        "PREFIX ex: <http://example.org/service/> SELECT * { ?s ex:service ?o . ?s ex:Service ?p }",
        "SELECT * { ?s ?p <http://example.org/service> . ?s ?q <http://example.org/service#x> }",
        'SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, "in the service of the state")) }',
        'SELECT * { ?s ?p "service" }',
        "SELECT * { ?s ?p ?o } # at your service\n",
    ],
)
def test_the_word_service_elsewhere_is_no_reason_to_refuse(query: str):
    check(query, Limits())


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:s> <a:p> 1 }",
        "  # a comment\n PREFIX ex: <http://x/>\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "BASE <http://x/> drop ALL",
        "WITH <http://x/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_by_name(update: str):
    with pytest.raises(Refusal, match="read-only") as caught:
        check(update, Limits())
    assert caught.value.status == 403


def test_a_graph_is_named_by_an_absolute_iri():
    assert graph_iri("https://elsewhere.example/graph") == "https://elsewhere.example/graph"
    with pytest.raises(Refusal, match="names no graph"):
        graph_iri("not an iri")


def test_from_is_seen_in_the_query_and_not_in_a_text_or_a_comment():
    assert names_graphs("SELECT * FROM <a:g> { ?s ?p ?o }")
    assert names_graphs("PREFIX g: <a:> SELECT * FROM NAMED g:x { ?s ?p ?o }")
    assert not names_graphs('SELECT * { ?s ?p "from <a:g>" } # from <a:g>')
    assert not names_graphs("SELECT ?from { ?from ?p ?o }")


def test_a_query_that_is_too_long_is_refused_with_the_limit():
    with pytest.raises(Refusal, match=r"20,0\d\d characters; at most 20,000") as caught:
        check("SELECT * { ?s ?p ?o }" + " " * 20_000, Limits())
    assert caught.value.status == 413


@pytest.mark.parametrize("bracket", ["(", "[", "{"])
def test_nested_brackets_are_refused_before_the_engine_parses_them(bracket: str):
    with pytest.raises(Refusal, match="opens 401 brackets; at most 400"):
        check(bracket * 401, Limits())


@pytest.mark.parametrize("operator", ["!", "&&", "||", "^", "+", "-", "*", "/"])
def test_long_chains_of_operators_are_refused(operator: str):
    with pytest.raises(Refusal, match=r"operators; at most 1500"):
        check(operator * 1501, Limits())


DEEPEST = {
    "parentheses": "SELECT * { FILTER(" + "(" * 390 + "1" + ")" * 390 + ") }",
    "groups": "SELECT * " + "{" * 400 + "}" * 400,
    "functions": "SELECT * { FILTER(" + "IF(1,1," * 390 + "1" + ")" * 390 + ") }",
    "negations": "SELECT * { FILTER(" + "!" * 1490 + "true) }",
    "conjunctions": "SELECT * { FILTER(true" + "&&true" * 700 + ") }",
    "sums": "SELECT * { FILTER(1" + "+1" * 1490 + ") }",
    "differences": "SELECT * { FILTER(1" + "-1" * 1490 + ") }",
}


@pytest.mark.parametrize("case", DEEPEST)
def test_the_engine_survives_the_deepest_query_that_passes(case: str):
    check(DEEPEST[case], Limits())
    list(Store().query(DEEPEST[case]))
