"""Chromium for all tests of this folder, a page that is watched, and the built publication in three places."""

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
from tests.parts import need
from tests.serve.published import published
from tests.tiny import PROJECT


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
def site(publication: Project) -> Path:
    """The folder of the real publication."""
    need(bundle() or Path("the bundle of web/"), "make assets")
    return publication.outputs.dist


@pytest.fixture(scope="session")
def hosted(site: Path) -> Iterator[str]:
    """The real publication on a static host."""
    with hosting(site) as address:
        yield address


@pytest.fixture(scope="session")
def below(site: Path) -> Iterator[str]:
    """The real publication on a static host, some way down."""
    with hosting(site, "/some/where/") as address:
        yield address


@pytest.fixture(scope="session")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real publication as `kgpub serve` answers with it."""
    folder = tmp_path_factory.mktemp("served")
    # A link would lead back to the project, whose own dist may be another's or not there.
    shutil.copyfile(PROJECT / "kgpub.toml", folder / "kgpub.toml")
    for name in ("corpus", "ontology", "shapes", "queries"):
        (folder / name).symlink_to(PROJECT / name)
    (folder / "dist").symlink_to(site)
    with published(folder / "kgpub.toml", {}) as service:
        yield f"{service.root}/"
