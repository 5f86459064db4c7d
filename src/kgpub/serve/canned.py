"""Canned queries over HTTP: a list, a form with pick-lists for each, and its answer as a page, CSV, JSON or Turtle."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kgpub.errors import BadParameter, BadQuery
from kgpub.parameters import Parameter, choices
from kgpub.queries import Query, find_query, run, text_elsewhere
from kgpub.results import Result, as_csv, as_json, as_turtle
from kgpub.serve.guard import Refusal
from kgpub.serve.negotiation import choose
from kgpub.serve.pages import Pages, Suggestion
from kgpub.serve.site import Site
from kgpub.serve.tables import table

__all__ = ["Canned"]

_JSON: Final = "application/sparql-results+json"
_TEXT: Final = "application/sparql-query"
_FORMATS: Final = {"json": _JSON, "csv": "text/csv", "ttl": "text/turtle", "html": "text/html", "rq": _TEXT}
_OFFERED: Final = (_JSON, "application/json", "text/csv", "text/html")
_WRITERS: Final = {_JSON: as_json, "application/json": as_json, "text/csv": as_csv, "text/turtle": as_turtle}


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
        media_type = _media_type(request, ("application/json", "text/html"))
        if media_type == "text/html":
            return self._pages.html(request, "queries.html", groups=grouped(self._site.queries))
        return JSONResponse([_described(query) for query in self._site.queries], headers={"Vary": "Accept"})

    def one(self, request: Request) -> Response:
        """Answer one query with the parameters given; a page also where they are missing or wrong."""
        try:
            query = find_query(self._site.queries, request.path_params["name"])
        except BadQuery as error:
            raise Suggestion(str(error), ()) from error
        given = {name: value for name, value in request.query_params.items() if name != "format"}
        media_type = _media_type(request, (_TEXT, "text/html") if query.endpoint else _OFFERED)
        if media_type == "text/html":
            return self._page(request, query, given)
        if query.endpoint and media_type == _TEXT:
            text = text_elsewhere(self._site.store, query, given, base=self._site.base)
            return Response(text, media_type=media_type, headers={"Vary": "Accept"})
        if media_type not in _WRITERS:
            raise Refusal(400, f"{query.name} is answered here; its text is on its page. Formats: json, csv, html.")
        result = run(self._site.store, query, given, base=self._site.base)
        return Response(_WRITERS[media_type](result), media_type=media_type, headers={"Vary": "Accept"})

    def _page(self, request: Request, query: Query, given: dict[str, str]) -> Response:
        error, result, status, elsewhere = "", None, 200, ""
        try:
            if query.endpoint:
                elsewhere = text_elsewhere(self._site.store, query, given, base=self._site.base)
            elif given or not any(parameter.required for parameter in query.parameters):
                result = run(self._site.store, query, given, base=self._site.base)
        except BadParameter as problem:
            error, status = str(problem), 400
        root = request.scope.get("root_path", "")
        return self._pages.html(
            request,
            "query.html",
            status,
            query=query,
            fields=[self._field(parameter, given) for parameter in query.parameters],
            table=_table(result, self._site, root),
            boolean=result.boolean if result else None,
            error=error,
            downloads=_downloads(request, result),
            elsewhere=elsewhere,
            sparql=_without_header(query.text),
        )

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


def _media_type(request: Request, offered: tuple[str, ...]) -> str:
    if name := request.query_params.get("format"):
        if name not in _FORMATS:
            raise Refusal(400, f"{name!r} is not a format. Formats: {', '.join(_FORMATS)}.")
        return _FORMATS[name]
    chosen = choose(request.headers.get("accept", ""), offered)
    if chosen is None:
        raise Refusal(406, f"None of the formats asked for is offered. Offered: {', '.join(offered)}.")
    return chosen


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


def _table(result: Result | None, site: Site, root: str) -> object:
    return table(result, site, root) if result and result.boolean is None and result.triples is None else None


def _downloads(request: Request, result: Result | None) -> list[tuple[str, str]]:
    if result is None:
        return []
    names = ("ttl", "json") if result.triples is not None else ("csv", "json")
    return [(name, f"?{request.url.include_query_params(format=name).query}") for name in names]


def _without_header(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()
