"""What every publication answers beside its canned queries, as OpenAPI operations: SPARQL, graphs, names, downloads, entities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from kgpub.serve.formats import GRAPHS, TABLES
from kgpub.serve.forms import DATA, FORMS, QUADS
from kgpub.serve.protocol import FORM, QUERY

__all__ = ["OPERATIONS", "TAGS", "entities"]

Json = dict[str, Any]

_TEXT: Final[Json] = {"schema": {"type": "string"}}
_OBJECT: Final[Json] = {"schema": {"type": "object"}}
_RESULTS: Final[Json] = {"schema": {"$ref": "#/components/schemas/Results"}}
_RDF_TYPES: Final = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")

TAGS: Final[list[Json]] = [
    {"name": "SPARQL", "description": "Any query, and whole graphs; read-only."},
    {
        "name": "reconciliation",
        "description": "The Reconciliation Service API 0.2: our entities for the names of others.",
    },
    {"name": "entities", "description": "What has an IRI of its own, at the path of that IRI."},
    {"name": "files", "description": "The files of the publication, and what describes it."},
    {"name": "health", "description": "How the service is."},
]


def _parameter(name: str, said: str, *, where: str = "query", required: bool = False, **schema: Any) -> Json:
    return {
        "name": name,
        "in": where,
        "required": required,
        "description": said,
        "schema": schema or {"type": "string"},
    }


def _errors(**named: str) -> Json:
    return {code.removeprefix("e"): {"$ref": f"#/components/responses/{name}"} for code, name in named.items()}


def _answer(said: str, content: Json) -> Json:
    return {"200": {"description": said, "content": content}}


def _get(name: str, tag: str, summary: str, responses: Json, *parameters: Json) -> Json:
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        **({"parameters": list(parameters)} if parameters else {}),
        "responses": responses,
    }


_FORMAT: Final = _parameter(
    "format",
    "The format of the answer, instead of the Accept header: json, xml, csv, tsv, ttl, nt, nq, trig, jsonld, rdf, html; "
    "of an explanation: json, txt, html.",
)
_TABLES: Final[Json] = {kind: _RESULTS if "json" in kind else _TEXT for kind in TABLES}
_SPARQL_TYPES: Final[Json] = {
    **_TABLES,
    "application/json": {"schema": {"anyOf": [_RESULTS["schema"], {"$ref": "#/components/schemas/Explanation"}]}},
    **{kind: _OBJECT if "json" in kind else _TEXT for kind in GRAPHS},
    "text/html": _TEXT,
}
_SPARQL: Final[Json] = {
    **_answer("The rows of a SELECT, yes or no of an ASK, or the triples of a CONSTRUCT or DESCRIBE.", _SPARQL_TYPES),
    **_errors(e400="Wrong", e403="Refused", e406="NotOffered", e413="TooLong", e503="Later"),
}
_GRAPHS: Final[Json] = {"type": "array", "items": {"type": "string", "format": "iri"}}
_DATASET: Final = (
    _parameter("default-graph-uri", "A graph to ask; without any, the union of all is asked.", **_GRAPHS),
    _parameter("named-graph-uri", "A graph that the query may name.", **_GRAPHS),
)
_YES: Final[Json] = {"type": "string", "enum": ["0", "1", "true", "false"]}
_EXPLAIN: Final[Json] = {"$ref": "#/components/parameters/explain"}
_FORM_FIELDS: Final[Json] = {
    "type": "object",
    "required": ["query"],
    "properties": {
        "query": {"type": "string"},
        "default-graph-uri": _GRAPHS,
        "named-graph-uri": _GRAPHS,
        "explain": _YES,
    },
}
_QUERY: Final = _parameter("query", "A SPARQL 1.1 query; without one the service describes itself.")
_POST: Final[Json] = {
    **_get("sparql_post", "SPARQL", "Ask a SPARQL query, sent as the body.", _SPARQL, *_DATASET, _FORMAT, _EXPLAIN),
    "requestBody": {
        "required": True,
        "content": {FORM: {"schema": _FORM_FIELDS}, QUERY: _TEXT},
    },
    "responses": {**_SPARQL, **_errors(e415="NotUnderstood")},
}
_MATCHES: Final[Json] = {
    **_answer("The manifest; with `queries` the candidates, with `extend` the values.", {"application/json": _OBJECT}),
    **{
        code: {
            "description": said,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ReconciliationError"}}},
        }
        for code, said in (("400", "What was sent is wrong."), ("413", "It is too large."), ("415", "It is no form."))
    },
}
_BATCH: Final = (
    _parameter("queries", "A batch of queries, as JSON."),
    _parameter("extend", "A request for values, as JSON."),
)
_BATCH_FORM: Final[Json] = {
    "type": "object",
    "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
}
_KIND: Final = _parameter("kind", "What is sought.", where="path", required=True, enum=["entity", "property", "type"])
_ID: Final = _parameter("id", "Its id, as suggestions and candidates give it.", required=True)
_CALLBACK: Final = _parameter("callback", "The function to call with the answer (JSONP).")
_WRONG: Final[Json] = {"application/json": {"schema": {"$ref": "#/components/schemas/ReconciliationError"}}}
_ABSENT: Final[Json] = {"404": {"description": "There is none of that id.", "content": _WRONG}}
_ONE: Final[Json] = {
    **_answer("Them.", {"application/json": _OBJECT, "text/javascript": _TEXT}),
    "400": {"description": "A parameter is wrong.", "content": _WRONG},
}
_FOUND: Final[Json] = {**_ONE, **_ABSENT}
_PREVIEW: Final[Json] = {**_answer("The page.", {"text/html": _TEXT}), **_ABSENT}
_VIEW: Final[Json] = {"303": {"description": "Location leads there."}, **_ABSENT}
_NOT_HERE: Final = _errors(e404="Absent")
_LIST: Final[Json] = {"schema": {"type": "array", "items": {"type": "object"}}}

OPERATIONS: Final[dict[str, Json]] = {
    "/queries": {
        "get": _get(
            "queries",
            "files",
            "The canned queries: their parameters and columns.",
            {**_answer("All of them.", {"application/json": _LIST, "text/html": _TEXT}), **_errors(e406="NotOffered")},
            _parameter("format", "The format of the answer.", type="string", enum=["json", "html"]),
        )
    },
    "/sparql": {
        "get": _get("sparql_get", "SPARQL", "Ask a SPARQL query.", _SPARQL, _QUERY, *_DATASET, _FORMAT, _EXPLAIN),
        "post": _POST,
    },
    "/graph-store": {
        "get": _get(
            "graph",
            "SPARQL",
            "A whole graph; below /graph-store/ also by its path.",
            {
                **_answer("The triples.", {kind: _OBJECT if "json" in kind else _TEXT for kind in GRAPHS}),
                **_errors(e400="Wrong", e404="Absent", e406="NotOffered", e503="Later"),
            },
            _parameter("graph", "The IRI of the graph."),
            {**_parameter("default", "Give all graphs as one.", type="string", maxLength=0), "allowEmptyValue": True},
        )
    },
    "/reconcile": {
        "get": _get("reconcile", "reconciliation", "The manifest, or a batch.", _MATCHES, *_BATCH),
        "post": {
            **_get("reconcile_post", "reconciliation", "A batch, sent as a form.", _MATCHES),
            "requestBody": {"required": True, "content": {FORM: {"schema": _BATCH_FORM}}},
        },
    },
    "/reconcile/suggest/{kind}": {
        "get": _get(
            "suggest",
            "reconciliation",
            "What a prefix may become.",
            _MATCHES,
            _KIND,
            _parameter("prefix", "What was typed.", required=True),
        )
    },
    "/reconcile/flyout/{kind}": {
        "get": _get("flyout", "reconciliation", "A few words about one of them, as HTML in JSON.", _FOUND, _KIND, _ID)
    },
    "/reconcile/properties": {
        "get": _get(
            "properties",
            "reconciliation",
            "The properties that entities of a type may have.",
            _ONE,
            _parameter("type", "A type's id; without one, all properties."),
            _parameter("limit", "How many at most.", type="integer", minimum=1),
            _CALLBACK,
        )
    },
    "/reconcile/preview": {
        "get": _get("preview", "reconciliation", "A small page about an entity, to be shown in a frame.", _PREVIEW, _ID)
    },
    "/reconcile/preview.css": {
        "get": _get("preview_style", "reconciliation", "Its style.", _answer("The stylesheet.", {"text/css": _TEXT}))
    },
    "/reconcile/view": {
        "get": _get("view", "reconciliation", "Leads to the page of an entity.", _VIEW, _ID),
    },
    "/reconcile/about": {
        "get": _get("about", "reconciliation", "How to use it, for people.", _answer("The page.", {"text/html": _TEXT}))
    },
    "/download/{path}": {
        "get": _get(
            "download",
            "files",
            "A file of the publication.",
            {**_answer("The file.", {"*/*": {}}), **_NOT_HERE},
            _parameter("path", "Its path; a slash in it is written as it is.", where="path", required=True),
        )
    },
    "/assets/{name}": {
        "get": _get(
            "asset",
            "files",
            "A script, a style or data that pages load.",
            {**_answer("The file.", {"*/*": {}}), **_NOT_HERE},
            _parameter("name", "Its name.", where="path", required=True),
        )
    },
    "/catalogue": {
        "get": _get(
            "catalogue",
            "files",
            "The description of the publication: DCAT and VoID.",
            {
                **_answer("The description.", {kind: _OBJECT if "json" in kind else _TEXT for kind in DATA.values()}),
                **_errors(e404="Absent", e406="NotOffered"),
            },
        )
    },
    "/.well-known/sparql-examples": {
        "get": _get(
            "examples",
            "files",
            "The canned queries as examples in RDF, in the vocabulary of sparql-examples.",
            {
                **_answer("The examples.", {kind: _OBJECT if "json" in kind else _TEXT for kind in _RDF_TYPES}),
                **_errors(e404="Absent", e406="NotOffered"),
            },
        )
    },
    "/openapi.json": {
        "get": _get(
            "openapi",
            "files",
            "This document.",
            _answer("The document.", {"application/vnd.oai.openapi+json;version=3.1": _OBJECT}),
        )
    },
    "/health": {"get": _get("health", "health", "Whether the process lives.", _answer("It does.", {"*/*": {}}))},
    "/ready": {
        "get": _get(
            "ready",
            "health",
            "Whether queries are answered.",
            {**_answer("They are.", {"*/*": {}}), "503": {"description": "Not yet, or no more."}},
        )
    },
    "/conformance": {
        "get": _get(
            "conformance",
            "health",
            "What is tested of each protocol in this version, and how it came out.",
            {
                **_answer(
                    "The results.", {"text/html": _TEXT, "application/ld+json": _OBJECT, "application/json": _OBJECT}
                ),
                **_errors(e406="NotOffered"),
            },
        )
    },
    "/metrics": {"get": _get("metrics", "health", "Prometheus metrics.", _answer("They.", {"text/plain": _TEXT}))},
}
"""Path to operations."""


def entities(kinds: Iterable[str]) -> dict[str, Json]:
    """Return an operation for each kind of entity: `/person/{id}`."""
    moved = {"description": "The id was merged into another; Location leads there."}
    others = {"301": moved, **_errors(e404="Absent", e406="NotOffered")}
    return {
        f"/{kind}/{{id}}": {
            "get": _get(
                f"entity_{kind.replace('-', '_')}",
                "entities",
                f"One entity below {kind}/.",
                {**_answer("What is known of it.", _contents(kind)), **others},
                _parameter("id", "Its id; a slash in it is written as it is.", where="path", required=True),
                _parameter("format", "The format.", type="string", enum=list(_forms(kind))),
            )
        }
        for kind in kinds
    }


def _forms(kind: str) -> Json:
    """Ending to media type of what is below a path: graphs come as quads too."""
    return {**FORMS, **(QUADS if kind == "graph" else {})}


def _contents(kind: str) -> Json:
    return {one: _OBJECT if "json" in one else _TEXT for one in _forms(kind).values()}
