"""Downloads: the files of one folder and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgpub.serve.app import create_app


def test_a_file_comes_with_its_type(client):
    turtle = client.get("/download/letters.ttl")
    assert (turtle.text, turtle.headers["content-type"]) == ("# turtle\n", "text/turtle; charset=utf-8")
    packed = client.get("/download/sub/letters.nq.gz")
    assert (packed.content, packed.headers["content-type"]) == (b"\x1f\x8b", "application/gzip")
    assert "content-encoding" not in packed.headers


@pytest.mark.parametrize(
    "path",
    [
        "../outside.txt",
        "..%2Foutside.txt",
        "%2e%2e/outside.txt",
        "sub/../../outside.txt",
        "sub/%2e%2e/%2e%2e/outside.txt",
        "%2Fetc%2Fpasswd",
        "/etc/passwd",
        "..\\outside.txt",
        "..%5Coutside.txt",
        "link.txt",
        ".hidden",
        "letters.ttl%00",
        "none.ttl",
        "sub",
        "sub/",
        "",
    ],
)
def test_nothing_beside_or_above_the_folder_is_given_and_no_listing(client, path: str):
    answer = client.get(f"/download/{path}")
    assert answer.status_code == 404
    assert "secret" not in answer.text
    assert "letters" not in answer.text


def test_the_start_page_names_the_files_that_stand_at_the_top(client):
    page = client.get("/").text
    assert '<a href="/download/letters.ttl">letters.ttl</a>' in page
    assert "hidden" not in page


def test_a_site_without_downloads_has_none(client, site):
    bare = type(client)(create_app(replace(site, dist=None)))
    assert bare.get("/download/letters.ttl").status_code == 404
    assert "Downloads" not in bare.get("/").text


@pytest.mark.parametrize("path", ["a" * 5_000, "a/" * 3_000 + "a", "loop.txt"], ids=["long name", "deep", "circle"])
def test_a_name_that_the_system_refuses_is_a_file_that_is_not_there(client, dist, path: str):
    (dist / "loop.txt").symlink_to(dist / "loop.txt")
    assert client.get(f"/download/{path}").status_code == 404
