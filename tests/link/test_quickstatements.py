"""Statements for an editor of Wikidata, read back as QuickStatements reads them."""

from __future__ import annotations

import re
from dataclasses import replace

from kgpub.link.entities import Entity
from kgpub.link.items import read_item
from kgpub.link.names import Name
from kgpub.link.quickstatements import quickstatements
from tests.link.world import item, store_of

LINKS = {"ada-quill": "Q900001", "lowport": "Q930001"}
ADA = "https://example.org/letters/person/ada-quill"
_VALUE = r'(?:Q\d+|"[^\t\n]*")'
_COMMAND = re.compile(rf"Q\d+\t(?:P\d+\t{_VALUE}(?:\tS\d+\t{_VALUE})*|A[a-z-]+\t\"[^\t\n]*\")")
"""A statement with its sources, or an alias (Help:QuickStatements, command sequence syntax)."""


def test_the_page_of_each_linked_entity_and_its_name_in_its_own_script(entities: dict[str, Entity]) -> None:
    found = quickstatements(tuple(entities.values()), LINKS)
    assert found.lines == (
        f'Q900001\tP973\t"{ADA}"',
        'Q900001\tAru\t"Ада Квилл"',
        'Q930001\tP973\t"https://example.org/letters/place/lowport"',
    )
    assert found.left_out == ("LBA: has no accepted item of its own, so P485 was left out for 1 linked actors",)


def test_an_archive_that_is_linked_itself_is_stated_with_its_source(entities: dict[str, Entity]) -> None:
    found = quickstatements(tuple(entities.values()), {**LINKS, "LBA": "Q77"})
    assert f'Q900001\tP485\tQ77\tS854\t"{ADA}"' in found.lines
    assert found.left_out == ()
    assert all(_COMMAND.fullmatch(line) for line in found.lines)


def test_an_alias_that_is_there_is_not_said_again(entities: dict[str, Entity]) -> None:
    known = {"Q900001": read_item(store_of(item("Q900001", {"ru": "Ада Квилл"})), "Q900001")}
    found = quickstatements(tuple(entities.values()), LINKS, known)
    assert not any("\tAru\t" in line for line in found.lines)


def test_a_chinese_name_that_is_there_without_its_kind_is_not_said_again(entities: dict[str, Entity]) -> None:
    ada = replace(entities["ada-quill"], names=(Name("阿达", "zh-Hans"), Name("奎爾", "zh-Hant")))
    known = {"Q900001": read_item(store_of(item("Q900001", {"zh": "阿达"})), "Q900001")}
    assert quickstatements((ada,), LINKS, known).lines[1:] == ('Q900001\tAzh-hant\t"奎爾"',)


def test_nothing_is_said_of_what_is_not_linked(entities: dict[str, Entity]) -> None:
    assert quickstatements(tuple(entities.values()), {}).lines == ()
