"""When a client has an answer already: its tag decides, and the day only where there is no tag."""

from __future__ import annotations

import pytest
from starlette.responses import Response

from kgpub.serve.freshness import Freshness, is_unchanged

DAY = b"Thu, 29 Feb 2024 00:00:00 GMT"


@pytest.mark.parametrize(
    ("asked", "unchanged"),
    [
        ({}, False),
        ({b"if-none-match": b'"a"'}, True),
        ({b"if-none-match": b'"b", W/"a"'}, True),
        ({b"if-none-match": b"*"}, True),
        ({b"if-none-match": b'"b"'}, False),
        ({b"if-none-match": b'"b"', b"if-modified-since": DAY}, False),
        ({b"if-modified-since": DAY}, True),
        ({b"if-modified-since": b"Wed, 28 Feb 2024 00:00:00 GMT"}, False),
        ({b"if-modified-since": b"Thu, 29 Feb 2024 00:00:00 -0000"}, False),
        ({b"if-modified-since": b"\xff"}, False),
    ],
)
def test_what_a_request_says_it_has(asked: dict[bytes, bytes], unchanged: bool) -> None:
    assert is_unchanged(asked, b'"a"', DAY) is unchanged


def test_an_answer_without_a_day_is_known_by_its_tag_alone() -> None:
    assert not is_unchanged({b"if-modified-since": DAY}, b'"a"', b"")
    assert "last-modified" not in Freshness("x", "").mark(Response("y")).headers


def test_a_tag_tells_releases_types_and_bytes_apart() -> None:
    tags = {
        Freshness(release, "2024-02-29").mark(Response(content, media_type=kind)).headers["etag"]
        for release in ("one", "two")
        for content in ("a", "b")
        for kind in ("text/turtle", "text/html")
    }
    assert len(tags) == 8
