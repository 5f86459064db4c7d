"""HTML pages: one template environment a site, and how errors are said to people and to programs."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kgpub.errors import KgpubError
from kgpub.serve.guard import Refusal
from kgpub.serve.headers import SECURITY
from kgpub.serve.negotiation import prefers_html
from kgpub.serve.site import Site

__all__ = ["Pages", "Suggestion"]


class Suggestion(HTTPException):
    """Nothing is there, and these paths are near it."""

    def __init__(self, detail: str, near: tuple[str, ...]) -> None:
        super().__init__(404, detail)
        self.near = near


class Pages:
    """Renders the templates of this package for one site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._environment = Environment(
            loader=PackageLoader("kgpub.serve"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._style = (files("kgpub.serve") / "static" / "style.css").read_text("utf-8")

    def html(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page made of a template and its values."""
        return HTMLResponse(self.text(request, template, **values), status, headers={"Vary": "Accept"})

    def text(self, request: Request, template: str, **values: Any) -> str:
        """Return a rendered template; it gets the site, the root path and the values."""
        root = request.scope.get("root_path", "")
        return self._environment.get_template(template).render(site=self._site, root=root, **values)

    def style(self, request: Request) -> Response:
        """Return the one stylesheet."""
        return Response(self._style, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    def error(self, request: Request, error: Exception) -> Response:
        """Say an error: a page to a browser, plain text to everyone else, with the same words and status."""
        status, message, near = _said(error)
        # A bug is answered outside the middleware, so the headers are set here too.
        headers = {**SECURITY, **(dict(error.headers or {}) if isinstance(error, HTTPException) else {})}
        if prefers_html(request.headers.get("accept", "")):
            page = self.html(request, "error.html", status, message=message, near=near)
            page.headers.update(headers)
            return page
        text = message + (f"\nNearest: {', '.join(near)}" if near else "")
        return PlainTextResponse(f"{text}\n", status, headers={**headers, "Vary": "Accept"})


def _said(error: Exception) -> tuple[int, str, tuple[str, ...]]:
    if isinstance(error, Refusal):
        return error.status, error.message, ()
    if isinstance(error, KgpubError):
        return 400, str(error), ()
    if isinstance(error, Suggestion):
        return 404, error.detail, error.near
    if isinstance(error, HTTPException):
        return error.status_code, error.detail, ()
    # A bug of ours: the log has the traceback, the reader gets no inner workings.
    return 500, "Something went wrong here; it is not your request's fault.", ()
