"""A publication whose names, titles and words are markup: pages, search, answers and data show them as the text they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kgpub import pipeline
from kgpub.project import load_project
from kgpub.publish.browser import bundle
from tests.browser.chromium import Browsing
from tests.browser.host import hosting
from tests.parts import need
from tests.publish.crawling import crawl
from tests.tiny import make_tiny

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(2)>'
ENDING = "</script><svg onload=alert(3)>'\"&amp;"
LINK = "javascript:alert(4)"

CHANGES = {
    "corpus/authority/persons.yaml": ("name: Ada Quill", f"name: {json.dumps(f'Ada {SCRIPT} Quill')}"),
    "corpus/authority/organisations.yaml": ("name: Lamp Board", f"name: {json.dumps(f'Lamp {IMAGE} Board')}"),
    "corpus/authority/places.yaml": ("name: Lowport", f"name: {json.dumps(f'Lowport {ENDING}')}"),
    "corpus/authority/events.yaml": ("name: Great Fog", f"name: {json.dumps(f'Great {LINK} Fog')}"),
    "corpus/letters/descriptions/L1.yaml": (
        'title: "Ciphered telegram, Quill to Sand, 3 February 1893: lamp oil in the fog"',
        f"title: {json.dumps(f'Telegram {SCRIPT} {ENDING} {IMAGE}')}",
    ),
    "corpus/letters/descriptions/L3.yaml": (
        "abstract: Vane passed a message of the director on to the keeper.",
        f"abstract: {json.dumps(f'Vane {ENDING} passed it on {IMAGE}')}",
    ),
    "corpus/letters/corrections/L2.yaml": (
        "reason: The heading and the order of the leaves say the fifth.",
        f"reason: {json.dumps(f'Because {IMAGE} {SCRIPT}')}",
    ),
    "kgpub.toml": ("Letters of the Lamp Service, 1893", "Letters <b>of</b> the </script> Lamp"),
}
STRAY = """() => [...document.querySelectorAll(
  'script:not([src]):not([type="application/ld+json"]), img, svg[onload], [onerror], main b, a[href^="javascript:"]')]
  .filter((one) => one.tagName !== 'B' || one.textContent === 'of').map((one) => one.outerHTML)"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a publication that was built from such a corpus."""
    need(bundle() or Path("the bundle of web/"), "make assets")
    file = make_tiny(tmp_path_factory.mktemp("hostile"), **CHANGES)
    project = load_project(file)
    pipeline.build(project, "2024-02-29", workers=1)
    return project.outputs.dist


@pytest.fixture(scope="module")
def address(hostile: Path) -> Iterator[str]:
    with hosting(hostile) as address:
        yield address


@pytest.fixture
def wary(page: Page) -> Iterator[Page]:
    """A page that tells of a dialog, which none of these may open."""
    opened: list[str] = []

    def tell(dialog: object) -> None:
        opened.append(str(dialog))

    page.on("dialog", tell)
    yield page
    assert opened == []


def test_the_corpus_is_as_hostile_as_it_is_meant(hostile: Path) -> None:
    quads = (hostile / "letters.nq").read_text("utf-8")
    for words in (SCRIPT, "<img src=x onerror=alert(2)>", "</script><svg onload=alert(3)>", LINK):
        assert words in quads


def test_every_page_shows_markup_as_text(wary: Page, hostile: Path, address: str) -> None:
    stray: list[str] = []
    paths = [path for path in crawl(hostile) if not path.startswith(("concept/", "queries/", "ontology"))]
    assert len(paths) > 25
    for path in paths:
        wary.goto(f"{address}{path}")
        stray += [f"{path}: {one}" for one in wary.evaluate(STRAY)]
    assert stray == []


def test_names_are_read_as_they_are_written(wary: Page, address: str) -> None:
    wary.goto(f"{address}person/ada-quill.html")
    expect(wary.locator("h1")).to_have_text(f"Ada {SCRIPT} Quill")
    assert wary.title().startswith(f"Ada {SCRIPT} Quill")
    wary.goto(f"{address}document/L1.html")
    expect(wary.locator("h1")).to_have_text(f"Telegram {SCRIPT} {ENDING} {IMAGE}")
    data = json.loads(wary.locator("script[type='application/ld+json']").text_content() or "")
    assert data["name"] == f"Telegram {SCRIPT} {ENDING} {IMAGE}"
    wary.goto(f"{address}document/L3.html")
    expect(wary.locator("main")).to_contain_text(f"Vane {ENDING} passed it on {IMAGE}")


def test_what_the_search_finds_is_text(wary: Page, address: str) -> None:
    wary.goto(f"{address}index.html")
    wary.locator("#search").press_sequentially("quill")
    expect(wary.get_by_role("option").first).to_contain_text(f"Ada {SCRIPT} Quill")
    assert wary.evaluate(STRAY) == []
    wary.goto(f"{address}search.html?q=onerror")
    expect(wary.locator("#search-results")).to_contain_text("<img src=x onerror=alert(2)>")
    assert wary.evaluate(STRAY) == []
    wary.goto(f"{address}search.html?q={SCRIPT}")
    expect(wary.locator("#search-status")).not_to_be_empty()
    assert wary.evaluate(STRAY) == []


def test_what_an_answer_shows_is_text(wary: Page, address: str, browsing: Browsing) -> None:
    wary.goto(f"{address}queries/letters-between.html#one=ada-quill&other=bruno-sand")
    expect(wary.locator("#ask-status")).to_contain_text("Answered")
    expect(wary.locator("#answer-rows")).to_contain_text(f"Ada {SCRIPT} Quill")
    assert wary.evaluate(STRAY) == []
    browsing.shot(wary, "hostile-answer")


def test_a_link_with_markup_in_it_is_refused_as_text(wary: Page, address: str) -> None:
    wary.goto(f"{address}queries/letters-between.html#one={IMAGE}&release={SCRIPT}")
    expect(wary.locator("#ask-note")).to_contain_text(SCRIPT)
    expect(wary.locator("#ask-error")).to_contain_text(IMAGE)
    assert wary.evaluate(STRAY) == []
    wary.goto(f"{address}letters.html#/?year={IMAGE}&q={SCRIPT}")
    expect(wary.locator("#chips")).to_contain_text(SCRIPT)
    assert wary.evaluate(STRAY) == []
