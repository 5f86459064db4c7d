"""The whole site as a crawler reads it: what leads somewhere arrives, each page is well made, and none is heavy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgpub.project import Project
from kgpub.publish.browser import bundle
from tests.parts import need
from tests.publish.crawling import Crawled, crawl, weight

HEAVY = 150_000
LISTS = {"letters.html", "ontology.html", "person/joseph-stalin.html", "search.html", "timeline.html"}
"""Pages that hold all of something, so that it is there without scripts: they are heavier until they travel compressed."""


@pytest.fixture(scope="module")
def folder(publication: Project) -> Path:
    need(bundle() or Path("the bundle of web/"), "make assets")
    return publication.outputs.dist


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Crawled]:
    return crawl(folder)


def test_the_site_is_all_there(pages: dict[str, Crawled]) -> None:
    assert len(pages) > 1000
    assert {"index.html", "letters.html", "sparql.html", "document/W016.html"} <= pages.keys()


def test_every_link_leads_to_a_file_and_an_anchor_that_is_there(folder: Path, pages: dict[str, Crawled]) -> None:
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    broken = set[str]()
    for page in pages.values():
        for link, path, anchor in page.inside():
            # What a script reads behind the mark is no anchor: the state of a form, of a list, of the editor.
            state = "=" in anchor or anchor.startswith("/?")
            if path not in there or (anchor and not state and path in pages and anchor not in pages[path].ids):
                broken.add(f"{page.path}: {link}")
    assert sorted(broken) == []


def test_every_page_is_well_made(pages: dict[str, Crawled]) -> None:
    assert sorted(f"{page.path}: {fault}" for page in pages.values() for fault in page.faults()) == []


def test_every_page_of_a_thing_has_its_data_in_the_head(pages: dict[str, Crawled]) -> None:
    things = [page for page in pages.values() if page.path.startswith(("document/", "person/", "place/"))]
    assert len(things) > 400
    assert [page.path for page in things if len(page.data) != 1 and "merged" not in page.text] == []


def test_no_page_is_heavy(folder: Path, pages: dict[str, Crawled]) -> None:
    weights = {page.path: weight(folder, page) for page in pages.values() if page.path != "sparql.html"}
    assert {path: one for path, one in weights.items() if one >= HEAVY and path not in LISTS} == {}
    assert {path: weights[path] for path in LISTS if weights[path] >= HEAVY * 4 / 3} == {}
    sent = {path: weight(folder, pages[path], packed=True) for path in LISTS}
    assert {path: one for path, one in sent.items() if one >= HEAVY / 2} == {}


def test_every_page_can_be_reached_from_the_start_page(folder: Path, pages: dict[str, Crawled]) -> None:
    """By links, or by the search, which is on every page and knows what no other page names."""
    index = (folder / "assets" / "search-index.js").read_text("utf-8")
    entries = json.loads(index.removeprefix("window.kgpubIndex=").rstrip(";\n"))["entries"]
    open_ = ["index.html", *(f"{path.partition('#')[0]}.html" for _, path, *_ in entries)]
    assert len(open_) > 600
    reached = set(open_)
    while open_:
        for _, path, _ in pages[open_.pop()].inside():
            if path in pages and path not in reached:
                reached.add(path)
                open_.append(path)
    assert sorted(pages.keys() - reached) == []
