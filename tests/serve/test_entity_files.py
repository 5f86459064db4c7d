"""Entities answered from their files: the same statements as from the store, the bytes of the file, and no other file."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kgpub.serve import entity_files, resources
from kgpub.serve.app import Site, create_app
from kgpub.serve.describe import triples
from kgpub.serve.entity_files import EntityFiles
from kgpub.serve.forms import DATA

FORMATS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES}
PAGE = b"<!doctype html><title>L1</title><a href='../person/ada-quill.html'>Ada</a>"
Serve = Callable[[Site], Any]


@pytest.fixture
def copied(published: Site, tmp_path: Path) -> Site:
    """The built publication in a folder that a test may change."""
    assert published.dist
    return replace(published, dist=Path(shutil.copytree(published.dist, tmp_path / "copied")))


@pytest.fixture
def serve(client: Any) -> Iterator[Serve]:
    opened: list[Any] = []

    def started(site: Site) -> Any:
        opened.append(type(client)(create_app(site), follow_redirects=False).__enter__())
        return opened[-1]

    yield started
    for one in opened:
        one.__exit__(None, None, None)


def said(content: bytes, name: str) -> set[str]:
    return {str(quad.triple) for quad in parse(content, format=FORMATS[name])}


def test_files_and_store_say_the_same_of_every_entity(published: Site) -> None:
    assert published.dist
    names = [file.relative_to(published.dist).as_posix() for file in published.dist.glob("*/**/*.nt")]
    assert len(names) == 26
    for name in names:
        wanted = {str(triple) for triple in triples(published, NamedNode(published.base + name.removesuffix(".nt")))}
        for ending in FORMATS:
            file = published.dist / f"{name.removesuffix('.nt')}.{ending}"
            assert said(file.read_bytes(), ending) == wanted, file


@pytest.mark.parametrize("name", FORMATS)
def test_the_bytes_of_the_file_are_the_answer_with_the_headers_of_the_stores(
    serve: Serve, published: Site, name: str
) -> None:
    assert published.dist
    served, stored = serve(published), serve(replace(published, dist=None))
    for path in (f"/person/ada-quill.{name}", f"/person/ada-quill?format={name}"):
        answer, other = served.get(path), stored.get(path)
        assert answer.content == (published.dist / f"person/ada-quill.{name}").read_bytes()
        assert said(other.content, name) == said(answer.content, name)
        own = {"etag", "content-length", "last-modified", "date"}
        assert {k: v for k, v in answer.headers.items() if k not in own} == {
            k: v for k, v in other.headers.items() if k not in own
        }
        assert answer.headers["etag"].startswith('"')
        again = served.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_page_that_dist_has_is_the_page(serve: Serve, copied: Site) -> None:
    assert copied.dist
    made = serve(copied).get("/document/L1.html")
    (copied.dist / "document" / "L1.html").write_bytes(PAGE)
    served = serve(copied)
    for path, accept in (("/document/L1.html", "*/*"), ("/document/L1", "text/html")):
        answer = served.get(path, headers={"Accept": accept})
        assert (answer.content, answer.headers["content-type"]) == (PAGE, "text/html; charset=utf-8")
        for header in ("link", "vary", "content-location", "content-security-policy", "x-frame-options"):
            assert answer.headers[header] == made.headers[header]
        assert served.head(path, headers={"Accept": accept}).headers == answer.headers
    assert b"<h1>" in served.get("/document/L2.html").content


def test_by_redirection_and_for_gone_ids_files_change_nothing(serve: Serve, copied: Site, entombed: Site) -> None:
    assert copied.dist
    assert serve(replace(copied, entities="see-other")).get("/document/L1").headers["location"] == "/document/L1.ttl"
    assert serve(copied).get("/document/L4.ttl").headers["location"] == "/document/L1.ttl"
    for ending in DATA:
        (copied.dist / "person" / f"nobody.{ending}").write_bytes(b"")
    (copied.dist / "person" / "nobody.html").write_bytes(PAGE)
    answer = serve(replace(entombed, dist=copied.dist)).get("/person/nobody.html")
    assert (answer.status_code, "This identifier was withdrawn" in answer.text) == (410, True)
    assert serve(replace(entombed, dist=copied.dist)).get("/person/nobody.nt").status_code == 410


def test_an_encoded_slash_reaches_no_file_and_a_bad_format_is_refused_as_ever(serve: Serve, published: Site) -> None:
    served = serve(published)
    for path in ("/document/L1", "/document/L1.ttl"):
        assert served.get(path).status_code == 200
        assert served.get(path.replace("/L1", "%2FL1")).status_code == 404
    assert served.get("/document/L1", headers={"Accept": "image/png"}).status_code == 406
    assert served.get("/document/L1?format=pdf").status_code == 400


def test_an_id_that_ends_like_a_format_is_not_answered_by_anothers_file(serve: Serve, copied: Site) -> None:
    assert copied.dist
    copied.store.update(
        f"INSERT DATA {{ GRAPH <{copied.base}g> {{ <{copied.base}document/L1.ttl> "
        '<http://www.w3.org/2004/02/skos/core#prefLabel> "A"@en } }'
    )
    answer = serve(copied).get("/document/L1.ttl", headers={"Accept": "application/n-triples"})
    assert answer.headers["content-location"] == "/document/L1.ttl.nt"
    assert [line.split()[0] for line in answer.text.splitlines()] == [f"<{copied.base}document/L1.ttl>"]


def test_only_regular_files_that_were_listed_are_read(tmp_path: Path) -> None:
    dist, outside = tmp_path / "dist", tmp_path / "outside"
    for folder in (dist / "person", outside):
        folder.mkdir(parents=True)
        (folder / "a.ttl").write_text("a", "utf-8")
    (dist / "top.ttl").write_text("no entity stands there", "utf-8")
    (dist / "person" / ".b.ttl").write_text("hidden", "utf-8")
    (dist / "person" / "c.ttl").symlink_to(outside / "a.ttl")
    (dist / "place").symlink_to(outside)
    (dist / "person" / "d.pdf").write_text("no form", "utf-8")
    found = EntityFiles(dist)
    assert found.read("person/a.ttl") == b"a"
    (dist / "person" / "new.ttl").write_text("came later", "utf-8")
    for name in (
        *("top.ttl", "person/.b.ttl", "person/c.ttl", "place/a.ttl", "person/d.pdf", "person/new.ttl"),
        *("person", "", "person/../person/a.ttl", "../outside/a.ttl", "/etc/passwd", "person/a.ttl/", "person/a.ttl\0"),
    ):
        assert (name in found, found.read(name)) == (False, None), name
    assert EntityFiles(None).read("person/a.ttl") is None
    assert EntityFiles(tmp_path / "none").read("person/a.ttl") is None


def test_what_became_a_link_or_too_large_after_the_listing_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dist" / "person").mkdir(parents=True)
    for name in "ab":
        (tmp_path / "dist" / "person" / f"{name}.nt").write_text("content", "utf-8")
    found = EntityFiles(tmp_path / "dist")
    (tmp_path / "dist" / "person" / "a.nt").unlink()
    (tmp_path / "dist" / "person" / "a.nt").symlink_to(tmp_path / "dist" / "person" / "b.nt")
    assert found.read("person/a.nt") is None
    monkeypatch.setattr(entity_files, "_LARGEST", 6)
    assert found.read("person/b.nt") is None


def test_a_build_under_a_running_service_mixes_no_two_releases(serve: Serve, copied: Site) -> None:
    assert copied.dist
    served = serve(copied)
    first = served.get("/document/L1.nt")
    os.rename(copied.dist, copied.dist.with_name("old"))  # noqa: PTH104
    (copied.dist / "document").mkdir(parents=True)
    (copied.dist / "document" / "L2.nt").write_text("a newer release", "utf-8")
    before = hashlib.sha256((copied.dist.with_name("old") / "document" / "L2.nt").read_bytes())
    assert hashlib.sha256(served.get("/document/L2.nt").content).digest() == before.digest()
    shutil.rmtree(copied.dist.with_name("old"))
    assert said(served.get("/document/L1.nt").content, "nt") == said(first.content, "nt")
    # What is no longer there is told by the store.
    assert served.get("/document/L3.nt").status_code == 200
    assert b"newer" not in served.get("/document/L2.nt?again").content


@pytest.mark.parametrize("size", [0, 1_000_000])
@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json;q=0.9, text/html;q=0.1", "*/*", ""])
def test_what_is_answered_at_once_is_what_the_route_answers(
    serve: Serve, copied: Site, size: int, accept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert copied.dist
    (copied.dist / "document" / "L1.html").write_bytes(PAGE)
    served = serve(replace(copied, limits=replace(copied.limits, cache_bytes=size)))
    asked = [(path, {"Accept": accept}) for path in ("/document/L1", "/document/L1.html")]
    first = [served.get(path, headers=headers) for path, headers in asked]
    taken: list[str] = []
    at_once = resources.Resources.at_once
    monkeypatch.setattr(resources.Resources, "at_once", lambda *given: taken.append(given[1]) or at_once(*given))
    for (path, headers), before in zip(asked, first, strict=True):
        for method in ("GET", "HEAD"):
            again = served.request(method, path, headers=headers)
            assert again.status_code == before.status_code == 200
            assert sorted(again.headers.items()) == sorted(before.headers.items())
            assert again.content == (b"" if method == "HEAD" else before.content)
        known = served.get(path, headers={**headers, "If-None-Match": before.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"")
    # With the cache on, it is the cache that answers.
    assert taken == ([] if size else ["document/L1"] * 3 + ["document/L1.html"] * 3)
    assert served.get("/document/L1", headers={"Accept": "image/png"}).status_code == 406
    assert served.get("/document%2FL1", headers={"Accept": accept}).status_code == 404
    assert served.get("/document/L1?format=nt").headers["content-type"].startswith("application/n-triples")
    assert served.post("/document/L1").status_code == 405
    lines = [
        line for line in served.get("/metrics").text.splitlines() if 'route="other"' in line and 'status="200"' in line
    ]
    assert not lines
