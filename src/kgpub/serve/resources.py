"""Entities at their IRIs, and the documents that describe them: a page, Turtle, JSON-LD or N-Triples."""

from __future__ import annotations

import difflib
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from kgpub.serve.describe import page, triples
from kgpub.serve.entity_files import EntityFiles
from kgpub.serve.forms import DATA, FORMS, WORDS, asked_form, split_ending, written
from kgpub.serve.freshness import Freshness
from kgpub.serve.guard import Refusal
from kgpub.serve.headers import SITE
from kgpub.serve.links import entity_links
from kgpub.serve.negotiation import choose
from kgpub.serve.pages import Pages, Suggestion
from kgpub.serve.site import Site
from kgpub.serve.site_files import SiteFiles
from kgpub.vocabulary import CWC, PREFIXES

__all__ = ["Resources"]

_TYPE: Final = NamedNode(f"{PREFIXES['rdf']}type")
_MERGED: Final = NamedNode(f"{CWC}MergedIdentifier")
_REPLACED_BY: Final = NamedNode(f"{PREFIXES['dcterms']}isReplacedBy")
_DEPRECATED: Final = NamedNode(f"{PREFIXES['owl']}deprecated")
_TRUE: Final = Literal(True)
_TYPES: Final = tuple(FORMS.values())
_ENDINGS: Final = {kind: name for name, kind in FORMS.items()}
_CONTENT_TYPES: Final = {name: Response(media_type=kind).headers["content-type"] for name, kind in FORMS.items()}


class Resources:
    """The entities of one site: their files in dist, else what the store says of them."""

    def __init__(self, site: Site, pages: Pages, freshness: Freshness, files: SiteFiles) -> None:
        self._site = site
        self._pages = pages
        self.freshness = freshness
        self._files = EntityFiles(site.dist)
        self._site_files = files
        self._plain: dict[str, tuple[NamedNode, str]] = {}
        """Addresses with a file whose thing is known to be neither merged nor withdrawn; at most two for each file."""

    async def respond(self, request: Request) -> Response:
        """Answer with the thing whose IRI ends in the request's path, or lead to what describes it.

        301 for a merged id, 410 for a withdrawn one, 404 with the nearest ids for what was never there.
        """
        if form := self._at_hand(request):
            return self._respond(request, form)
        return await run_in_threadpool(self._respond, request)

    def _at_hand(self, request: Request) -> str:
        """Return the form that there is a file for: to read a small one takes less than to hand the request to a thread."""
        path = request.path_params["path"]
        if path in self._files:
            return split_ending(path)[1]
        wants = () if f"{path}.ttl" not in self._files else FORMS if f"{path}.html" in self._files else DATA
        try:
            form = asked_form(request) if wants else ""
        except Refusal:
            return ""
        return form if form in wants else ""

    def _respond(self, request: Request, at_hand: str = "") -> Response:
        path = request.path_params["path"]
        root = request.scope.get("root_path", "")
        plain = self._plain.get(path)
        node, ending = plain or self._find(path)
        slashed = b"%2f" in request.scope.get("raw_path", b"").lower()
        if node is None and not slashed and (page := self._site_files.page(request, path)):
            return page
        if node is None or slashed:
            raise Suggestion(f"There is nothing at {path}.", self._near(path) if node is None else (path,))
        if plain is None and (successor := self._successor(node)):
            query = f"?{request.url.query}" if request.url.query else ""
            where = self._site.href(successor.value, root) + (f".{ending}" if ending else "")
            return RedirectResponse(where + query, 301, headers={"Vary": "Accept"})
        # An id that itself ends like a format is at hand by a file of another thing.
        form = ending or (at_hand if path not in self._files else "") or asked_form(request)
        href = self._site.href(node.value, root)
        if plain is None and self._is_withdrawn(node):
            return self._described(request, node, href, form, 410)
        if at_hand:
            self._plain[path] = node, ending
        if self._site.entities == "see-other" and not ending:
            headers = {"Vary": "Accept", "Link": entity_links(self._site, node, href, "")}
            return RedirectResponse(f"{href}.{form}", 303, headers=headers)
        return self.freshness.mark(self._described(request, node, href, form, 200))

    def plainly_asked(self, scope: Scope) -> str:
        """Return the form that a plain request is answered in from a file, as `respond` would; empty for any other request."""
        plain = self._plain.get(scope["path"][1:])
        if plain is None or scope["query_string"] or scope.get("root_path") or scope["method"] not in ("GET", "HEAD"):
            return ""
        if b"%2f" in scope.get("raw_path", b"").lower():
            return ""
        if plain[1]:
            return plain[1]
        if self._site.entities == "see-other":
            return ""
        accept = ", ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"accept")
        return _ENDINGS.get(choose(accept, _TYPES) or "", "")

    def at_once(self, path: str, form: str) -> bytes | None:
        """Return the file of a plain path's description in a form; None where it has none."""
        return self._files.read(self._name(self._plain[path][0], form))

    def answered(self, path: str, form: str, content: bytes) -> Response:
        """Return the answer to a plain path with some content."""
        node = self._plain[path][0]
        href = self._site.href(node.value)
        headers = self._headers(node, href, form)
        return self.freshness.mark(Response(content, media_type=FORMS[form], headers=headers))

    @staticmethod
    def media_type(form: str) -> str:
        """Return the content type of a form as answers bear it."""
        return _CONTENT_TYPES[form]

    def _headers(self, node: NamedNode, href: str, form: str) -> dict[str, str]:
        return {
            "Vary": "Accept",
            "Content-Location": f"{href}.{form}",
            "Link": entity_links(self._site, node, href, form),
            **(SITE if form == "html" and self._name(node, form) in self._files else {}),
        }

    def _described(self, request: Request, node: NamedNode, href: str, form: str, status: int) -> Response:
        headers = self._headers(node, href, form)
        content = self._content(node, form) if status == 200 or form != "html" else None
        if content is not None:
            return Response(content, status, media_type=FORMS[form], headers=headers)
        forms = [(f"{href}.{name}", FORMS[name], words) for name, words in WORDS.items()]
        shown = page(self._site, node, request.scope.get("root_path", ""))
        response = self._pages.html(request, "entity.html", status, page=shown, forms=forms, gone=status == 410)
        response.headers.update(headers)
        return response

    def _content(self, node: NamedNode, form: str) -> bytes | None:
        """Return the description in a form, from its file if it has one; None for a page that is not made yet."""
        content = self._files.read(self._name(node, form))
        return written(triples(self._site, node), form) if content is None and form != "html" else content

    def _name(self, node: NamedNode, form: str) -> str:
        base = self._site.base
        return f"{node.value.removeprefix(base)}.{form}" if node.value.startswith(base) else ""

    def _find(self, path: str) -> tuple[NamedNode | None, str]:
        """Return the thing at a path and the ending behind it; an id that itself ends so comes first."""
        for start, ending in dict.fromkeys(((path, ""), split_ending(path))):
            for node in self._site.nodes(start):
                if self._is_there(node):
                    return node, ending
        return None, ""

    def _is_there(self, node: NamedNode) -> bool:
        store = self._site.store
        return any(True for _ in store.quads_for_pattern(node, None, None)) or store.contains_named_graph(node)

    def _successor(self, node: NamedNode) -> NamedNode | None:
        """Return what a merged id leads to in the end; None for any other thing, and where the chain is a loop."""
        store, seen = self._site.store, [node]
        while any(True for _ in store.quads_for_pattern(seen[-1], _TYPE, _MERGED)):
            found = [quad.object for quad in store.quads_for_pattern(seen[-1], _REPLACED_BY, None)]
            after = next((one for one in found if isinstance(one, NamedNode)), None)
            if after is None or after in seen:
                return None
            seen.append(after)
        return seen[-1] if len(seen) > 1 else None

    def _is_withdrawn(self, node: NamedNode) -> bool:
        # A thing that has a class is only advised against.
        store = self._site.store
        deprecated = any(True for _ in store.quads_for_pattern(node, _DEPRECATED, _TRUE))
        return deprecated and not any(True for _ in store.quads_for_pattern(node, _TYPE, None))

    @cached_property
    def _known(self) -> list[str]:
        """Paths of all things with a class; the store is only read, so they are listed once."""
        base = self._site.base
        typed = (quad.subject for quad in self._site.store.quads_for_pattern(None, _TYPE, None))
        iris = {one.value for one in typed if isinstance(one, NamedNode)}
        return sorted(iri.removeprefix(base) for iri in iris if iri.startswith(base) and "#" not in iri)

    def _near(self, path: str) -> tuple[str, ...]:
        """Return up to five paths of things that are there: of the same kind where the path begins with a kind."""
        path = split_ending(path)[0]
        kind = f"{path.partition('/')[0]}/"
        same = [one for one in self._known if one.startswith(kind)]
        by_name = {one.removeprefix(kind if same else ""): one for one in same or self._known}
        name = path.removeprefix(kind if same else "")
        folded = [one for one in by_name if one.casefold() == name.casefold()]
        found = dict.fromkeys((*folded, *difflib.get_close_matches(name, by_name, 5, 0.6)))
        return tuple(by_name[one] for one in found)[:5]
