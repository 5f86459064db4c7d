"""The pages of the publication that are of no one thing, at their own addresses: `/letters.html`, `/queries/NAME.html`, and `/`.

They are the files that lie in dist, so that who moves from the folder to the service finds each page where it was. What they run
is their own; those with a query engine have the policy that it needs.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from kgpub.serve.downloads import TYPES, Downloads
from kgpub.serve.freshness import Freshness
from kgpub.serve.headers import SCRIPTED, SITE

__all__ = ["SiteFiles"]

_SHOWN: Final = 2_000_000
"""Bytes up to which a page is read and tagged; larger files are sent as they are."""
_PARENTS: Final = frozenset({"", "queries"})
"""Folders whose files are answered at their own addresses: the root's and the questions'."""


class SiteFiles:
    """The pages of one site that lie in its folder; there are none where it was built without them, or has no folder."""

    def __init__(self, downloads: Downloads, freshness: Freshness) -> None:
        self._downloads = downloads
        self._freshness = freshness
        self.there = self._page("index.html") is not None and downloads.file("assets/site.css") is not None

    def page(self, request: Request, name: str) -> Response | None:
        """Return the answer to who asks for a page (`letters.html`) or a file beside it; None where it is not there."""
        path = self._page(name) if self.there else None
        if path is None:
            return None
        media_type = TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        if path.stat().st_size > _SHOWN:
            return FileResponse(path, media_type=media_type)
        response = self._freshness.mark(Response(path.read_bytes(), media_type=media_type))
        if path.suffix == ".html":
            response.headers.update(policy(name))
        return response

    def _page(self, name: str) -> Path | None:
        return self._downloads.file(name) if name.rpartition("/")[0] in _PARENTS else None


def policy(name: str) -> dict[str, str]:
    """Return the policy of a page: what a query engine needs where it has one, else its own scripts alone."""
    return SCRIPTED if name in ("sparql.html",) or name.startswith("queries/") else SITE
