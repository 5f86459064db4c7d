"""The service: one table of routes. READ THIS FIRST.

Nothing is written by any route. Handlers that touch the store are plain functions, which starlette runs in worker threads;
the SPARQL endpoint does the same by hand, as it reads the request's body first.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from kgpub.errors import KgpubError
from kgpub.serve.canned import Canned
from kgpub.serve.downloads import Downloads
from kgpub.serve.guard import Limits, Refusal
from kgpub.serve.headers import SecurityHeaders
from kgpub.serve.pages import Pages
from kgpub.serve.reconcile.service import Reconciliation
from kgpub.serve.resources import Resources
from kgpub.serve.site import Site
from kgpub.serve.sparql import Endpoint
from kgpub.serve.start import Start

__all__ = ["Limits", "Site", "create_app"]


def create_app(site: Site) -> Starlette:
    """Return the service of one site as an ASGI application."""
    pages = Pages(site)
    downloads = Downloads(site)
    canned = Canned(site, pages)
    reconciliation = Reconciliation(site, pages)
    return Starlette(
        routes=[
            Route("/", Start(site, pages, downloads).respond),
            Route("/sparql", Endpoint(site, pages).respond, methods=["GET", "POST"]),
            Route("/queries", canned.index),
            Route("/queries/{name}", canned.one),
            Route("/reconcile", reconciliation.respond, methods=["GET", "POST"]),
            Route("/reconcile/suggest/{kind}", reconciliation.suggest),
            Route("/reconcile/flyout/{kind}", reconciliation.flyout),
            Route("/reconcile/properties", reconciliation.properties),
            Route("/reconcile/preview", reconciliation.preview),
            Route("/reconcile/preview.css", reconciliation.style),
            Route("/reconcile/view", reconciliation.view),
            Route("/reconcile/about", reconciliation.about),
            Route("/download/{path:path}", downloads.respond),
            Route("/static/style.css", pages.style),
            Route("/{path:path}", Resources(site, pages).respond),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["Accept", "Content-Type"],
            ),
        ],
        exception_handlers=dict.fromkeys((Refusal, KgpubError, HTTPException, Exception), pages.error),
    )
