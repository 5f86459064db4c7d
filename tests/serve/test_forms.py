"""Paths with an ending, and which form a request asks for."""

from __future__ import annotations

from typing import Any

import pytest

from kgpub.serve.forms import split_ending


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("document/L1.ttl", ("document/L1", "ttl")),
        ("archive/TA/fond-1.5.html", ("archive/TA/fond-1.5", "html")),
        ("archive/TA/fond-1.5", ("archive/TA/fond-1.5", "")),
        ("document/L1.pdf", ("document/L1.pdf", "")),
        (".ttl", (".ttl", "")),
        ("ttl", ("ttl", "")),
        ("", ("", "")),
    ],
)
def test_only_the_ending_of_a_form_is_taken_off(path: str, found: tuple[str, str]) -> None:
    assert split_ending(path) == found


def test_the_parameter_comes_before_the_header(client: Any) -> None:
    answer = client.get("/document/L1?format=nt", headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/n-triples"
