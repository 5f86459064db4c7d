"""Links to queries with a thing filled in."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from kgpub.publish.pages.asking import asked, questions
from tests.publish.pages.actor_samples import ANN, BOOK
from tests.publish.pages.samples import BASE


def test_a_question_is_linked_with_its_values_where_there_is_such_a_question() -> None:
    assert asked(BOOK, "letters-between", "2", one=ANN) is None
    known = replace(BOOK, queries=(SimpleNamespace(name="letters-between"),), kept={})
    found = asked(known, "letters-between", "2", one=ANN, other=f"{BASE}organisation/crown")
    assert found is not None
    assert found.href == "queries/letters-between.html#one=ann&other=crown"
    twins = replace(known, paths=known.paths | {"organisation/ann"})
    found = asked(twins, "letters-between", "2", one=ANN)
    assert found is not None
    assert found.href.endswith("#one=https%3A%2F%2Fw3id.org%2Fcwcorr%2Fperson%2Fann")


def test_only_questions_that_have_an_answer_are_linked_under_their_titles() -> None:
    known = replace(BOOK, queries=(SimpleNamespace(name="a", title="Which?"), SimpleNamespace(name="b", title="Who?")))
    found = questions(known, ANN, (("a", "who", ()), ("b", "who", ("one",)), ("c", "who", True)))
    assert [(link.text, link.href) for link in found] == [("Who?", "queries/b.html#who=ann")]
