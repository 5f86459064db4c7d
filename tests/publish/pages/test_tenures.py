"""Who held which office when, and the letters of those days."""

from __future__ import annotations

from datetime import date

from kgpub.publish.pages.letters import by_iri
from kgpub.publish.pages.tenures import of_holder, of_office, within
from tests.publish.pages.actor_samples import ANN, BOB, BOOK
from tests.publish.pages.samples import BASE


def test_a_tenure_knows_its_widest_and_its_sure_days_and_counts_the_letters_of_its_days() -> None:
    (tenure,) = of_holder(BOOK)[ANN]
    assert (tenure.first, tenure.sure_from) == (date(1949, 1, 1), date(1949, 12, 31))
    assert (tenure.last, tenure.certainty, tenure.letters) == (date(1950, 7, 10), "inferred", 1)
    letters = by_iri(BOOK)
    assert within(tenure, letters[f"{BASE}document/X1"])
    assert not within(tenure, letters[f"{BASE}document/X2"])


def test_an_end_that_is_not_known_bounds_nothing() -> None:
    (tenure,) = of_holder(BOOK)[BOB]
    assert tenure.last is None
    assert within(tenure, by_iri(BOOK)[f"{BASE}document/X3"])


def test_holders_stand_in_the_order_of_their_years() -> None:
    assert [one.holder_link.text.partition(" ")[0] for one in of_office(BOOK)[f"{BASE}office/clerk"]] == [
        "Old",
        "Ann",
        "Bob",
    ]
