"""The validation report: people read all of it, markup in the corpus stays text, SHACL tools read the other one."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
import rdflib
from jinja2 import UndefinedError
from rdflib.namespace import DCTERMS, RDF, SH

from kgpub.model import Problem, Severity
from kgpub.publish.catalogue import Publication
from kgpub.publish.output import Output
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.checked import report_page
from kgpub.publish.pages.facts import Facts
from kgpub.publish.report import Result, environment, write_report
from kgpub.publish.turtle import prefixes_of
from tests.publish.pages.rendered import rendered

BASE = "https://example.org/letters/"
COUNTS = {"Documents as printed": 1234}
VOID_TAGS = {"meta", "link", "input"}


def result(
    severity: Severity, message: str, line: int = 7, value: str = "", focus: str = "document/L1", path: str = ""
) -> Result:
    problem = Problem("corpus/records/L1.yaml", line, "senders[0].printed", value, message, "", severity)
    node = f"<{BASE}{focus}>"
    literal = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if value else ""
    return Result(problem, node, path and f"<{path}>", literal, f"<{BASE}shape>")


def write(output: Output, results: Sequence[Result], title: str = "Letters") -> tuple[str, rdflib.Graph]:
    write_report(output, results, BASE, prefixes_of(BASE))
    output.settle()
    publication = Publication(BASE, title, "", "Nobody", "", "en", "1.0", "2030-01-02")
    known = Book(facts=Facts(()), publication=publication, paths=frozenset({"document/L1"}), counts=COUNTS)
    html = rendered(known, [report_page(known, results)])["report.html"]
    return html, rdflib.Graph().parse(output.folder / "report.ttl")


class _Reader(HTMLParser):
    """Collects elements and text, and notes any tag that closes another than the open one."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.crossed: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID_TAGS:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def test_a_result_is_shown_with_its_place_its_value_and_its_node(output: Output) -> None:
    """Who mends it needs file, line and field; who reads the graph needs the node."""
    html, _ = write(output, [result("warning", "The name is odd.", value="QUILL, A.")])
    text = "".join(read(html).text)
    for part in ("corpus/records/L1.yaml:7", "senders[0].printed", "QUILL, A.", "document/L1", "The name is odd."):
        assert part in text
    assert "1,234" in text
    assert 'href="document/L1.html"' in html


def test_markup_in_a_printed_name_stays_text(output: Output) -> None:
    """A value, a message or a title that looks like HTML must not become HTML on the site."""
    evil = "<script>alert('1')</script>"
    html, graph = write(output, [result("warning", f"Odd: {evil}", value=evil)], title=f"Letters {evil}")
    reader = read(html)
    assert reader.tags.count("script") == 1  # the site's own
    assert "<script>" not in html
    assert "".join(reader.text).count(evil) == 5  # title thrice, message, value
    assert (None, SH.resultMessage, rdflib.Literal(f"Odd: {evil}", lang="en")) in graph
    assert (None, SH.value, rdflib.Literal(evil)) in graph


def test_elements_are_closed_in_order(output: Output) -> None:
    """Three groups, one with two places."""
    html, _ = write(
        output, [result("warning", "a"), result("warning", "a", 9), result("info", "b"), result("info", "c")]
    )
    reader = read(html)
    assert reader.crossed == []
    assert reader.tags.count("section") == 3
    assert "2 places" in html
    assert "1 place<" in html


def test_the_gravest_come_first(output: Output) -> None:
    """Then by file and line, whatever the order they were found in."""
    found = [
        result("info", "note"),
        result("warning", "second", 9),
        result("warning", "first", 3),
        result("violation", "stop"),
    ]
    html, _ = write(output, found)
    places = [html.index(f"</span> {message}") for message in ("stop", "first", "second", "note")]
    assert places == sorted(places)


def test_a_result_without_a_line_or_a_field_is_shown_all_the_same(output: Output) -> None:
    """A check over the whole graph has no place in a file."""
    problem = Problem("graph/authority", 0, "", "", "Two of one match.", "", "warning")
    html, graph = write(output, [Result(problem, f"<{BASE}person/ada>", "", "", "queries/check/one-match.rq")])
    assert "graph/authority</code>" in html
    (node,) = graph.subjects(RDF.type, SH.ValidationResult)
    assert graph.value(node, DCTERMS.source) == rdflib.Literal("graph/authority")
    assert (node, SH.sourceShape, None) not in graph
    assert (node, SH.resultPath, None) not in graph


def test_the_turtle_is_a_shacl_report(output: Output) -> None:
    """Its terms are SHACL's (rdflib knows them), one result node for each result."""
    found = [
        result("warning", "a", value="x", path=str(DCTERMS.date)),
        result("info", "b"),
        result("warning", "a", value="y", path=str(DCTERMS.date)),
    ]
    _, graph = write(output, found)
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    nodes = set(graph.objects(report, SH.result))
    assert nodes == set(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(nodes) == 3
    assert all(term in SH for term in graph.predicates() if str(term).startswith(str(SH)))
    (one,) = graph.subjects(SH.value, rdflib.Literal("x"))
    assert graph.value(one, SH.resultSeverity) == SH.Warning
    assert graph.value(one, SH.focusNode) == rdflib.URIRef(f"{BASE}document/L1")
    assert graph.value(one, SH.resultPath) == DCTERMS.date
    assert graph.value(one, SH.sourceShape) == rdflib.URIRef(f"{BASE}shape")
    assert graph.value(one, DCTERMS.source) == rdflib.Literal("corpus/records/L1.yaml:7")


@pytest.mark.parametrize(("severity", "conforms"), [("info", True), ("warning", True), ("violation", False)])
def test_only_a_violation_does_not_conform(output: Output, severity: Severity, conforms: bool) -> None:
    """As with the reference's `--allow-warnings`: what is published conforms, and its warnings can be weighed."""
    _, graph = write(output, [result(severity, "a")])
    assert graph.value(rdflib.URIRef(f"{BASE}report"), SH.conforms) == rdflib.Literal(conforms)


def test_nothing_found_is_said(output: Output) -> None:
    """An empty report conforms, and does not look like a broken page."""
    html, graph = write(output, [])
    assert "Nothing was found." in html
    assert graph.value(rdflib.URIRef(f"{BASE}report"), SH.conforms) == rdflib.Literal(True)


def test_a_template_that_names_what_is_not_given_fails(output: Output) -> None:
    """A silent gap in a page is worse than a build that stops."""
    with pytest.raises(UndefinedError):
        environment().from_string("{{ missing }}").render()
