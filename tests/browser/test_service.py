"""The SPARQL page of the running service: YASGUI asks its endpoint, or the engine in the page, as the reader chooses."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kgpub.publish.browser import bundle
from tests.browser.chromium import Browsing
from tests.browser.test_sparql_page import ROWS, run, write
from tests.parts import need
from tests.serve.published import published

NAMES = """PREFIX cwc: <https://w3id.org/cwcorr/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name { ?person a cwc:Person ; skos:prefLabel ?name FILTER(LANG(?name) = "en") } ORDER BY ?name"""


@pytest.fixture(scope="module")
def root(built: Path) -> Iterator[str]:
    need(bundle() or Path("the bundle of web/"), "make assets")
    with published(built, {}) as served:
        yield served.root


@pytest.fixture
def started(page: Page, root: str) -> Page:
    page.goto(f"{root}/sparql")
    expect(page.locator(".CodeMirror")).to_be_visible()
    return page


def on_the_server(page: Page) -> None:
    page.get_by_label("on the server").check()


def names(page: Page) -> list[str]:
    write(page, NAMES)
    run(page)
    expect(page.locator(ROWS).first).to_be_visible()
    return [cells.split("\t")[-1].strip() for cells in page.locator(ROWS).all_inner_texts()]


def test_yasgui_gets_the_same_rows_from_the_server_and_from_the_page(started: Page, browsing: Browsing) -> None:
    asked: list[str] = []
    started.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    here = names(started)
    assert len(here) > 2
    assert not [one for one in asked if "/sparql" in one and one.startswith("POST")]
    on_the_server(started)
    there = names(started)
    assert there == here
    assert [one.rpartition("/")[2] for one in asked if one.startswith("POST")] == ["sparql"]
    browsing.shot(started, "service-sparql")


def test_yasgui_shows_what_the_server_says_is_wrong(started: Page, browsing: Browsing) -> None:
    browsing.expect("status of 400")
    browsing.expect("status of 403")
    on_the_server(started)
    write(started, "SELECT * { ?s ?p")
    run(started)
    expect(started.locator(".yasr")).to_contain_text("This is not a SPARQL query")
    write(started, "SELECT * { SERVICE <https://elsewhere.example/> { ?s ?p ?o } }")
    run(started)
    expect(started.locator(".yasr")).to_contain_text("SERVICE is refused")


def test_yasgui_downloads_what_the_server_answered(started: Page) -> None:
    on_the_server(started)
    found = names(started)
    with started.expect_download() as waiting:
        started.locator(".tabPanel.active .yasr_downloadIcon").click()
    rows = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text("utf-8"))))
    assert rows[0] == ["name"]
    assert [f'"{row[0]}"@en' for row in rows[1:]] == found


def test_yasgui_shows_triples(started: Page) -> None:
    on_the_server(started)
    write(
        started,
        "CONSTRUCT { <https://example.org/a> ?p ?o } WHERE { VALUES (?p ?o) { (<https://example.org/b> 'c') } }",
    )
    run(started)
    expect(started.locator(".yasr")).to_contain_text("https://example.org/b")


def test_the_form_is_there_without_javascript(browsing: Browsing, root: str) -> None:
    page = browsing.page(java_script_enabled=False)
    page.goto(f"{root}/sparql")
    page.get_by_label("Query").fill(NAMES)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("main table tbody tr").first).to_be_visible()
