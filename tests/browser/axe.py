"""What axe-core finds wrong with a page, put into the page by the browser itself, not over the network."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from tests.parts import need

__all__ = ["STATES", "violations"]

TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_SOURCE: Final = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RUN: Final = """async (tags) => {
  const found = await axe.run(document, {preload: false, resultTypes: ['violations'], runOnly: tags});
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    ({rule: rule.id, target: node.target.join(' '), html: node.html.slice(0, 160), why: node.failureSummary})));
}"""
# The editor's own field takes the focus outside the box that scrolls, and moves that box with the arrow keys and the text
# cursor: a second stop at the box would lead nowhere. It lies inside CodeMirror and cannot be told to axe from outside.
_EXCUSED: Final = {("scrollable-region-focusable", ".CodeMirror-scroll")}

_ALL: Final = (("light", 1200), ("dark", 390), ("light", 390), ("dark", 1200))
# What rules look at is either colours or sizes: two states hold both of each. All four take twice as long.
STATES: Final = _ALL if os.environ.get("KGPUB_REQUIRE_ALL") == "1" else _ALL[:2]
"""Colours and widths in which pages are looked at: two, and all four in continuous integration."""


@cache
def _source() -> str:
    return need(_SOURCE, "web/build.sh PYTHON dev").read_text("utf-8")


def violations(page: Page) -> list[dict[str, Any]]:
    """Return each element of the page as it stands that breaks a rule of WCAG 2.2 AA."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    found: list[dict[str, Any]] = page.evaluate(_RUN, TAGS)
    return [one for one in found if not any(one["rule"] == rule and part in one["target"] for rule, part in _EXCUSED)]
