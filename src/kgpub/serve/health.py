"""What a machine asks of the service: whether it lives, whether it is ready, and its numbers."""

from __future__ import annotations

import time
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kgpub.serve.cache import Cache
from kgpub.serve.door import Door
from kgpub.serve.engine import Engine
from kgpub.serve.metrics import Metrics, family
from kgpub.serve.observe import Log
from kgpub.serve.pool import Pool
from kgpub.serve.site import Site

__all__ = ["Health"]


class Health:
    """The routes /health, /ready and /metrics."""

    def __init__(
        self,
        site: Site,
        engine: Engine,
        cache: Cache,
        metrics: Metrics,
        log: Log | None,
        door: Door,
        explainers: Engine,
    ) -> None:
        self._site = site
        self._engine = engine
        self._cache = cache
        self._metrics = metrics
        self._explainers = explainers
        self._log = log
        self._door = door
        self._began = time.time()
        self._quads = len(site.store)  # counted anew each time it is asked

    async def alive(self, request: Request) -> Response:
        """Say that the process answers."""
        return JSONResponse({"status": "alive", "version": self._site.version}, headers={"Cache-Control": "no-store"})

    async def ready(self, request: Request) -> Response:
        """Say whether queries are answered: 503 while the data is loading and while the service is being stopped."""
        ready = self._engine.ready
        status = {"status": "ready" if ready else "not ready", "quads": self._quads}
        return JSONResponse(status, 200 if ready else 503, headers={"Cache-Control": "no-store"})

    async def metrics(self, request: Request) -> Response:
        """Give the numbers in the text format of Prometheus."""
        text = "\n".join((*self._metrics.lines(), *self._own(), ""))
        return Response(text, media_type="text/plain; version=0.0.4", headers={"Cache-Control": "no-store"})

    def _own(self) -> Iterable[str]:
        cache, log = self._cache, self._log
        yield from family("kgpub_start_time_seconds", "gauge", "When the service was started.", [((), self._began)])
        yield from family("kgpub_ready", "gauge", "Whether queries are answered.", [((), int(self._engine.ready))])
        yield from family("kgpub_quads", "gauge", "Statements in all graphs.", [((), self._quads)])
        yield from family("kgpub_cache_bytes", "gauge", "Bytes of the answers kept.", [((), cache.bytes)])
        hits = {(("found", "yes"),): cache.hits, (("found", "no"),): cache.misses}
        yield from family("kgpub_cache_lookups_total", "counter", "Looks into the cache.", hits.items())
        dropped = [((), log.dropped if log else 0)]
        yield from family("kgpub_log_dropped_total", "counter", "Lines of the log that nobody read.", dropped)
        yield from family("kgpub_connections", "gauge", "Connections open.", [((), len(self._door.open))])
        cut = {(("limit", limit),): number for limit, number in self._door.cut.items()}
        yield from family("kgpub_connections_cut_total", "counter", "Connections cut off at a limit.", cut.items())
        yield from _of_pool(self._engine.pool, "queries", "worker", "Workers")
        yield from _of_pool(self._explainers.pool, "explanations", "explainer", "Processes that explain")


def _of_pool(pool: Pool | None, what: str, who: str, said: str) -> Iterable[str]:
    if pool is None:
        return
    places = {(("state", state),): number for state, number in pool.gauges().items()}
    words = f"{what.capitalize()} waiting and running, and idle {said.lower()}."
    yield from family(f"kgpub_{what}", "gauge", words, places.items())
    outcomes = {(("outcome", outcome),): number for outcome, number in pool.tally.outcomes.items()}
    yield from family(f"kgpub_{what}_total", "counter", f"{what.capitalize()} by what came of them.", outcomes.items())
    deaths = {(("status", status),): number for status, number in pool.tally.deaths.items()}
    yield from family(f"kgpub_{who}_deaths_total", "counter", f"{said} that died by themselves.", deaths.items())
