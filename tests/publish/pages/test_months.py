"""Letters by month as a small picture."""

from __future__ import annotations

from kgpub.publish.pages import months
from tests.publish.pages.samples import book, harbour, hrefs

BOOK = harbour()


def test_the_small_picture_leads_to_the_months_of_the_list() -> None:
    picture = months.draw(BOOK)
    assert picture
    assert hrefs(picture) == {"letters.html#m-1950-07", "letters.html#m-1950-10"}


def test_nothing_is_drawn_of_letters_without_a_date() -> None:
    assert months.draw(book("")) is None
