"""A client of the Reconciliation API, against a server that speaks it."""

from __future__ import annotations

from typing import Any

import pytest

from kgpub.errors import BadService
from kgpub.link.names import Name
from kgpub.link.polite import Manners, Polite
from kgpub.link.reconciliation import ReconciliationService
from tests.link.reconciliation_service import Service
from tests.link.servers import told_server


def service(address: str) -> ReconciliationService:
    return ReconciliationService(address, Polite(Manners("kgpub/test", rate=50, sleep=lambda seconds: None)))


def silent(what: str, done: int, total: int) -> None:
    """Nobody looks."""


WANTED = {
    "ada": (Name("Ada Quill", "en"), Name("Ada Q.", "en")),
    "bruno": (Name("Bruno Sand", "en"), Name("Bruno Sand", "mul")),
}


def test_names_are_asked_in_batches_of_the_size_that_the_service_allows() -> None:
    told = Service()
    with told_server(told.answer) as address:
        found = service(address).search(WANTED, silent)
    assert found == {"ada": ("Q900001", "Q900002"), "bruno": ("Q910002",)}
    assert [sorted(one["query"] for one in batch.values()) for batch in told.asked] == [
        ["Ada Q.", "Ada Quill"],
        ["Bruno Sand"],
    ]


def test_facts_come_by_data_extension() -> None:
    with told_server(Service().answer) as address:
        asked = service(address)
        asked.search(WANTED, silent)
        ada = asked.fetch(["Q900001"], silent)["Q900001"]
    assert (ada.name, ada.types, ada.born, ada.died) == ("Ada Quill", ("Q5",), ("1851-03-04T00:00:00Z",), ())
    assert [(one.item, one.names[0].text, one.start) for one in ada.positions] == [
        ("Q950001", "keeper of Skerry Point", "")
    ]
    assert ada.points == ((54.5, -3.25),)
    assert [name.text for name in ada.within_names] == ["Mereland"]


def test_without_data_extension_only_names_and_types_are_known() -> None:
    with told_server(Service(extend=None).answer) as address:
        asked = service(address)
        asked.search(WANTED, silent)
        ada = asked.fetch(["Q900001"], silent)["Q900001"]
    assert (ada.name, ada.types, ada.born) == ("Ada Quill", ("Q5",), ())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"identifierSpace": "https://d-nb.info/gnd/"},
            "identifies things by 'https://d-nb.info/gnd/'\n  The ledger holds",
        ),
        ({"versions": ["3.0"]}, "speaks version 3.0 of the protocol\n  Version 0.2"),
    ],
)
def test_a_service_of_other_things_is_refused(changes: dict[str, Any], told: str) -> None:
    with told_server(Service(**changes).answer) as address, pytest.raises(BadService, match=told):
        service(address)


def test_a_service_that_says_no_version_speaks_the_first() -> None:
    with told_server(Service(versions=None).answer) as address:
        assert service(address).search(WANTED, silent)["bruno"] == ("Q910002",)


def test_a_page_is_no_service() -> None:
    with (
        told_server(lambda method, headers, form: (200, {}, b"<html>")) as address,
        pytest.raises(
            BadService, match="the answer is no JSON object\n  Name the endpoint of a reconciliation service"
        ),
    ):
        service(address)
