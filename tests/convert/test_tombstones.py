"""Tombstones to statements: chains lead to their end, and what cannot be followed is refused with its line."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from kgpub.convert.tombstones import Published, convert_tombstones, published
from kgpub.convert.unit import convert_record
from kgpub.model import Conversion
from tests.convert.samples import BASE, layer, sample_context, tiny_records

THERE = Published(frozenset({"place/lowport", "person/ada-quill", "document/L1"}), {"document/L4": "document/L1"})
HEAD = "tombstones:\n"


def entry(identifier: str, state: str, successor: str = "", since: str = "2024-01-02") -> str:
    leading = f"successor: {successor}, " if successor else ""
    return f"- {{id: {identifier}, state: {state}, {leading}since: {since}, reason: Said twice.}}\n"


def convert(*entries: str) -> Conversion:
    return convert_tombstones(layer("tombstones.yaml", HEAD + "".join(entries)), sample_context(), THERE)


def said(conversion: Conversion) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for quad in parse(conversion.nquads.encode(), format=RdfFormat.N_QUADS):
        assert quad.graph_name.value == f"{BASE}graph/tombstones"
        local = quad.predicate.value.rpartition("/")[2].rpartition("#")[2]
        found.setdefault(quad.subject.value.removeprefix(BASE), {})[local] = quad.object.value.removeprefix(BASE)
    return found


def test_a_merged_id_says_what_it_leads_to_since_when_and_why() -> None:
    conversion = convert(entry("place/low-port", "merged", "place/lowport"))
    assert conversion.problems == ()
    assert said(conversion)["place/low-port"] == {
        "type": "https://w3id.org/cwcorr/ontology#MergedIdentifier",
        "deprecated": "true",
        "identifier": "low-port",
        "modified": "2024-01-02",
        "changeNote": "Said twice.",
        "isReplacedBy": "place/lowport",
    }
    assert said(conversion)["graph/tombstones"]["wasDerivedFrom"] == "file/tombstones.yaml"
    (origin,) = [one for one in conversion.origins if one.predicate.endswith("isReplacedBy>")]
    assert (origin.file, origin.field) == ("tombstones.yaml", "tombstones[0].successor")


def test_a_withdrawn_id_is_deprecated_and_has_a_successor_only_where_one_is_named() -> None:
    found = said(convert(entry("person/x", "withdrawn"), entry("person/y", "withdrawn", "person/ada-quill")))
    assert "type" not in found["person/x"]
    assert "isReplacedBy" not in found["person/x"]
    assert found["person/x"]["deprecated"] == "true"
    assert found["person/y"]["isReplacedBy"] == "person/ada-quill"


def test_a_chain_leads_to_its_end_through_other_tombstones_and_through_merged_records() -> None:
    found = said(
        convert(
            entry("place/a", "renamed", "place/b"),
            entry("place/b", "renamed", "place/c"),
            entry("place/c", "merged", "place/lowport"),
            entry("document/L9", "renamed", "document/L4"),
        )
    )
    ends = {path: values["isReplacedBy"] for path, values in found.items() if "isReplacedBy" in values}
    assert ends == {**dict.fromkeys(("place/a", "place/b", "place/c"), "place/lowport"), "document/L9": "document/L1"}


def test_a_letter_known_only_from_its_mention_is_left_to_the_check_of_the_whole() -> None:
    conversion = convert(entry("attested/old", "renamed", "attested/new"))
    assert said(conversion)["attested/old"]["isReplacedBy"] == "attested/new"


@pytest.mark.parametrize(
    ("entries", "line", "field", "message", "advice"),
    [
        (
            [entry("place/a", "merged", "place/b"), entry("place/b", "merged", "place/a")],
            2,
            "tombstones[0].successor",
            "leads back to where it began: place/a → place/b → place/a",
            "Name an entry that is there as the successor of one of them.",
        ),
        (
            [entry("place/a", "merged", "place/a")],
            2,
            "tombstones[0].successor",
            "leads back to where it began: place/a → place/a",
            "Name an entry",
        ),
        (
            [entry("place/lowport", "withdrawn")],
            2,
            "tombstones[0].id",
            "is said to be gone, but it is still an entry",
            "Take the entry out of its file, or this tombstone.",
        ),
        (
            [entry("document/L4", "merged", "document/L1")],
            2,
            "tombstones[0].id",
            "is merged already: its record says that it is document/L1",
            "Take this tombstone out.",
        ),
        (
            [entry("place/a", "merged", "place/lowpart")],
            2,
            "tombstones[0].successor",
            "leads to nothing that is published",
            "Did you mean 'place/lowport'?",
        ),
        (
            [entry("place/a", "withdrawn"), entry("place/b", "merged", "place/a")],
            3,
            "tombstones[1].successor",
            "leads to nothing that is published",
            "",
        ),
        (
            [entry("place/a", "withdrawn"), entry("place/a", "withdrawn")],
            3,
            "tombstones[1].id",
            "stands twice; the other is at line 2",
            "Take one of the two out.",
        ),
        (
            [entry("place/a", "withdrawn", since="2023-02-29")],
            2,
            "tombstones[0].since",
            "is not a day of the calendar: day",
            "Write it as YYYY-MM-DD.",
        ),
    ],
)
def test_what_cannot_be_followed_is_refused(
    entries: list[str], line: int, field: str, message: str, advice: str
) -> None:
    conversion = convert(*entries)
    assert conversion.nquads == ""
    problem = conversion.problems[0]
    assert (problem.file, problem.line, problem.field) == ("tombstones.yaml", line, field)
    assert problem.message.startswith(message)
    assert problem.advice.startswith(advice)


def test_what_is_published_is_what_conversions_describe_and_what_they_merge() -> None:
    conversions = [convert_record(raw, sample_context()) for raw in tiny_records()]
    there = published(conversions, BASE)
    assert {"document/L1", "document/L3", "edition/L1"} <= there.described
    assert not any("#" in path for path in there.described)
    assert there.merged == {"document/L4": "document/L1"}
    assert "document/L4" not in there.described
