"""Paging: which rows are given, where the others are, and what is no page."""

from __future__ import annotations

import pytest

from kgpub.serve.guard import Refusal
from kgpub.serve.paging import Page, read_page

FIRST = "?a=b+c&limit=3&offset=0"


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ({}, Page(50, 0, False)),
        ({"limit": "3"}, Page(3, 0, True)),
        ({"offset": "4"}, Page(50, 4, False)),
        ({"limit": "100", "offset": "0"}, Page(100, 0, True)),
        ({"limit": "", "offset": " "}, Page(50, 0, False)),
        ({"offset": "999999999999999"}, Page(50, 999_999_999_999_999, False)),
    ],
)
def test_a_page_is_read(asked: dict[str, str], page: Page) -> None:
    assert read_page(asked, most=100, usual=50) == page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"limit": "0"}, "limit=0 is not taken. Give a whole number, 1 to 100."),
        ({"limit": "101"}, "1 to 100"),
        ({"limit": "-1"}, "1 to 100"),
        ({"limit": "1.5"}, "1 to 100"),
        ({"limit": "١"}, "1 to 100"),
        ({"limit": "9" * 5000}, "1 to 100"),
        ({"offset": "-1"}, "offset=-1 is not taken. Give a whole number, 0 or more."),
        ({"offset": "two"}, "0 or more"),
    ],
)
def test_what_is_no_page_is_refused_with_the_bounds(asked: dict[str, str], told: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_page(asked, most=100, usual=50)
    assert refused.value.status == 400
    assert told in refused.value.message
    assert len(refused.value.message) < 120


def test_nothing_is_usually_given_beyond_the_most() -> None:
    assert read_page({}, most=10, usual=50).limit == 10


@pytest.mark.parametrize(
    ("page", "links"),
    [
        (Page(3, 0, True), {"next": "?a=b+c&limit=3&offset=3"}),
        (Page(3, 3, True), {"first": FIRST, "prev": FIRST, "next": "?a=b+c&limit=3&offset=6"}),
        (Page(3, 6, True), {"first": FIRST, "prev": "?a=b+c&limit=3&offset=3"}),
        (Page(7, 0, True), {}),
        (Page(3, 1, True), {"first": FIRST, "prev": FIRST, "next": "?a=b+c&limit=3&offset=4"}),
    ],
)
def test_the_links_lead_to_the_other_pages(page: Page, links: dict[str, str]) -> None:
    assert page.links({"a": "b c", "limit": "9", "offset": "9"}, 7) == links


def test_who_asked_for_all_is_told_that_it_is_not_all() -> None:
    assert Page(3, 0, False).headers({}, 7)["X-Kgpub-Truncated"] == "rows=3"
    assert "X-Kgpub-Truncated" not in Page(3, 0, True).headers({}, 7)
    assert Page(7, 0, False).headers({}, 7) == {"X-Total-Count": "7"}


def test_a_page_that_bytes_ended_is_shorter() -> None:
    page = Page(5, 10, asked=True)
    assert page.given({"rows": 5, "truncated": False}) == page
    assert page.given({"rows": 2, "truncated": True}) == Page(2, 10, asked=False)
