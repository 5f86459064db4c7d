"""The BEACON file, read back by the rules of its specification."""

from __future__ import annotations

from kgpub.link.beacon import Publication, beacon
from kgpub.link.entities import Entity

HEAD = Publication("https://example.org/letters/", "Letters", "The Lamp Society", "2024-02-29", "a@example.org")


def links_of(lines: list[str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Read meta fields and links: source and target go into {+ID} of the prefix and of the target, as they stand."""
    meta = dict(line[1:].split(": ", 1) for line in lines if line.startswith("#"))
    prefix, target = (one if "{+ID}" in one else f"{one}{{+ID}}" for one in (meta["PREFIX"], meta["TARGET"]))
    fields = [line.split("|") for line in lines if line and not line.startswith("#")]
    return meta, [(prefix.replace("{+ID}", one[0]), target.replace("{+ID}", one[2])) for one in fields]


def test_a_reader_gets_our_page_for_each_item(entities: dict[str, Entity]) -> None:
    links = {"lowport": "Q930001", "ada-quill": "Q95", "gone": "Q1"}
    lines = list(beacon(HEAD, tuple(entities.values()), links))
    meta, found = links_of(lines)
    assert lines[0] == "#FORMAT: BEACON"
    assert meta["RELATION"] == "http://www.w3.org/2004/02/skos/core#exactMatch"
    assert (meta["TIMESTAMP"], meta["CONTACT"]) == ("2024-02-29", "a@example.org")
    assert (meta["NAME"], meta["INSTITUTION"], meta["CREATOR"]) == ("Letters", "The Lamp Society", "The Lamp Society")
    assert found == [
        ("http://www.wikidata.org/entity/Q95", "https://example.org/letters/person/ada-quill"),
        ("http://www.wikidata.org/entity/Q930001", "https://example.org/letters/place/lowport"),
    ]
    assert lines[lines.index("") + 1] == "Q95||person/ada-quill"


def test_without_a_contact_none_is_made_up(entities: dict[str, Entity]) -> None:
    head = Publication(HEAD.base, HEAD.title, HEAD.publisher, HEAD.day)
    assert not any(line.startswith("#CONTACT") for line in beacon(head, tuple(entities.values()), {}))
