"""The pages of letters as HTML: complete, escaped, without anything the policy of the site forbids."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from kgpub.project import Project
from kgpub.publish.pages import attested, documents, publications
from kgpub.publish.pages.page import Page
from kgpub.publish.pages.write import _environment, _rendered
from tests.publish.pages.samples import book

HOSTILE = "<script>alert(1)</script><b onclick=x>&amp;"
BOOK = book(
    f"""
    :document/X1 a cwc:Document
    :document/X1 dcterms:identifier "X1"
    :document/X1 dcterms:title "{HOSTILE}"@en
    :document/X1 dcterms:abstract "{HOSTILE}"@en
    :document/X1 dcterms:date "1950-07-01"
    :document/X1 cwc:headingDate "1950-07-02"
    :document/X1 cwc:form :concept/form/telegram
    :document/X1 cwc:sender :person/ann
    :document/X1 cwc:recipient :person/ann
    :document/X1 cwc:telegramNumber "{HOSTILE}"
    :document/X1 cwc:heldAs :document/X1#a
    :document/X1#a cwc:archive "AA"
    :document/X1#a cwc:fond "1"
    :document/X1#a cwc:listy "5-6"
    :document/X1 cwc:edition :edition/X1
    :edition/X1 a cwc:Edition
    :edition/X1 dcterms:identifier "X1"
    :edition/X1 dcterms:isPartOf :edition/essay
    :edition/X1 cwc:numberInEdition "7"
    :edition/X1 cwc:pages "41-42"
    :edition/X1 cwc:lines "1-9"
    :edition/essay a cwc:Publication
    :edition/essay dcterms:title "{HOSTILE}"@en
    :edition/essay dcterms:issued "1995"
    :edition/essay dcterms:creator :person/ann
    :edition/essay cwc:indexEntry :edition/essay#i
    :edition/essay#i cwc:printedForm "{HOSTILE}"
    :edition/essay cwc:citation :edition/essay#c
    :edition/essay#c cito:hasCitedEntity :attested/a1
    :edition/essay#c cito:hasCitingEntity :edition/essay
    :document/X1 cwc:encloses :document/X1a
    :document/X1a a cwc:Document
    :document/X1a dcterms:identifier "X1a"
    :document/X1a dcterms:title "Inner"@en
    :document/X1a cwc:enclosedIn :document/X1
    :document/X1a cwc:inReplyTo :attested/a1
    :document/OLD a cwc:MergedIdentifier
    :document/OLD dcterms:identifier "OLD"
    :document/OLD dcterms:isReplacedBy :document/X1
    :attested/a1 a cwc:AttestedDocument
    :attested/a1 dcterms:title "{HOSTILE}"@en
    :person/ann skos:prefLabel "{HOSTILE}"@en
    """,
    *("document/OLD", "attested/a1", "edition/X1", "edition/essay", "person/ann"),
)


class _Seen(HTMLParser):
    """What a page holds: its elements, attributes, ids and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, attribute: str) -> list[str]:
        return [value for _, name, value in self.attributes if name == attribute]


def _pages() -> Iterator[tuple[Page, str]]:
    env = _environment()
    for make in (documents.pages, attested.pages, publications.pages):
        for page in make(BOOK):
            yield page, _rendered(env, page, {"site": BOOK.publication, "nav": ()}).decode()


PAGES = {page.path: (page, html) for page, html in _pages()}


def test_every_thing_of_these_kinds_has_its_page() -> None:
    assert sorted(PAGES) == [
        "attested/a1.html",
        "document/OLD.html",
        "document/X1.html",
        "document/X1a.html",
        "edition/X1.html",
        "edition/essay.html",
    ]


@pytest.mark.parametrize("path", sorted(PAGES))
def test_markup_in_the_data_stays_text(path: str) -> None:
    page, html = PAGES[path]
    seen = _Seen(html)
    assert not [name for _, name, _ in seen.attributes if name.startswith("on") or name == "style"]
    assert "alert(1)" not in re.sub(r"&lt;script&gt;alert\(1\)|\\u003cscript>alert\(1\)", "", html)
    assert seen.tags.count("script") == 2
    assert json.loads(page.head)["@id"] == page.iri


@pytest.mark.parametrize("path", sorted(PAGES))
def test_ids_are_unique_and_anchors_and_labels_lead_to_them(path: str) -> None:
    seen = _Seen(PAGES[path][1])
    ids = seen.named("id")
    assert len(ids) == len(set(ids))
    assert {one for value in seen.named("aria-labelledby") for one in value.split()} <= set(ids)
    assert {value[1:] for value in seen.named("href") if value.startswith("#")} <= set(ids)


def test_the_page_of_a_letter_says_both_dates_the_carrier_and_the_reference() -> None:
    text = " ".join(" ".join(_Seen(PAGES["document/X1.html"][1]).words).split())
    for words in ("1 July 1950", "2 July 1950", "AA, fond 1, listy 5–6", "no. 7", "It carries: Inner"):
        assert words in text, words


def test_an_enclosure_is_cited_by_the_archive_and_the_edition_of_its_carrier() -> None:
    citation = PAGES["document/X1a.html"][0].body["common"].citation
    assert "Inner. Inside: " in citation.plain
    assert "AA, fond 1, listy 5–6. Printed in" in citation.plain
    assert json.loads(citation.csl)[0]["type"] == "personal_communication"


def test_a_citation_for_programs_has_archive_genre_and_the_letters_own_date() -> None:
    fields = json.loads(PAGES["document/X1.html"][0].body["common"].citation.csl)[0]
    assert fields["archive_location"] == "AA, fond 1, listy 5–6"
    assert fields["original-date"] == {"date-parts": [[1950, 7, 1]]}
    assert fields["author"] == [{"literal": HOSTILE}]


def test_a_merged_identifier_leads_to_what_it_was_merged_into() -> None:
    assert "../document/X1.html" in _Seen(PAGES["document/OLD.html"][1]).named("href")


def test_pages_say_the_same_when_made_again() -> None:
    again = {page.path: html for page, html in _pages()}
    assert again == {path: html for path, (_, html) in PAGES.items()}


def test_the_real_letters_have_pages_that_are_light_and_lead_somewhere(publication: Project) -> None:
    dist: Path = publication.outputs.dist
    for folder in ("document", "attested", "edition"):
        files = sorted((dist / folder).glob("*.html"))
        assert files
        for file in files:
            html = file.read_text(encoding="utf-8")
            assert len(html.encode()) < 150_000, file
            seen = _Seen(html)
            assert "style" not in {name for _, name, _ in seen.attributes}, file
            for href in seen.named("href"):
                if re.match(r"\.\./(document|attested|edition|person|archive)/.*\.html", href):
                    assert (file.parent / unquote(href.partition("#")[0])).exists(), (file, href)


def test_a_real_telegram_shows_its_way_and_the_one_it_answers(publication: Project) -> None:
    html = (publication.outputs.dist / "document" / "W016.html").read_text(encoding="utf-8")
    text = " ".join(" ".join(_Seen(html).words).split())
    for words in (
        "addressed as Fyn Si",
        "1 h 47 min",
        "COPY LIST: 9 COPIES",
        "APRF, fond 45, opis 1, delo 346, listy 105–107",
    ):
        assert words in text, words
    assert 'href="../document/W015.html"' in html
