"""The minting of IRIs: one place, one pattern, and always an IRI."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kgpub.convert.iris import ENTITY_KINDS, Iris

IRIS = Iris("https://example.org/letters/")


def test_entities_stand_below_the_base_by_kind_and_id() -> None:
    assert IRIS.entity("person", "ada-quill") == "<https://example.org/letters/person/ada-quill>"
    assert IRIS.document("L3a") == "<https://example.org/letters/document/L3a>"
    assert IRIS.graph("L1") == "<https://example.org/letters/graph/L1>"
    assert {"document", "person", "edition", "graph"} < set(ENTITY_KINDS)


def test_a_part_is_its_owner_with_a_fragment() -> None:
    assert IRIS.part(IRIS.document("L1"), "note-1") == "<https://example.org/letters/document/L1#note-1>"


def test_a_unit_spells_its_levels() -> None:
    steps = (("archive", "APRF"), ("fond", "45"), ("opis", "1"), ("delo", "346"))
    assert IRIS.unit(*steps) == "<https://example.org/letters/archive/APRF/fond-45/opis-1/delo-346>"


def test_units_of_another_script_stay_apart() -> None:
    one, other = (IRIS.unit(("archive", "X"), ("fond", number)) for number in ("59", "59а"))  # noqa: RUF100
    assert one != other


@pytest.mark.parametrize(
    ("number", "step"), [("12/3", "12-3"), (" 7 ", "7"), ("5 а", "5-а"), ("?", "x"), ("f. 1 <b>", "f.-1-b")]
)
def test_what_may_not_stand_in_a_path_becomes_a_hyphen(number: str, step: str) -> None:
    assert IRIS.unit(("archive", "X"), ("fond", number)).endswith(f"/archive/X/fond-{step}>")


def test_files_and_releases_have_iris() -> None:
    assert IRIS.file("corpus/l é/L1.yaml") == "<https://example.org/letters/file/corpus/l-é/L1.yaml>"
    assert IRIS.activity("0.1.0") == "<https://example.org/letters/activity/release-0.1.0>"


@given(st.text(), st.text(min_size=1))
def test_any_printed_number_makes_an_iri_that_parses(fond: str, archive: str) -> None:
    unit = IRIS.unit(("archive", archive), ("fond", fond))
    (quad,) = parse(f"{unit} <http://p> {unit} .\n".encode("utf-8", "surrogatepass"), format=RdfFormat.N_TRIPLES)
    assert quad.subject.value == unit[1:-1]


def test_an_identifier_that_is_no_slug_is_refused() -> None:
    with pytest.raises(ValueError, match="not an absolute IRI"):
        IRIS.entity("person", "ada quill")
