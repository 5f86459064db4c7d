"""The service as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1): each canned query is an operation.

The header of each `.rq` file says all that its operation does; operations.py has what every publication answers, components.py
what both refer to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pyoxigraph import NamedNode, QueryBoolean, QueryTriples, Store
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kgpub.parameters import Parameter, expected
from kgpub.queries import Query
from kgpub.results import Column
from kgpub.serve.components import components
from kgpub.serve.encoding import CSV, JSON, LINES, TSV, TURTLE
from kgpub.serve.operations import OPERATIONS, TAGS, entities
from kgpub.serve.site import Site
from kgpub.vocabulary import PREFIXES

__all__ = ["TYPE", "OpenApi", "document"]

TYPE: Final = "application/vnd.oai.openapi+json;version=3.1"
_TYPE: Final = NamedNode(f"{PREFIXES['rdf']}type")
_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "iri": {"type": "string"},
    "string": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "gYear": {"type": "string", "pattern": "^[0-9]{4}$"},
    "enum": {"type": "string"},
}
_ROWS: Final = ("json", "csv", "tsv", "jsonl", "html", "txt")
_GRAPH: Final = ("ttl", *_ROWS)
_TEXT: Final = ("rq", "html")

Json = dict[str, Any]


class OpenApi:
    """The document of one site; it is made once, as the store is only read."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._made: Json | None = None

    def respond(self, request: Request) -> Response:
        """Answer with the document, its server being the address below which the service stands."""
        if self._made is None:
            self._made = document(self._site)
        servers = [{"url": request.scope.get("root_path", "") or "/"}]
        return JSONResponse({**self._made, "servers": servers}, media_type=TYPE)


def document(site: Site) -> Json:
    """Return the OpenAPI document of a site, the same for the same site."""
    operations = {f"/queries/{query.name}": {"get": _operation(query, site)} for query in site.queries}
    groups = sorted({_tag(query) for query in site.queries})
    return {
        "openapi": "3.1.1",
        "info": _info(site),
        "servers": [{"url": "/"}],
        "tags": [*({"name": group, "description": f"Canned queries: {group}."} for group in groups), *TAGS],
        "paths": {**operations, **OPERATIONS, **entities(_kinds(site))},
        "components": components(site.limits.rows),
    }


def _info(site: Site) -> Json:
    info: Json = {"title": site.title, "version": site.version or "0"}
    if site.description:
        info["description"] = site.description
    if site.licence:
        url = {"url": site.licence} if site.licence.startswith(("https://", "http://")) else {}
        info["license"] = {"name": site.licence, **url}
    return info


def _tag(query: Query) -> str:
    return f"queries: {query.group or 'other'}"


def _operation(query: Query, site: Site) -> Json:
    formats, paging = _formats(query), [] if query.endpoint else ["limit", "offset", "explain"]
    kept = [{"$ref": f"#/components/parameters/{name}"} for name in paging]
    elsewhere = f" Never run here: this gives the text to send to {query.endpoint}." if query.endpoint else ""
    return {
        "operationId": "query_" + query.name.replace("-", "_").replace(".", "_"),
        "summary": query.title,
        "description": (query.question or query.title) + elsewhere,
        "tags": [_tag(query)],
        "parameters": [*(_parameter(one, site) for one in query.parameters), _format(formats), *kept],
        "responses": {
            "200": _text_answer(query) if query.endpoint else _answer(query, formats),
            "400": {"$ref": "#/components/responses/Wrong"},
            "406": {"$ref": "#/components/responses/NotOffered"},
            "503": {"$ref": "#/components/responses/Later"},
        },
    }


def _parameter(one: Parameter, site: Site) -> Json:
    schema = dict(_SCHEMAS[one.type])
    if one.values:
        schema["enum"] = [*one.values, *([""] if one.optional else [])]
    elif one.optional and one.type != "string":
        # A form sends what was left empty as an empty text.
        schema = {"anyOf": [schema, {"type": "string", "maxLength": 0}]}
    default = int(one.default) if one.default and one.type == "integer" else one.default
    if default:
        schema |= {"default": default, "examples": [default]}
    said = [f"{one.label}.", one.help and f"{one.help.rstrip('.')}.", f"Give {expected(one)}."]
    if one.type == "iri" and one.entity:
        said.append(f"Below {site.base}, as `{one.entity[0]}/ID`, `ID` or whole; the form lists what there is.")
    return {
        "name": one.name,
        "in": "query",
        "required": one.required,
        "description": " ".join(filter(None, said)),
        "schema": schema,
    }


def _formats(query: Query) -> tuple[str, ...]:
    if query.endpoint:
        return _TEXT
    # An empty store tells what kind of answer the query gives.
    answer = Store().query(query.text)
    return _GRAPH if isinstance(answer, QueryTriples) else _ROWS


def _format(formats: tuple[str, ...]) -> Json:
    return {
        "name": "format",
        "in": "query",
        "description": "The format of the answer, instead of the Accept header; txt is for explanations.",
        "schema": {"type": "string", "enum": list(formats)},
    }


def _answer(query: Query, formats: tuple[str, ...]) -> Json:
    if not query.columns and isinstance(Store().query(query.text), QueryBoolean):
        columns: tuple[Column, ...] = (Column("boolean", "Yes or no"),)
        results: Json = {"$ref": "#/components/schemas/Boolean"}
        row: Json = {"$ref": "#/components/schemas/Row"}
    else:
        names = ("subject", "predicate", "object") if "ttl" in formats else ()
        columns = query.columns or tuple(Column(name, name.capitalize()) for name in names)
        row = _row(columns)
        results = _results(row)
    listed = "; ".join(f"{column.name}: {column.description or column.label}" for column in columns)
    text = {"type": "string"}
    explanation = {"$ref": "#/components/schemas/Explanation"}
    content: Mapping[str, Json] = {
        JSON: {"schema": results},
        "application/json": {"schema": {"anyOf": [results, explanation]}},
        "text/plain": {"schema": {**text, "description": "An explanation in words."}},
        CSV: {
            "schema": {**text, "description": f"A header, then a line for each row, values bare. Columns: {listed}."}
        },
        TSV: {"schema": {**text, "description": f"The same with terms as Turtle writes them. Columns: {listed}."}},
        LINES: {"schema": {**text, "description": "A line for each row, a JSON object like one of `bindings`."}},
        "application/jsonl": {"schema": {**text, "description": "The same as application/x-ndjson."}},
        "text/html": {
            "schema": {**text, "description": "A page with the form; only the form where a value is missing."}
        },
    }
    graph = {TURTLE: {"schema": text}} if "ttl" in formats else {}
    headers = {
        name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Total-Count", "X-Kgpub-Truncated", "Link")
    }
    return {"description": f"The rows: {listed or query.title}.", "headers": headers, "content": {**content, **graph}}


def _row(columns: tuple[Column, ...]) -> Json:
    term = {"$ref": "#/components/schemas/Term"}
    named = {column.name: {**term, "description": column.description or column.label} for column in columns}
    return {"type": "object", "properties": named, "additionalProperties": not columns}


def _results(row: Json) -> Json:
    bindings = {"type": "array", "items": row}
    return {
        "type": "object",
        "required": ["head", "results"],
        "properties": {
            "head": {"$ref": "#/components/schemas/Head"},
            "results": {"type": "object", "required": ["bindings"], "properties": {"bindings": bindings}},
        },
    }


def _text_answer(query: Query) -> Json:
    listed = "; ".join(f"{column.name}: {column.description or column.label}" for column in query.columns)
    text = {"schema": {"type": "string"}}
    return {
        "description": f"SPARQL to send to {query.endpoint}; it answers with {listed}.",
        "content": {"application/sparql-query": text, "text/html": text},
    }


def _kinds(site: Site) -> list[str]:
    """Return the kinds of entities that have an address: the first step of their paths."""
    typed = (quad.subject for quad in site.store.quads_for_pattern(None, _TYPE, None))
    paths = {
        one.value.removeprefix(site.base)
        for one in typed
        if isinstance(one, NamedNode) and one.value.startswith(site.base)
    }
    return sorted({path.partition("/")[0] for path in paths if "/" in path and "#" not in path})
