"""The start page: what there is, how much of it, and where to go."""

from __future__ import annotations

from typing import Final

from pyoxigraph import QuerySolutions
from starlette.requests import Request
from starlette.responses import Response

from kgpub.serve.canned import grouped
from kgpub.serve.downloads import Downloads
from kgpub.serve.pages import DESCRIBED, Pages
from kgpub.serve.site import Site
from kgpub.vocabulary import CWC

__all__ = ["Start"]

_COUNTED: Final = (
    ("Edition", "documents as printed"),
    ("AttestedDocument", "known only from being cited"),
    ("Person", "persons"),
    ("Organisation", "organisations"),
    ("Place", "places"),
    ("ArchivalUnit", "archival units"),
    ("Publication", "publications"),
)
_COUNT: Final = (
    "SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) {{ VALUES ?class {{ {} }} ?thing a ?class }} GROUP BY ?class"
)


class Start:
    """The start page of one site; the counts are made once, as the store is only read."""

    def __init__(self, site: Site, pages: Pages, downloads: Downloads) -> None:
        self._site = site
        self._pages = pages
        self._downloads = downloads
        self._counts = _counts(site)

    def respond(self, request: Request) -> Response:
        """Answer with the page."""
        response = self._pages.html(
            request,
            "start.html",
            counts=self._counts,
            groups=grouped(self._site.queries),
            files=self._downloads.names(),
        )
        response.headers["Link"] = DESCRIBED.format(root=request.scope.get("root_path", ""))
        return response


def _counts(site: Site) -> list[tuple[int, str]]:
    classes = " ".join(f"<{CWC}{name}>" for name, _ in _COUNTED)
    answer = site.store.query(_COUNT.format(classes), use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)  # it is a SELECT
    found = {row["class"].value.removeprefix(CWC): int(row["count"].value) for row in answer}
    return [(found[name], words) for name, words in _COUNTED if name in found]
