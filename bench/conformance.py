"""What is tested of each protocol, and how it came out: `python bench/conformance.py [--date YYYY-MM-DD] [--check]`.

It runs our own suites and writes docs/conformance.md and src/kgpub/serve/conformance.json (EARL as JSON-LD, which /conformance
shows). Nothing is in them that was not run; the day is that of the release unless it is given. With --check nothing is written,
and it ends with 1 where the page would have other names or outcomes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kgpub import __version__

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "conformance.md"
DATA = ROOT / "src" / "kgpub" / "serve" / "conformance.json"
OVER_HTTP = "over HTTP, with a server that was started for it"
IN_PROCESS = "by calls of functions, without a server"

QUIET = ("-W", "ignore::ResourceWarning")
"""Tests that make a client in passing do not close it, which calls of the application do not mind."""


@dataclass(frozen=True)
class Suite:
    """One suite: what it is about, where its tests are, and which of them by a pattern of their names."""

    id: str
    title: str
    of: str
    how: str
    files: tuple[str, ...]
    only: str = ""
    besides: str = r"(?!)"

    def holds(self, file: str, name: str) -> bool:
        """Return whether a test belongs to it."""
        return file in self.files and bool(re.search(self.only, name)) and not re.search(self.besides, name)


@dataclass(frozen=True)
class Test:
    """One test with what came of all its cases: passed, failed (one of them did) or skipped (none ran)."""

    file: str
    name: str
    cases: int
    outcome: str


PROTOCOL = "tests/serve/test_protocol_w3c.py"
DESCRIBED = r"description|returns_rdf"
SUITES = (
    Suite(
        "protocol",
        "SPARQL 1.1 Protocol",
        "https://www.w3.org/TR/sparql11-protocol/",
        OVER_HTTP,
        (PROTOCOL,),
        besides=DESCRIBED,
    ),
    Suite(
        "service-description",
        "SPARQL 1.1 Service Description",
        "https://www.w3.org/TR/sparql11-service-description/",
        OVER_HTTP,
        (PROTOCOL,),
        only=DESCRIBED,
    ),
    Suite(
        "malformed",
        "Requests that are wrong",
        "",
        OVER_HTTP,
        ("tests/serve/test_protocol.py",),
    ),
    Suite(
        "clients",
        "What clients that people use see",
        "",
        OVER_HTTP,
        ("tests/browser/test_service.py", "tests/serve/test_comunica.py", "tests/serve/test_live.py"),
    ),
    Suite(
        "graph-store",
        "SPARQL 1.1 Graph Store HTTP Protocol, the reading side",
        "https://www.w3.org/TR/sparql11-http-rdf-update/",
        OVER_HTTP,
        ("tests/serve/test_graph_store.py",),
    ),
    Suite(
        "results",
        "Formats of results",
        "https://www.w3.org/TR/sparql11-results-json/",
        OVER_HTTP,
        ("tests/serve/test_sparql.py",),
        only=r"format|cut|json_of",
    ),
    Suite(
        "functions",
        "How a format is chosen and an answer is cut",
        "",
        IN_PROCESS,
        ("tests/serve/test_cut.py", "tests/serve/test_negotiation.py"),
    ),
    Suite(
        "reconciliation",
        "Reconciliation Service API 0.2",
        "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/",
        OVER_HTTP,
        tuple(
            f"tests/serve/reconcile/test_{name}.py"
            for name in ("service", "candidates", "agreement", "suggesting", "previews", "extension")
        ),
    ),
)
NOT_RUN = {
    "The W3C's files of the protocol's, the description's and the graph store's tests": (
        "their cases are run by name, the requests are in our own words"
    ),
    "The W3C's tests of queries, functions and result formats": "they are of the engine (Oxigraph), which is not ours",
    "SPARQL 1.1 Update, and the writing side of the Graph Store Protocol": "nothing can be written; the refusal is tested",
    "SPARQL 1.1 Federated Query": "no other endpoint is asked; the refusal is tested",
    "SPARQL 1.1 Entailment Regimes": "none is offered",
    "SPARQL 1.2": "it is not claimed",
    "The test bench of the reconciliation community": "it runs in a browser against an address on the web",
}
"""What a reader may look for here and does not find, and why."""


def measured(junit: str) -> list[Test]:
    """Return the tests of a report of pytest, each with what came of all its cases, in the order of file and name."""
    found: dict[tuple[str, str], list[str]] = {}
    for case in ElementTree.fromstring(junit).iter("testcase"):
        file = f"{case.attrib['classname'].replace('.', '/')}.py"
        name = case.attrib["name"].partition("[")[0]
        wrong = any(case.find(kind) is not None for kind in ("failure", "error"))
        found.setdefault((file, name), []).append(
            "failed" if wrong else "skipped" if case.find("skipped") is not None else "passed"
        )
    return [Test(*key, len(outcomes), _worst(outcomes)) for key, outcomes in sorted(found.items())]


def _worst(outcomes: Sequence[str]) -> str:
    return "failed" if "failed" in outcomes else "passed" if "passed" in outcomes else "skipped"


def run() -> list[Test]:
    """Run all suites and return what came of each test."""
    files = sorted({file for suite in SUITES for file in suite.files})
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "junit.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            *QUIET,
            f"--junitxml={report}",
            *files,
        ]
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
        environ["KGPUB_TEST_OVER_HTTP"] = "1"
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"The suites did not run:\n{done.stdout}{done.stderr}")
        return measured(report.read_text("utf-8"))


def words(name: str) -> str:
    """Return the name of a test as a sentence would have it."""
    return name.removeprefix("test_").replace("_", " ")


def page(tests: Sequence[Test], day: str) -> str:
    """Return docs/conformance.md."""
    lines = [
        "# Conformance: what is tested of each protocol, and how it came out",
        "",
        f"Of kgpub {__version__}, {day}. Written by `python bench/conformance.py`, which runs these suites: they are our own "
        "tests, no certificate of anybody's. `/conformance` of a running service shows the same, also as EARL (JSON-LD).",
        "",
        "| suite | run | tests | cases | passed | failed | skipped |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for suite in SUITES:
        own = [one for one in tests if suite.holds(one.file, one.name)]
        counts = [sum(one.outcome == kind for one in own) for kind in ("passed", "failed", "skipped")]
        numbers = " | ".join(map(str, (len(own), sum(one.cases for one in own), *counts)))
        lines.append(f"| {suite.title} | {suite.how} | {numbers} |")
    for suite in SUITES:
        lines += ["", f"## {suite.title}", "", *([f"<{suite.of}>", ""] if suite.of else [])]
        lines += ["| test | cases | outcome |", "| --- | --- | --- |"]
        own = [one for one in tests if suite.holds(one.file, one.name)]
        lines += [f"| {words(one.name)} | {one.cases} | {one.outcome} |" for one in own]
    lines += ["", "## Not run", "", "| what | why |", "| --- | --- |"]
    lines += [f"| {what} | {why} |" for what, why in NOT_RUN.items()]
    return "\n".join(lines) + "\n"


def earl(tests: Sequence[Test], day: str) -> dict[str, Any]:
    """Return the same as EARL 1.0 in JSON-LD, with a suite's title and way where a page needs them."""
    graph: list[dict[str, Any]] = [{"@id": "#kgpub", "@type": "Software", "title": "kgpub", "hasVersion": __version__}]
    for suite in SUITES:
        link = {"conformsTo": suite.of} if suite.of else {}
        graph.append(
            {"@id": f"#{suite.id}", "@type": "TestRequirement", "title": suite.title, "description": suite.how, **link}
        )
        graph += [_assertion(suite, one, day) for one in tests if suite.holds(one.file, one.name)]
    graph += [
        {"@id": f"#not-run-{number}", "@type": "TestRequirement", "title": what, "description": why}
        for number, (what, why) in enumerate(NOT_RUN.items(), 1)
    ]
    return {"@context": CONTEXT, "@graph": graph}


def _assertion(suite: Suite, test: Test, day: str) -> dict[str, Any]:
    outcome = {"passed": "earl:passed", "failed": "earl:failed", "skipped": "earl:untested"}[test.outcome]
    case = {
        "@id": f"#{Path(test.file).stem}-{test.name}".replace("test_", ""),
        "@type": "TestCase",
        "title": words(test.name),
        "identifier": f"{test.file}::{test.name}",
        "isPartOf": f"#{suite.id}",
        "extent": test.cases,
    }
    result = {"@type": "TestResult", "outcome": outcome, "date": day}
    asserted = {"assertedBy": "#kgpub", "subject": "#kgpub", "mode": "earl:automatic"}
    return {"@type": "Assertion", **asserted, "test": case, "result": result}


_EARL = "http://www.w3.org/ns/earl#"
_DCTERMS = "http://purl.org/dc/terms/"
_CLASSES = ("Software", "Assertion", "TestCase", "TestRequirement", "TestResult")
CONTEXT: dict[str, Any] = {
    "earl": _EARL,
    **{name: f"{_EARL}{name}" for name in (*_CLASSES, "test", "result")},
    **{name: {"@id": f"{_EARL}{name}", "@type": "@id"} for name in ("assertedBy", "subject", "mode", "outcome")},
    **{name: f"{_DCTERMS}{name}" for name in ("title", "description", "identifier", "extent", "hasVersion")},
    **{name: {"@id": f"{_DCTERMS}{name}", "@type": "@id"} for name in ("isPartOf", "conformsTo")},
    "date": {"@id": f"{_DCTERMS}date", "@type": "http://www.w3.org/2001/XMLSchema#date"},
}


def written(tests: Sequence[Test], day: str) -> dict[Path, str]:
    """Return both files with what they shall hold."""
    data = json.dumps(earl(tests, day), ensure_ascii=False, indent=1)
    return {PAGE: page(tests, day), DATA: f"{data}\n"}


def stale(tests: Sequence[Test]) -> list[str]:
    """Return the files that would be other ones now, but for the day."""
    day = re.search(r"^Of kgpub \S+, (\d{4}-\d\d-\d\d)\.", PAGE.read_text("utf-8"), re.MULTILINE)
    files = written(tests, day[1] if day else "").items()
    return [file.relative_to(ROOT).as_posix() for file, text in files if file.read_text("utf-8") != text]


def main() -> int:
    """Write both files, or with --check say whether they would change; 1 where a test failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--date", default=tomllib.loads((ROOT / "kgpub.toml").read_text("utf-8"))["release"]["date"])
    options.add_argument("--check", action="store_true")
    given = options.parse_args()
    tests = run()
    if given.check:
        changed = stale(tests)
        print(f"They would change: {', '.join(changed)}" if changed else "They are what would be written now.")
        return 1 if changed else 0
    for file, text in written(tests, given.date).items():
        file.write_text(text, "utf-8")
        print(f"wrote {file.relative_to(ROOT)}")
    bad = [f"{one.file}::{one.name}" for one in tests if one.outcome == "failed"]
    print(f"{len(tests)} tests, {len(bad)} failed: {', '.join(bad) or 'none'}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
