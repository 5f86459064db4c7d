"""Entities at their IRIs, in the format asked for: a page, Turtle, JSON-LD or N-Triples."""

from __future__ import annotations

import difflib
from typing import Final
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kgpub.results import turtle
from kgpub.serve.describe import page, triples
from kgpub.serve.guard import Refusal
from kgpub.serve.negotiation import choose
from kgpub.serve.pages import Pages, Suggestion
from kgpub.serve.site import Site
from kgpub.vocabulary import CWC, PREFIXES

__all__ = ["Resources"]

_FORMATS: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "html": "text/html",
}
_OTHERS: Final = {
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
}
_TYPE: Final = NamedNode(f"{PREFIXES['rdf']}type")
_MERGED: Final = NamedNode(f"{CWC}MergedIdentifier")
_REPLACED_BY: Final = NamedNode(f"{PREFIXES['dcterms']}isReplacedBy")


class Resources:
    """The entities of one site; `respond` is a plain function, so each request stays in one worker thread."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self._site = site
        self._pages = pages

    def respond(self, request: Request) -> Response:
        """Answer with the thing whose IRI ends in the request's path; 301 for a merged id, 404 with the nearest ids."""
        path = request.path_params["path"]
        node = self._find(path)
        if node is None:
            raise Suggestion(f"There is nothing at {path}.", self._near(path))
        root = request.scope.get("root_path", "")
        if successor := self._successor(node):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(self._site.href(successor.value, root) + query, 301, headers={"Vary": "Accept"})
        media_type = _media_type(request)
        headers = {"Vary": "Accept", "Link": _alternates(self._site.href(node.value, root))}
        if media_type == "text/html":
            response = self._pages.html(request, "entity.html", page=page(self._site, node, root))
            response.headers.update(headers)
            return response
        data = _written(triples(self._site.store, node), media_type)
        return Response(data, media_type=media_type, headers=headers)

    def _find(self, path: str) -> NamedNode | None:
        store = self._site.store
        for node in self._site.nodes(path):
            if any(True for _ in store.quads_for_pattern(node, None, None)) or store.contains_named_graph(node):
                return node
        return None

    def _successor(self, node: NamedNode) -> NamedNode | None:
        store = self._site.store
        if not any(True for _ in store.quads_for_pattern(node, _TYPE, _MERGED)):
            return None
        found = [quad.object for quad in store.quads_for_pattern(node, _REPLACED_BY, None)]
        return next((one for one in found if isinstance(one, NamedNode)), None)

    def _near(self, path: str) -> tuple[str, ...]:
        """Return up to five paths of things that are there: of the same kind where the path begins with a kind."""
        base = self._site.base
        kind = f"{path.partition('/')[0]}/"
        typed = (quad.subject for quad in self._site.store.quads_for_pattern(None, _TYPE, None))
        iris = {one.value for one in typed if isinstance(one, NamedNode)}
        known = sorted(iri.removeprefix(base) for iri in iris if iri.startswith(base) and "#" not in iri)
        same = [one.removeprefix(kind) for one in known if one.startswith(kind)]
        if not same:
            return tuple(difflib.get_close_matches(path, known, 5, 0.6))
        return tuple(kind + one for one in difflib.get_close_matches(path.removeprefix(kind), same, 5, 0.6))


def _written(found: set[Triple], media_type: str) -> str:
    if media_type == "text/turtle":
        return turtle(found)
    return (serialize(sorted(found, key=str), format=_OTHERS[media_type]) or b"").decode()


def _media_type(request: Request) -> str:
    if name := request.query_params.get("format"):
        if name not in _FORMATS:
            raise Refusal(400, f"{name!r} is not a format. Formats: {', '.join(_FORMATS)}.")
        return _FORMATS[name]
    # A client that takes anything gets data; browsers name text/html.
    chosen = choose(request.headers.get("accept", ""), tuple(_FORMATS.values()))
    if chosen is None:
        raise Refusal(406, f"None of the formats asked for is offered. Offered: {', '.join(_FORMATS.values())}.")
    return chosen


def _alternates(href: str) -> str:
    where = quote(href, "/:#?&=%")
    links = [f'<{where}?format={name}>; rel="alternate"; type="{kind}"' for name, kind in _FORMATS.items()]
    return ", ".join(links)
