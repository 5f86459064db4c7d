"""Workers that run nothing themselves: each hands its job on to a triple store and makes a worker's answer of what comes.

They stand where forked workers stand (nursery.py), so that the queue, the turns of clients, the limits of time and the
stopping of the service are the pool's, as without a store behind it.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Mapping
from typing import Any, Final

import httpx

from kgpub.errors import BadQuery
from kgpub.serve import wire
from kgpub.serve.endpoint import words
from kgpub.serve.endpoint.address import Address
from kgpub.serve.endpoint.question import Question, question
from kgpub.serve.endpoint.reply import Received, reply
from kgpub.serve.guard import Refusal
from kgpub.serve.limits import Limits
from kgpub.serve.nursery import Worker

__all__ = ["Forwarding"]

Answer = tuple[dict[str, Any], bytes]
_BEAT: Final = 2.0
"""Seconds between two looks whether the store answers."""
_CONNECT: Final = 5.0


class Forwarding:
    """The workers before one store."""

    def __init__(self, address: Address, limits: Limits) -> None:
        self._address = address
        self._limits = limits
        self._numbers = itertools.count(1)
        self._client: httpx.AsyncClient | None = None
        self._beat: asyncio.Task[None] | None = None
        self._up = False

    @property
    def ready(self) -> bool:
        """Whether the store answered when it was last asked."""
        return self._up

    async def start(self) -> None:
        """Open the client and begin to look whether the store answers."""
        if self._client is None:
            # The pool ends what takes longer than its limit; this one is behind it. Proxies are not for a store of ours.
            timeout = httpx.Timeout(self._limits.answer_seconds + _CONNECT, connect=_CONNECT)
            places = httpx.Limits(max_connections=None, max_keepalive_connections=self._limits.workers + 2)
            auth = self._address.auth
            self._client = httpx.AsyncClient(auth=auth, timeout=timeout, limits=places, trust_env=False)
            await self._look()
            self._beat = asyncio.create_task(self._watch())

    async def loaded(self) -> None:
        """Return at once: a query to a store that is down is told so, and does not wait."""

    async def worker(self) -> Worker:
        """Return a new worker."""
        return _Forwarder(next(self._numbers), self)

    def kill(self, worker: Worker) -> None:
        """End what a worker waits for; the store sees its connection closed."""
        worker.close()
        worker.ended(-9)

    def defer(self, worker: Worker) -> None:
        """Do nothing: the store knows no order among queries."""

    async def stop(self) -> None:
        """Close the connections."""
        if self._beat is not None:
            self._beat.cancel()
        if self._client is not None:
            await self._client.aclose()

    async def answer(self, job: Mapping[str, Any]) -> Answer:
        """Return a worker's answer to a job, or in its place what is wrong with the store."""
        try:
            asked = question(job, self._address)
            received = await self._received(asked, job)
        except (Refusal, BadQuery) as error:
            status = error.status if isinstance(error, Refusal) else 400
            return {"status": status, "message": getattr(error, "message", str(error))}, b""
        except httpx.TransportError as error:
            self._up = self._up and not isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)
            status, message = words.broken(error)
            return {"status": status, "message": message, "reason": "store"}, b""
        try:
            return await asyncio.to_thread(reply, job, asked.shape, received)
        except (ValueError, SyntaxError, KeyError, TypeError):
            message = f"The triple store sent no {asked.accept}. Whoever runs this service: is --endpoint its address?"
            return {"status": 502, "message": message, "reason": "store"}, b""

    async def _received(self, asked: Question, job: Mapping[str, Any]) -> Received:
        assert self._client is not None  # started
        received = Received(asked.shape, job)
        # As a form: Virtuoso 7.2.5 never answers a query sent as a body of its own.
        form: dict[str, list[str]] = {}
        for name, value in asked.fields:
            form.setdefault(name, []).append(value)
        sent = self._client.stream("POST", self._address.url, data=form, headers={"Accept": asked.accept})
        async with sent as answer:
            if answer.status_code != 200:
                raise Refusal(*words.refused(answer.status_code, await _beginning(answer)), reason="store")
            async for data in answer.aiter_bytes():
                if not received.add(data):
                    break
            # Virtuoso cuts answers where its ResultSetMaxRows says so, and tells it here.
            received.truncated = received.truncated or "x-sparql-maxrows" in answer.headers
        self._up = True
        return received

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_BEAT)
            await self._look()

    async def _look(self) -> None:
        assert self._client is not None  # started
        with contextlib.suppress(httpx.TransportError):
            asked = {"query": "ASK { ?s ?p ?o }"}
            headers = {"Accept": "application/sparql-results+json"}
            answer = await self._client.post(self._address.url, data=asked, headers=headers, timeout=_CONNECT)
            self._up = answer.status_code == 200
            return
        self._up = False


class _Forwarder(Worker):
    """One place before the store."""

    def __init__(self, number: int, nursery: Forwarding) -> None:
        self.number = number
        self.pid = 0
        self.gone: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._nursery = nursery
        self._task: asyncio.Task[Answer] | None = None

    async def ask(self, job: bytes) -> Answer | None:
        """Hand a job on and return the answer, None where the worker was ended meanwhile."""
        self._task = asyncio.create_task(self._nursery.answer(wire.unpacked(job)))
        try:
            return await self._task
        except asyncio.CancelledError:
            if self.gone.done():
                return None
            self._task.cancel()
            raise

    def close(self) -> None:
        """Break off what is under way."""
        if self._task is not None:
            self._task.cancel()


async def _beginning(answer: httpx.Response) -> bytes:
    data = bytearray()
    async for piece in answer.aiter_bytes():
        data += piece
        if len(data) > 2_000:
            break
    return bytes(data)
