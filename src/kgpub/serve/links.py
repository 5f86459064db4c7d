"""Link headers (RFC 8288): the other forms of a description, and what FAIR Signposting, level 1, asks for.

https://signposting.org/FAIR/ has landing pages (ours are HTML), metadata resources (the same in formats of data) and content
resources (the dumps). A letter's text is not published here, so that an entity's landing page has no `item`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from pyoxigraph import NamedNode

from kgpub.serve.forms import DATA, FORMS
from kgpub.serve.site import Site
from kgpub.vocabulary import CWC, PREFIXES

__all__ = ["entity_links", "link", "start_links"]

_TYPE: Final = NamedNode(f"{PREFIXES['rdf']}type")
_SENDER: Final = NamedNode(f"{CWC}sender")
_AUTHORS: Final = 10
"""Links to authors in a header; it must not grow without bounds."""
_SCHEMA: Final = {
    "ArchivalUnit": "ArchiveComponent",
    "AttestedDocument": "Message",
    "Document": "Message",
    "Edition": "CreativeWork",
    "Event": "Event",
    "Organisation": "Organization",
    "Person": "Person",
    "Place": "Place",
    "Publication": "CreativeWork",
}
"""Our classes as ontology/alignment.ttl has them in schema.org."""


def link(target: str, relation: str, media_type: str = "") -> str:
    """Return one link of the header; a target in any script is written as ASCII."""
    kind = f'; type="{media_type}"' if media_type else ""
    return f'<{quote(target, "/:@!$&()*+,;=~-._?#[]%")}>; rel="{relation}"{kind}'


def entity_links(site: Site, node: NamedNode, href: str, form: str) -> str:
    """Return the links of an entity's description in a form, or of the redirection to one where that is empty."""
    links = [link(f"{href}.{name}", "alternate", kind) for name, kind in FORMS.items()]
    links.append(link(node.value, "canonical"))
    if site.licence.startswith("http"):
        links.append(link(site.licence, "license"))
    if form in DATA:
        links.append(link(f"{href}.html", "describes", FORMS["html"]))
        return ", ".join(links)
    links += [link(f"{href}.{name}", "describedby", kind) for name, kind in DATA.items()]
    if form:
        links += [link(node.value, "cite-as"), *_types(site, node), *_authors(site, node)]
    return ", ".join(links)


def start_links(site: Site, root: str, files: Iterable[tuple[str, str]]) -> str:
    """Return the links of the start page, which is the landing page of the whole data set; `files` are dumps and types."""
    forms = [(f"{root}/catalogue.{name}", kind) for name, kind in DATA.items()]
    links = [
        *(link(target, "alternate", kind) for target, kind in forms),
        *(link(target, "describedby", kind) for target, kind in forms),
        link(site.base, "cite-as"),
        link(f"{PREFIXES['schema']}Dataset", "type"),
        link(f"{PREFIXES['schema']}AboutPage", "type"),
        *(link(f"{root}/download/{name}", "item", kind) for name, kind in files),
    ]
    if site.licence.startswith("http"):
        links.append(link(site.licence, "license"))
    return ", ".join(links)


def _types(site: Site, node: NamedNode) -> list[str]:
    """The class in schema.org, or our own where that has none; then that this is a page about it."""
    found = site.store.quads_for_pattern(node, _TYPE, None)
    classes = sorted({quad.object.value for quad in found if isinstance(quad.object, NamedNode)})
    known = [_SCHEMA[name] for one in classes if (name := one.removeprefix(CWC)) in _SCHEMA]
    first = [f"{PREFIXES['schema']}{known[0]}"] if known else classes[:1]
    return [link(one, "type") for one in (*first, f"{PREFIXES['schema']}AboutPage")]


def _authors(site: Site, node: NamedNode) -> list[str]:
    found = site.store.quads_for_pattern(node, _SENDER, None)
    senders = sorted({quad.object.value for quad in found if isinstance(quad.object, NamedNode)})
    return [link(one, "author") for one in senders[:_AUTHORS]]
