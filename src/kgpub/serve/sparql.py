"""The SPARQL endpoint, read-only: protocol.py reads the request, guard.py checks the query, a worker answers it."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from pyoxigraph import NamedNode, RdfFormat, parse
from starlette.requests import Request
from starlette.responses import Response

from kgpub.results import Column, Result
from kgpub.serve import guard, protocol
from kgpub.serve.cache import Cache, Entry
from kgpub.serve.description import Description
from kgpub.serve.engine import Engine
from kgpub.serve.explaining import Explaining, help_link, is_wanted, why
from kgpub.serve.formats import GRAPHS, HTML
from kgpub.serve.guard import Refusal
from kgpub.serve.headers import SCRIPTED
from kgpub.serve.negotiation import abridged, choose
from kgpub.serve.pages import Pages
from kgpub.serve.pool import Reply
from kgpub.serve.protocol import Asked
from kgpub.serve.reading import read_back
from kgpub.serve.site import Site
from kgpub.serve.tables import table

__all__ = ["ALLOW", "TRUNCATED", "Endpoint"]

ALLOW: Final = "GET, HEAD, OPTIONS, POST"
TRUNCATED: Final = "X-Kgpub-Truncated"
_QUICKLY_CHECKED: Final = 4_000
"""Characters of a query that is checked at once; a longer one is checked beside the loop, which others wait for."""


class Endpoint:
    """The endpoint of one site; `respond` is the route's handler."""

    def __init__(
        self,
        site: Site,
        pages: Pages,
        engine: Engine,
        description: Description,
        cache: Cache,
        explaining: Explaining,
        *,
        editor: bool = False,
    ) -> None:
        self._site = site
        self._pages = pages
        self._engine = engine
        self._description = description
        self._cache = cache
        self._explaining = explaining
        self._editor = editor

    async def respond(self, request: Request) -> Response:
        """Answer one request of the protocol; raise Refusal for one that is not run."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ALLOW})
        if request.method not in ALLOW.split(", "):
            raise Refusal(405, f"{request.method} asks nothing: send a query by GET or POST.", headers={"Allow": ALLOW})
        asked = await protocol.read(request, self._site.limits.characters)
        explain = is_wanted(asked.explain)
        # An explanation has formats of its own.
        accept = "" if explain else protocol.accepted(request, asked.format)
        if asked.query is None:
            if explain:
                raise Refusal(400, "There is no query to explain: send it as the parameter `query`.")
            return await self._described(request, accept)
        request.scope.setdefault("kgpub.notes", {})["query"] = asked.query
        await self._check(asked.query)
        if explain:
            return await self._explaining.sparql(request, asked, self._job(asked, asked.query, accept))
        key = ("sparql", asked, accept, request.scope.get("root_path", ""))
        # What comes by GET is kept as a whole answer (cache.py); a POST is known by what it asks.
        if request.method == "POST" and (kept := self._cache.get(key)):
            return kept.response(request)
        reply = await self._engine.ask(request, self._job(asked, asked.query, accept))
        response = await self._response(request, asked, reply)
        if request.method == "POST":
            self._cache.put(key, Entry.of(response))
        return response

    async def _check(self, query: str) -> None:
        limits = self._site.limits
        if _QUICKLY_CHECKED < len(query) <= limits.characters:
            await asyncio.to_thread(guard.check, query, limits)
        else:
            guard.check(query, limits)

    def _job(self, asked: Asked, query: str, accept: str) -> dict[str, Any]:
        # The protocol's graphs win over the query's own FROM; the engine would take the union over both.
        chosen = asked.has_dataset
        return {
            "query": query,
            "base": f"{self._site.base}sparql",
            "default": asked.default_graphs if chosen else None,
            "named": asked.named_graphs if chosen else None,
            "union": not chosen and not guard.names_graphs(query),
            "accept": accept,
            "rows": self._site.limits.rows,
            "bytes": self._site.limits.answer_bytes,
        }

    async def _described(self, request: Request, accept: str) -> Response:
        media_type = choose(accept, (*GRAPHS, HTML))
        if media_type == HTML:
            # Not the file of the publication: this page has a form for who runs no scripts, as there is a server to answer it.
            editor = self._editor
            page = self._pages.html(request, "sparql.html", query="", result=None, boolean=None, why="", editor=editor)
            page.headers.update(SCRIPTED if editor else {})
            return page
        if media_type is None:
            raise Refusal(
                406,
                f"There is no query, and the description of this service cannot be given as {abridged(accept)}. "
                f"Send a query as the parameter `query`, or ask for one of: {', '.join(GRAPHS)}.",
            )
        # It names the endpoint by the address that was asked, as a client knows it.
        endpoint = _iri(str(request.url.replace(query="", fragment=""))) or f"{self._site.base}sparql"
        data = await asyncio.to_thread(self._description.written, media_type, endpoint)
        return Response(data, media_type=media_type, headers={"Vary": "Accept, Host"})

    async def _response(self, request: Request, asked: Asked, reply: Reply) -> Response:
        head, body = reply
        empty = not head["rows"] and self._explaining.offered and why(request.scope.get("root_path", ""), asked)
        if head["type"] == HTML:
            shown = await asyncio.to_thread(self._shown, request, head, body)
            return self._pages.html(request, "sparql.html", query=asked.query, why=empty, editor=False, **shown)
        headers = {"Vary": "Accept", **({"Link": help_link(empty)} if empty else {})}
        if head.get("truncated"):
            headers[TRUNCATED] = f"rows={head['rows']}"
        return Response(body, media_type=head["type"], headers=headers)

    def _shown(self, request: Request, head: dict[str, Any], body: bytes) -> dict[str, Any]:
        """Return what the page shows: the first rows, and whether there are more."""
        result = _read(head["shape"], body)
        shown = table(result, self._site, request.scope.get("root_path", "")) if result.boolean is None else None
        return {"result": shown, "boolean": result.boolean, "more": head.get("truncated", False), "limit": head["rows"]}


def _iri(text: str) -> str:
    """Return an address that is an IRI as it is, and nothing for one that is none: a client may send any Host."""
    try:
        return NamedNode(text).value
    except ValueError:
        return ""


def _read(shape: str, body: bytes) -> Result:
    """Return what a worker sent for a page."""
    if shape == "graph":
        columns = tuple(Column(name, name) for name in ("subject", "predicate", "object"))
        triples = [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)]
        return Result(columns=columns, rows=tuple((t.subject, t.predicate, t.object) for t in triples))
    return read_back(body)
