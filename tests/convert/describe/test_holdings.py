"""Archival units: which a citation names, and how they are labelled."""

from __future__ import annotations

import pytest

from kgpub.convert.describe.holdings import describe_citations
from kgpub.convert.read import read_document
from kgpub.convert.sheet import Sheet
from tests.convert.samples import BASE, RECORD, raw, sample_context

CITATIONS = [
    ("{archive: LBA}", "archive/LBA", []),
    ("{archive: LBA, fond: '7'}", "archive/LBA/fond-7", ["LBA, fond 7"]),
    ("{archive: LBA, fond: '7', opis: '1', delo: '2'}", "archive/LBA/fond-7/opis-1/delo-2",
     ["LBA, fond 7", "LBA, fond 7, opis 1", "LBA, fond 7, opis 1, delo 2"]),
    ("{archive: LBA, fond: '7', opis: '1', papka: '3', delo: '2'}", "archive/LBA/fond-7/opis-1/papka-3/delo-2",
     ["LBA, fond 7", "LBA, fond 7, opis 1", "LBA, fond 7, opis 1, papka 3", "LBA, fond 7, opis 1, papka 3, delo 2"]),
    ("{archive: LBA, delo: '2', listy: '5'}", "archive/LBA", []),
    ("{archive: LBA, fond: '7', delo: '2'}", "archive/LBA/fond-7", ["LBA, fond 7"]),
]  # fmt: skip


@pytest.mark.parametrize(("citation", "unit", "labels"), CITATIONS)
def test_a_copy_lies_in_the_innermost_unit_that_its_levels_name(citation: str, unit: str, labels: list[str]) -> None:
    context = sample_context()
    document, problems = read_document(raw(RECORD + f"citations: [{citation}]\n"), context)
    assert problems == []
    sheet = Sheet(context.iris, context.iris.graph("L1"))
    describe_citations(sheet, document)
    lines = sheet.nquads().splitlines()
    assert [line.split(" ")[2] for line in lines if "#inUnit>" in line] == [f"<{BASE}{unit}>"]
    found = sorted(line.split('"')[1] for line in lines if "#prefLabel>" in line)
    assert found == labels
    units = {line for line in lines if f" <{BASE}graph/archives> ." in line}
    assert len(units) == 5 * len(labels)
