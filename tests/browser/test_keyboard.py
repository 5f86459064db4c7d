"""Who has no mouse reaches all parts of a page in turn, sees where they are, and gets out again."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kinds import Kind, named

HERE = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    tag: one.tagName, id: one.id, text: (one.textContent || one.getAttribute('aria-label') || '').trim().slice(0, 40),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || one.closest('.CodeMirror-focused') !== null,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    part: (one.closest('header.masthead, main, footer') || one).tagName,
  };
}"""
MOST = 700
"""Steps after which a walk that has not come round is a trap."""


def walk(page: Page, most: int = MOST) -> list[dict[str, Any]]:
    """Press Tab from the top of the page until its end; return what had the focus, in turn."""
    steps: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        step: dict[str, Any] = page.evaluate(HERE)
        if step["tag"] == "BODY":
            return steps
        steps.append(step)
    raise AssertionError(f"no end after {most} steps; at {steps[-1]}")


@pytest.mark.parametrize(
    "kind", named("start", "question", "letter-enclosed", "person-small", "event", "sparql"), ids=lambda kind: kind.name
)
def test_tab_leads_through_the_whole_page(page: Page, hosted: str, kind: Kind) -> None:
    page.goto(f"{hosted}{kind.path}")
    if kind.name == "sparql":
        expect(page.locator(".CodeMirror")).to_be_visible()
    steps = walk(page)
    assert steps[0]["text"] == "To the content"
    parts = [step["part"] for step in steps[1:]]
    assert list(dict.fromkeys(parts)) == ["HEADER", "MAIN", "FOOTER"]
    assert "search" in [step["id"] for step in steps]
    assert "Letters" in [step["text"] for step in steps]
    outlined = [step["id"] for step in steps if step["outlined"]]
    # A field for days has a button of the browser's own inside, whose ring no script can see.
    bare = [step for step in steps if not step["outlined"] and not (step["id"] and step["id"] in outlined)]
    assert bare == []
    # The editor's field is as small as its caret.
    assert [step for step in steps if not step["seen"] and step["tag"] != "TEXTAREA"] == []


def test_the_skip_link_leads_to_the_content(page: Page, hosted: str) -> None:
    page.goto(f"{hosted}document/W016.html")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(HERE)["part"] == "MAIN"


def test_a_list_is_narrowed_and_kept_by_keys_alone(page: Page, hosted: str) -> None:
    page.goto(f"{hosted}letters.html")
    box = page.locator("#facets input[type=checkbox]:visible").first
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator("#chips li")).to_have_count(1)
    expect(box).to_be_focused()
    page.locator("#chips button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chips li")).to_have_count(0)
