"""The search as it is typed in: names in any script, numbers, spellings; by the keys alone, and on its own page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

FOUND = (
    ("Filippov", "person/joseph-stalin.html"),
    ("Чжоу", "person/zhou-enlai.html"),
    ("周恩来", "person/zhou-enlai.html"),
    ("W016", "document/W016.html"),
    ("shtykov", "person/terenty-shtykov.html"),
)


@pytest.fixture(params=["file", "below"])
def root(request: pytest.FixtureRequest, site: Path, below: str) -> str:
    return f"{site.as_uri()}/" if request.param == "file" else below


def ask(page: Page, words: str) -> None:
    page.locator("#search").fill("")
    page.locator("#search").press_sequentially(words)
    expect(page.get_by_role("option").first).to_be_visible()


def test_the_right_page_comes_first(page: Page, root: str) -> None:
    page.goto(f"{root}document/M04.html")
    first = page.get_by_role("option").first
    for words, path in FOUND:
        ask(page, words)
        expect(first).to_have_attribute("href", f"../{path}")


def test_the_keys_choose_and_open(page: Page, root: str) -> None:
    page.goto(f"{root}index.html")
    ask(page, "shtykov")
    box, options = page.locator("#search"), page.get_by_role("option")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id") or "-")
    box.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    page.wait_for_url(f"{root}person/terenty-shtykov.html")


def test_escape_closes(page: Page, hosted: str) -> None:
    page.goto(f"{hosted}index.html")
    ask(page, "shtykov")
    page.locator("#search").press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_attribute("aria-expanded", "false")


def test_enter_leads_to_the_page_of_results(page: Page, hosted: str) -> None:
    page.goto(f"{hosted}person/joseph-stalin.html")
    page.locator("#search").fill("air cover")
    page.locator("#search").press("Enter")
    page.wait_for_url(f"{hosted}search.html?q=air+cover")
    expect(page.locator("#search-words")).to_have_value("air cover")
    expect(page.locator("#search-status")).to_contain_text("found")
    links = page.locator("#search-results a")
    assert links.count() > 3
    links.first.click()
    expect(page.locator("main")).to_contain_text("air cover")


def test_what_is_not_there_is_said(page: Page, hosted: str) -> None:
    page.goto(f"{hosted}search.html?q=zeppelin")
    expect(page.locator("#search-status")).to_contain_text("Nothing found")
    expect(page.locator("#search-results a")).to_have_count(0)
