"""The files of the publication as downloads: those below one folder, nothing beside or above it, and no listing."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse

from kgpub.serve.catalogue import Catalogue
from kgpub.serve.links import link
from kgpub.serve.site import Site

__all__ = ["TYPES", "Downloads"]

TYPES: Final = {
    ".csv": "text/csv",
    ".gz": "application/gzip",
    ".jsonld": "application/ld+json",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
}


class Downloads:
    """The downloads of one site."""

    def __init__(self, site: Site, catalogue: Catalogue) -> None:
        self._root = site.dist.resolve() if site.dist else None
        self._dumps = frozenset(name for name, _ in catalogue.dumps)

    def respond(self, request: Request) -> FileResponse:
        """Answer with a file below the folder; 404 for anything else, be it a folder, a hidden file or a link that leads out."""
        name = request.path_params["path"]
        path = self.file(name)
        if path is None:
            raise HTTPException(404, "There is no such file.")
        media_type = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        # A dump is a part of the data set whose landing page is the start page.
        up = link(f"{request.scope.get('root_path', '')}/", "collection", "text/html")
        return FileResponse(path, media_type=media_type, headers={"Link": up} if name in self._dumps else None)

    def names(self) -> list[tuple[str, int]]:
        """Return path and bytes of the files that stand directly in the folder, for the start page."""
        if self._root is None or not self._root.is_dir():
            return []
        files = (path for path in sorted(self._root.iterdir()) if path.is_file() and not path.name.startswith("."))
        return [(path.name, path.stat().st_size) for path in files]

    def file(self, path: str) -> Path | None:
        """Return a file below the folder; None for anything else."""
        parts = path.split("/")
        if (
            self._root is None
            or "\0" in path
            or any(not part or part.startswith(".") or "\\" in part for part in parts)
        ):
            return None
        try:
            found = self._root.joinpath(*parts).resolve()
            return found if found.is_relative_to(self._root) and found.is_file() else None
        except (OSError, RuntimeError):
            # The system refuses the name: it is too long, or its links go round in a circle (a RuntimeError before 3.13).
            return None
