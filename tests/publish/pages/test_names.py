"""Names by script, and those of a time only."""

from __future__ import annotations

import pytest

from kgpub.publish.pages.names import names, span_words
from tests.publish.pages.actor_samples import ANN, BOOK
from tests.publish.pages.samples import BASE


def test_names_stand_by_script_and_those_of_a_time_only_stand_apart() -> None:
    found = names(BOOK, ANN)
    assert found.own == ("Annie",)
    assert [(one.language, [link.text for link in one.forms]) for one in found.scripts] == [("Russian", ["Анна"])]
    assert [one.language for one in found.latin] == ["Russian in Latin letters"]
    harbour = names(BOOK, f"{BASE}place/harbour")
    assert harbour.own == ()
    assert [(one.name.text, one.when) for one in harbour.dated] == [("Oldhaven", "until 1945")]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1950", "1951", "1950 to 1951"),
        ("1950", "", "from 1950"),
        ("", "1951~", "until about 1951"),
        ("1950-01-01", "1950-01-01", "1 January 1950"),
        ("", "", "unknown"),
    ],
)
def test_a_span_is_said_as_far_as_it_is_known(start: str, end: str, words: str) -> None:
    assert span_words(start, end, known="unknown") == words
