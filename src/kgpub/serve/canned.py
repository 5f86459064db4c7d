"""Canned queries over HTTP: a list, a form with pick-lists for each, and its answer as a page or as data, page by page.

How each may be asked stands in /openapi.json (openapi.py)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kgpub.errors import BadParameter, BadQuery
from kgpub.parameters import Parameter, choices
from kgpub.queries import Query, bind, filled, find_query, refuse_elsewhere
from kgpub.results import json_term
from kgpub.serve.encoding import CSV, JSON, LINES, TSV, TURTLE, WRITERS
from kgpub.serve.engine import Engine
from kgpub.serve.guard import Refusal
from kgpub.serve.pages import DESCRIBED, Pages, Suggestion
from kgpub.serve.paging import Page, read_page
from kgpub.serve.pieces import respond
from kgpub.serve.pool import Reply
from kgpub.serve.reading import read_back
from kgpub.serve.site import Site
from kgpub.serve.site_files import SiteFiles
from kgpub.serve.tables import table
from kgpub.serve.wanted import wanted

__all__ = ["FORMATS", "OFFERED", "Canned", "grouped"]

TEXT: Final = "application/sparql-query"
HTML: Final = "text/html"
FORMATS: Final = {"json": JSON, "csv": CSV, "tsv": TSV, "jsonl": LINES, "ttl": TURTLE, "html": HTML, "rq": TEXT}
"""Short names, for the parameter `format`."""
OFFERED: Final = (JSON, "application/json", CSV, TSV, LINES, "application/jsonl", TURTLE, HTML)
"""What an answer may be had in, the one for clients that take anything first."""
_OWN: Final = ("explain", "format", "limit", "offset")
"""Parameters of every query, so that no query has one of these names (queries.RESERVED)."""
_SHOWN: Final = 500
"""Rows of a page for people, where they ask for no other number."""


@dataclass(frozen=True, slots=True)
class _Field:
    """One input of the form: the parameter, the value in it, and what may be chosen."""

    parameter: Parameter
    value: str
    choices: tuple[tuple[str, str], ...]


class Canned:
    """The canned queries of one site. They run in workers as strangers' queries do, under the same limits."""

    def __init__(self, site: Site, pages: Pages, engine: Engine, files: SiteFiles) -> None:
        self._site = site
        self._files = files
        self._pages = pages
        self._engine = engine
        self._picks: dict[Parameter, tuple[tuple[str, str], ...]] = {}

    def index(self, request: Request) -> Response:
        """List the queries, grouped, as a page or as JSON."""
        media_type = wanted(request, FORMATS, ("application/json", "text/html"))
        if media_type == "text/html":
            made = self._files.page(request, "queries.html")
            page = made or self._pages.html(request, "queries.html", groups=grouped(self._site.queries))
            page.headers["Vary"] = "Accept"
            return page
        headers = {"Vary": "Accept", "Link": DESCRIBED.format(root=request.scope.get("root_path", ""))}
        return JSONResponse([_described(query) for query in self._site.queries], headers=headers)

    async def one(self, request: Request) -> Response:
        """Answer one query with the parameters given; a page also where they are missing or wrong."""
        try:
            query = find_query(self._site.queries, request.path_params["name"])
        except BadQuery as error:
            if file := self._files.page(request, f"queries/{request.path_params['name']}"):
                return file
            raise Suggestion(str(error), ()) from error
        asked = _asked(request)
        given = {name: value for name, value in asked.items() if name not in _OWN}
        media_type = wanted(request, FORMATS, (TEXT, HTML) if query.endpoint else OFFERED)
        rows = self._site.limits.rows
        page = read_page(asked, most=rows, usual=_SHOWN if media_type == HTML else rows)
        if media_type == HTML:
            return await self._page(request, query, given, page)
        if query.endpoint and media_type == TEXT:
            text = await self._elsewhere(request, query, given)
            return Response(text, media_type=media_type, headers={"Vary": "Accept"})
        if media_type not in WRITERS:
            formats = ", ".join(name for name, kind in FORMATS.items() if kind != TEXT)
            raise Refusal(400, f"{query.name} is answered here; its text is on its page. Formats: {formats}.")
        refuse_elsewhere(query)
        head, body = await self._ask(request, query, given, page, media_type)
        headers = {"Vary": "Accept", **page.given(head).headers(asked, head["total"])}
        return respond(body, head["rows"], media_type, headers)

    async def _page(self, request: Request, query: Query, given: dict[str, str], page: Page) -> Response:
        error, reply, status, elsewhere = "", None, 200, ""
        try:
            if query.endpoint:
                elsewhere = await self._elsewhere(request, query, given)
            elif not any(_is_empty(parameter, given) for parameter in query.parameters):
                reply = await self._ask(request, query, given, replace(page, asked=True), JSON)
        except BadParameter as problem:
            error, status = str(problem), 400
        shown = partial(self._shown, request, query, given, page)
        return await run_in_threadpool(shown, reply, status, error=error, elsewhere=elsewhere)

    def _shown(
        self,
        request: Request,
        query: Query,
        given: dict[str, str],
        page: Page,
        reply: Reply | None,
        status: int,
        **words: str,
    ) -> Response:
        head, body = reply or ({"total": 0, "rows": page.limit, "truncated": False, "shape": ""}, b"")
        page, total, shape = page.given(head), head["total"], head["shape"]
        result = read_back(body, query.columns) if shape in ("table", "boolean") else None
        response = self._pages.html(
            request,
            "query.html",
            status,
            query=query,
            fields=[self._field(parameter, given) for parameter in query.parameters],
            table=table(result, self._site, request.scope.get("root_path", ""))
            if result and shape == "table"
            else None,
            total=total,
            page=page,
            links=page.links(request.query_params, total),
            boolean=result.boolean if result else None,
            downloads=_downloads(request, shape),
            sparql=_without_header(query.text),
            **words,
        )
        if reply:
            response.headers.update(page.headers(request.query_params, total))
        return response

    async def _ask(
        self, request: Request, query: Query, given: dict[str, str], page: Page, media_type: str, text: str = ""
    ) -> Reply:
        """Return a worker's answer to a query, or to another text with the same parameters."""
        # Whether an IRI is there is looked up, and with a wrong one a pick-list is made: others need not wait for that.
        terms = await run_in_threadpool(bind, query, given, base=self._site.base, store=self._site.store)
        job = {
            "query": text or query.text,
            "bound": {variable.value: json_term(value) for variable, value in terms.items()},
            "columns": [] if text else [column.name for column in query.columns],
            "offset": page.offset,
            "limit": page.limit,
            "asked": page.asked,
            "accept": media_type,
            "bytes": self._site.limits.answer_bytes,
        }
        return await self._engine.ask(request, job)

    async def _elsewhere(self, request: Request, query: Query, given: dict[str, str]) -> str:
        """Return the text of a query for another endpoint, filled in."""
        rows = Page(self._site.limits.rows, 0, asked=True)
        head, body = await self._ask(request, query, given, rows, JSON, query.fill)
        if head["rows"] < head["total"]:
            raise Refusal(503, f"{head['total']:,} rows would be filled in; at most {head['rows']:,} fit here.")
        return filled(query, read_back(body))

    def _field(self, parameter: Parameter, given: dict[str, str]) -> _Field:
        value = given.get(parameter.name, parameter.default or "")
        # A release does not change while it is served, and neither does what may be chosen.
        if (allowed := self._picks.get(parameter)) is None:
            allowed = self._picks[parameter] = choices(self._site.store, parameter, base=self._site.base)
        known = {key.rpartition("/")[2]: key for key, _ in allowed}
        # The pick-list holds paths; an address may hold the bare id.
        return _Field(parameter, known.get(value, value), allowed)


def grouped(queries: tuple[Query, ...]) -> list[tuple[str, list[Query]]]:
    """Return the queries by the group that their header names, groups and titles in alphabetical order."""
    ordered = sorted(queries, key=lambda query: (query.group, query.title))
    return [(name or "other", list(group)) for name, group in groupby(ordered, key=lambda query: query.group)]


def _asked(request: Request) -> dict[str, str]:
    asked = dict(request.query_params)
    if twice := sorted(name for name in asked if len(request.query_params.getlist(name)) > 1):
        raise Refusal(400, f"{', '.join(twice)[:100]} stands twice in the address: give each parameter once.")
    return asked


def _described(query: Query) -> dict[str, object]:
    return {
        "name": query.name,
        "title": query.title,
        "question": query.question,
        "parameters": [
            {"name": each.name, "label": each.label, "type": each.type, "default": each.default}
            for each in query.parameters
        ],
        "columns": [{"name": column.name, "label": column.label} for column in query.columns],
        **({"endpoint": query.endpoint} if query.endpoint else {}),
    }


def _is_empty(parameter: Parameter, given: dict[str, str]) -> bool:
    """Return whether a parameter that must have a value has none: not given without a default, or given empty."""
    return not parameter.optional and not given.get(parameter.name, parameter.default or "").strip()


def _downloads(request: Request, shape: str) -> list[tuple[str, str]]:
    if not shape:
        return []
    names = ("ttl", "json") if shape == "graph" else ("csv", "tsv", "json", "jsonl")
    whole = request.url.remove_query_params(["limit", "offset"])
    return [(name, f"?{whole.include_query_params(format=name).query}") for name in names]


def _without_header(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()
