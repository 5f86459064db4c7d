"""Bars and blocks over the years."""

from __future__ import annotations

import re

from kgpub.publish.pages import persons
from kgpub.publish.pages.chart import Strip, chart
from kgpub.publish.pages.letters import by_iri
from kgpub.publish.pages.tenures import of_holder
from tests.publish.pages.actor_samples import ANN, BOB, BOOK
from tests.publish.pages.samples import BASE


def test_the_chart_stacks_letters_by_month_and_says_what_it_does_not_draw() -> None:
    letters = persons.roles(BOOK, ANN)
    old = of_holder(BOOK)[f"{BASE}person/old"][0]
    tenures = [(one, one.office_link) for one in (*of_holder(BOOK)[ANN], *of_holder(BOOK)[BOB], old)]
    found = chart(BOOK, "years", "Years", tenures, persons.strips(letters))
    assert found is not None
    assert found.columns == ("Sent",)
    assert [(one.name, one.counts) for one in found.months] == [("July 1950", (2,))]
    assert found.undated == 1
    assert found.outside == 1
    assert found.signs == ("bar", "dashed", "dotted", "pale")
    assert [mark.href for mark in found.marks] == ["document/X1.html", "document/X2.html"]
    tops = [int(re.match(r"M\d+ (\d+)h", dict(mark.box.attributes)["d"])[1]) for mark in found.marks]  # type: ignore[index]
    assert tops[1] < tops[0]


def test_letters_that_go_down_stand_below_those_that_go_up() -> None:
    letters = by_iri(BOOK)
    one = (letters[f"{BASE}document/X1"],)
    found = chart(BOOK, "x", "X", (), (Strip("In", "received", False, one), Strip("Out", "sent", True, one)))
    assert found is not None
    assert found.columns == ("In", "Out")
    ys = {mark.box.css: int(dict(mark.box.attributes)["d"].split()[1].partition("h")[0]) for mark in found.marks}
    assert ys["sent"] < ys["received"]


def test_there_is_no_chart_of_nothing() -> None:
    assert chart(BOOK, "x", "X", (), (Strip("Out", "sent", True, ()),)) is None
