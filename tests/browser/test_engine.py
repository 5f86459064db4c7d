"""The engine in the page: from a folder and from a host, cancelled, fallen over, and never in the page's way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pyoxigraph import QuerySolutions, RdfFormat, Store

from kgpub.project import Project
from tests.browser.chromium import Browsing

PERSONS = """PREFIX cwc: <https://w3id.org/cwcorr/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name { ?person a cwc:Person ; skos:prefLabel ?name FILTER(LANG(?name) = "en") } ORDER BY ?name"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
OPEN = """async () => {
  window.told = [];
  window.engine = await kgpub.open({root: "", onProgress: (one) => window.told.push({...one})});
  return {quads: engine.quads, told: window.told};
}"""
ASK = "async (text) => { const one = await engine.query(text); return {json: one.json, triples: one.triples, ms: one.ms}; }"


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, site: Path, hosted: str) -> str:
    return f"{site.as_uri()}/" if request.param == "file" else hosted


@pytest.fixture
def opened(page: Page, address: str) -> Page:
    """A page whose engine has loaded the real publication."""
    page.goto(f"{address}sparql.html")
    page.evaluate(OPEN)
    return page


@pytest.fixture(scope="module")
def store(publication: Project) -> Store:
    store = Store()
    store.load(path=str(publication.outputs.dist / "cwcorr.nq"), format=RdfFormat.N_QUADS)
    return store


def test_it_loads_all_and_tells_how_far_it_is(page: Page, address: str, store: Store) -> None:
    page.goto(f"{address}sparql.html")
    loaded: dict[str, Any] = page.evaluate(OPEN)
    assert loaded["quads"] == len(store)
    steps = [one["step"] for one in loaded["told"]]
    assert set(steps) == {"engine", "data", "loading", "ready"}
    assert steps[-1] == "ready"
    loading = [one["done"] for one in loaded["told"] if one["step"] == "loading"]
    assert loading == sorted(loading)
    assert len(loading) > 10


def test_its_answers_are_those_of_the_engine_of_the_service(opened: Page, store: Store) -> None:
    """The same rows in the same order as pyoxigraph gives over the union of all graphs."""
    expected = store.query(PERSONS, use_default_graph_as_union=True)
    assert isinstance(expected, QuerySolutions)
    names = [row["name"].value for row in expected]
    assert len(names) > 100
    answer = opened.evaluate(ASK, PERSONS)
    assert [row["name"]["value"] for row in answer["json"]["results"]["bindings"]] == names


def test_yes_and_no_triples_and_a_named_graph(opened: Page, store: Store) -> None:
    assert opened.evaluate(ASK, "ASK { ?s a <https://w3id.org/cwcorr/ontology#Document> }")["json"]["boolean"] is True
    constructed = (
        "# SELECT is not what this is\nPREFIX a: <http://a.example/SELECT> CONSTRUCT { ?s a a:x } { ?s ?p ?o } LIMIT 1"
    )
    assert "http://a.example/SELECTx" in opened.evaluate(ASK, constructed)["triples"]
    own = "SELECT DISTINCT ?p FROM <https://w3id.org/cwcorr/graph/nowhere> { ?s ?p ?o }"
    assert opened.evaluate(ASK, own)["json"]["results"]["bindings"] == []


def test_a_wrong_query_says_where_and_the_next_is_answered(opened: Page) -> None:
    wrong = "async (text) => { try { await engine.query(text); } catch (error) { return error.message; } }"
    assert "error at 1:17" in opened.evaluate(wrong, "SELECT * { ?s ?p")
    assert "is not supported" in opened.evaluate(
        wrong, "SELECT * { SERVICE <https://elsewhere.example/> { ?s ?p ?o } }"
    )
    assert opened.evaluate(ASK, "ASK {}")["json"]["boolean"] is True


def test_a_query_is_cancelled_while_the_page_lives_on(opened: Page) -> None:
    """The page counts its own pulse while the engine is busy; what waits behind the cancelled query is answered."""
    told = opened.evaluate(
        """async (endless) => {
          let pulse = 0; const timer = setInterval(() => pulse += 1, 20);
          const aborter = new AbortController();
          const busy = engine.query(endless, {signal: aborter.signal}).then(() => "answered", (error) => error.name);
          const behind = engine.query("ASK {}").then((one) => one.json.boolean);
          await new Promise((later) => setTimeout(later, 1000));
          window.told.length = 0;
          const start = performance.now();
          aborter.abort();
          const outcome = await busy, cancelled = performance.now() - start;
          const answered = await behind;
          clearInterval(timer);
          return {pulse, outcome, cancelled, answered, steps: window.told.map((one) => one.step)};
        }""",
        ENDLESS,
    )
    assert (told["outcome"], told["answered"]) == ("AbortError", True)
    assert told["cancelled"] < 200
    assert told["pulse"] > 25
    # Honestly: what was loaded is gone, and is loaded again.
    assert (told["steps"][0], told["steps"][-1]) == ("loading", "ready")


def test_a_query_that_fells_the_engine_is_told_and_the_next_is_answered(opened: Page) -> None:
    """Brackets so deep that the stack is full, which nothing in the engine's own code prevents."""
    told = opened.evaluate(
        """async () => {
          const deep = "SELECT * {" + "{".repeat(200000) + "}".repeat(200000) + "}";
          const outcome = await engine.query(deep).then(() => "answered", (error) => error.message);
          return {outcome, after: (await engine.query("ASK {}")).json.boolean};
        }"""
    )
    assert told["after"] is True
    assert told["outcome"] != "answered"


def test_what_is_missing_beside_the_page_is_said(page: Page, site: Path, browsing: Browsing) -> None:
    browsing.expect("ERR_FILE_NOT_FOUND")
    page.goto(f"{site.as_uri()}/sparql.html")
    told = page.evaluate("() => kgpub.open({root: 'nowhere/'}).catch((error) => error.message)")
    assert "cannot be read" in told


def test_a_page_that_reaches_elsewhere_fails(browsing: Browsing, site: Path) -> None:
    """The watch itself bites: for a request to another host, an error of a script, a message of the console."""
    page = browsing.page()
    page.goto(f"{site.as_uri()}/sparql.html")
    page.evaluate("() => fetch('https://elsewhere.example/x').catch(() => null)")
    page.evaluate("() => { setTimeout(() => { throw new Error('broken') }, 0); console.error('told') }")
    page.wait_for_timeout(100)
    found = " | ".join(browsing.verdict())
    assert "request to elsewhere: https://elsewhere.example/x" in found
    assert "error in the page: broken" in found
    assert "error in the console: told" in found
    browsing.expect("")
