"""Canned queries over HTTP: a list, a form with pick-lists for each, and its answer as a page or as data, page by page.

How each may be asked stands in /openapi.json (openapi.py)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kgpub.errors import BadParameter, BadQuery
from kgpub.parameters import Parameter, choices
from kgpub.queries import Query, find_query, run, text_elsewhere
from kgpub.results import Result
from kgpub.serve.encoding import CSV, JSON, LINES, TSV, TURTLE, WRITERS, respond
from kgpub.serve.guard import Refusal
from kgpub.serve.pages import DESCRIBED, Pages, Suggestion
from kgpub.serve.paging import Page, read_page, sliced, total_of
from kgpub.serve.site import Site
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
    """The canned queries of one site. The handlers are plain functions: each runs in one worker thread, as the engine wants."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self._site = site
        self._pages = pages

    def index(self, request: Request) -> Response:
        """List the queries, grouped, as a page or as JSON."""
        media_type = wanted(request, FORMATS, ("application/json", "text/html"))
        if media_type == "text/html":
            return self._pages.html(request, "queries.html", groups=grouped(self._site.queries))
        headers = {"Vary": "Accept", "Link": DESCRIBED.format(root=request.scope.get("root_path", ""))}
        return JSONResponse([_described(query) for query in self._site.queries], headers=headers)

    def one(self, request: Request) -> Response:
        """Answer one query with the parameters given; a page also where they are missing or wrong."""
        try:
            query = find_query(self._site.queries, request.path_params["name"])
        except BadQuery as error:
            raise Suggestion(str(error), ()) from error
        asked = _asked(request)
        given = {name: value for name, value in asked.items() if name not in _OWN}
        media_type = wanted(request, FORMATS, (TEXT, HTML) if query.endpoint else OFFERED)
        rows = self._site.limits.rows
        page = read_page(asked, most=rows, usual=_SHOWN if media_type == HTML else rows)
        if media_type == HTML:
            return self._page(request, query, given, page)
        if query.endpoint and media_type == TEXT:
            text = text_elsewhere(self._site.store, query, given, base=self._site.base)
            return Response(text, media_type=media_type, headers={"Vary": "Accept"})
        if media_type not in WRITERS:
            formats = ", ".join(name for name, kind in FORMATS.items() if kind != TEXT)
            raise Refusal(400, f"{query.name} is answered here; its text is on its page. Formats: {formats}.")
        result = run(self._site.store, query, given, base=self._site.base)
        headers = {"Vary": "Accept", **page.headers(asked, total_of(result))}
        return respond(sliced(result, page), media_type, headers)

    def _page(self, request: Request, query: Query, given: dict[str, str], page: Page) -> Response:
        error, result, status, elsewhere = "", None, 200, ""
        try:
            if query.endpoint:
                elsewhere = text_elsewhere(self._site.store, query, given, base=self._site.base)
            elif not any(_is_empty(parameter, given) for parameter in query.parameters):
                result = run(self._site.store, query, given, base=self._site.base)
        except BadParameter as problem:
            error, status = str(problem), 400
        root = request.scope.get("root_path", "")
        total = total_of(result) if result else 0
        response = self._pages.html(
            request,
            "query.html",
            status,
            query=query,
            fields=[self._field(parameter, given) for parameter in query.parameters],
            table=_table(sliced(result, page), self._site, root) if result else None,
            total=total,
            page=page,
            links=page.links(request.query_params, total),
            boolean=result.boolean if result else None,
            error=error,
            downloads=_downloads(request, result),
            elsewhere=elsewhere,
            sparql=_without_header(query.text),
        )
        if result:
            response.headers.update(page.headers(request.query_params, total))
        return response

    def _field(self, parameter: Parameter, given: dict[str, str]) -> _Field:
        value = given.get(parameter.name, parameter.default or "")
        allowed = choices(self._site.store, parameter, base=self._site.base)
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


def _table(result: Result, site: Site, root: str) -> object:
    return table(result, site, root) if result.boolean is None and result.triples is None else None


def _downloads(request: Request, result: Result | None) -> list[tuple[str, str]]:
    if result is None:
        return []
    names = ("ttl", "json") if result.triples is not None else ("csv", "tsv", "json", "jsonl")
    whole = request.url.remove_query_params(["limit", "offset"])
    return [(name, f"?{whole.include_query_params(format=name).query}") for name in names]


def _without_header(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()
