"""The gallery of questions."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from kgpub.bound import with_terms
from kgpub.project import Project
from kgpub.publish.output import Output
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.questions import ROWS, pages, write_answers
from kgpub.queries import load_queries, read_query, run, text_elsewhere
from tests.publish.pages.rendered import HOSTILE, Seen, assert_sound, rendered
from tests.publish.pages.samples import BASE, book

HERE = read_query(
    """#+ title: Letters of one
#+ question: Which?
#+ group: people
#+ chart: bar letters by oneLabel
#+ parameters:
#+ - {name: one, label: Who, type: iri, entity: person, default: person/ann, help: A name}
#+ - {name: after, label: From, type: date, default: ""}
#+ columns:
#+ - {name: one, label: Who}
#+ - {name: oneLabel, label: Name}
#+ - {name: letters, label: Letters}
SELECT ?one ?after ?oneLabel (COUNT(?d) AS ?letters) {
  ?d <http://purl.org/dc/terms/creator> ?one ; <http://purl.org/dc/terms/date> ?day .
  ?one <http://www.w3.org/2004/02/skos/core#prefLabel> ?oneLabel
  FILTER(COALESCE(STR(?day) >= STR(?after), true))
} GROUP BY ?one ?after ?oneLabel
""",
    "letters-of-one.rq",
)
AWAY = read_query(
    """#+ title: Ask elsewhere
#+ group: people
#+ endpoint: https://example.org/sparql
#+ fill: SELECT ?item { ?item skos:prefLabel ?label }
#+ columns:
#+ - {name: item, label: Item}
SELECT ?item { VALUES (?item) { } ?item ?p ?o }
""",
    "ask-elsewhere.rq",
)
TEXT = f"""
    <{BASE}document/X1> <http://purl.org/dc/terms/creator> <{BASE}person/ann> .
    <{BASE}document/X1> <http://purl.org/dc/terms/date> "1950-07-01" .
    <{BASE}person/ann> <http://www.w3.org/2004/02/skos/core#prefLabel> {Literal(HOSTILE)} .
"""


def gallery() -> Book:
    store = Store()
    store.load(TEXT.encode(), format=RdfFormat.N_TRIPLES)
    return replace(
        book(":document/X1 a cwc:Document", "person/ann"),
        queries=(HERE, AWAY),
        answers={HERE.name: run(store, HERE, base=BASE)},
        elsewhere={AWAY.name: text_elsewhere(store, AWAY, base=BASE)},
        choices={(HERE.name, "one"): (("person/ann", HOSTILE), ("person/bob", "Bob"))},
    )


BOOK = gallery()
HTML = rendered(BOOK, pages(BOOK))


def test_there_is_a_gallery_and_a_page_for_each_query_and_markup_in_data_stays_text() -> None:
    assert sorted(HTML) == ["queries.html", "queries/ask-elsewhere.html", "queries/letters-of-one.html"]
    assert_sound(HTML["queries.html"], 1)
    assert_sound(HTML["queries/ask-elsewhere.html"], 1)
    assert_sound(HTML["queries/letters-of-one.html"], 5)
    assert HTML["queries/letters-of-one.html"].count("&lt;script&gt;alert(1)") >= 3  # pick-list, bar, table


def test_the_page_holds_the_answer_the_form_and_the_text_with_its_parameters_marked() -> None:
    seen = Seen(HTML["queries/letters-of-one.html"])
    assert "../person/ann.html" in seen.named("href")
    assert seen.named("data-use") == ["selected", "selected", "term", "term", "term", "nothing", "nothing"]
    assert "1 row." in seen.text
    assert ("option", "value", "person/bob") in seen.attributes
    told = json.loads(seen.named("data-ask")[0])
    assert told["columns"] == [["one", "Who"], ["oneLabel", "Name"], ["letters", "Letters"]]
    assert told["bars"] == ["oneLabel", "letters"]
    assert [one["value"] for one in told["parameters"]] == ["person/ann", ""]
    assert any(href.startswith("../sparql.html#query=SELECT%20") for href in seen.named("href"))


def test_without_the_engine_no_script_is_asked_for_and_the_page_says_so() -> None:
    without = replace(BOOK, has_engine=False)
    html = rendered(without, pages(without))["queries/letters-of-one.html"]
    assert_sound(html, 1)
    assert "holds no query engine" in html


def test_a_query_for_another_endpoint_is_text_to_paste_and_no_form() -> None:
    seen = Seen(HTML["queries/ask-elsewhere.html"])
    assert "form" not in {tag for tag, name, value in seen.attributes if (name, value) == ("id", "ask")}
    assert f"(<{BASE}person/ann>)" in seen.text


def test_answers_lie_beside_the_pages_whole(output: Output) -> None:
    write_answers(output, BOOK)
    output.settle()
    rows = list(csv.reader((output.folder / "queries/letters-of-one.csv").read_text("utf-8").splitlines()))
    assert rows == [["one", "oneLabel", "letters"], [f"{BASE}person/ann", HOSTILE, "1"]]
    found = json.loads((output.folder / "queries/letters-of-one.json").read_text("utf-8"))
    assert found["results"]["bindings"][0]["one"] == {"type": "uri", "value": f"{BASE}person/ann"}


def test_the_real_gallery_has_all_queries_with_their_answers(publication: Project) -> None:
    """Every drawing of a header can be made, every page is light, and a long answer is cut and whole beside."""
    dist: Path = publication.outputs.dist
    queries = load_queries(publication.queries / "site")
    for query in queries:
        html = (dist / "queries" / f"{query.name}.html").read_text("utf-8")
        assert len(html.encode()) < 150_000, query.name
        assert_sound(html, 1 if query.endpoint else 5)
        if query.chart:
            assert 'class="chart chart-' in html, query.name
        if query.endpoint:
            continue
        rows = list(csv.reader((dist / "queries" / f"{query.name}.csv").read_text("utf-8").splitlines()))
        seen = Seen(html)
        assert len(rows) > 1, query.name
        assert seen.text.count(" rows; the files have all.") == (len(rows) - 1 > ROWS), query.name
    assert len(queries) > 30


def test_terms_are_put_where_the_engine_binds_them(publication: Project) -> None:
    """The text that the browser fills in answers what the service answers, other values included."""
    query = next(one for one in load_queries(publication.queries / "site") if one.name == "letters-between")
    store = Store()
    store.load(path=publication.outputs.dist / "cwcorr.nq")
    given = {"one": "person/joseph-stalin", "other": "person/mao-zedong", "until": "1950-12-31"}
    base = publication.base
    terms: dict[str, NamedNode | Literal] = {
        "one": NamedNode(f"{base}person/joseph-stalin"),
        "other": NamedNode(f"{base}person/mao-zedong"),
        "until": Literal("1950-12-31", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")),
    }
    answer = store.query(with_terms(query.text, terms), use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    assert len(list(answer)) == len(run(store, query, given, base=base).rows) > 5
