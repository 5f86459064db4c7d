"""All of dist/ in one go: everything is there, the start page leads to it, and a failure leaves the old one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kgpub.parameters import Parameter
from kgpub.publish import site
from kgpub.publish.catalogue import Publication
from kgpub.publish.contents import Contents
from kgpub.publish.counts import count
from kgpub.publish.site import Release, publish

BASE = "https://example.org/letters/"
EVIL = "<script>alert(1)</script>"


@dataclass(frozen=True)
class Question:
    name: str
    title: str
    question: str
    text: str = "SELECT * {}"
    parameters: tuple[Parameter, ...] = ()
    group: str = ""
    endpoint: str = ""


QUESTIONS = (Question("who-wrote", "Who wrote?", ""), Question("when", "Days", "On which days?"))


@pytest.fixture
def release(tmp_path: Path) -> Release:
    queries = tmp_path / "queries"
    queries.mkdir()
    for question in QUESTIONS:
        (queries / f"{question.name}.rq").write_text("SELECT * {}", encoding="utf-8")
    (queries / "notes.txt").write_text("not a query", encoding="utf-8")
    return Release(
        publication=Publication(
            base=BASE,
            title="Letters of the Harbour",
            description="Four letters.",
            publisher="The Harbour Society",
            licence="https://creativecommons.org/publicdomain/zero/1.0/",
            language="en",
            version="1.2.0",
            modified="2024-02-29",
        ),
        dist=tmp_path / "dist",
        record=tmp_path / "cache" / "publish.json",
        name="letters",
        formats=("ttl", "nq"),
        gzip_from=12_000,
        folders=(("queries", queries, "*.rq"), ("shapes", tmp_path / "no-such-folder", "*.ttl")),
    )


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def start_page(dist: Path) -> _Page:
    page = _Page()
    page.feed((dist / "index.html").read_text(encoding="utf-8"))
    return page


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_everything_is_there_and_in_the_sums(release: Release, nquads: str) -> None:
    """Dumps, entities, folders, catalogue, reports, start page; SHA256SUMS names each file but itself."""
    publish(release, nquads, (), QUESTIONS)
    files = tree(release.dist)
    assert files.keys() >= {
        "letters.ttl",
        "letters.nq",
        "letters.nq.gz",
        "document/L1.ttl",
        "person/ada-quill.ttl",
        "archive/TA/fond-1.ttl",
        "queries/examples.ttl",
        "queries/who-wrote.rq",
        "catalogue.ttl",
        "report.html",
        "report.ttl",
        "index.html",
    }
    assert not any(name.startswith(("shapes/", "queries/notes")) for name in files)
    sums = (release.dist / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert {line[66:]: line[:64] for line in sums} == {
        name: digest for name, digest in files.items() if name != "SHA256SUMS"
    }


def test_the_n_quads_are_those_that_were_given(release: Release, nquads: str) -> None:
    """They are the record of truth; nothing on the way may normalise them."""
    publish(release, nquads, (), QUESTIONS)
    assert (release.dist / "letters.nq").read_text(encoding="utf-8") == nquads


def test_the_figures_returned_are_those_of_the_page(release: Release, nquads: str, contents: Contents) -> None:
    """A user reads the same numbers on the command line and on the start page; what there is none of is not named."""
    counts = publish(release, nquads, (), QUESTIONS)
    assert counts == count(contents)
    text = " ".join(start_page(release.dist).text.split())
    for name, words in (
        ("Archival items", "letters and telegrams"),
        ("Messages enclosed in them", "messages inside them"),
        ("Known only from being cited", "known only from being cited"),
        ("Persons", "persons"),
        ("Organisations", "organisations"),
        ("Places", "places"),
        ("Archival units", "archival units"),
        ("Triples", "statements in the graph"),
    ):
        assert (f"{counts[name]:,} {words}" in text) == bool(counts[name])


def test_every_link_of_the_start_page_leads_to_a_file(release: Release, nquads: str) -> None:
    """Each dump, each question, each way in; the only way out is the licence."""
    publish(release, nquads, (), QUESTIONS)
    links = start_page(release.dist).links
    away = [link for link in links if "://" in link]
    inside = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith("#")]
    assert set(away) == {release.publication.licence}
    footer = {"downloads.html", "ontology.html"}  # made elsewhere; the crawl of the whole site holds them
    assert [link for link in inside if link not in footer and not (release.dist / link).is_file()] == []
    assert set(inside) >= {
        *("letters.ttl", "letters.nq", "report.html", "catalogue.ttl", "SHA256SUMS"),
        *("letters.html", "timeline.html", "places.html", "network.html", "search.html"),
        *("queries/who-wrote.rq", "queries/when.rq"),
    }


def test_the_start_page_asks_questions_in_words(release: Release, nquads: str) -> None:
    """A query by its question or, where it has none, its title."""
    publish(release, nquads, (), QUESTIONS)
    text = start_page(release.dist).text
    for part in ("Who wrote?", "On which days?", "29 February 2024", "1.2.0"):
        assert part in text


@pytest.mark.parametrize("name", ["index", "letters", "timeline", "places", "network", "search", "document/L1"])
def test_markup_in_settings_titles_and_questions_stays_text(release: Release, nquads: str, name: str) -> None:
    """Whatever stands in the corpus or kgpub.toml."""
    evil = nquads.replace("Telegram, Inkwell to Seal: rope", EVIL).replace("Ada Quill", EVIL)
    question = Question("when", EVIL, EVIL)
    words = replace(release.publication, title=EVIL, description=EVIL)
    publish(replace(release, publication=words), evil, (), [question])
    text = (release.dist / f"{name}.html").read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    assert EVIL not in text
    assert page.text.count(EVIL) >= 3
    assert b"<script" not in (release.dist / "assets" / "search-index.js").read_bytes()


def test_a_publication_without_letters_has_a_start_page(release: Release) -> None:
    """No page is made of nothing, and nothing leads to it."""
    publish(release, "", (), ())
    assert (release.dist / "index.html").is_file()
    assert not any((release.dist / f"{name}.html").exists() for name in ("timeline", "places", "network"))
    inside = [link for link in start_page(release.dist).links if link.endswith(".html")]
    assert not {"timeline.html", "places.html", "network.html"} & set(inside)


def test_a_failure_leaves_the_old_publication(release: Release, nquads: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong, even as late as the pages."""
    publish(release, nquads, (), QUESTIONS)
    before = tree(release.dist)

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(site, "write_pages", broken)
    with pytest.raises(OSError, match="disk full"):
        publish(replace(release, publication=replace(release.publication, version="2")), nquads, (), QUESTIONS)
    assert tree(release.dist) == before
    assert [path.name for path in release.dist.parent.iterdir() if path.name.startswith(".")] == []


def test_what_is_no_longer_published_is_gone(release: Release, nquads: str) -> None:
    """A new build is not laid over the old one."""
    publish(release, nquads, (), QUESTIONS)
    publish(replace(release, formats=("nq",), name="post"), nquads, (), QUESTIONS)
    assert [path.name for path in release.dist.glob("letters.*")] == ["letters.html"]
    assert (release.dist / "post.nq").is_file()


def test_the_same_input_gives_the_same_bytes(release: Release, nquads: str, tmp_path: Path) -> None:
    """Also where the threads that write finish in another order."""
    publish(release, nquads, (), QUESTIONS)
    publish(replace(release, dist=tmp_path / "again"), nquads, (), QUESTIONS)
    assert tree(tmp_path / "again") == tree(release.dist)
