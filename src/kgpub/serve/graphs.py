"""Named graphs at their IRIs: what a graph is, and its triples; in TriG and N-Quads with the graph that each stands in.

What its triples are without what is said of it, the graph store has; every answer leads there.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kgpub.results import turtle
from kgpub.serve.describe import page, triples
from kgpub.serve.forms import FORMS, QUADS, WORDS, written
from kgpub.serve.freshness import Freshness
from kgpub.serve.links import entity_links, link
from kgpub.serve.pages import Pages
from kgpub.serve.resources import Resources
from kgpub.serve.site import Site
from kgpub.serve.wanted import wanted

__all__ = ["Graphs"]

_BELOW: Final = "graph/"
_FORMS: Final = {**FORMS, **QUADS}
_WORDS: Final = {**WORDS, "trig": "TriG", "nq": "N-Quads"}


class Graphs:
    """The graphs of one site; what is no graph is answered as any other path."""

    def __init__(self, site: Site, pages: Pages, resources: Resources, freshness: Freshness) -> None:
        self._site = site
        self._pages = pages
        self._resources = resources
        self._freshness = freshness

    async def respond(self, request: Request) -> Response:
        """Answer with the graph whose IRI ends in the request's path, in the format asked for."""
        path = _BELOW + str(request.path_params["path"])
        graph, ending = self._find(path)
        if graph is None or b"%2f" in request.scope.get("raw_path", b"").lower():
            request.scope["path_params"] = {"path": path}
            return await self._resources.respond(request)
        return await run_in_threadpool(self._answer, request, graph, ending)

    def _answer(self, request: Request, graph: NamedNode, ending: str) -> Response:
        root = request.scope.get("root_path", "")
        href = self._site.href(graph.value, root)
        form = ending or _asked(request)
        links = self._links(graph, href, root, form)
        if self._site.entities == "see-other" and not ending:
            return RedirectResponse(f"{href}.{form}", 303, headers={"Vary": "Accept", "Link": links})
        response = self._shown(request, graph, href, form)
        response.headers.update({"Vary": "Accept", "Content-Location": f"{href}.{form}", "Link": links})
        return self._freshness.mark(response)

    def _find(self, path: str) -> tuple[NamedNode | None, str]:
        start, dot, ending = path.rpartition(".")
        ways = [(path, ""), *([(start, ending)] if dot and ending in _FORMS else [])]
        for one, form in ways:
            for node in self._site.nodes(one):
                if self._site.store.contains_named_graph(node):
                    return node, form
        return None, ""

    def _links(self, graph: NamedNode, href: str, root: str, form: str) -> str:
        # FAIR Signposting: a landing page leads to its content as `item`, and what describes is no content.
        store = f"{root}/graph-store?graph={quote(graph.value, safe='')}"
        more = [link(f"{href}.{name}", "alternate", kind) for name, kind in QUADS.items()]
        return ", ".join([entity_links(self._site, graph, href, form), *more, link(store, "item")])

    def _shown(self, request: Request, graph: NamedNode, href: str, form: str) -> Response:
        if form in QUADS:
            return Response(self._quads(graph, form), media_type=QUADS[form])
        if form != "html":
            return Response(written(triples(self._site, graph), form), media_type=FORMS[form])
        root = request.scope.get("root_path", "")
        forms = [(f"{href}.{name}", _FORMS[name], words) for name, words in _WORDS.items()]
        shown = page(self._site, graph, root)
        store = f"{root}/graph-store?graph={quote(graph.value, safe='')}"
        return self._pages.html(request, "entity.html", page=shown, forms=forms, gone=False, graph_store=store)

    def _quads(self, graph: NamedNode, form: str) -> bytes:
        """Return what stands in a graph, and what is said of it in others, each in its own."""
        store = self._site.store
        found = {*store.quads_for_pattern(None, None, None, graph), *store.quads_for_pattern(graph, None, None)}
        if form == "nq":
            return serialize(sorted(found, key=str), format=RdfFormat.N_QUADS) or b""
        return _trig(found, graph)


def _asked(request: Request) -> str:
    return next(name for name, kind in _FORMS.items() if kind == wanted(request, _FORMS, list(_FORMS.values())))


def _trig(quads: set[Quad], first: NamedNode) -> bytes:
    """Return quads as TriG in a fixed order: the graph that is asked for, then others by name."""
    by_graph: defaultdict[str, list[Triple]] = defaultdict(list)
    for quad in quads:
        by_graph["" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value].append(quad.triple)
    prefixes: dict[str, None] = {}
    blocks = []
    for name in sorted(by_graph, key=lambda name: (name != first.value, name)):
        lines = turtle(by_graph[name]).splitlines(keepends=True)
        declared = [line for line in lines if line.startswith("@prefix ")]
        prefixes.update(dict.fromkeys(declared))
        text = "".join(lines[len(declared) :])
        blocks.append(f"<{name}> {{\n{text}}}\n" if name else text)
    return "".join([*sorted(prefixes), *blocks]).encode()
