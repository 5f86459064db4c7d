"""A real Chromium for tests: it reaches this machine only, and what goes wrong in a page fails the test that opened it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, sync_playwright

from tests.parts import need

__all__ = ["SHOTS", "Browsing", "chromium"]

SHOTS = Path(__file__).parents[2] / ".kgpub" / "screenshots"
"""Where pictures of pages are kept, for people to look at."""
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    # No name is looked up, so that a request to elsewhere fails even where nobody has asked to hold it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_INSIDE = ("about", "blob", "data")
"""Schemes whose addresses lead nowhere but into the page itself."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Debian's Chromium without a window until it is no longer needed."""
    program = need("chromium", "apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Browsing:
    """What one test does in the browser; `verdict()` says what went wrong in its pages meanwhile."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._wrong: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self._pages: list[tuple[Page, _Host]] = []

    def page(self, **options: Any) -> Page:
        """Open an empty page with no past; options are a context's (java_script_enabled, color_scheme, viewport)."""
        context = self._browser.new_context(**options)
        context.set_default_timeout(30_000)
        host = _Host()
        context.route(re.compile(r"^(?:https?|file):"), lambda route: self._pass(route, host))
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._wrong.append(f"error in the page: {error}"))
        self._pages.append((page, host))
        return page

    def expect(self, pattern: str) -> None:
        """Let a message of the console be that the test means to cause."""
        self._expected.append(re.compile(pattern))

    def shot(self, page: Page, name: str) -> None:
        """Keep a picture of a whole page."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=True)

    def verdict(self) -> list[str]:
        """Close all pages and return what went wrong in them."""
        for page, _ in self._pages:
            page.context.close()
        return [one for one in self._wrong if not any(pattern.search(one) for pattern in self._expected)]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._wrong.append(f"error in the console: {message.text} ({message.location.get('url', '')})")

    def _pass(self, route: Route, host: _Host) -> None:
        if host.serves(route.request):
            route.continue_()
            return
        self._wrong.append(f"request to elsewhere: {route.request.url}")
        route.abort()


class _Host:
    """Where a page came from: what it was first led to by the test."""

    def __init__(self) -> None:
        self._origin: tuple[str, str] | None = None

    def serves(self, request: Request) -> bool:
        parts = urlsplit(request.url)
        if parts.scheme in _INSIDE:
            return True
        if self._origin is None:
            self._origin = (parts.scheme, parts.netloc)
        return (parts.scheme, parts.netloc) == self._origin
