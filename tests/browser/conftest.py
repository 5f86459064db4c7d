"""Chromium for all tests of this folder, a page that is watched, and the built publication with a SPARQL page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kgpub.project import Project
from kgpub.publish.browser import bundle
from tests.browser.chromium import Browsing, chromium
from tests.browser.host import hosting
from tests.browser.sparql_page import write_sparql_page
from tests.parts import need


# For this folder only: Playwright keeps an event loop running in the thread, which others start for themselves.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def browsing(browser: Browser) -> Iterator[Browsing]:
    """Opens pages; at its end the test fails for an error in one of them, and for a request to another host."""
    browsing = Browsing(browser)
    yield browsing
    assert browsing.verdict() == []


@pytest.fixture
def page(browsing: Browsing) -> Page:
    """One watched page."""
    return browsing.page()


@pytest.fixture(scope="session")
def site(publication: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real publication, with a SPARQL page."""
    need(bundle() or Path("the bundle of web/"), "make assets")
    folder = tmp_path_factory.mktemp("browser") / "site"
    shutil.copytree(publication.outputs.dist, folder)
    write_sparql_page(folder)
    return folder


@pytest.fixture(scope="session")
def hosted(site: Path) -> Iterator[str]:
    """The real publication on a static host."""
    with hosting(site) as address:
        yield address
