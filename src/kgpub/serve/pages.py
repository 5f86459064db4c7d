"""HTML pages: one template environment a site, and how errors are said to people and to programs."""

from __future__ import annotations

from http import HTTPStatus
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from kgpub.errors import BadParameter, KgpubError
from kgpub.serve.guard import Refusal
from kgpub.serve.headers import SECURITY
from kgpub.serve.negotiation import choose, prefers_html
from kgpub.serve.site import Site

__all__ = ["DESCRIBED", "PROBLEM", "Pages", "Suggestion"]

DESCRIBED: Final = '<{root}/openapi.json>; rel="service-desc"; type="application/vnd.oai.openapi+json"'
"""The header that leads a program from a page to what may be asked (RFC 8631)."""
PROBLEM: Final = "application/problem+json"
_JSON: Final = (
    PROBLEM,
    "application/json",
    "application/sparql-results+json",
    "application/x-ndjson",
    "application/jsonl",
)
"""Whoever takes one of these is told of an error as RFC 9457 has it."""


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
        # Beside pages of the publication those of the service look as they do.
        self._environment.globals["dressed"] = bool(site.dist and (site.dist / "assets" / "site.css").is_file())
        self._style = (files("kgpub.serve") / "static" / "style.css").read_text("utf-8")

    def html(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page made of a template and its values."""
        return HTMLResponse(self.text(request, template, **values), status, headers={"Vary": "Accept"})

    def text(self, request: Request, template: str, **values: Any) -> str:
        """Return a rendered template; it gets the site, the root path, what the address asks, and the values."""
        root = request.scope.get("root_path", "")
        return self._environment.get_template(template).render(
            site=self._site, root=root, here=str(request.query_params), **values
        )

    def style(self, request: Request) -> Response:
        """Return the one stylesheet."""
        return Response(self._style, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    def error(self, request: Request, error: Exception) -> Response:
        """Say an error: a page to a browser, a problem to who reads JSON, text to all others; same words, same status."""
        status, message, near = _said(error)
        # A bug is answered outside the middleware, so the headers are set here too.
        own = error.headers if isinstance(error, HTTPException | Refusal) else None
        headers = {**SECURITY, **(own or {})}
        if isinstance(error, Refusal) and error.reason:
            request.scope.setdefault("kgpub.notes", {})["reason"] = error.reason
        if prefers_html(request.headers.get("accept", "")):
            page = self.html(request, "error.html", status, message=message, near=near)
            page.headers.update(headers)
            return page
        if choose(request.headers.get("accept", ""), ("text/plain", *_JSON)) in _JSON:
            body = _problem(status, message, near, error)
            return JSONResponse(body, status, headers={**headers, "Vary": "Accept"}, media_type=PROBLEM)
        text = message + (f"\nNearest: {', '.join(near)}" if near else "")
        return PlainTextResponse(f"{text}\n", status, headers={**headers, "Vary": "Accept"})


def _problem(status: int, message: str, near: tuple[str, ...], error: Exception) -> dict[str, Any]:
    """Return an error as RFC 9457 has it; `parameter`, `allowed` and `near` are there where it has them."""
    about: dict[str, Any] = {"near": list(near)}
    if isinstance(error, BadParameter):
        about = {"parameter": error.parameter, "allowed": list(error.allowed), "near": list(error.near)}
    known = {name: value for name, value in about.items() if value}
    return {"title": HTTPStatus(status).phrase, "status": status, "detail": message, **known}


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
