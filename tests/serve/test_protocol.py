"""Requests that are wrong, over HTTP: each is told what is wrong with it and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.serve.running import ask, serving

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=x"}
ASK = quote("ASK {}")
GET_WITH_BODY = "A GET has its query in the address (?query=…) and no body"


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with serving() as (_, root):
        yield root


def test_a_byte_order_mark_before_a_query_is_no_part_of_it(service: str) -> None:
    marked = "\ufeffASK {}".encode()
    assert ask(f"{service}/sparql", "POST", DIRECT, marked).status == 200
    assert ask(f"{service}/sparql", "POST", FORM, f"query={quote(marked)}".encode()).status == 200
    assert ask(f"{service}/sparql?query={quote(marked)}").status == 200
    assert ask(f"{service}/sparql?query={ASK}%EF%BB%BF").status == 400


@pytest.mark.parametrize("charset", ["utf-8", '"UTF-8"', "UTF8", "us-ascii"])
def test_a_charset_that_is_utf_8_is_taken(service: str, charset: str) -> None:
    headers = {"Content-Type": f"application/sparql-query; charset={charset}"}
    assert ask(f"{service}/sparql", "POST", headers, b"ASK {}").status == 200


@pytest.mark.parametrize(
    ("headers", "body", "address", "status", "says"),
    [
        (MULTIPART, b"--x--", "", 415, "curl does so with --data-urlencode 'query=…'"),
        ({"Content-Type": "application/json"}, b'{"query":"ASK {}"}', "", 415, "A POST of type application/json"),
        ({"Content-Type": ";"}, b"ASK {}", "", 415, "A POST of type none"),
        ({"Content-Type": "application/sparql-query; charset=latin1"}, b"ASK {}", "", 415, "The charset latin1"),
        ({**DIRECT, "Content-Encoding": "gzip"}, b"\x1f\x8b", "", 415, "encoded as gzip is not read: send it as it is"),
        (DIRECT, b"", "", 400, "There is no query"),
        (
            DIRECT,
            b"",
            f"?query={ASK}",
            400,
            "The query is in the address, but application/sparql-query has it as the body",
        ),
        (DIRECT, b"ASK {}", f"?query={ASK}", 400, "two queries, one in the address and one in the body"),
        (FORM, f"query={ASK}".encode(), f"?query={ASK}", 400, "There are two queries: send one."),
        (FORM, b"query=", "", 400, "There is no query"),
        (FORM, b"", "", 400, "There is no query"),
        (FORM, f"query={ASK}&update=CLEAR+ALL".encode(), "", 403, "read-only"),
        (
            FORM,
            f"query={ASK}&default-graph-uri=%FF".encode(),
            "",
            400,
            "The parameter `default-graph-uri` is not UTF-8",
        ),
        (FORM, f"query={ASK}&format=yaml".encode(), "", 400, "'yaml' is not a format. Formats: json, xml, csv"),
    ],
)
def test_a_post_is_told_what_is_wrong(
    service: str, headers: dict[str, str], body: bytes, address: str, status: int, says: str
) -> None:
    answer = ask(f"{service}/sparql{address}", "POST", headers, body)
    assert (answer.status, says in answer.text) == (status, True), answer.text


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("?query=", 400, "There is no query"),
        ("?query=%20%0A", 400, "There is no query"),
        (f"?Query={ASK}", 400, "`Query` is no parameter here, its name is `query`"),
        (f"?q={ASK}", 400, "`q` is no parameter here, its name is `query`"),
        (f"?query={ASK}&query={ASK}", 400, "There are two queries"),
        (f"?query={ASK}&update=CLEAR%20ALL", 403, "read-only"),
        (f"?query={ASK}&using-graph-uri=http://x.example/", 400, "a query takes default-graph-uri and named-graph-uri"),
        (f"?query={ASK}&default-graph-uri=x", 400, "<x> is not an absolute IRI"),
        (f"?query={ASK}&named-graph-uri=", 400, "<> is not an absolute IRI"),
        (f"?query={ASK}&format=yaml", 400, "'yaml' is not a format"),
        (f"?query={ASK}&format=text/turtle", 406, "The answer is yes or no and cannot be given as text/turtle"),
        (f"?query={ASK}%FF", 400, "The parameter `query` is not UTF-8"),
        (f"?query={ASK}%C0%80", 400, "The parameter `query` is not UTF-8"),
        (f"?%FF=1&query={ASK}", 400, "The parameter `%FF` is not UTF-8"),
        (f"?query={ASK}%ZZ", 400, "line 1, column 7: the query is at its end before this"),
        (f"?query={ASK}%00", 400, "line 1, column 7: the query is at its end before this"),
        (f"?query={quote('ASK%20%7B%7D')}", 400, "It seems to be escaped twice"),
        (f"?query={quote('SELECT name FROM persons')}", 400, 'line 1, column 8: expected one of "$", "(", "*", "?"'),
        (f"?query={quote('SELECT (<http://x.example/f>(1) AS ?y) {}')}", 400, "Write it with what SPARQL 1.1 has."),
    ],
)
def test_a_get_is_told_what_is_wrong(service: str, address: str, status: int, says: str) -> None:
    answer = ask(f"{service}/sparql{address}", headers={"Accept": "*/*"})
    assert (answer.status, says in answer.text) == (status, True), answer.text
    head = ask(f"{service}/sparql{address}", "HEAD", {"Accept": "*/*"})
    assert (head.status, head.body) == (status, b"")
    assert head.headers["content-length"] == answer.headers["content-length"]


@pytest.mark.parametrize("address", ["", f"?query={ASK}"])
def test_a_get_with_a_body_is_refused_though_the_answer_is_kept(service: str, address: str) -> None:
    assert ask(f"{service}/sparql{address}").status == 200
    refused = ask(f"{service}/sparql{address}", "GET", FORM, f"query={ASK}".encode())
    assert (refused.status, GET_WITH_BODY in refused.text) == (400, True)
    assert ask(f"{service}/sparql{address}", "GET", FORM, b"").status == 200


@pytest.mark.parametrize(
    "accept", ["*/*;q=0", "garbage", ";;;,,,", "image/png", ",".join(f"x/y{n}" for n in range(5000))]
)
@pytest.mark.parametrize("path", [f"/sparql?query={ASK}", "/sparql", "/graph-store?default"])
def test_an_accept_that_nothing_meets_is_told_what_there_is_and_repeated_in_short(
    service: str, path: str, accept: str
) -> None:
    answer = ask(service + path, headers={"Accept": accept})
    assert answer.status == 406
    assert f"cannot be given as {accept[:200]}" in answer.text
    assert "sk for one of: " in answer.text
    assert len(answer.text) < 700


def test_a_format_is_named_in_a_form_too_and_by_its_media_type(service: str) -> None:
    query = f"query={quote('SELECT (1 AS ?n) {}')}"
    for form, media_type in (
        ("csv", "text/csv"),
        ("text/csv", "text/csv"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),  # a plus that was not escaped is a blank
        ("application/sparql-results%2Bxml", "application/sparql-results+xml"),
    ):
        posted = ask(f"{service}/sparql", "POST", FORM, f"{query}&format={form}".encode())
        asked = ask(f"{service}/sparql?{query}&format={form}", headers={"Accept": "*/*"})
        for answer in (posted, asked):
            assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, media_type)
    # Who says in Accept what is liked is given that, whatever a name of the client's own says.
    liked = ask(f"{service}/sparql?{query}&format=text/turtle", headers={"Accept": "text/csv"})
    assert liked.headers["content-type"].startswith("text/csv")
