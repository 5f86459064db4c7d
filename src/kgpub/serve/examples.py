"""The canned queries as examples in RDF, where other tools look for them: the published file, in the format asked for."""

from __future__ import annotations

from typing import Final

from pyoxigraph import RdfFormat, parse, serialize
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kgpub.serve.site import Site
from kgpub.serve.wanted import wanted

__all__ = ["FILE", "Examples"]

FILE: Final = "queries/examples.ttl"
"""Where the publication has them, below its folder of downloads."""
_TURTLE: Final = "text/turtle"
_OTHERS: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_NAMES: Final = {
    "ttl": _TURTLE,
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}


class Examples:
    """The examples of one site; both handlers are plain functions."""

    def __init__(self, site: Site) -> None:
        self._file = site.dist / FILE if site.dist else None

    def respond(self, request: Request) -> Response:
        """Answer with the examples in the format that is liked best."""
        data = self._read()
        media_type = wanted(request, _NAMES, (_TURTLE, *_OTHERS))
        if media_type != _TURTLE:
            data = serialize(parse(data, format=RdfFormat.TURTLE), format=_OTHERS[media_type]) or b""
        return Response(data, media_type=media_type, headers={"Vary": "Accept"})

    def turtle(self, request: Request) -> Response:
        """Answer with the examples as Turtle, whatever is asked for."""
        return Response(self._read(), media_type=_TURTLE)

    def _read(self) -> bytes:
        if self._file is None or not self._file.is_file():
            raise HTTPException(404, "This publication holds no examples of queries. Build it anew to have them.")
        return self._file.read_bytes()
