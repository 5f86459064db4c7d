"""Every type of page, from a folder, from a host some way down, and from the service: whole, and silent in the console."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import Browsing
from tests.browser.kinds import KINDS

TOLD = """() => ({
  parts: [...document.querySelectorAll('script[src], link[rel=stylesheet], img')].map((one) => one.src || one.href),
  headings: [...document.querySelectorAll('h1')].map((one) => one.textContent.trim()),
  styled: document.styleSheets.length > 0 && getComputedStyle(document.querySelector('.masthead')).display === 'grid',
})"""


@pytest.fixture(params=["file", "below", "served"])
def root(request: pytest.FixtureRequest, site: Path) -> str:
    return f"{site.as_uri()}/" if request.param == "file" else str(request.getfixturevalue(request.param))


def test_pages_open_whole(page: Page, root: str) -> None:
    """The watch of `page` tells of errors, of what is not found, and of requests to other hosts."""
    arrived = set[str]()
    page.on("requestfinished", lambda request: arrived.add(request.url))
    wrong = list[str]()
    for kind in KINDS:
        arrived.clear()
        page.goto(f"{root}{kind.path}")
        told: dict[str, Any] = page.evaluate(TOLD)
        wrong += [f"{kind.name}: {one} did not load" for one in sorted({*told["parts"]} - arrived)]
        led_on = page.url != f"{root}{kind.path}"  # The service leads from what was merged to what it became.
        if len(told["headings"]) != 1 or (kind.heading not in told["headings"][0] and not led_on):
            wrong.append(f"{kind.name}: headed {told['headings']}")
        if "Cold War Correspondence" not in page.title():
            wrong.append(f"{kind.name}: titled {page.title()}")
        if not told["styled"]:
            wrong.append(f"{kind.name}: without its style")
    assert wrong == []


def test_pages_are_read_without_scripts(browsing: Browsing, site: Path) -> None:
    """On a phone: what is said is there, nothing is said to be under way, and what does nothing is not offered."""
    page = browsing.page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    wrong = list[str]()
    for kind in KINDS:
        page.goto(f"{site.as_uri()}/{kind.path}")
        text = (page.locator("main").text_content() or "").casefold()
        wrong += [f"{kind.name}: no {fact}" for fact in kind.facts if fact.casefold() not in text]
        wrong += [f"{kind.name}: {word}" for word in ("loading", "please wait") if word in text]
        wrong += [f"{kind.name}: offers {one}" for one in page.locator("main button:visible:enabled").all_inner_texts()]
    assert wrong == []


def test_pages_fit_a_phone(browsing: Browsing, site: Path) -> None:
    page = browsing.page(viewport={"width": 360, "height": 740}, color_scheme="dark")
    wide = list[str]()
    for kind in KINDS:
        page.goto(f"{site.as_uri()}/{kind.path}")
        if page.evaluate("() => document.documentElement.scrollWidth") > 360:
            wide.append(kind.name)
        browsing.shot(page, f"{kind.name}-phone-dark")
    assert wide == []
