"""The service: one table of routes. READ THIS FIRST.

Nothing is written by any route. Queries, canned ones too, run in worker processes (engine.py); handlers of pages are plain
functions, which starlette runs in worker threads, so that neither waits for the other.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from kgpub.errors import KgpubError
from kgpub.serve.assets import Assets
from kgpub.serve.at_once import AtOnce
from kgpub.serve.cache import Cache, CachedAnswers
from kgpub.serve.canned import Canned
from kgpub.serve.catalogue import Catalogue
from kgpub.serve.conformance import Conformance
from kgpub.serve.description import Description
from kgpub.serve.door import Door
from kgpub.serve.downloads import Downloads
from kgpub.serve.engine import Engine
from kgpub.serve.examples import Examples
from kgpub.serve.explaining import Explaining
from kgpub.serve.forked import CAN_FORK, Forked
from kgpub.serve.freshness import Freshness
from kgpub.serve.graph_store import GraphStore
from kgpub.serve.graphs import Graphs
from kgpub.serve.guard import Refusal
from kgpub.serve.headers import SecurityHeaders
from kgpub.serve.health import Health
from kgpub.serve.limits import Limits, read_limits
from kgpub.serve.metrics import Metrics
from kgpub.serve.observe import Log, Observed
from kgpub.serve.openapi import OpenApi
from kgpub.serve.pages import Pages
from kgpub.serve.reconcile.service import Reconciliation
from kgpub.serve.resources import Resources
from kgpub.serve.settings import read_entities
from kgpub.serve.site import Site
from kgpub.serve.site_files import SiteFiles
from kgpub.serve.sparql import Endpoint
from kgpub.serve.start import Start

__all__ = ["CAN_FORK", "Limits", "Log", "Site", "create_app", "read_entities", "read_limits"]

_ANY = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"]
"""Methods that a handler is given although it takes few of them: it says why it refuses."""


def create_app(site: Site, log: Log | None = None, launched: Forked | None = None) -> Starlette:
    """Return the service of one site as an ASGI application: `app.state.engine` runs its queries, `app.state.door` counts
    its connections where the server lets it (connections.py).

    `launched` is a process that loads the data already (early.py).
    """
    pages = Pages(site)
    catalogue = Catalogue(site)
    downloads = Downloads(site, catalogue)
    assets = Assets(downloads)
    examples = Examples(site)
    engine, cache, metrics = Engine(site, launched), Cache(site.limits.cache_bytes), Metrics()
    freshness = Freshness(site.release, catalogue.modified)
    files = SiteFiles(downloads, freshness)
    canned = Canned(site, pages, engine, files)
    explaining = Explaining(site, pages)
    endpoint = Endpoint(site, pages, engine, Description(site), cache, explaining, editor=assets.editor)
    graphs = GraphStore(site, engine)
    door = Door(site.limits)
    health = Health(site, engine, cache, metrics, log, door, explaining.engine)
    reconciliation = Reconciliation(site, pages)
    resources = Resources(site, pages, freshness, files)
    anything = Route("/{path:path}", resources.respond)
    app = Starlette(
        routes=[
            Route("/", Start(site, pages, downloads, catalogue, files).respond),
            Route("/catalogue", catalogue.respond),
            Route("/catalogue.{form}", catalogue.document),
            Route("/.well-known/void", catalogue.well_known),
            Route("/sparql", endpoint.respond, methods=_ANY),
            Route("/sparql/", endpoint.respond, methods=_ANY),
            Route("/graph-store", graphs.respond, methods=_ANY),
            Route("/graph-store/{path:path}", graphs.respond, methods=_ANY),
            Route("/health", health.alive),
            Route("/ready", health.ready),
            Route("/metrics", health.metrics),
            Route("/conformance", Conformance(pages).respond),
            Route("/queries", canned.index),
            # The examples have their IRIs below this address.
            Route("/queries/examples.ttl", examples.respond),
            Route("/queries/{name}", explaining.beside(canned.one)),
            Route("/openapi.json", OpenApi(site).respond),
            Route("/.well-known/sparql-examples", examples.respond),
            Route("/sparql-examples.ttl", examples.turtle),
            Route("/reconcile", reconciliation.respond, methods=["GET", "POST"]),
            Route("/reconcile/suggest/{kind}", reconciliation.suggest),
            Route("/reconcile/flyout/{kind}", reconciliation.flyout),
            Route("/reconcile/properties", reconciliation.properties),
            Route("/reconcile/preview", reconciliation.preview),
            Route("/reconcile/preview.css", reconciliation.style),
            Route("/reconcile/view", reconciliation.view),
            Route("/reconcile/about", reconciliation.about),
            Route("/download/{path:path}", downloads.respond),
            Route("/assets/{name}", assets.respond),
            Route("/static/style.css", pages.style),
            Route("/graph/{path:path}", Graphs(site, pages, resources, freshness).respond),
            anything,
        ],
        middleware=[
            Middleware(Observed, metrics=metrics, log=log),
            # Kept answers have their headers already, so that nothing is left to do for them.
            Middleware(CachedAnswers, cache=cache),
            Middleware(AtOnce, resources=resources, route=anything),
            Middleware(SecurityHeaders),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
                allow_headers=["*"],
            ),
        ],
        exception_handlers=dict.fromkeys((Refusal, KgpubError, HTTPException, Exception), pages.error),
        lifespan=_lifespan(engine, log),
    )
    engine.others.append(explaining.engine)
    app.state.engine = engine
    app.state.door = door
    return app


def _lifespan(engine: Engine, log: Log | None) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await engine.start()
        yield
        await engine.stop()
        if log is not None:
            log.close()

    return lifespan
