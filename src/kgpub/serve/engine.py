"""The engine of one site behind its pool of workers: what SPARQL and the graph store ask, and who asks."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from starlette.requests import Request

from kgpub.serve import forked
from kgpub.serve.guard import Refusal
from kgpub.serve.nursery import Nursery
from kgpub.serve.pool import Pool, Reply
from kgpub.serve.site import Site
from kgpub.serve.unforked import Spawned

__all__ = ["Engine", "Gone"]

_WATCH_AFTER: Final = 0.25
"""Seconds after which it is looked whether the client is still there: most answers are faster."""


class Gone(Exception):
    """The client has gone away; nobody waits for an answer."""


class Engine:
    """Runs jobs for requests. It is started with the service, or by the first query where there is no such moment.

    `launched` is a nursery that loads already; `nursery` makes other workers, for work that is not a site's queries.
    """

    def __init__(
        self, site: Site, launched: forked.Forked | None = None, nursery: Callable[[], Nursery] | None = None
    ) -> None:
        self._site = site
        self._made = nursery
        self._pool: Pool | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._salt = os.urandom(16)
        self._launched = launched
        self.others: list[Engine] = []
        """Those that end with this one; each is started by the first that asks it."""

    @property
    def ready(self) -> bool:
        """Whether queries are answered at once."""
        return self._pool is not None and self._pool.ready

    @property
    def pool(self) -> Pool | None:
        """The pool, once it is started."""
        return self._pool

    async def start(self) -> Pool:
        """Start the workers' nursery and return the pool."""
        loop = asyncio.get_running_loop()
        if self._pool is None or self._loop is not loop:
            self._loop = loop
            launched, self._launched = self._launched, None
            self._pool = Pool(launched or self._nursery(), self._site.limits)
            await self._pool.start()
        return self._pool

    def _nursery(self) -> Nursery:
        if self._made is not None:
            return self._made()
        if self._site.endpoint is not None:
            # The client of a store is loaded where there is one: the start need not wait for it.
            from kgpub.serve.endpoint.forward import Forwarding

            return Forwarding(self._site.endpoint, self._site.limits)
        kind = forked.Forked if forked.CAN_FORK else Spawned
        return kind(self._site.store, self._site.source, self._site.limits.memory_mb << 20)

    def drain(self) -> None:
        """Take no more queries; those that run have their last seconds."""
        if self._pool is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._pool.drain)
        for other in self.others:
            other.drain()

    async def stop(self) -> None:
        """End all workers."""
        if self._pool is not None and self._loop is asyncio.get_running_loop():
            await self._pool.stop()
        for other in self.others:
            await other.stop()
        if self._site.endpoint is not None and (close := getattr(self._site.store, "close", None)):
            close()

    async def ask(self, request: Request, job: Mapping[str, Any]) -> Reply:
        """Return the answer to a request's job; raise Refusal for what is refused, Gone where the client has left."""
        pool = await self.start()
        head, body = await _while_there(request, pool.run(job, self._client(request)))
        if head["status"] != 200:
            raise Refusal(head["status"], head["message"], reason=head.get("reason", ""))
        notes = request.scope.setdefault("kgpub.notes", {})
        notes["rows"] = head.get("rows")
        if head.get("truncated"):
            notes["reason"] = "truncated"
        return head, body

    def _client(self, request: Request) -> int:
        # Known for its turn in the queue only: salted anew at every start, and written nowhere.
        return hash((self._salt, request.client.host if request.client else ""))


async def _while_there(request: Request, work: Awaitable[Reply]) -> Reply:
    """Return what `work` returns; end it where the client hangs up."""
    working = asyncio.ensure_future(work)
    leaving: asyncio.Task[None] | None = None
    try:
        await asyncio.wait({working}, timeout=_WATCH_AFTER)
        if not working.done():
            leaving = asyncio.create_task(_left(request))
            await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Gone
        return working.result()
    finally:
        for task in (working, leaving):
            if task is not None and not task.done():
                task.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
