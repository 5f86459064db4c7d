"""Empty answers explained over HTTP: `explain=1` beside any query of /sparql and /queries/NAME.

The explanation is made in a process of its own (explainer.py), one at a time, behind a short queue and with limits of its own; it
is started by the first request for one. `why` is where an empty answer leads.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kgpub.queries import Query, bind
from kgpub.serve.engine import Engine
from kgpub.serve.guard import Refusal
from kgpub.serve.limits import Limits
from kgpub.serve.nursery import Worker
from kgpub.serve.pages import Pages
from kgpub.serve.protocol import Asked
from kgpub.serve.refusals import refusal
from kgpub.serve.site import Site
from kgpub.serve.unforked import Spawned
from kgpub.serve.wanted import wanted

__all__ = ["Explaining", "help_link", "is_wanted", "why"]

_FORMATS: Final = {"json": "application/json", "txt": "text/plain", "html": "text/html"}
_OFFERED: Final = ("application/json", "text/plain", "text/html")
_OWN: Final = ("explain", "format", "limit", "offset")
_LONGEST: Final = 4_000
"""Characters of an address that is linked to: what is longer, servers on the way may refuse."""

Handler = Callable[[Request], Any]


class _Explainers(Spawned):
    """Makes processes that explain: each loads the data, and is there once it has."""

    def __init__(self, site: Site) -> None:
        super().__init__(site.store, site.source, site.limits.memory_mb << 20, "kgpub.serve.explainer")
        self._limits = site.limits

    async def worker(self) -> Worker:
        """Start a process, and wait until it has loaded: that is not the time of the query."""
        worker = await super().worker()
        try:
            await asyncio.wait_for(worker.hear(), self._limits.queue_seconds)
        except TimeoutError:
            self.kill(worker)
            raise refusal("loading", self._limits) from None
        except asyncio.CancelledError:
            self.kill(worker)
            raise
        return worker


class Explaining:
    """The explanations of one site."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self._site = site
        self._pages = pages
        limited = replace(site, limits=_limits(site.limits))
        self.engine = Engine(limited, nursery=lambda: _Explainers(limited))

    @property
    def offered(self) -> bool:
        """Whether there are explanations: not where a triple store has the data and this process has none."""
        return self._site.endpoint is None

    async def sparql(self, request: Request, asked: Asked, job: Mapping[str, Any]) -> Response:
        """Answer why a query of the endpoint has no rows; `job` is what a worker would be asked."""
        media_type = wanted(request, _FORMATS, _OFFERED, asked.format)
        said = await self._explained(request, {name: job[name] for name in ("query", "base", "default", "named")})
        root = request.scope.get("root_path", "")

        def href(mended: Mapping[str, Any]) -> str:
            return _sparql_address(root, replace(asked, query=mended["query"])) if mended.get("query") else ""

        back = _sparql_address(root, asked)
        return self._answer(request, media_type, said, href, title="SPARQL", back=back, sparql=asked.query or "")

    def beside(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Return the handler of the canned queries with explanations: for who asks for one, and led to by an empty answer."""

        async def respond(request: Request) -> Response:
            query = next((one for one in self._site.queries if one.name == request.path_params["name"]), None)
            asked = request.query_params
            if query is not None and is_wanted(asked.get("explain")) and len(asked.multi_items()) == len(asked):
                return await self._canned(request, query)
            # What is not there, or given twice, is refused by the handler; so it says the same of all requests.
            response: Response = await _called(handler, request)
            if self.offered and response.headers.get("X-Total-Count") == "0":
                rest = [(name, value) for name, value in asked.multi_items() if name not in _OWN]
                response.headers.append("Link", help_link("?" + urlencode([*rest, ("explain", "1")])))
            return response

        return respond

    async def _canned(self, request: Request, query: Query) -> Response:
        media_type = wanted(request, _FORMATS, _OFFERED)
        given = {name: value for name, value in request.query_params.items() if name not in _OWN}
        # What does not fit is refused as without an explanation.
        await run_in_threadpool(bind, query, given, base=self._site.base, store=self._site.store)
        said = await self._explained(request, {"file": query.file, "text": query.text, "given": given})
        here = f"{request.scope.get('root_path', '')}/queries/{query.name}"

        def href(mended: Mapping[str, Any]) -> str:
            return _short(here, [*{**given, **mended["given"]}.items()]) if mended.get("given") else ""

        back = _short(here, [*given.items()])
        return self._answer(request, media_type, said, href, title=query.title, back=back, sparql="")

    async def _explained(self, request: Request, job: Mapping[str, Any]) -> dict[str, Any]:
        if not self.offered:
            raise Refusal(
                501, "A triple store answers here, and explanations need the data: ask `kgpub sparql --explain`."
            )
        try:
            _, body = await self.engine.ask(request, {**job, "names": self._site.base})
        except Refusal as refused:
            raise _said(refused, self._site.limits) from None
        explanation: dict[str, Any] = json.loads(body)
        return explanation

    def _answer(
        self,
        request: Request,
        media_type: str,
        said: dict[str, Any],
        href: Callable[[Mapping[str, Any]], str],
        **shown: Any,
    ) -> Response:
        text = said.pop("text")
        for mended in [said, *(one for culprit in said["culprits"] for one in culprit["suggestions"])]:
            if address := href(mended):
                mended["href"] = address
        if media_type == "text/html":
            response = self._pages.html(request, "explain.html", 200, said=said, **shown)
        elif media_type == "application/json":
            response = JSONResponse(said)
        else:
            response = PlainTextResponse(text)
        response.headers["Vary"] = "Accept"
        if not said["complete"]:
            # With more time there would be more to say, so this one is not kept.
            response.headers["Cache-Control"] = "no-store"
        return response


def is_wanted(value: str | None) -> bool:
    """Return whether a value of the parameter `explain` asks for an explanation; raise Refusal for one that is no yes or no."""
    if value in ("1", "true"):
        return True
    if value in (None, "", "0", "false"):
        return False
    raise Refusal(400, f"explain={value[:40]} is not taken. Give explain=1 to be told why there are no rows.")


def why(root: str, asked: Asked) -> str:
    """Return the address at which an empty answer of the endpoint is explained; nothing where it would be too long."""
    return _sparql_address(root, asked, ("explain", "1"))


def help_link(address: str) -> str:
    """Return an address as the value of a Link header that leads to help (https://www.iana.org/assignments/link-relations)."""
    return f'<{address}>; rel="help"; title="Why is nothing found?"'


def _sparql_address(root: str, asked: Asked, *more: tuple[str, str]) -> str:
    fields = [("query", asked.query or ""), *(("default-graph-uri", one) for one in asked.default_graphs)]
    return _short(f"{root}/sparql", [*fields, *(("named-graph-uri", one) for one in asked.named_graphs), *more])


def _short(path: str, fields: list[tuple[str, str]]) -> str:
    address = f"{path}?{urlencode(fields)}" if fields else path
    return address if len(address) <= _LONGEST else ""


async def _called(handler: Handler, request: Request) -> Any:
    return await handler(request) if inspect.iscoroutinefunction(handler) else await run_in_threadpool(handler, request)


def _limits(limits: Limits) -> Limits:
    """One process that never moves to a slow place, as it yields to all others anyhow."""
    return replace(
        limits,
        workers=1,
        slow_workers=0,
        answer_seconds=limits.explain_seconds,
        patience_seconds=limits.explain_seconds,
        memory_mb=limits.explain_memory_mb,
        queue=limits.explain_queue,
        client_queue=max(1, limits.explain_queue // 2),
    )


def _said(refused: Refusal, limits: Limits) -> Refusal:
    """A refusal of the pool in the words of an explanation; any other as it is."""
    long = (
        f"The explanation took longer than {limits.explain_seconds:g} seconds, the limit here (explain_seconds), and was "
        "stopped: one of the questions that it asks takes too long. Explain a part of the query."
    )
    words = {
        "slow": long,
        "cpu": long,
        "memory": (
            f"The explanation needed more than {limits.explain_memory_mb} MB of memory, the limit here (explain_memory_mb), "
            "and was stopped. Explain a part of the query."
        ),
        "full": (
            f"Too many explanations wait for their turn: at most {limits.explain_queue} (explain_queue), and of one client "
            "half as many. Try again in a few seconds."
        ),
        "waited": f"The explanation waited {limits.queue_seconds:g} seconds for its turn. Try again later.",
        "died": "The process that explains broke off on this query. Explain a part of it.",
    }
    message = words.get(refused.reason)
    return Refusal(refused.status, message, reason=refused.reason, headers=refused.headers) if message else refused
