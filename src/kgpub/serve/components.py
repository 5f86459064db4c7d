"""The parts that operations of the OpenAPI document refer to: terms and results, paging, and the one shape of errors."""

from __future__ import annotations

from typing import Any, Final

from kgpub.serve.pages import PROBLEM

__all__ = ["components"]

_SCHEMAS: Final[dict[str, Any]] = {
    "Problem": {
        "type": "object",
        "description": "What is wrong, as RFC 9457 has it. To who takes no JSON, `detail` is said as text or in a page.",
        "required": ["title", "status", "detail"],
        "properties": {
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong and what to do, in words."},
            "parameter": {"type": "string", "description": "The parameter at fault."},
            "allowed": {"type": "array", "items": {"type": "string"}, "description": "What it may be."},
            "near": {"type": "array", "items": {"type": "string"}, "description": "What was likely meant."},
        },
    },
    "ReconciliationError": {
        "type": "object",
        "description": "What is wrong with a request for reconciliation, in the shape that its clients look for.",
        "required": ["status", "message", "where", "advice"],
        "properties": {
            "status": {"const": "error"},
            "message": {"type": "string"},
            "where": {"type": "string", "description": "A path into the request: `queries.q0.limit`."},
            "advice": {"type": "string"},
        },
    },
    "Head": {
        "type": "object",
        "properties": {
            "vars": {"type": "array", "items": {"type": "string"}},
            "link": {"type": "array", "items": {"type": "string"}},
        },
    },
    "Term": {
        "type": "object",
        "description": "A term as the SPARQL 1.1 JSON results have it; an unbound one is left out.",
        "required": ["type", "value"],
        "properties": {
            "type": {"enum": ["uri", "literal", "bnode", "triple"]},
            "value": {"type": ["string", "object"]},
            "xml:lang": {"type": "string"},
            "datatype": {"type": "string"},
        },
    },
    "Row": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Term"}},
    "Results": {
        "type": "object",
        "required": ["head"],
        "properties": {
            "head": {"$ref": "#/components/schemas/Head"},
            "boolean": {"type": "boolean"},
            "results": {
                "type": "object",
                "properties": {"bindings": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}}},
            },
        },
    },
    "Suggestion": {
        "type": "object",
        "required": ["instead", "use", "why", "rows", "more"],
        "properties": {
            "instead": {"type": "string"},
            "use": {"type": "string"},
            "why": {"type": "string"},
            "rows": {"type": "integer", "description": "Rows that the query was measured to have with the change."},
            "more": {"type": "boolean", "description": "Whether there are more than that."},
            "query": {"type": "string", "description": "The whole query with the change."},
            "given": {"type": "object", "description": "The parameters that the change sets."},
            "href": {"type": "string", "description": "Where the query with the change is answered."},
        },
    },
    "Culprit": {
        "type": "object",
        "required": ["kind", "parts", "reason", "suggestions", "without", "round"],
        "properties": {
            "kind": {"type": "string"},
            "parts": {"type": "array", "items": {"type": "string"}},
            "reason": {"type": "string"},
            "suggestions": {"type": "array", "items": {"$ref": "#/components/schemas/Suggestion"}},
            "without": {"type": ["integer", "null"], "description": "Rows without it, where that was asked."},
            "round": {
                "type": "integer",
                "description": "2 and more: still in the way with the first suggestions followed.",
            },
        },
    },
    "Explanation": {
        "type": "object",
        "description": "What leaves a query without rows, and what near it would not (docs/explain.md).",
        "required": [
            "form",
            "rows",
            "more",
            "culprits",
            "together",
            "not_looked_into",
            "questions",
            "complete",
            "counts",
        ],
        "properties": {
            "form": {"type": "string"},
            "rows": {"type": ["integer", "null"], "description": "Its rows; null where it was not asked."},
            "more": {"type": "boolean"},
            "culprits": {"type": "array", "items": {"$ref": "#/components/schemas/Culprit"}},
            "together": {"type": ["integer", "null"], "description": "Its rows with all the first suggestions."},
            "not_looked_into": {"type": "array", "items": {"type": "string"}},
            "questions": {"type": "integer"},
            "complete": {"type": "boolean"},
            "counts": {"type": "boolean"},
            "query": {"type": "string", "description": "The query with all the first suggestions."},
            "href": {"type": "string"},
        },
    },
    "Boolean": {
        "type": "object",
        "required": ["head", "boolean"],
        "properties": {"head": {"$ref": "#/components/schemas/Head"}, "boolean": {"type": "boolean"}},
    },
}


def components(rows: int) -> dict[str, Any]:
    """Return the components of a service that gives so many rows at most."""
    number = {"in": "query", "required": False}
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    said = {PROBLEM: problem, "text/plain": {"schema": {"type": "string"}}, "text/html": {"schema": {"type": "string"}}}
    why = {
        "Wrong": "A value is missing or wrong; the answer says which, and what it may be.",
        "Refused": "What would change the data or fetch from elsewhere is refused.",
        "Absent": "There is nothing at this address; the answer names what is near it.",
        "NotOffered": "None of the formats asked for is offered.",
        "TooLong": "The query is longer than is taken.",
        "NotUnderstood": "The body is of a type that is not understood.",
        "Later": "A limit of time or memory, or a full queue; Retry-After says when to try again.",
    }
    return {
        "schemas": _SCHEMAS,
        "parameters": {
            "explain": {
                "name": "explain",
                **number,
                "description": "1: say why there are no rows, and what near the query would have some, as JSON, text or a page.",
                "schema": {"type": "string", "enum": ["0", "1", "true", "false"]},
            },
            "limit": {
                "name": "limit",
                **number,
                "description": "How many rows at most.",
                "schema": {"type": "integer", "minimum": 1, "maximum": rows},
            },
            "offset": {
                "name": "offset",
                **number,
                "description": "How many rows to leave out first.",
                "schema": {"type": "integer", "minimum": 0, "default": 0},
            },
        },
        "headers": {
            "X-Total-Count": {"description": "Rows on all pages together.", "schema": {"type": "integer"}},
            "X-Kgpub-Truncated": {
                "description": f"`rows=N` where no limit was asked for and there are more than {rows}.",
                "schema": {"type": "string"},
            },
            "Link": {
                "description": "The first, previous and next page, as RFC 8288 has it; `help` where there are no rows: why.",
                "schema": {"type": "string"},
            },
        },
        "responses": {name: {"description": words, "content": said} for name, words in why.items()},
    }
