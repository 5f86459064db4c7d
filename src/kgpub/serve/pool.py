"""Running queries in workers: who waits, who runs, for how long, and what is said when a worker dies.

A query begins in one of a few fast places. One that is not done after a little patience moves to a slow place, where its
worker yields to all others, so that quick queries are answered however many endless ones run. At its time limit a query is
killed with its worker. All of it happens on one event loop, so nothing here needs a lock.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kgpub.serve import wire
from kgpub.serve.fairness import FairQueue
from kgpub.serve.guard import Refusal
from kgpub.serve.limits import Limits
from kgpub.serve.nursery import Nursery, Worker
from kgpub.serve.refusals import refusal

__all__ = ["Pool", "Reply"]

_SPARE: Final = 2
"""How many workers are kept for the next queries beyond the fast places."""
_FROM_OUTSIDE: Final = (-signal.SIGTERM, -getattr(signal, "SIGKILL", 9))

Reply = tuple[dict[str, Any], bytes]


@dataclass(eq=False, slots=True)
class _Ticket:
    """One query on its way: its place is 'fast' or 'slow' while it runs."""

    job: bytes
    client: int
    turn: asyncio.Future[None]
    place: str = ""
    began: float = 0.0
    worker: Worker | None = None
    stopped: str = ""
    overdue: bool = False


@dataclass(slots=True)
class _Tally:
    """What the metrics tell of the pool."""

    outcomes: Counter[str] = field(default_factory=Counter)
    deaths: Counter[str] = field(default_factory=Counter)


class Pool:
    """The workers of one service and the queue before them."""

    def __init__(self, nursery: Nursery, limits: Limits) -> None:
        self._nursery = nursery
        self._limits = limits
        self._queue: FairQueue[_Ticket] = FairQueue(limits.queue, limits.client_queue)
        self._idle: list[Worker] = []
        self._running: set[_Ticket] = set()
        self._places: Counter[str] = Counter()
        self._stopping = False
        self.tally = _Tally()

    @property
    def ready(self) -> bool:
        """Whether the store is loaded and queries are taken."""
        return self._nursery.ready and not self._stopping

    def gauges(self) -> Mapping[str, int]:
        """Return how many wait, run fast and slow, and idle."""
        return {
            "waiting": len(self._queue),
            "fast": self._places["fast"],
            "slow": self._places["slow"],
            "idle": len(self._idle),
        }

    async def start(self) -> None:
        """Start loading the store."""
        await self._nursery.start()

    def drain(self) -> None:
        """Take no more queries, and end those that still run after the time that the limits give them."""
        self._stopping = True
        asyncio.get_running_loop().call_later(self._limits.drain_seconds, self._give_up)

    async def stop(self) -> None:
        """End everything; no process is left."""
        self._stopping = True
        self._give_up()
        self._idle.clear()
        await self._nursery.stop()

    async def run(self, job: Mapping[str, Any], client: int) -> Reply:
        """Return the answer to a job; raise Refusal (503) where there is no room, no time, or no memory for it."""
        if self._stopping:
            raise self._refusal("stopping")
        await self._loaded()
        asked = {**job, "seconds": self._limits.answer_seconds}
        ticket = _Ticket(wire.packed(asked), client, asyncio.get_running_loop().create_future())
        await self._take_turn(ticket)
        try:
            reply = await self._attend(ticket)
        finally:
            self._leave(ticket)
        self.tally.outcomes["answered"] += 1
        return reply

    async def _loaded(self) -> None:
        # The time that the store takes to load is not the query's.
        if not self._nursery.ready:
            try:
                await asyncio.wait_for(self._nursery.loaded(), self._limits.queue_seconds)
            except TimeoutError:
                raise self._refusal("loading") from None

    async def _take_turn(self, ticket: _Ticket) -> None:
        if not self._queue.push(ticket.client, ticket):
            raise self._refusal("full")
        self._dispatch()
        try:
            # A place that is free is taken at once; the timer is for those that wait.
            if not ticket.turn.done():
                await asyncio.wait_for(asyncio.shield(ticket.turn), self._limits.queue_seconds)
        except TimeoutError:
            self._queue.remove(ticket.client, ticket)
            self._leave(ticket)
            raise self._refusal("waited") from None
        except asyncio.CancelledError:
            self._queue.remove(ticket.client, ticket)
            self._leave(ticket)
            raise

    def _dispatch(self) -> None:
        while len(self._queue) and self._places["fast"] < self._limits.workers:
            ticket = self._queue.pop()
            self._places["fast"] += 1
            ticket.place, ticket.began = "fast", time.monotonic()
            self._running.add(ticket)
            ticket.turn.set_result(None)

    def _leave(self, ticket: _Ticket) -> None:
        if ticket.place:
            self._places[ticket.place] -= 1
            ticket.place = ""
        self._running.discard(ticket)
        self._promote()
        self._dispatch()

    def _promote(self) -> None:
        """Move queries that have had their patience to the slow places that are free, the longest running first."""
        late = sorted((one for one in self._running if one.overdue and one.place == "fast"), key=lambda one: one.began)
        for ticket in late[: max(0, self._limits.slow_workers - self._places["slow"])]:
            self._places["fast"] -= 1
            self._places["slow"] += 1
            ticket.place = "slow"
            if ticket.worker is not None:
                self._nursery.defer(ticket.worker)

    async def _attend(self, ticket: _Ticket) -> Reply:
        """Run a query; one whose worker is killed by somebody else is run once more."""
        for last in (False, True):
            worker = ticket.worker = await self._worker()
            reply = await self._asked(ticket, worker)
            if reply is not None:
                if reply[0].get("memory"):
                    self._nursery.kill(worker)
                    raise self._refusal("memory")
                self._rest(ticket, worker)
                return reply
            status = await self._cause(worker)
            if ticket.stopped:
                raise self._refusal(ticket.stopped)
            self.tally.deaths[str(status)] += 1
            if status not in _FROM_OUTSIDE or last:
                raise self._refusal("cpu" if status == -24 else "memory" if status in (-6, 1) else "died")
        raise AssertionError("the loop ends by itself")

    async def _asked(self, ticket: _Ticket, worker: Worker) -> Reply | None:
        asking = asyncio.create_task(worker.ask(ticket.job))
        patience, limit = self._limits.patience_seconds, self._limits.answer_seconds
        try:
            done, _ = await asyncio.wait({asking}, timeout=min(patience, limit))
            if not done and patience < limit:
                ticket.overdue = True
                self._promote()
                self._dispatch()
                done, _ = await asyncio.wait({asking}, timeout=limit - patience)
            if not done:
                self._stop(ticket, "slow")
            return await asking
        except asyncio.CancelledError:
            asking.cancel()
            self._nursery.kill(worker)
            raise

    async def _worker(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.gone.done():
                return worker
        return await self._nursery.worker()

    def _rest(self, ticket: _Ticket, worker: Worker) -> None:
        # A worker that yields to others stays so: only root could raise it again.
        if ticket.place == "slow" or len(self._idle) >= self._limits.workers + _SPARE:
            self._nursery.kill(worker)
        else:
            self._idle.append(worker)

    async def _cause(self, worker: Worker) -> int:
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(worker.gone), 5)
        self._nursery.kill(worker)
        return -9

    def _stop(self, ticket: _Ticket, why: str) -> None:
        ticket.stopped = ticket.stopped or why
        if ticket.worker is not None:
            self._nursery.kill(ticket.worker)

    def _give_up(self) -> None:
        while len(self._queue):
            self._queue.pop().turn.set_exception(self._refusal("stopping"))
        for ticket in self._running:
            self._stop(ticket, "stopping")

    def _refusal(self, why: str) -> Refusal:
        self.tally.outcomes[why] += 1
        return refusal(why, self._limits)
