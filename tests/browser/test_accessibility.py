"""WCAG 2.2 AA as far as a program can tell: axe-core finds nothing, in the light and in the dark, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import STATES, violations
from tests.browser.chromium import Browsing
from tests.browser.kinds import KINDS, Kind
from tests.browser.test_sparql_page import ROWS, run, write

BRIGHTNESS = """(selector) => {
  const [red, green, blue] = getComputedStyle(document.querySelector(selector)).backgroundColor.match(/[0-9.]+/g).map(Number);
  return (red + green + blue) / 3;
}"""


def in_all_states(page: Page) -> list[str]:
    found: list[str] = []
    for scheme, width in STATES:
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{scheme} {width}: {one['rule']} at {one['target']}: {one['html']}" for one in violations(page)]
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_axe_finds_nothing(page: Page, hosted: str, kind: Kind, browsing: Browsing) -> None:
    page.goto(f"{hosted}{kind.path}")
    if kind.name == "sparql":
        expect(page.locator(".CodeMirror")).to_be_visible()
    page.set_viewport_size({"width": 1200, "height": 900})
    browsing.shot(page, f"{kind.name}-wide-light")
    assert in_all_states(page) == []


def test_axe_finds_nothing_in_what_scripts_have_made(page: Page, hosted: str) -> None:
    """Results of a search below its box and on its page, a narrowed list, an answer in the page and one in the editor."""
    page.goto(f"{hosted}index.html")
    page.locator("#search").press_sequentially("filip")
    expect(page.get_by_role("option").first).to_be_visible()
    assert in_all_states(page) == []
    page.goto(f"{hosted}letters.html#/?year=1951")
    expect(page.locator("#chips li")).to_have_count(1)
    assert in_all_states(page) == []
    page.goto(f"{hosted}queries/letters-between.html#one=mao-zedong&other=kim-il-sung")
    expect(page.locator("#ask-status")).to_contain_text("Answered")
    assert in_all_states(page) == []


def test_axe_finds_nothing_in_an_answer_of_the_editor(page: Page, hosted: str) -> None:
    page.goto(f"{hosted}sparql.html")
    write(page, "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 5")
    run(page)
    expect(page.locator(ROWS)).to_have_count(5)
    assert in_all_states(page) == []


def test_the_editor_is_dark_in_the_dark(browsing: Browsing, hosted: str) -> None:
    page = browsing.page(color_scheme="dark")
    page.goto(f"{hosted}sparql.html")
    write(page, "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 5")
    run(page)
    expect(page.locator(ROWS)).to_have_count(5)
    browsing.shot(page, "sparql-wide-dark")
    assert page.evaluate(BRIGHTNESS, "body") < 60
    assert page.evaluate(BRIGHTNESS, ".CodeMirror") < 60
    assert page.evaluate(BRIGHTNESS, ".CodeMirror-gutters") < 60
    page.emulate_media(color_scheme="light")
    assert page.evaluate(BRIGHTNESS, ".CodeMirror") > 200
