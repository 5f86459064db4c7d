"""Pages of persons, bodies, offices, places and events as HTML: complete, escaped, in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from kgpub.project import Project
from kgpub.publish.pages import bodies, events, offices, people, persons, placed
from kgpub.publish.pages.page import Page
from kgpub.publish.pages.write import _environment, _rendered
from tests.publish.pages.actor_samples import BOOK, HOSTILE, WIKIDATA


class _Seen(HTMLParser):
    """What a page holds: elements, attributes, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, attribute: str) -> list[str]:
        return [value for name, value in self.attributes if name == attribute]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def _pages() -> Iterator[tuple[Page, str]]:
    env = _environment()
    for make in (persons.pages, bodies.pages, offices.pages, placed.pages, events.pages, people.pages):
        for page in make(BOOK):
            yield page, _rendered(env, page, {"site": BOOK.publication, "nav": ()}).decode()


PAGES = {page.path: (page, html) for page, html in _pages()}


def _seen(path: str) -> _Seen:
    return _Seen(PAGES[path][1])


def test_the_three_lists_of_people_hold_everyone_once() -> None:
    for path in ("people.html", "people-by-letters.html", "people-by-first-letter.html"):
        listing = PAGES[path][0].body
        found = [entry.href for _, _, sections in listing.parts for section in sections for entry in section.entries]
        assert len(found) == len(set(found)) == listing.persons + listing.bodies == 6, path
    order = [
        entry.name[1] for section in PAGES["people-by-letters.html"][0].body.parts[0][2] for entry in section.entries
    ]
    assert order[-2:] == ["Crown", "Old"]


def test_every_thing_of_these_kinds_has_its_page() -> None:
    made = {path.removesuffix(".html") for path in PAGES if "/" in path}
    assert made == {path for path in BOOK.paths if not path.startswith("document/")}


@pytest.mark.parametrize("path", sorted(PAGES))
def test_markup_in_the_data_stays_text(path: str) -> None:
    page, html = PAGES[path]
    seen = _Seen(html)
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name == "style"]
    assert "alert(1)" not in re.sub(r"&lt;script&gt;alert\(1\)|\\u003cscript>alert\(1\)", "", html)
    assert seen.tags.count("script") == bool(page.head) + 1 + len(page.scripts)


@pytest.mark.parametrize("path", sorted(PAGES))
def test_ids_are_unique_headings_in_order_and_labels_lead_somewhere(path: str) -> None:
    seen = _seen(path)
    ids = seen.named("id")
    assert len(ids) == len(set(ids))
    assert {one for value in seen.named("aria-labelledby") for one in value.split()} <= set(ids)
    assert {value[1:] for value in seen.named("href") if value.startswith("#")} <= set(ids)
    levels = [int(tag[1]) for tag in seen.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_letter_in_the_list_says_under_which_cover_name_it_went() -> None:
    own = PAGES["person/ann.html"][0].body["own"]
    assert [line.words for year in own.years for line in year.lines] == ["sent as Moth", "sent as Moth", "received"]


def test_cover_names_and_tenures_of_a_person_are_reached_by_their_own_anchors() -> None:
    assert {"moth", "tenure-clerk-1950"} <= set(_seen("person/ann.html").named("id"))


def test_a_person_known_by_a_printed_name_only_is_said_to_be() -> None:
    assert "Known only by the name that is printed" in _seen("person/bob.html").text
    assert "Known only by the name that is printed" not in _seen("person/cai.html").text
    assert "born and died is not known here" in _seen("person/cai.html").text


def test_schema_org_has_dates_only_where_they_are_plain() -> None:
    head = json.loads(PAGES["person/ann.html"][0].head)
    assert head["birthDate"] == "1900-02-03"
    assert "deathDate" not in head
    assert head["sameAs"] == [f"{WIKIDATA}Q1"]
    assert {"@value": "Анна", "@language": "ru"} in head["alternateName"]
    assert head["hasOccupation"][0]["startDate"] == "1949"
    assert json.loads(PAGES["place/harbour.html"][0].head)["geo"]["latitude"] == -10.5
    assert json.loads(PAGES["event/flood.html"][0].head)["endDate"] == "1950-07-04"


def test_an_office_has_the_letters_of_its_days_and_those_that_name_it() -> None:
    own = PAGES["office/clerk.html"][0].body["own"]
    assert [line.letter.text for year in own.years for line in year.lines] == [HOSTILE]
    assert [line.letter.text for year in own.received for line in year.lines] == ["Second"]
    assert [line.letter.text for year in own.named for line in year.lines] == ["Second"]


def test_a_body_names_its_whole_and_the_holders_of_its_offices() -> None:
    own = PAGES["organisation/office-of-ships.html"][0].body["own"]
    assert [link.text for link in own.wider] == ["Crown"]
    assert own.posts[0].holders[0].holder_link.text == "Old"
    assert [link.text for link in PAGES["organisation/crown.html"][0].body["own"].parts] == ["Office of Ships"]


def test_a_place_says_where_it_lies_and_how_many_letters_are_inferred() -> None:
    own = PAGES["place/harbour.html"][0].body["own"]
    assert (own.coordinates, own.coordinate_source) == ("10.5° S, 20.25° E", "A chart")
    assert own.inferred == 1
    assert [(line.words, line.letter.text) for year in own.years for line in year.lines] == [
        ("from here", HOSTILE),
        ("to here", "Second"),
    ]
    lost = _seen("place/lost.html").text
    assert "Which place is meant has not been found out. Nothing confirms it." in lost
    assert "../place/harbour.html" in _seen("place/former.html").named("href")


def test_an_event_has_the_letters_of_its_days_and_of_the_days_around() -> None:
    own = PAGES["event/flood.html"][0].body["own"]
    assert [line.letter.text for line in own.before] == [HOSTILE]
    assert [line.letter.text for year in own.during for line in year.lines] == ["Fourth"]
    assert own.after == ()
    assert [line.letter.text for year in own.mentioned for line in year.lines] == ["Second"]


def test_pages_say_the_same_when_made_again() -> None:
    assert {page.path: html for page, html in _pages()} == {path: html for path, (_, html) in PAGES.items()}


def test_the_real_pages_are_light_and_lead_somewhere(publication: Project) -> None:
    dist: Path = publication.outputs.dist
    files = [dist / "people.html", dist / "people-by-letters.html", dist / "people-by-first-letter.html"]
    for folder in ("person", "organisation", "office", "place", "event"):
        files += sorted((dist / folder).glob("*.html"))
    assert len(files) > 500
    for file in files:
        html = file.read_text(encoding="utf-8")
        assert len(html.encode()) < 150_000, file
        seen = _Seen(html)
        assert "style" not in seen.named("style"), file
        for href in seen.named("href"):
            if re.match(
                r"(\.\./)?(document|attested|edition|person|organisation|office|place|event)/[^?]*\.html", href
            ):
                assert (file.parent / href.partition("#")[0]).exists(), (file, href)


def test_the_channels_of_filippov_are_those_that_the_list_of_persons_has(publication: Project) -> None:
    text = _Seen((publication.outputs.dist / "person" / "joseph-stalin.html").read_text(encoding="utf-8")).text
    for words in ("Signed Filippov", "Addressed as Filippov", "Semenov", "Wikidata Q855", "Иосиф Виссарионович Сталин"):
        assert words in text, words
    zakharov = _Seen((publication.outputs.dist / "person" / "semyon-zakharov.html").read_text(encoding="utf-8")).text
    assert "is not this person" in zakharov
