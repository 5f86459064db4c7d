"""Archival references in several citation styles."""

from __future__ import annotations

import pytest

from kgpub.convert.fields.citations import find_citations

CASES = [
    (
        "[Source: APRF, Fond 45, Opis 1, Delo 7, List 104 and AVPRF, Fond 059a, Opis 5a, Delo 3, Papka 11, l. 107]",
        [
            {"archive": "APRF", "fond": "45", "opis": "1", "delo": "7", "listy": "104"},
            {"archive": "AVPRF", "fond": "059a", "opis": "5a", "delo": "3", "papka": "11", "listy": "107"},
        ],
    ),
    ("[Source: APRF, Listy 123-124, Fond and Opis not given]", [{"archive": "APRF", "listy": "123-124"}]),
    ("[Source: APRF, page 141, fond and opis not given]", [{"archive": "APRF", "listy": "141"}]),
    ("[Source: AVP RF, Fond 059a, List 30]", [{"archive": "AVPRF", "fond": "059a", "listy": "30"}]),
    (
        "[Source: APRF, fond 45, opis 1, delo 347, listy 41-45]",
        [{"archive": "APRF", "fond": "45", "opis": "1", "delo": "347", "listy": "41-45"}],
    ),
    (
        "RGANI. F. 3. Op. 66. D. 471. L. 33-35.",
        [{"archive": "RGANI", "fond": "3", "opis": "66", "delo": "471", "listy": "33-35"}],
    ),
    (
        "[Source: Archive of the President of the Russian Federation (hereafter APRF), Fond 3, List 9]",
        [{"archive": "APRF", "fond": "3", "listy": "9"}],
    ),
    (
        "[Source: APRF, Fond 45, Delo 347, Listy 5-6, 10-11 (original copy)]",
        [{"archive": "APRF", "fond": "45", "delo": "347", "listy": "5-6, 10-11"}],
    ),
    (
        "[Source: APRF, fond 3, delo 8, listy 123, 125]",
        [{"archive": "APRF", "fond": "3", "delo": "8", "listy": "123, 125"}],
    ),
]


@pytest.mark.parametrize(("text", "citations"), CASES)
def test_a_source_note_gives_its_references_in_order(text: str, citations: list[dict[str, str]]) -> None:
    assert [{"archive": found.archive, **dict(found.parts)} for found in find_citations(text)] == citations


def test_a_sentence_after_the_note_lends_it_nothing() -> None:
    found = find_citations("[Source: APRF, Fond 3, List 9] A copy of page 77 went to Oslo.")
    assert [dict(each.parts) for each in found] == [{"fond": "3", "listy": "9"}]


def test_an_archive_only_spoken_of_is_no_reference() -> None:
    assert find_citations("As the file in AVPRF shows, the question was settled; see l. 82.") == []


def test_an_archive_of_the_layout_is_known() -> None:
    found = find_citations("NAF, fond 2, list 5", [("NAF", "NAF")])
    assert [(each.archive, dict(each.parts)) for each in found] == [("NAF", {"fond": "2", "listy": "5"})]
