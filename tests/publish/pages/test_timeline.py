"""Letters and events in time."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kgpub.publish.pages import timeline
from kgpub.publish.pages.page import Link
from kgpub.publish.pages.timeline_picture import Band, Mark, tall, wide
from tests.publish.pages.samples import book, harbour, hrefs, texts

BOOK = harbour()


def test_the_timeline_has_a_mark_for_each_dated_letter_and_says_which_are_undated() -> None:
    page = next(timeline.pages(BOOK))
    own = page.body
    assert page.title == "Timeline 1950"
    assert own.total == 2
    for picture in (own.wide, own.tall):
        assert {"document/X1.html", "document/X2.html"} <= hrefs(picture)
    assert "event/storm.html" in hrefs(own.wide)
    assert [link.href for link in own.undated] == ["document/X3.html"]


def test_silent_months_between_letters_are_said_and_those_around_them_are_not() -> None:
    lines = next(timeline.pages(BOOK)).body.lines
    assert [(line.name.text, len(line.letters), line.silent) for line in lines] == [
        ("July 1950", 1, 0),
        ("August 1950 – September 1950", 0, 2),
        ("October 1950", 1, 0),
    ]


def test_events_of_other_years_stand_apart_and_those_without_a_date_nowhere() -> None:
    own = next(timeline.pages(BOOK)).body
    assert [(one.name.text, one.days, one.mentions) for one in own.events] == [
        ("Storm", "1 July 1950 – 9 July 1950", 1)
    ]
    assert [one.days for one in own.before] == ["June 1931"]


def test_a_year_without_letters_is_drawn_as_silent() -> None:
    marks = [Mark(Link("a"), date(1950, 1, 1), "A"), Mark(Link("b"), date(1952, 12, 31), "B")]
    assert texts(wide((1950, 1952), marks, []).shapes).count("no letter") == 1


@pytest.mark.parametrize("draw", [wide, tall])
def test_everything_of_the_timeline_lies_inside_the_picture(draw: object) -> None:
    marks = [Mark(Link("a"), date(1952, 12, 31), str(n)) for n in range(9)]
    bands = [Band(Link(f"Event with a long name {n}"), date(1952, 12, n), date(1953, 1, n)) for n in range(1, 20)]
    picture = draw((1952, 1952), marks, bands)  # type: ignore[operator]
    for shape in (part for one in picture.shapes for part in (one, *one.parts)):
        at = dict(shape.attributes)
        assert 0 <= float(at.get("x", at.get("cx", 0))) <= picture.width
        assert 0 <= float(at.get("y", at.get("cy", 0))) <= picture.height


def test_a_graph_without_letters_has_no_such_page() -> None:
    assert list(timeline.pages(book(""))) == []


def test_the_page_is_the_same_each_time_and_holds_no_style() -> None:
    said = repr(list(timeline.pages(harbour())))
    assert said == repr(list(timeline.pages(harbour())))
    assert not re.search(r"'style'|'onclick'", said)
