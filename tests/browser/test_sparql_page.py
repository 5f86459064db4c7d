"""The SPARQL page: YASGUI with our words and examples, from a folder and from a static host under a strict policy."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Browsing

ROWS = ".yasr table.dataTable:not([data-old]) tbody tr"
"""Rows of the answer to the query that was run last."""
COUNT = """PREFIX cwc: <https://w3id.org/cwcorr/ontology#>
SELECT (COUNT(DISTINCT ?d) AS ?letters) { ?d a cwc:Document }"""


@pytest.fixture(params=["file", "http"])
def started(request: pytest.FixtureRequest, page: Page, site: Path, hosted: str) -> Page:
    address = f"{site.as_uri()}/" if request.param == "file" else hosted
    page.goto(f"{address}sparql.html")
    expect(page.locator(".CodeMirror")).to_be_visible()
    return page


def write(page: Page, query: str) -> None:
    """Put a query into the editor of the tab that is shown."""
    page.locator(".tabPanel.active .CodeMirror").evaluate("(element, text) => element.CodeMirror.setValue(text)", query)


def run(page: Page) -> None:
    """Run the query of the tab that is shown, or take it back where it runs; what stands there is no answer to it."""
    page.evaluate("() => document.querySelectorAll('.yasr table').forEach((one) => one.setAttribute('data-old', ''))")
    page.locator(".tabPanel.active .yasqe_queryButton").click()


def test_a_query_is_answered_and_its_rows_are_read(started: Page, browsing: Browsing) -> None:
    write(started, COUNT)
    run(started)
    expect(started.locator(ROWS)).to_have_count(1)
    assert '"192"' in started.locator(ROWS).inner_text()
    expect(started.get_by_role("status").filter(has_text="statements, in this browser")).to_be_visible()
    browsing.shot(started, f"sparql-{started.url.split(':')[0]}")


def test_a_wrong_query_shows_what_is_wrong(started: Page) -> None:
    write(started, "SELECT * { ?s ?p")
    run(started)
    expect(started.locator(".yasr")).to_contain_text("error at 1:17")
    write(started, "INSERT DATA { <a:b> <a:b> <a:b> }")
    run(started)
    expect(started.locator(".yasr")).to_contain_text("read-only")


def test_an_example_opens_in_a_tab_of_its_own(started: Page) -> None:
    started.get_by_text("Examples (").click()
    button = started.locator(".sparql-examples button").last
    name = button.inner_text()
    button.click()
    expect(started.locator(".tabsList .tab")).to_have_count(2)
    expect(started.locator(".tabsList .tab.active")).to_contain_text(name)
    run(started)
    expect(started.locator(f".tabPanel.active {ROWS}").first).to_be_visible()


def test_it_completes_our_words_and_asks_nobody(started: Page) -> None:
    """The editor's own completion asks Linked Open Vocabularies and prefix.cc, which the watch would tell."""
    write(started, "PREFIX cwc: <https://w3id.org/cwcorr/ontology#>\nSELECT * {\n  ?d a cwc:Arch")
    editor = started.locator(".tabPanel.active .CodeMirror")
    editor.evaluate("(element) => { const one = element.CodeMirror; one.focus(); one.setCursor(2, 15); }")
    started.keyboard.press("Control+Space")
    hints = started.locator(".CodeMirror-hints li")
    expect(hints.first).to_be_visible()
    assert sorted(hints.all_inner_texts()) == ["cwc:ArchivalCopy", "cwc:ArchivalUnit"]
    write(started, "PREFIX cwc: <https://w3id.org/cwcorr/ontology#>\nSELECT * {\n  ?d cwc:send")
    editor.evaluate("(element) => { const one = element.CodeMirror; one.focus(); one.setCursor(2, 13); }")
    started.keyboard.press("Control+Space")
    expect(hints.first).to_contain_text("cwc:send")


def test_a_prefix_is_put_above_when_it_is_used(started: Page) -> None:
    write(started, "")
    started.locator(".tabPanel.active .CodeMirror").click()
    started.keyboard.type("SELECT * { ?d cito:")
    expect(started.locator(".tabPanel.active .CodeMirror-code")).to_contain_text("http://purl.org/spar/cito/")


def test_the_answer_is_downloaded_as_csv(started: Page) -> None:
    write(started, COUNT)
    run(started)
    expect(started.locator(ROWS)).to_have_count(1)
    with started.expect_download() as waiting:
        started.locator(".tabPanel.active .yasr_downloadIcon").click()
    rows = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text("utf-8"))))
    assert rows == [["letters"], ["192"]]


def test_a_running_query_is_cancelled_by_its_button(started: Page) -> None:
    write(started, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    run(started)
    status = started.locator(".sparql-status")
    expect(status).to_contain_text("statements")
    started.wait_for_timeout(300)
    run(started)
    expect(status).to_contain_text("Loading the data")
    write(started, COUNT)
    run(started)
    expect(started.locator(ROWS)).to_have_count(1)


def test_a_link_of_an_answer_leads_to_the_page_here(started: Page) -> None:
    write(started, "SELECT DISTINCT ?p { ?p a <https://w3id.org/cwcorr/ontology#Person> } ORDER BY ?p LIMIT 1")
    run(started)
    link = started.locator(f"{ROWS} a").first
    link.hover()
    href = link.get_attribute("href") or ""
    assert href.startswith("person/")
    assert href.endswith(".html")


def test_the_table_is_made_wider_by_the_mouse(started: Page) -> None:
    """What the table writes as styles while a column is dragged is allowed by its digest."""
    write(started, "SELECT ?s ?p { ?s ?p ?o } LIMIT 3")
    run(started)
    grip = started.locator(".grip-handle").nth(1)
    box = grip.bounding_box()
    assert box is not None
    started.mouse.move(box["x"] + 5, box["y"] + 5)
    started.mouse.down()
    started.mouse.move(box["x"] + 45, box["y"] + 5)
    started.mouse.up()


def test_without_javascript_the_page_says_what_to_do(browsing: Browsing, hosted: str) -> None:
    page = browsing.page(java_script_enabled=False)
    page.goto(f"{hosted}sparql.html")
    expect(page.get_by_text("The editor needs JavaScript")).to_be_visible()
    expect(page.locator("#sparql details").first).to_contain_text("SELECT")
    assert page.locator("#sparql a").first.get_attribute("href")
    browsing.shot(page, "sparql-without-javascript")


def test_a_narrow_screen_has_no_bar_below(browsing: Browsing, hosted: str) -> None:
    page = browsing.page(viewport={"width": 360, "height": 740}, color_scheme="dark")
    page.goto(f"{hosted}sparql.html")
    write(page, COUNT)
    run(page)
    expect(page.locator(ROWS)).to_have_count(1)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    browsing.shot(page, "sparql-narrow-dark")
