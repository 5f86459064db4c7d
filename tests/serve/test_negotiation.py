"""The Accept header."""

import pytest

from kgpub.serve.negotiation import choose, prefers_html

OFFERED = ("text/turtle", "application/ld+json", "text/html")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("*", "text/turtle"),
        ("text/html", "text/html"),
        ("TEXT/HTML", "text/html"),
        (BROWSER, "text/html"),
        ("application/ld+json;q=0.5, text/turtle;q=0.4", "application/ld+json"),
        ("text/*;q=0.5, application/*;q=0.6", "application/ld+json"),
        ("text/*, text/turtle;q=0", "text/html"),
        ("*/*;q=0.1, text/html;q=0.2", "text/html"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ("text/html;level=1", None),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("text/turtle;q=high", None),
        ("text/turtle;q=nan", None),
        ("nonsense, text/html", "text/html"),
    ],
)
def test_the_best_liked_format_that_is_offered_is_chosen(accept: str, chosen: str | None):
    assert choose(accept, OFFERED) == chosen


def test_a_range_with_parameters_beats_one_without():
    offered = ("application/ld+json", "application/ld+json;profile=flat")
    assert choose("application/ld+json;q=0.5, application/ld+json;profile=flat", offered) == offered[1]


def test_a_browser_prefers_html_and_a_program_does_not():
    assert prefers_html(BROWSER)
    assert not prefers_html("*/*")
    assert not prefers_html("application/sparql-results+json")
