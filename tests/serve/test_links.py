"""Link headers: targets in any script become ASCII, and a header does not grow without bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, Store

from kgpub.serve.links import entity_links, link
from kgpub.serve.site import Site

CWC = "https://w3id.org/cwcorr/ontology#"


def test_a_target_in_any_script_is_ascii_and_cannot_leave_its_brackets() -> None:
    assert link("https://example.org/фонд/59а", "canonical").isascii()
    assert link('a>; rel="x', "canonical") == '<a%3E;%20rel=%22x>; rel="canonical"'
    assert link("/a%20b", "alternate", "text/html") == '</a%20b>; rel="alternate"; type="text/html"'


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("person/ada-quill", "https://schema.org/Person"),
        ("place/northport", "https://schema.org/Place"),
        ("archive/TA/fond-1", "https://schema.org/ArchiveComponent"),
        ("attested/ta-f1-l4", "https://schema.org/Message"),
        ("edition/L4", "https://schema.org/CreativeWork"),
        ("office/envoy-northport", f"{CWC}Office"),
    ],
)
def test_a_page_names_the_class_in_schema_org_and_ours_where_there_is_none(site: Site, path: str, kind: str) -> None:
    text = entity_links(site, NamedNode(site.base + path), f"/{path}", "html")
    assert f'<{kind}>; rel="type", <https://schema.org/AboutPage>; rel="type"' in text


def test_a_named_graph_has_no_class_and_its_page_is_about_it(site: Site) -> None:
    text = entity_links(site, NamedNode(f"{site.base}graph/none"), "/graph/none", "html")
    assert text.count('rel="type"') == 1


def test_a_letter_of_many_hands_names_ten(site: Site) -> None:
    store = Store()
    senders = " , ".join(f"<https://example.org/letters/person/p{number:02}>" for number in range(30))
    store.update(
        f"INSERT DATA {{ GRAPH <https://example.org/g> {{ <{site.base}document/Z> <{CWC}sender> {senders} }} }}"
    )
    text = entity_links(replace(site, store=store), NamedNode(f"{site.base}document/Z"), "/document/Z", "html")
    assert text.count('rel="author"') == 10
    assert "person/p09>" in text
    assert "person/p10>" not in text
