"""What pages run and load: the files of the publication's `assets/`, and the one that says there is an endpoint here."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kgpub.serve.downloads import Downloads

__all__ = ["Assets"]

_TYPES: Final = {
    ".css": "text/css",
    ".gz": "application/gzip",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
_SERVER: Final = 'Object.assign(window.kgpub??={parts:{}},{endpoint:"sparql",files:"download/"});\n'
"""A publication that only lies on a disk or a static host has an empty file in this one's place."""


class Assets:
    """The assets of one site; `editor` says whether those of the SPARQL editor are among them."""

    def __init__(self, downloads: Downloads) -> None:
        self._downloads = downloads
        self.editor = downloads.file("assets/sparql.js") is not None

    def respond(self, request: Request) -> Response:
        """Answer with a file that lies directly in `assets/`."""
        name = request.path_params["name"]
        path = self._downloads.file(f"assets/{name}")
        if path is None or path.suffix not in _TYPES:
            raise HTTPException(404, "There is no such file.")
        body = _SERVER.encode() if name == "server.js" else path.read_bytes()
        return Response(body, media_type=_TYPES[path.suffix])
