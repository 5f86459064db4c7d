"""The page of downloads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from zipfile import ZipFile

import pytest

from kgpub.project import Project
from kgpub.publish.pages.book import File
from kgpub.publish.pages.downloads import pages, size
from tests.publish.pages.rendered import HOSTILE, Seen, assert_sound, rendered
from tests.publish.pages.samples import book

FILES = (
    File("letters.nq", "nq", 11_909_941, "ab" * 32, "N-Quads", 66_287),
    File("letters.nq.gz", "nq", 756_147, "cd" * 32, "N-Quads, compressed", 66_287),
)
PLAIN = replace(book(":document/X1 a cwc:Document"), files=FILES, counts={"Documents": 1})
BOOK = replace(PLAIN, publication=replace(PLAIN.publication, title=HOSTILE, description=HOSTILE))


@pytest.mark.parametrize(("number", "words"), [(12, "12 bytes"), (756_147, "756 kB"), (999_700, "1.0 MB")])
def test_sizes_are_said_in_words(number: int, words: str) -> None:
    assert size(number) == words


def test_each_dump_stands_with_its_figures_and_the_page_is_sound() -> None:
    html = rendered(BOOK, pages(BOOK))["downloads.html"]
    assert_sound(html, 2)
    text = Seen(html).text
    assert "letters.nq N-Quads 11.9 MB 66,287" in text
    assert "cd" * 32 in text
    assert "letters-site.zip" in Seen(html).named("href")


def test_the_data_set_is_described_for_search_engines_and_cited_in_three_forms() -> None:
    (page,) = pages(BOOK)
    told = json.loads(page.head)
    assert told["@type"] == "Dataset"
    assert [one["sha256"] for one in told["distribution"]] == ["ab" * 32, "cd" * 32]
    assert told["distribution"][1]["encodingFormat"] == ["application/gzip", "application/n-quads"]
    assert json.loads(page.body.citation.csl)[0]["type"] == "dataset"
    assert r"\&" in page.body.citation.bibtex


def test_without_dumps_there_is_no_page() -> None:
    assert list(pages(replace(BOOK, files=()))) == []


def test_the_zip_of_the_real_site_holds_what_its_pages_need_and_is_small(publication: Project) -> None:
    dist = publication.outputs.dist
    file = dist / "cwcorr-site.zip"
    assert file.stat().st_size < 15_000_000
    with ZipFile(file) as made:
        names = {name.removeprefix("cwcorr/") for name in made.namelist()}
        page = made.read("cwcorr/downloads.html")
    assert page == (dist / "downloads.html").read_bytes()
    ours = {path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()}
    left_out = {"cwcorr.nq", "cwcorr.nt", "cwcorr.ttl", "cwcorr.trig", "cwcorr.jsonld", "cwcorr-site.zip"}
    left_out |= {"cwcorr.nt.gz", "cwcorr.ttl.gz", "cwcorr.jsonld.gz"}
    assert ours - names == left_out
    html = (dist / "downloads.html").read_text("utf-8")
    assert hashlib.sha256((dist / "cwcorr.nq").read_bytes()).hexdigest() in html
