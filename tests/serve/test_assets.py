"""The files that pages run: those of `assets/` alone, with their types, and the policy of the page that needs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgpub.serve.app import Site, create_app
from kgpub.serve.headers import SCRIPTED, SECURITY
from tests.serve.conftest import TestClient

POLICY = "Content-Security-Policy"
HTML = {"Accept": "text/html"}


@pytest.fixture
def assets(dist: Path) -> Path:
    folder = dist / "assets"
    folder.mkdir()
    (folder / "sparql.js").write_text("1;", "utf-8")
    (folder / "server.js").write_text("", "utf-8")
    (folder / "oxigraph.wasm.gz").write_bytes(b"\x1f\x8b")
    (folder / "notes.exe").write_text("no", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "media_type"), [("sparql.js", "text/javascript; charset=utf-8"), ("oxigraph.wasm.gz", "application/gzip")]
)
def test_an_asset_has_its_type_and_a_tag(assets: Path, site: Site, name: str, media_type: str) -> None:
    with TestClient(create_app(site)) as client:
        answer = client.get(f"/assets/{name}")
        assert answer.status_code == 200
        assert answer.content == (assets / name).read_bytes()
        assert answer.headers["content-type"] == media_type
        again = client.get(f"/assets/{name}", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


def test_the_service_says_that_it_has_an_endpoint(assets: Path, site: Site) -> None:
    """Where the publication's own file, for a host that has none, is empty."""
    with TestClient(create_app(site)) as client:
        assert 'endpoint:"sparql"' in client.get("/assets/server.js").text


@pytest.mark.parametrize(
    "name", ["notes.exe", "none.js", "..%2Fletters.ttl", "%2e%2e%2fletters.ttl", ".", "sparql.js%00"]
)
def test_nothing_else_is_given(assets: Path, site: Site, name: str) -> None:
    with TestClient(create_app(site)) as client:
        assert client.get(f"/assets/{name}").status_code == 404


def test_the_editor_and_its_policy_come_with_the_assets(assets: Path, site: Site) -> None:
    with TestClient(create_app(site)) as client:
        page = client.get("/sparql", headers=HTML)
        assert page.headers[POLICY] == SCRIPTED[POLICY]
        assert '<script src="/assets/sparql.js" defer>' in page.text
        answered = client.get("/sparql", params={"query": "ASK {}"}, headers=HTML)
        assert answered.headers[POLICY] == SECURITY[POLICY]
        assert "<script" not in answered.text


def test_without_assets_the_page_is_the_form(site: Site) -> None:
    with TestClient(create_app(site)) as client:
        page = client.get("/sparql", headers=HTML)
        assert page.headers[POLICY] == SECURITY[POLICY]
        assert "<script" not in page.text
        assert "<textarea" in page.text
