"""What became of linked items: merged, deleted, two on one, one on two; against a real server."""

from __future__ import annotations

import pytest

from kgpub.link.endpoint import Endpoint
from kgpub.link.entities import Entity
from kgpub.link.ledger import Decision
from kgpub.link.polite import Manners, Polite
from kgpub.link.refresh import Refreshed, refresh
from kgpub.link.wikidata import WikidataSource

LEDGER = (
    Decision("ada-quill", "Q900001", "accept"),
    Decision("bruno-sand", "Q999999999", "accept"),
    Decision("clara-vane", "Q910002", "accept"),
    Decision("great-fog", "Q404404404", "accept"),
    Decision("lamp-board", "Q940004", "accept"),
    Decision("lamp-board", "Q940005", "accept"),
    Decision("lowport", "Q930002", "reject"),
)


def refreshed(world: str, entities: dict[str, Entity], ledger: tuple[Decision, ...]) -> Refreshed:
    source = WikidataSource(Endpoint(world, Polite(Manners(rate=50))))
    return refresh(tuple(entities.values()), source, ledger, lambda what, done, total: None)


@pytest.fixture(scope="module")
def renewed(world: str, entities: dict[str, Entity]) -> Refreshed:
    return refreshed(world, entities, LEDGER)


def test_a_merged_a_deleted_and_doubled_ones_are_reported(renewed: Refreshed) -> None:
    assert renewed.merged == (("bruno-sand", "Q999999999", "Q910002"),)
    assert renewed.deleted == (("great-fog", "Q404404404"),)
    assert renewed.shared == (("Q910002", ("bruno-sand", "clara-vane")),)
    assert renewed.doubled == (("lamp-board", ("Q940004", "Q940005")),)
    assert (renewed.checked, renewed.unchanged) == (6, 4)
    assert not renewed.sound
    assert "\n".join(renewed.lines()).splitlines()[:4] == [
        "merged: bruno-sand: Q999999999 redirects to Q910002; defer Q999999999, and accept Q910002 if it is the same",
        "deleted: great-fog: nothing is said of Q404404404 any more",
        "two of ours on one item: Q910002: bruno-sand, clara-vane",
        "one of ours on two items: lamp-board: Q940004, Q940005",
    ]


def test_the_slice_holds_linked_rejected_and_possible_items_and_no_prose(renewed: Refreshed) -> None:
    lines = renewed.content.splitlines()
    assert lines == sorted(set(lines))
    for item in ("Q900001", "Q910002", "Q930001", "Q930002", "Q920001", "Q920002"):
        assert any(line.startswith(f"<http://www.wikidata.org/entity/{item}> ") for line in lines)
    assert any("owl#sameAs" in line for line in lines)
    assert not any("description" in line for line in lines)


def test_the_same_endpoint_gives_the_same_slice(world: str, entities: dict[str, Entity], renewed: Refreshed) -> None:
    assert refreshed(world, entities, LEDGER).content == renewed.content


def test_a_rejected_item_that_became_the_accepted_one_is_reported(world: str, entities: dict[str, Entity]) -> None:
    ledger = (Decision("bruno-sand", "Q999999999", "reject"), Decision("bruno-sand", "Q910002", "accept"))
    renewed = refreshed(world, entities, ledger)
    assert renewed.opposed == (("bruno-sand", "Q999999999", "Q910002"),)
    assert not renewed.sound
    assert next(renewed.lines()) == (
        "rejected and accepted: bruno-sand: Q999999999, which was rejected, redirects to Q910002; defer Q999999999"
    )
    assert refreshed(world, entities, (Decision("bruno-sand", "Q999999999", "defer"), ledger[1])).sound


def test_where_all_is_well_nothing_needs_an_editor(world: str, entities: dict[str, Entity]) -> None:
    sound = refreshed(world, entities, LEDGER[:1])
    assert sound.sound
    assert next(sound.lines()).startswith(
        "1 linked items looked up: 1 unchanged, 0 merged, 0 deleted. The slice holds "
    )
