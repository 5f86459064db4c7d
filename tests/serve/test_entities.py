"""Entities over HTTP as linked data has it: redirections, documents, validators, links, and ids that are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from kgpub.serve.app import Site, create_app
from tests.serve.running import Answer, ask, serving

BASE = "https://example.org/letters/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TYPES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "html": "text/html",
}
Serve = Callable[[Site], Any]
Links = dict[str, list[tuple[str, str]]]


@pytest.fixture
def served(client: Any) -> Iterator[Serve]:
    opened: list[Any] = []

    def serve(site: Site) -> Any:
        opened.append(type(client)(create_app(site), follow_redirects=False).__enter__())
        return opened[-1]

    yield serve
    for one in opened:
        one.__exit__(None, None, None)


def links(answer: Any) -> Links:
    """Return relation -> (target, type) of each link of an answer."""
    found: Links = {}
    for one in answer.headers["link"].split(", "):
        target, *rest = one.split("; ")
        values = dict(part.split("=", 1) for part in rest)
        found.setdefault(values["rel"].strip('"'), []).append((target.strip("<>"), values.get("type", "").strip('"')))
    return found


# -- direct, and by redirection ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TYPES)
def test_directly_the_iri_is_answered_with_a_description_that_says_where_it_is(client: Any, name: str) -> None:
    answer = client.get("/document/L1", headers={"Accept": TYPES[name]})
    assert (answer.status_code, answer.headers["content-location"]) == (200, f"/document/L1.{name}")
    assert "Accept" in answer.headers["vary"].split(", ")
    own = client.get(f"/document/L1.{name}", headers={"Accept": "image/png"})
    assert (own.status_code, own.headers["content-type"]) == (200, answer.headers["content-type"])
    assert own.content == answer.content


@pytest.mark.parametrize("name", TYPES)
def test_by_redirection_the_iri_leads_to_the_document_in_the_format_asked_for(
    served: Serve, site: Site, name: str
) -> None:
    other = served(replace(site, entities="see-other"))
    answer = other.get("/document/L1", headers={"Accept": TYPES[name]})
    assert (answer.status_code, answer.content) == (303, b"")
    assert answer.headers["location"] == f"/document/L1.{name}"
    assert "Accept" in answer.headers["vary"].split(", ")
    assert other.get("/document/L1", params={"format": name}).headers["location"] == f"/document/L1.{name}"
    found = other.get(answer.headers["location"])
    assert (found.status_code, found.headers["content-type"].partition(";")[0]) == (200, TYPES[name])


def test_by_redirection_a_format_that_is_not_there_is_refused_and_nothing_is_404(served: Serve, site: Site) -> None:
    other = served(replace(site, entities="see-other"))
    assert other.get("/document/L1", headers={"Accept": "image/png"}).status_code == 406
    assert other.get("/document/L1", params={"format": "pdf"}).status_code == 400
    assert other.get("/document/L99").status_code == 404
    assert other.get("/document/LL1.ttl").text == "There is nothing at document/LL1.ttl.\nNearest: document/L1\n"


def test_redirections_keep_the_prefix_that_a_proxy_takes_off(client: Any, site: Site) -> None:
    proxied = type(client)(
        create_app(replace(site, entities="see-other")), root_path="/letters", follow_redirects=False
    )
    assert proxied.get("/document/L1").headers["location"] == "/letters/document/L1.ttl"
    page = proxied.get("/document/L1.html").text
    assert '<link rel="alternate" type="text/turtle" href="/letters/document/L1.ttl">' in page


def test_an_id_that_ends_like_a_format_is_that_id(served: Serve, site: Site, entombed: Site) -> None:
    entombed.store.update(
        "INSERT DATA { GRAPH <https://example.org/g> { <https://example.org/letters/place/a.ttl> "
        '<http://www.w3.org/2004/02/skos/core#prefLabel> "A"@en } }'
    )
    found = served(entombed)
    assert "place/a.ttl> skos:prefLabel" in found.get("/place/a.ttl").text
    assert found.get("/place/a.ttl.nt").headers["content-type"].startswith("application/n-triples")
    assert found.get("/place/a").status_code == 404


# -- links ------------------------------------------------------------------------------------------------------------------


def test_every_form_names_the_others_the_iri_and_the_licence(served: Serve, site: Site) -> None:
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    found = served(replace(site, licence=licence))
    for name in TYPES:
        answer = links(found.get(f"/person/ada-quill.{name}"))
        assert answer["alternate"] == [(f"/person/ada-quill.{other}", kind) for other, kind in TYPES.items()]
        assert answer["canonical"] == [(f"{BASE}person/ada-quill", "")]
        assert answer["license"] == [(licence, "")]
    assert "license" not in links(served(site).get("/person/ada-quill"))


def test_the_page_bears_what_fair_signposting_asks_of_a_landing_page(client: Any) -> None:
    found = links(client.get("/document/L1", headers={"Accept": BROWSER}))
    assert found["cite-as"] == [(f"{BASE}document/L1", "")]
    assert found["describedby"] == [(f"/document/L1.{name}", TYPES[name]) for name in ("ttl", "jsonld", "nt")]
    assert found["type"] == [("https://schema.org/Message", ""), ("https://schema.org/AboutPage", "")]
    assert found["author"] == [(f"{BASE}person/ben-inkwell", "")]
    assert "describes" not in found


def test_data_describes_the_page_and_is_no_landing_page(client: Any) -> None:
    found = links(client.get("/document/L1.jsonld"))
    assert found["describes"] == [("/document/L1.html", "text/html")]
    assert not {"cite-as", "type", "author", "describedby"} & set(found)


def test_a_redirection_says_where_the_descriptions_are(served: Serve, site: Site) -> None:
    found = links(served(replace(site, entities="see-other")).get("/document/L1"))
    assert [target for target, _ in found["describedby"]] == [
        f"/document/L1.{name}" for name in ("ttl", "jsonld", "nt")
    ]
    assert found["canonical"] == [(f"{BASE}document/L1", "")]


# -- validators ---------------------------------------------------------------------------------------------------------------


def test_a_client_that_has_an_answer_is_told_so_by_its_tag_or_by_its_day(served: Serve, published: Site) -> None:
    found = served(published)
    first = found.get("/document/L1", headers={"Accept": BROWSER})
    assert first.headers["last-modified"] == "Thu, 29 Feb 2024 00:00:00 GMT"
    for condition in (
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": f'"x", W/{first.headers["etag"]}'},
        {"If-Modified-Since": first.headers["last-modified"]},
        {"If-Modified-Since": "Fri, 01 Mar 2024 00:00:00 GMT"},
    ):
        again = found.get("/document/L1", headers={"Accept": BROWSER, **condition})
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "vary", "content-location", "last-modified", "cache-control", "link"):
            assert again.headers[name] == first.headers[name]
        assert "content-type" not in again.headers


def test_a_client_that_has_something_else_is_given_the_answer(served: Serve, published: Site) -> None:
    found = served(published)
    first = found.get("/document/L1")
    day = first.headers["last-modified"]
    for condition in (
        {"If-Modified-Since": "Wed, 28 Feb 2024 23:59:59 GMT"},
        {"If-Modified-Since": "yesterday"},
        # where there is a tag the day is not looked at
        {"If-None-Match": '"other"', "If-Modified-Since": day},
    ):
        assert found.get("/document/L1", headers=condition).status_code == 200
    assert found.get("/document/none", headers={"If-None-Match": "*"}).status_code == 404


def test_a_tag_names_one_form_of_one_thing_in_one_release(served: Serve, published: Site) -> None:
    tags = [
        served(site).get(f"/{path}").headers["etag"]
        for site in (published, replace(published, release="another"))
        for path in ("document/L1.ttl", "document/L1.nt", "document/L1.html", "document/L2.ttl")
    ]
    assert len(set(tags)) == len(tags)
    assert all(tag.startswith('"') for tag in tags)
    assert served(published).get("/document/L1.ttl").headers["etag"] == tags[0]


def test_head_has_the_headers_of_get(served: Serve, published: Site) -> None:
    found = served(published)
    for path in ("/document/L1", "/document/L1.html", "/", "/catalogue"):
        got, head = found.get(path), found.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers == got.headers


# -- what is not there, and what is gone ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/document%2FL1", "/document%2fL1", "/document/L1/", "/document/L1/.ttl", "/document/l1"]
)
def test_a_path_that_is_nearly_one_is_404_and_names_it(client: Any, path: str) -> None:
    assert client.get("/document/L1").status_code == 200
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Nearest: document/L1" in answer.text


@pytest.mark.parametrize("entities", ["direct", "see-other"])
@pytest.mark.parametrize("name", TYPES)
def test_a_withdrawn_id_is_gone_and_says_so_in_the_format_asked_for(
    served: Serve, entombed: Site, entities: str, name: str
) -> None:
    found = served(replace(entombed, entities=entities))
    for answer in (found.get("/person/nobody", headers={"Accept": TYPES[name]}), found.get(f"/person/nobody.{name}")):
        assert answer.status_code == 410
        assert answer.headers["content-type"].partition(";")[0] == TYPES[name]
        assert "Accept" in answer.headers["vary"].split(", ")
        if name == "html":
            assert "This identifier was withdrawn" in answer.text
            assert "No one &lt;was&gt; meant." in answer.text
            assert '<a href="/person/ada-quill">Ada Quill</a>' in answer.text
        else:
            form = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES}[name]
            said = {(quad.predicate.value, quad.object.value) for quad in parse(answer.content, format=form)}
            assert ("http://purl.org/dc/terms/isReplacedBy", f"{BASE}person/ada-quill") in said
            assert ("http://www.w3.org/2002/07/owl#deprecated", "true") in said


def test_a_page_of_what_is_there_does_not_say_that_it_is_gone(client: Any) -> None:
    assert "was withdrawn" not in client.get("/person/ada-quill.html").text


@pytest.mark.parametrize("entities", ["direct", "see-other"])
def test_a_merged_id_leads_to_the_end_of_its_chain_in_the_format_asked_for(
    served: Serve, entombed: Site, entities: str
) -> None:
    found = served(replace(entombed, entities=entities))
    for path, where in (
        ("/place/port", "/place/northport"),
        ("/place/haven", "/place/northport"),
        ("/place/port.ttl", "/place/northport.ttl"),
        ("/place/port?format=nt", "/place/northport?format=nt"),
    ):
        answer = found.get(path, headers={"Accept": BROWSER})
        assert (answer.status_code, answer.headers["location"]) == (301, where)


def test_ids_that_lead_to_each_other_lead_nowhere(served: Serve, entombed: Site) -> None:
    answer = served(entombed).get("/place/round")
    assert answer.status_code == 200
    assert "MergedIdentifier" in answer.text


# -- over a socket --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as (_, root):
        yield root


def test_a_real_server_gives_head_the_headers_of_get_and_no_body(address: str) -> None:
    got = ask(f"{address}/document/L1", headers={"Accept": BROWSER})
    head = ask(f"{address}/document/L1", "HEAD", {"Accept": BROWSER})
    assert (head.status, head.body) == (200, b"")
    assert without_date(head) == without_date(got)
    assert int(head.headers["content-length"]) == len(got.body)


def test_a_real_server_answers_304_without_a_body(address: str) -> None:
    tag = ask(f"{address}/document/L1").headers["etag"]
    answer = ask(f"{address}/document/L1", headers={"If-None-Match": tag})
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
    assert "content-length" not in answer.headers


def test_a_real_server_tells_an_encoded_slash_from_a_slash(address: str) -> None:
    assert ask(f"{address}/document/L1").status == 200
    answer = ask(f"{address}/document%2FL1")
    assert (answer.status, "Nearest: document/L1" in answer.text) == (404, True)


def test_a_real_server_sends_links_and_redirections_as_they_are(address: str) -> None:
    assert ask(f"{address}/document/X1").headers["location"] == "/document/L4"
    assert 'rel="cite-as"' in ask(f"{address}/document/L1.html").headers["link"]


def without_date(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}
