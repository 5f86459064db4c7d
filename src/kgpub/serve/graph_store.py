"""The reading side of the SPARQL 1.1 Graph Store Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/)."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from kgpub.serve import protocol
from kgpub.serve.engine import Engine
from kgpub.serve.formats import GRAPHS
from kgpub.serve.guard import Refusal, graph_iri
from kgpub.serve.negotiation import abridged, choose
from kgpub.serve.site import Site

__all__ = ["GraphStore"]

_ALLOW: Final = "GET, HEAD, OPTIONS"
_WRITING: Final = ("PUT", "POST", "DELETE", "PATCH")
_BYTES_A_TRIPLE: Final = 100
"""What a triple takes when written, roughly: how many a graph may have follows from the bytes of an answer."""


class GraphStore:
    """The graphs of one site, each whole: named by `graph`, all together by `default`, or by its path below the store."""

    def __init__(self, site: Site, engine: Engine) -> None:
        self._site = site
        self._engine = engine
        self._has_addresses = any("/graph-store/" in str(name) for name in site.store.named_graphs())

    async def respond(self, request: Request) -> Response:
        """Answer with a graph; raise Refusal for one that is not here, and for everything that would write."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": _ALLOW})
        if request.method in _WRITING:
            raise Refusal(
                403,
                f"{request.method} is refused: the graphs are read-only. To change one, change the corpus and build it anew.",
                reason="update",
                headers={"Allow": _ALLOW},
            )
        if request.method not in _ALLOW.split(", "):
            raise Refusal(405, f"{request.method} reads no graph: use GET or HEAD.", headers={"Allow": _ALLOW})
        given = protocol.parameters(request)
        name = self._named(request, given)
        asked = protocol.accepted(request, next((value for key, value in given if key == "format"), ""))
        media_type = choose(asked, tuple(GRAPHS))
        if media_type is None:
            raise Refusal(406, f"A graph cannot be given as {abridged(asked)}. Ask for one of: {', '.join(GRAPHS)}.")
        head, body = await self._engine.ask(request, self._job(name, media_type))
        # Where graphs are named by the address at which they are asked, a path is another graph at another host.
        vary = "Accept, Host" if self._has_addresses and request.path_params.get("path") else "Accept"
        return Response(body, media_type=head["type"], headers={"Vary": vary})

    def _named(self, request: Request, given: list[tuple[str, str]]) -> str:
        """Return the IRI of the graph that a request means, empty for all graphs together."""
        path = request.path_params.get("path", "")
        graphs = [value for name, value in given if name == "graph"]
        default = [value for name, value in given if name == "default"]
        if len(graphs) + len(default) + bool(path) != 1:
            raise Refusal(
                400, "Name one graph: ?graph= with its IRI, ?default for all of them together, or its path below here."
            )
        if any(default):
            raise Refusal(400, "The parameter `default` has no value: write ?default.")
        if path:
            return self._direct(request) or graph_iri(self._site.base + path)
        return graph_iri(graphs[0]) if graphs else ""

    def _direct(self, request: Request) -> str:
        """Return the address that was asked where a graph is named by it (section 4.1 of the protocol), else nothing."""
        address = str(request.url.replace(query="", fragment=""))
        try:
            node = NamedNode(address)
        except ValueError:
            return ""
        return address if self._site.store.contains_named_graph(node) else ""

    def _job(self, name: str, media_type: str) -> dict[str, object]:
        return {"graph": name, "accept": media_type, "graph_rows": self._site.limits.answer_bytes // _BYTES_A_TRIPLE}
