"""A letter's page on paper: what leads elsewhere is left away, what is said stays, and links show where they lead."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.chromium import Browsing
from tests.browser.kinds import named


def test_a_letter_is_printed_without_what_only_a_screen_needs(page: Page, hosted: str, browsing: Browsing) -> None:
    page.goto(f"{hosted}document/W016.html")
    page.emulate_media(media="print", color_scheme="dark")
    for selector in (".masthead-nav", ".masthead-search", ".skip", "button.copy"):
        expect(page.locator(selector).first).to_be_hidden()
    text = page.locator("main").inner_text()
    assert [words for words in ("405809", "delo 346", "How to cite", "Printed in") if words not in text] == []
    expect(page.locator("#path svg").first).to_be_visible()
    expect(page.locator(".masthead-name")).to_be_visible()
    colours = page.evaluate("() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; }")
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    browsing.shot(page, "letter-print")


def test_each_printed_page_is_a_document_of_few_sheets(page: Page, hosted: str) -> None:
    for kind in named("letter", "person-small", "event"):
        page.goto(f"{hosted}{kind.path}")
        printed = page.pdf(format="A4")
        assert printed.startswith(b"%PDF")
        assert 1 <= printed.count(b"/Type /Page\n") <= 8
