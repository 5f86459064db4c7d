"""What holds for the whole service: headers, CORS, errors, the start page, style, and addresses below a prefix."""

from __future__ import annotations

import pytest

from kgpub.serve.app import create_app

PATHS = [
    "/",
    "/queries",
    "/queries/letters-of",
    "/sparql",
    "/document/L1",
    "/document/none",
    "/download/letters.ttl",
    "/static/style.css",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_bears_the_security_headers(client, path: str):
    headers = client.get(path, headers={"Accept": "text/html, text/css;q=0.5, */*;q=0.1"}).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", PATHS)
def test_any_site_may_read_any_answer(client, path: str):
    assert (
        client.get(path, headers={"Origin": "https://elsewhere.example"}).headers["access-control-allow-origin"] == "*"
    )


def test_a_script_elsewhere_may_post_a_query(client):
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = client.options("/sparql", headers=asked)
    assert answer.status_code == 200
    assert "POST" in answer.headers["access-control-allow-methods"]


@pytest.mark.parametrize("path", PATHS)
def test_pages_run_no_script_and_hold_no_inline_style(client, path: str):
    text = client.get(path, headers={"Accept": "text/html"}).text
    assert "<script" not in text
    assert "style=" not in text.replace('rel="stylesheet"', "")


def test_head_is_answered_without_a_body(client):
    answer = client.head("/document/L1")
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_start_page_counts_each_thing_once_however_many_graphs_name_it(client):
    page = client.get("/").text
    for words in ("<b>5</b> documents as printed", "<b>5</b> persons", "<b>2</b> places", "<b>4</b> archival units"):
        assert words in page
    assert "Letters of one person" in page


def test_the_stylesheet_is_light_and_dark(client):
    style = client.get("/static/style.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "prefers-color-scheme: dark" in style.text


def test_links_keep_the_prefix_that_a_proxy_takes_off(client, site):
    proxied = type(client)(create_app(site), root_path="/letters")
    page = proxied.get("/document/L1", headers={"Accept": "text/html"}).text
    assert '<a href="/letters/person/ben-inkwell">Ben Inkwell</a>' in page
    assert 'href="/letters/static/style.css"' in page


def test_a_bug_is_500_without_inner_workings(client, site, monkeypatch):
    monkeypatch.setattr("kgpub.serve.resources.page", lambda *_: 1 / 0)
    broken = type(client)(create_app(site), raise_server_exceptions=False)
    answer = broken.get("/document/L1", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
