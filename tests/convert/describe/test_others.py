"""Organisations, offices, places, events, archives and publications: what each key of an entry becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kgpub.convert.describe import others
from kgpub.convert.iris import Iris
from kgpub.convert.sheet import Sheet
from tests.convert.samples import BASE, layer

CWC = "https://w3id.org/cwcorr/ontology#"
DCTERMS = "http://purl.org/dc/terms/"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
XSD = "http://www.w3.org/2001/XMLSchema#"

CASES: list[tuple[Callable[..., Any], str, str, set[str]]] = [
    (
        others.describe_organisation,
        "{id: a, name: A, partOf: b}",
        "organisation/a",
        {f"<{DCTERMS}isPartOf> <{BASE}organisation/b>"},
    ),
    (
        others.describe_office,
        "{id: a, name: A, organisation: b, seat: c, holders: one, accreditedTo: d}",
        "office/a",
        {
            f"<{CWC}officeOf> <{BASE}organisation/b>",
            f"<{CWC}seat> <{BASE}place/c>",
            f'<{CWC}singleHolder> "true"^^<{XSD}boolean>',
            f"<{CWC}accreditedTo> <{BASE}place/d>",
        },
    ),
    (
        others.describe_place,
        "{id: a, name: A, lat: 41.790, long: -3, partOf: b, certainty: inferred}",
        "place/a",
        {
            f'<{GEO}lat> "41.79"^^<{XSD}decimal>',
            f'<{GEO}long> "-3"^^<{XSD}decimal>',
            f"<{DCTERMS}isPartOf> <{BASE}place/b>",
            f'<{CWC}certainty> "inferred"',
        },
    ),
    (
        others.describe_event,
        "{id: a, name: A, from: 1893-02-01, until: 1893-02}",
        "event/a",
        {f'<{CWC}from> "1893-02-01"^^<{XSD}date>', f'<{CWC}until> "1893-02"^^<{CWC}edtf>'},
    ),
    (
        others.describe_archive,
        "{id: A, name: A, place: b}",
        "archive/A",
        {f'<{CWC}level> "archive"', f"<{CWC}seat> <{BASE}place/b>"},
    ),
    (
        others.describe_publication,
        "{id: a, title: T, authors: [x, y], editors: [y], partOf: b, pages: 1-8, year: 1995/96, publisher: P}",
        "edition/a",
        {
            f'<{DCTERMS}title> "T"@en',
            f"<{DCTERMS}creator> <{BASE}person/x>",
            f"<{DCTERMS}creator> <{BASE}person/y>",
            f"<{DCTERMS}isPartOf> <{BASE}edition/b>",
            f'<{CWC}pages> "1-8"',
            f'<{DCTERMS}issued> "1995/96"',
            f'<{DCTERMS}publisher> "P"',
        },
    ),
]
COMMON = ("22-rdf-syntax-ns#type>", "terms/identifier>", "skos/core#prefLabel>")


@pytest.mark.parametrize(("describe", "entry", "node", "expected"), CASES)
def test_each_key_of_an_entry_becomes_its_statement(
    describe: Callable[..., Any], entry: str, node: str, expected: set[str]
) -> None:
    sheet = Sheet(Iris(BASE), f"<{BASE}graph/authority>")
    describe(sheet, layer("x.yaml", entry).data, "x.yaml", "entries[0]")
    lines = [line.removesuffix(f" <{BASE}graph/authority> .") for line in sheet.nquads().splitlines()]
    assert all(line.startswith(f"<{BASE}{node}> ") for line in lines)
    said = {line.partition(" ")[2] for line in lines}
    assert {one for one in said if not one.split(" ")[0].endswith(COMMON)} == expected


def test_what_all_entries_share_is_said_of_each() -> None:
    sheet = Sheet(Iris(BASE), f"<{BASE}graph/authority>")
    entry = "{id: a, name: A, names: [{text: Ä, lang: de}], gloss: an office, printed: [the A., A]}"
    others.describe_office(sheet, layer("x.yaml", entry).data, "x.yaml", "offices[0]")
    text = sheet.nquads()
    for part in (f"<{CWC}Office>", '"a"', 'prefLabel> "A"@en', 'altLabel> "Ä"@de', 'description> "an office"@en'):
        assert part in text
    assert 'hiddenLabel> "the A."@en' in text
    assert 'hiddenLabel> "A"@en' not in text
