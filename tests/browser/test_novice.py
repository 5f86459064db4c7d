"""Someone who has never heard of RDF, from the start page, by what can be seen and clicked: no address is known beforehand."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pyoxigraph import QuerySolutions, Store

from tests.browser.chromium import Browsing

SIGNED = """PREFIX cwc: <https://w3id.org/cwcorr/ontology#>
SELECT DISTINCT ?letter {
  ?letter cwc:signedAs <https://w3id.org/cwcorr/person/joseph-stalin#filippov> ; <http://purl.org/dc/terms/date> ?date
  FILTER(STRSTARTS(STR(?date), "1951"))
}"""


@pytest.fixture(params=["file", "below"])
def root(request: pytest.FixtureRequest, site: Path, below: str) -> str:
    return f"{site.as_uri()}/" if request.param == "file" else below


def test_telegrams_signed_as_filippov(browsing: Browsing, root: str, real_store: Store) -> None:
    page = browsing.page(accept_downloads=True)
    if not root.startswith("file:"):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{root}index.html")
    page.get_by_role("link", name="Every letter that Joseph Stalin signed as Filippov in 1951").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Letters")
    letters = shown(page)
    rows = list_as_csv(page)
    assert [row["Title"] for row in rows] == letters
    assert {row["Permanent address"] for row in rows} == in_the_graph(real_store)
    assert len(rows) > 10
    assert {row["Date"][:4] for row in rows} == {"1951"}
    assert all("Filippov" in row["Signed as"] for row in rows)
    letter = next(one for one in letters if one.startswith("Ciphered telegram"))
    page.get_by_role("link", name=letter, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(letter)
    path = page.locator("#path")
    path.scroll_into_view_if_needed()
    expect(path).to_be_visible()
    assert "Filippov" in (path.text_content() or "")
    assert "Moscow" in (path.text_content() or "")
    browsing.shot(page, f"novice-{root.split(':')[0]}")
    citation = cited(page)
    assert letter in citation
    assert re.search(r"https://w3id\.org/cwcorr/document/[WM]\d+\w*", citation)


def test_the_same_by_narrowing_the_list(page: Page, hosted: str) -> None:
    """Whoever overlooks the card finds the list in the head of the page, and two boxes to tick."""
    page.goto(f"{hosted}index.html")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Letters").click()
    page.get_by_label("Filippov (Joseph Stalin)").check()
    page.get_by_role("group").filter(has_text="Year").get_by_label("1951").first.check()
    narrowed = shown(page)
    page.goto(f"{hosted}index.html")
    page.get_by_role("link", name="Every letter that Joseph Stalin signed as Filippov in 1951").click()
    expect(page.locator("#chips li")).to_have_count(2)
    assert shown(page) == narrowed


def in_the_graph(store: Store) -> set[str]:
    found = store.query(SIGNED, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return {row["letter"].value for row in found}


def shown(page: Page) -> list[str]:
    return page.locator("#browse li[data-f]:visible a").all_inner_texts()


def list_as_csv(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download this list (CSV)").click()
    return list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))


def cited(page: Page) -> str:
    """Return the citation that the button copied, or, where a page may not be asked for the clipboard, that it stands there."""
    button = page.locator("button[data-copy=cite-plain]")
    button.click()
    expect(button).to_have_text(re.compile("Copied|Selected"))
    if page.url.startswith("http"):
        return str(page.evaluate("() => navigator.clipboard.readText()"))
    return page.locator("#cite-plain").inner_text()
