"""What is said of conformance: made by a command, the same in the docs and in the service, and as it would be written now."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kgpub import __version__
from tests.parts import bench_program
from tests.tiny import PROJECT

CONFORMANCE = bench_program("conformance")
EARL = "http://www.w3.org/ns/earl#"
JUNIT = """<testsuites><testsuite>
<testcase classname="tests.serve.test_protocol_w3c" name="test_query_get[a]"/>
<testcase classname="tests.serve.test_protocol_w3c" name="test_query_get[b]"><failure message="x"/></testcase>
<testcase classname="tests.serve.test_protocol_w3c" name="test_description"><skipped/></testcase>
</testsuite></testsuites>"""


def test_the_page_and_the_data_are_what_the_command_would_write_now() -> None:
    """By the names of the suites' tests and the number of their cases; that they pass, the suites themselves hold."""
    files = sorted({file for suite in CONFORMANCE.SUITES for file in suite.files})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *files]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    lines = [line.split("::") for line in done.stdout.splitlines() if "::" in line]
    cases = Counter((file, "::".join(rest).partition("[")[0]) for file, *rest in lines)
    tests = [CONFORMANCE.Test(file, name, count, "passed") for (file, name), count in sorted(cases.items())]
    assert len(tests) > 100
    assert CONFORMANCE.stale(tests) == [], "run `python bench/conformance.py`"
    assert CONFORMANCE.stale(tests[1:]) != []
    protocol = next(number for number, one in enumerate(tests) if one.file == CONFORMANCE.PROTOCOL)
    tests[protocol] = replace(tests[protocol], outcome="failed")
    assert CONFORMANCE.stale(tests) == ["docs/conformance.md", "src/kgpub/serve/conformance.json"]


def test_a_test_with_one_case_that_fails_has_failed() -> None:
    found = {one.name: (one.cases, one.outcome) for one in CONFORMANCE.measured(JUNIT)}
    assert found == {"test_query_get": (2, "failed"), "test_description": (1, "skipped")}
    page = CONFORMANCE.page(CONFORMANCE.measured(JUNIT), "2001-02-03")
    assert f"kgpub {__version__}, 2001-02-03." in page
    assert "| query get | 2 | failed |" in page
    assert "started for it | 1 | 2 | 0 | 1 | 0 |" in page
    assert "started for it | 1 | 1 | 0 | 0 | 1 |" in page


def test_each_test_of_a_suite_stands_in_one_suite_only() -> None:
    data = json.loads(CONFORMANCE.DATA.read_text("utf-8"))
    tests = [one["test"] for one in data["@graph"] if one["@type"] == "Assertion"]
    assert len(tests) == len({one["identifier"] for one in tests}) == len({one["@id"] for one in tests}) > 100


def test_the_service_gives_the_same_as_a_page_and_as_earl(client) -> None:
    page = client.get("/conformance", headers={"Accept": "text/html"})
    assert (page.status_code, f"kgpub {__version__}, " in page.text) == (200, True)
    assert "the description conforms to schema" in page.text
    assert "SPARQL 1.1 Federated Query" in page.text.partition("<h2>Not run</h2>")[2]
    answer = client.get("/conformance")
    assert answer.headers["content-type"] == "application/ld+json"
    base = "https://example.org/letters/conformance"
    quads = list(parse(answer.content, format=RdfFormat.JSON_LD, base_iri=base))
    outcomes = Counter(quad.object.value for quad in quads if quad.predicate == NamedNode(f"{EARL}outcome"))
    rows = [line for line in CONFORMANCE.PAGE.read_text("utf-8").splitlines() if line.endswith("| passed |")]
    assert outcomes == {f"{EARL}passed": len(rows)}
    assert NamedNode(f"{base}#protocol") in {quad.subject for quad in quads}


@pytest.mark.parametrize(
    ("query", "accept", "status"), [("?format=pdf", "*/*", 400), ("", "image/png", 406), ("?format=json", "", 200)]
)
def test_a_format_that_is_not_there_is_refused(client, query: str, accept: str, status: int) -> None:
    assert client.get(f"/conformance{query}", headers={"Accept": accept}).status_code == status
