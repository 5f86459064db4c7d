"""Candidates, ranked, against a real server that holds the traps."""

from __future__ import annotations

import pytest

from kgpub.link.endpoint import Endpoint
from kgpub.link.entities import Entity
from kgpub.link.ledger import Decision
from kgpub.link.polite import Manners, Polite
from kgpub.link.propose import Proposal, accepted, propose, unlinked
from kgpub.link.score import CAP
from kgpub.link.wikidata import WikidataSource

LEDGER = (
    Decision("ada-quill", "Q999999998", "reject", reason="a namesake"),
    Decision("bruno-sand", "Q999999999", "accept"),
    Decision("lowport", "Q930001", "defer", reason="to be seen"),
)


@pytest.fixture(scope="module")
def proposals(world: str, entities: dict[str, Entity]) -> dict[str, Proposal]:
    source = WikidataSource(Endpoint(world, Polite(Manners(rate=50))))
    found = propose(tuple(entities.values()), source, LEDGER, lambda what, done, total: None, 9)
    return {one.entity.id: one for one in found}


def ranking(proposal: Proposal) -> list[tuple[str, bool]]:
    return [(one.item.id, one.open) for one in proposal.candidates]


def test_namesakes_are_told_apart_by_dates_and_office(proposals: dict[str, Proposal]) -> None:
    ada = proposals["ada-quill"]
    assert ranking(ada)[:2] == [("Q900001", True), ("Q900003", True)]
    best, bare = ada.candidates[:2]
    assert best.score.total > 0.9
    assert best.score.agreed == ("name", "dates", "office")
    assert bare.score.total <= 0.5
    assert ada.margin
    assert ada.margin > 0.4
    assert not ada.tied


def test_an_item_whose_dates_exclude_the_letter_is_shown_with_the_reason(proposals: dict[str, Proposal]) -> None:
    late = next(one for one in proposals["ada-quill"].candidates if one.item.id == "Q900002")
    assert not late.open
    assert late.score.total <= CAP
    assert any("born 1903-05-02, but ours is seen from 1880-05-31" in said for said in late.score.excluded)


def test_a_page_that_tells_namesakes_apart_is_no_person(proposals: dict[str, Proposal]) -> None:
    page = next(one for one in proposals["ada-quill"].candidates if one.item.id == "Q900004")
    assert page.score.excluded == ("it is a disambiguation page",)


def test_what_the_ledger_rejected_is_not_proposed_again(proposals: dict[str, Proposal]) -> None:
    rejected = next(one for one in proposals["ada-quill"].candidates if one.item.id == "Q999999998")
    assert (rejected.open, rejected.before) == (False, "reject: a namesake")
    assert proposals["lowport"].candidates[0].before == "defer: to be seen"
    assert proposals["lowport"].candidates[0].open


def test_the_father_is_not_the_son(proposals: dict[str, Proposal]) -> None:
    assert ranking(proposals["bruno-sand"]) == [("Q910002", True), ("Q910001", False)]
    father = proposals["bruno-sand"].candidates[1]
    assert any(said.startswith("born 1840-01-01, there 1810") for said in father.score.excluded)
    assert any("died 1880-07" in said for said in father.score.excluded)


def test_two_of_whom_the_same_is_known_fit_equally(proposals: dict[str, Proposal]) -> None:
    assert proposals["dora-finch"].tied
    assert proposals["dora-finch"].margin == 0.0


def test_places_events_and_organisations(proposals: dict[str, Proposal]) -> None:
    assert ranking(proposals["lowport"]) == [("Q930001", True), ("Q930002", False), ("Q930003", False)]
    assert ranking(proposals["great-fog"]) == [("Q940002", True), ("Q940003", False)]
    # The board stands in no letter, so nothing tells one from the other.
    assert ranking(proposals["lamp-board"]) == [("Q940004", True), ("Q940005", True)]
    assert proposals["lamp-board"].tied


def test_nothing_is_looked_for_where_only_a_printed_name_is_known(proposals: dict[str, Proposal]) -> None:
    assert proposals["clara-vane"].candidates == ()


def test_an_item_of_another_entity_is_not_open(world: str, entities: dict[str, Entity]) -> None:
    source = WikidataSource(Endpoint(world, Polite(Manners(rate=50))))
    ledger = (Decision("bruno-sand", "Q900001", "accept"),)
    (ada,) = propose((entities["ada-quill"],), source, ledger, lambda what, done, total: None)
    taken = next(one for one in ada.candidates if one.item.id == "Q900001")
    assert (taken.taken, taken.open) == ("bruno-sand", False)
    assert ada.candidates[0].item.id == "Q900003"


def test_who_is_linked(entities: dict[str, Entity]) -> None:
    all_ = tuple(entities.values())
    assert accepted(LEDGER) == {"bruno-sand": "Q999999999"}
    left = unlinked(all_, LEDGER, ("person",))
    assert [one.id for one in left] == ["ada-quill", "clara-vane", "dora-finch"]
    close = (Decision("ada-quill", "Q1", "accept", match="close"),)
    assert "ada-quill" not in [one.id for one in unlinked(all_, close)]
    assert accepted(close) == {}
