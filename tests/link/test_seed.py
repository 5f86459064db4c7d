"""A first slice made of what the ledger's evidence quotes: names, years and points of the item meant, and of no other."""

from __future__ import annotations

import pytest

from kgpub.link.ledger import Decision
from kgpub.link.seed import first_slice, quoted
from kgpub.link.slice import SEED_MARK


def said(item: str, evidence: str) -> set[tuple[str, str]]:
    """What is quoted: the last step of the property, and the value with its language where it has one."""
    found = set()
    for triple in quoted(item, evidence):
        value = triple.object
        text = f"{value.value}@{value.language}" if value.language else value.value
        found.add((triple.predicate.value.replace("#", "/").rpartition("/")[2], text))
    return found


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ("github a/b c.json: Q7 Ada Quill: keeper of a lamp", {("label", "Ada Quill@en")}),
        ("github a/b c d.ttl: Q7 dbpedia.org/resource/Ada_Quill_(keeper)", {("label", "Ada Quill@en")}),
        (
            "github a/b c.md: Q7 Quill, Ada (1851-1920; Island; keeper)",
            {("label", "Ada Quill@en"), ("P569", "1851-01-01T00:00:00Z"), ("P570", "1920-01-01T00:00:00Z")},
        ),
        (
            "github a/b c.json: Q7 Lowport, Some Island (54.500,-3.250)",
            {("label", "Lowport@en"), ("P625", "Point(-3.250 54.500)")},
        ),
        (
            "github a/b/c.geojson: Q7 Lowport 로포트 (54.500,-3.250)",
            {("label", "Lowport@en"), ("label", "로포트@ko"), ("P625", "Point(-3.250 54.500)")},
        ),
        ("github a/b c.ann: Q7 Ада Квилл", {("label", "Ада Квилл@ru")}),
        ("github a/b c.md: WD~Low_Port,7", {("label", "Low Port@en")}),
        ("github a/b c.csv: Q7,Board of Lamps", {("label", "Board of Lamps@en")}),
        ("github a/b c.md: WD~Low_Port,77", set()),
        ("github a/b c.json: Q77 Ada Quill", set()),
        ("github a/b c.md: has_id_wikidata Q7", set()),
        ("a letter from a colleague", set()),
        ("", set()),
    ],
)
def test_what_an_evidence_quotes(evidence: str, expected: set[tuple[str, str]]) -> None:
    assert said("Q7", evidence) == expected


def test_a_second_name_of_a_language_is_an_alias_and_the_same_name_stands_once() -> None:
    evidence = "github a/b c: Q7 Ada Quill | github d/e f: Q7 Ada Quill: keeper | github d/e g: Q7 Adah Quill"
    assert said("Q7", evidence) == {("label", "Ada Quill@en"), ("altLabel", "Adah Quill@en")}


def test_the_slice_holds_accepted_and_rejected_items_and_says_what_it_is() -> None:
    decisions = [
        Decision("ada-quill", "Q7", "accept", evidence="github a/b c: Q7 Ada Quill"),
        Decision("ada-quill", "Q8", "reject", evidence="github a/b c: Q8 Ada Quill: a singer"),
        Decision("ada-quill", "Q9", "defer", evidence="github a/b c: Q9 Ada Quill"),
    ]
    content = first_slice(decisions)
    assert content.startswith(SEED_MARK)
    assert [item in content for item in ("/Q7>", "/Q8>", "/Q9>")] == [True, True, False]
    assert first_slice(list(reversed(decisions))) == content
