"""From a finding back to file, line and field."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kgpub.graph.findings import Finding
from kgpub.graph.trace import Tracer
from kgpub.model import Origin
from tests.convert.samples import authority, tiny_records
from tests.graph.built import BASE, records

CWC = "https://w3id.org/cwcorr/ontology#"


def tracer(asked: list[str] | None = None) -> Tracer:
    known = {one.id: one.origins for one in records()}
    layers = {layer.file: layer for layer in authority().values()}
    layers |= {layer.file: layer for record in tiny_records() for layer in record.layers()}

    def origins_of(identifier: str) -> Sequence[Origin]:
        if asked is not None:
            asked.append(identifier)
        return known.get(identifier, ())

    items = {"authority": ["authority"], "L1": ["L1", "L4"], "L2": ["L2"], "L3": ["L3"]}
    return Tracer(origins_of, items, lambda file, field: layers[file].line(field), BASE)


def finding(focus: str, path: str = "", value: str = "") -> Finding:
    return Finding("warning", f"<{BASE}{focus}>", path and f"<{path}>", value, "is odd", "a shape")


CASES = [
    # focus, path, value -> file, line, field, value shown
    (("document/L1", f"{CWC}sender", f"<{BASE}person/ada-quill>"), ("records/L1.yaml", 9, "senders[0]", "person/ada-quill")),
    (("document/L1", f"{CWC}copyTo", f"<{BASE}person/clara-vane>"), ("records/L1.yaml", 24, "copies[1]", "person/clara-vane")),
    (("document/L1", f"{CWC}copyTo", "<https://example.org/unknown>"), ("records/L1.yaml", 23, "copies[0]", "https://example.org/unknown")),
    (("document/L1", f"{CWC}none", ""), ("records/L1.yaml", 2, "id", "")),
    (("document/L1", "http://purl.org/dc/terms/abstract", ""), ("descriptions/L1.yaml", 4, "abstract", "")),
    (("document/L2", "http://purl.org/dc/terms/date", '"1893-02-05"^^<http://www.w3.org/2001/XMLSchema#date>'),
     ("corrections/L2.yaml", 6, "corrections[0].value", "1893-02-05")),
    (("document/L3a", f"{CWC}sender", ""), ("records/L3.yaml", 18, "enclosures[0].senders[0]", "")),
    (("document/L3a", "", ""), ("records/L3.yaml", 14, "enclosures[0].id", "")),
    (("document/L3a", "http://purl.org/dc/terms/title", ""), ("descriptions/L3.yaml", 6, "enclosures.L3a.title", "")),
    (("document/L4", "", ""), ("records/L4.yaml", 2, "id", "")),
    (("edition/L4", f"{CWC}pages", ""), ("records/L4.yaml", 3, "edition", "")),
    (("edition/lamp-gazette", "", ""), ("corpus/authority/publications.yaml", 4, "publications[1]", "")),
    (("person/ada-quill", f"{CWC}died", ""), ("corpus/authority/persons.yaml", 9, "persons[0].died", "")),
    (("person/ada-quill#old-gull", "", ""), ("corpus/authority/persons.yaml", 11, "persons[0].coverNames[0]", "")),
    (("archive/LBA", f"{CWC}seat", ""), ("corpus/authority/archives.yaml", 3, "archives[0].place", "")),
]  # fmt: skip


@pytest.mark.parametrize(("of", "expected"), CASES)
def test_a_finding_is_traced_to_the_nearest_field(
    of: tuple[str, str, str], expected: tuple[str, int, str, str]
) -> None:
    problem = tracer().problem(finding(*of))
    assert (problem.file, problem.line, problem.field, problem.value) == expected
    assert (problem.message, problem.severity) == ("is odd", "warning")


def test_a_part_is_traced_to_its_own_field() -> None:
    copies = {one.subject: one.field for one in records()[1].origins if "#copy-allotment-" in one.subject}
    assert sorted(copies.values()) == ["copies[0]", "copies[1]"]
    for subject, field in copies.items():
        problem = tracer().problem(Finding("violation", subject, f"<{CWC}copyCount>", "", "is odd", ""))
        assert problem.field == field


def test_a_value_that_is_the_node_itself_is_not_shown_twice() -> None:
    assert tracer().problem(finding("document/L1", "", f"<{BASE}document/L1>")).value == ""


@pytest.mark.parametrize("focus", ["document/X9", "archive/LBA/fond-7", "concept/x", "edition/none"])
def test_a_node_that_no_record_caused_is_named_alone(focus: str) -> None:
    problem = tracer().problem(finding(focus, f"{CWC}level", '"7"'))
    assert (problem.file, problem.line, problem.field, problem.value) == (focus, 0, f"{CWC}level", "7")


def test_only_the_records_that_are_complained_of_are_asked_for_and_once() -> None:
    asked: list[str] = []
    one = tracer(asked)
    for _ in range(2):
        one.problem(finding("document/L3a"))
        one.problem(finding("document/L1"))
    assert asked == ["L3", "L1", "L4"]
