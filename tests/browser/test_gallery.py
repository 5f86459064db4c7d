"""A question of the gallery asked anew in the browser: its rows, its files, its link; and asking without a network."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pyoxigraph import Store

from kgpub.project import Project
from kgpub.queries import load_queries, run
from kgpub.results import as_csv
from tests.browser.chromium import Browsing
from tests.browser.test_sparql_page import ROWS, write
from tests.browser.test_sparql_page import run as run_query

STALIN_AND_MAO = {
    "one": "person/joseph-stalin",
    "other": "person/mao-zedong",
    "after": "1950-10-01",
    "until": "1950-12-31",
}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(params=["file", "below"])
def root(request: pytest.FixtureRequest, site: Path, below: str) -> str:
    return f"{site.as_uri()}/" if request.param == "file" else below


@pytest.fixture(scope="module")
def expected(publication: Project, real_store: Store) -> list[list[str]]:
    """The rows, header first, as pyoxigraph answers."""
    queries = {one.name: one for one in load_queries(publication.queries / "site", relative_to=publication.root)}
    result = run(real_store, queries["letters-between"], STALIN_AND_MAO, base=publication.base)
    rows = list(csv.reader(io.StringIO(as_csv(result))))
    assert 5 < len(rows) < 40
    return rows


def ask(page: Page) -> None:
    page.locator("#p-one").select_option(label="Joseph Stalin")
    page.locator("#p-other").select_option(label="Mao Zedong")
    page.locator("#p-after").fill("1950-10-01")
    page.locator("#p-until").fill("1950-12-31")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#ask-status")).to_contain_text("Answered")


def titles(page: Page) -> list[str]:
    return [row.split("\t")[1].strip() for row in page.locator("#answer-rows tbody tr").all_inner_texts()]


def saved(page: Page, link: str) -> str:
    with page.expect_download() as waiting:
        page.locator(link).click()
    return Path(waiting.value.path()).read_text("utf-8-sig")


def test_a_form_is_answered_as_pyoxigraph_does(page: Page, root: str, expected: list[list[str]]) -> None:
    page.goto(f"{root}queries/letters-between.html")
    first = titles(page)
    ask(page)
    labels = [row[expected[0].index("documentLabel")] for row in expected[1:]]
    assert titles(page) == labels != first
    assert list(csv.reader(io.StringIO(saved(page, ".answer-csv")))) == expected
    bindings = json.loads(saved(page, ".answer-json"))["results"]["bindings"]
    assert [one["documentLabel"]["value"] for one in bindings] == labels


def test_its_link_opens_the_same_again(page: Page, root: str, browsing: Browsing, expected: list[list[str]]) -> None:
    page.goto(f"{root}queries/letters-between.html")
    ask(page)
    address = page.url
    for part in ("one=joseph-stalin", "other=mao-zedong", "after=1950-10-01", "release="):
        assert part in address
    again = browsing.page()
    again.goto(address)
    expect(again.locator("#ask-status")).to_contain_text("Answered")
    expect(again.locator("#p-other")).to_have_value("person/mao-zedong")
    assert titles(again) == titles(page)
    assert len(titles(again)) == len(expected) - 1


def test_stop_takes_a_question_back(page: Page, hosted: str) -> None:
    """The text of the query stands in the page, and is what is asked; here it is made to have no end."""
    page.goto(f"{hosted}queries/letters-between.html")
    page.evaluate("(text) => { document.getElementById('query').textContent = text; }", ENDLESS)
    page.get_by_role("button", name="Ask", exact=True).click()
    # The data is there, and yet there is no answer.
    page.wait_for_function("() => performance.getEntriesByType('resource').some((one) => one.name.includes('.gz'))")
    expect(page.locator("#ask-status")).to_have_text("Asking …")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#ask-status")).to_have_text("Stopped.")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    assert len(titles(page)) > 0  # What was answered before still stands.


def test_the_editor_opens_with_the_query_of_the_page(page: Page, root: str) -> None:
    page.goto(f"{root}queries/letters-between.html")
    page.get_by_role("link", name="Try and edit it in SPARQL").click()
    expect(page.locator(".tabPanel.active .CodeMirror-code")).to_contain_text("joseph-stalin")


def test_without_a_network_all_goes_on(page: Page, hosted: str, browsing: Browsing, expected: list[list[str]]) -> None:
    """What is open answers, once the data is there; the first question brings it."""
    browsing.expect(
        r"ERR_INTERNET_DISCONNECTED \(.*icon\.svg\)"
    )  # The browser asks for it again when the address changes.
    page.goto(f"{hosted}queries/letters-between.html")
    page.locator("#p-other").select_option(label="Kim Il-sung")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#ask-status")).to_contain_text("Answered")
    page.context.set_offline(True)
    ask(page)
    assert len(titles(page)) == len(expected) - 1


def test_the_editor_answers_without_a_network(page: Page, hosted: str, browsing: Browsing) -> None:
    browsing.expect(r"ERR_INTERNET_DISCONNECTED \(.*icon\.svg\)")
    page.goto(f"{hosted}sparql.html")
    write(page, "ASK {}")
    run_query(page)
    expect(page.locator(".yasr")).to_contain_text("True")
    page.context.set_offline(True)
    write(
        page,
        "PREFIX cwc: <https://w3id.org/cwcorr/ontology#> SELECT ?n {"
        " <https://w3id.org/cwcorr/document/W016> cwc:telegramNumber ?n }",
    )
    run_query(page)
    expect(page.locator(ROWS)).to_have_count(1)
    assert "405809" in page.locator(ROWS).inner_text()
