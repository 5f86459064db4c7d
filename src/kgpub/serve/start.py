"""The start page: what there is, how much of it, and where to go."""

from __future__ import annotations

from typing import Final

from pyoxigraph import QuerySolutions
from starlette.requests import Request
from starlette.responses import Response

from kgpub.serve.canned import grouped
from kgpub.serve.catalogue import Catalogue
from kgpub.serve.downloads import Downloads
from kgpub.serve.forms import DATA, FORMS
from kgpub.serve.freshness import Freshness
from kgpub.serve.links import start_links
from kgpub.serve.negotiation import choose
from kgpub.serve.pages import DESCRIBED, Pages
from kgpub.serve.site import Site
from kgpub.serve.site_files import SiteFiles
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

    def __init__(self, site: Site, pages: Pages, downloads: Downloads, catalogue: Catalogue, files: SiteFiles) -> None:
        self._site = site
        self._pages = pages
        self._downloads = downloads
        self._catalogue = catalogue
        self._files = files
        self._freshness = Freshness(site.release, catalogue.modified)
        self._counts = _counts(site)

    def respond(self, request: Request) -> Response:
        """Answer with the page, or with the description of the publication where a format of data is asked for."""
        offered = ("html", *DATA) if self._catalogue else ("html",)
        named = request.query_params.get("format", "")
        by_accept = choose(request.headers.get("accept", ""), [FORMS[name] for name in offered])
        form = named if named in offered else next((name for name in DATA if DATA[name] == by_accept), "html")
        if form != "html":
            return self._catalogue.answer(request, form)
        page = self._page(request)
        if self._catalogue:
            links = start_links(self._site, request.scope.get("root_path", ""), self._catalogue.dumps)
            page.headers["Link"] = f"{page.headers['Link']}, {links}"
        return self._freshness.mark(page)

    def _page(self, request: Request) -> Response:
        response = self._files.page(request, "index.html") or self._made(request)
        response.headers["Vary"] = "Accept"
        response.headers["Link"] = DESCRIBED.format(root=request.scope.get("root_path", ""))
        return response

    def _made(self, request: Request) -> Response:
        return self._pages.html(
            request,
            "start.html",
            counts=self._counts,
            groups=grouped(self._site.queries),
            files=self._downloads.names(),
        )


def _counts(site: Site) -> list[tuple[int, str]]:
    classes = " ".join(f"<{CWC}{name}>" for name, _ in _COUNTED)
    answer = site.store.query(_COUNT.format(classes), use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)  # it is a SELECT
    found = {row["class"].value.removeprefix(CWC): int(row["count"].value) for row in answer}
    return [(found[name], words) for name, words in _COUNTED if name in found]
