"""The pages of archives and files."""

from __future__ import annotations

from kgpub.project import Project
from kgpub.publish.pages.archives import pages
from tests.publish.pages.rendered import HOSTILE, Seen, assert_sound, rendered
from tests.publish.pages.samples import book

BOOK = book(
    f"""
    :archive/AA a cwc:ArchivalUnit
    :archive/AA skos:prefLabel "{HOSTILE}"@en
    :archive/AA cwc:level "archive"
    :archive/AA cwc:seat :place/lowport
    :place/lowport skos:prefLabel "Lowport"@en
    :archive/AA/fond-1 a cwc:ArchivalUnit
    :archive/AA/fond-1 skos:prefLabel "AA, fond 1"@en
    :archive/AA/fond-1 cwc:level "fond"
    :archive/AA/fond-1 dcterms:isPartOf :archive/AA
    :archive/AA/fond-1/delo-10 a cwc:ArchivalUnit
    :archive/AA/fond-1/delo-10 skos:prefLabel "AA, fond 1, delo 10"@en
    :archive/AA/fond-1/delo-10 cwc:level "delo"
    :archive/AA/fond-1/delo-10 dcterms:isPartOf :archive/AA/fond-1
    :archive/AA/fond-1/delo-9 a cwc:ArchivalUnit
    :archive/AA/fond-1/delo-9 skos:prefLabel "AA, fond 1, delo 9"@en
    :archive/AA/fond-1/delo-9 cwc:level "delo"
    :archive/AA/fond-1/delo-9 dcterms:isPartOf :archive/AA/fond-1
    :document/X1 a cwc:Document
    :document/X1 dcterms:identifier "X1"
    :document/X1 dcterms:title "{HOSTILE}"@en
    :document/X1 cwc:heldAs :document/X1#a
    :document/X1#a cwc:inUnit :archive/AA/fond-1/delo-9
    :document/X1#a cwc:listy "4-5"
    :document/X2 a cwc:Document
    :document/X2 dcterms:identifier "X2"
    :document/X2 dcterms:title "Second"@en
    :document/X2 dcterms:date "1950-07-01"
    :document/X2 cwc:heldAs :document/X2#a
    :document/X2#a cwc:inUnit :archive/AA/fond-1/delo-9
    :document/X2#a cwc:listy "5"
    :document/X3 a cwc:Document
    :document/X3 dcterms:identifier "X3"
    :document/X3 dcterms:title "Third"@en
    :document/X3 cwc:heldAs :document/X3#a
    :document/X3#a cwc:inUnit :archive/AA/fond-1/delo-9
    :attested/a1 a cwc:AttestedDocument
    :attested/a1 dcterms:title "Cited"@en
    :attested/a1 cwc:heldAs :attested/a1#a
    :attested/a1#a cwc:inUnit :archive/AA/fond-1/delo-9
    :attested/a1#a cwc:listy "8"
    :archive/AA#l cwc:linkSubject :archive/AA
    :archive/AA#l cwc:linkTarget wd:Q1
    :archive/AA#l cwc:linkStatus "rejected"
    :archive/AA#l cwc:reason "Another one."@en
    """,
    *("archive/AA", "archive/AA/fond-1", "archive/AA/fond-1/delo-9", "archive/AA/fond-1/delo-10"),
    *("attested/a1", "place/lowport"),
)
HTML = rendered(BOOK, pages(BOOK))
FILE = "archive/AA/fond-1/delo-9.html"


def test_every_unit_has_a_sound_page_and_there_is_a_tree() -> None:
    assert len(HTML) == 5
    for path, html in HTML.items():
        assert_sound(html, 1 if path == "archives.html" else 2)
    text = Seen(HTML["archives.html"]).text
    assert text.index("delo 9 3 letters") < text.index("delo 10 0 letters")


def test_letters_stand_by_leaves_with_gaps_overlaps_and_what_is_only_cited() -> None:
    text = Seen(HTML[FILE]).text
    parts = [
        "leaves 1–3 3 leaves of which nothing",
        "leaves 4–5",
        "leaf 5 Second on leaves of the one before 1 July 1950 X2",
        "leaves 6–7 2 leaves",
        "leaf 8 Cited not published here",
        "leaves not printed Third undated X3",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_an_archive_says_its_seat_and_which_link_was_refused_and_why() -> None:
    text = Seen(HTML["archive/AA.html"]).text
    assert "Seat Lowport" in text
    assert "Link refused wd:Q1 Another one." in text


def test_leaves_without_a_file_are_not_drawn() -> None:
    assert "<svg" in HTML[FILE]
    assert "<svg" not in HTML["archive/AA/fond-1.html"]


def test_the_files_of_the_real_letters(publication: Project) -> None:
    html = (publication.outputs.dist / "archive/APRF/fond-45/opis-1/delo-346.html").read_text("utf-8")
    assert_sound(html, 2)
    text = Seen(html).text
    assert "leaves 105–107 Ciphered telegram, Shtykov to Stalin, 1 July 1950" in text
    for path in (publication.outputs.dist / "archive").rglob("*.html"):
        assert path.stat().st_size < 150_000, path
