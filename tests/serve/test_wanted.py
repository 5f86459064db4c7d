"""The format that a request wants: a name first, the Accept header otherwise."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from kgpub.serve.guard import Refusal
from kgpub.serve.wanted import wanted

NAMES = {"ttl": "text/turtle", "html": "text/html"}
OFFERED = ("text/turtle", "text/html")


def request(query: str = "", accept: str = "") -> Request:
    headers = [(b"accept", accept.encode())] if accept else []
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": headers})


@pytest.mark.parametrize(
    ("query", "accept", "chosen"),
    [
        ("format=html", "text/turtle", "text/html"),
        ("", "text/html, text/turtle;q=0.5", "text/html"),
        ("", "", "text/turtle"),
        ("format=", "*/*", "text/turtle"),
    ],
)
def test_a_name_comes_before_the_header_and_the_first_offer_otherwise(query: str, accept: str, chosen: str) -> None:
    assert wanted(request(query, accept), NAMES, OFFERED) == chosen


@pytest.mark.parametrize(
    ("query", "accept", "status", "message"),
    [
        ("format=pdf", "", 400, "'pdf' is not a format. Formats: ttl, html."),
        ("", "image/png", 406, "None of the formats asked for is offered. Offered: text/turtle, text/html."),
    ],
)
def test_what_is_not_offered_is_refused_with_what_is(query: str, accept: str, status: int, message: str) -> None:
    with pytest.raises(Refusal) as refused:
        wanted(request(query, accept), NAMES, OFFERED)
    assert (refused.value.status, str(refused.value)) == (status, message)
