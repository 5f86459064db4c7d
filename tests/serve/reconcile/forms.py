"""The forms of the Reconciliation Service API 0.2 as JSON Schemas, in our own words and closer than the published ones.

The specification (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/) publishes schemas of its own.
They are not copied here: a licence was found for the report (W3C Community Final Specification Agreement), none for the files.
With KGPUB_RECONCILIATION_SCHEMAS naming a folder that holds them (`manifest.json` …), `check` holds a value to them as well.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

TEXT = {"type": "string", "minLength": 1}
ANY_TEXT = {"type": "string"}
ADDRESS = {"type": "string", "pattern": "^https?://[^ ]+$"}
PATH = {"type": "string", "pattern": "^/[^ ]*$"}


def record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def many(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


def by_id(values: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


NAMED = record({"id": TEXT, "name": TEXT})
TYPE = record({"id": TEXT, "name": TEXT}, {"description": TEXT, "broader": many(NAMED, minItems=1)})
TEMPLATE = {"type": "string", "pattern": r"^https?://\S*\{\{id\}\}$"}
SUGGEST = record(
    {
        "service_url": ADDRESS,
        "service_path": PATH,
        "flyout_service_path": {"type": "string", "pattern": r"^/\S*\$\{id\}$"},
    }
)
SETTING = {"name": TEXT, "label": TEXT, "help_text": TEXT}
MANIFEST = record(
    {
        "versions": {"const": ["0.2"]},
        "name": TEXT,
        "identifierSpace": ADDRESS,
        "schemaSpace": ADDRESS,
        "defaultTypes": many(TYPE, minItems=1, uniqueItems=True),
        "documentation": ADDRESS,
        "view": record({"url": TEMPLATE}),
        "feature_view": record({"url": TEMPLATE}),
        "preview": record({"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        "suggest": record({"entity": SUGGEST, "property": SUGGEST, "type": SUGGEST}),
        "extend": record(
            {
                "propose_properties": record({"service_url": ADDRESS, "service_path": PATH}),
                "property_settings": many(
                    {
                        "oneOf": [
                            record({"type": {"const": "number"}, "default": {"type": "number"}, **SETTING}),
                            record({"type": {"const": "text"}, "default": ANY_TEXT, **SETTING}),
                            record(
                                {
                                    "type": {"const": "select"},
                                    "default": TEXT,
                                    "choices": many(record({"value": TEXT, "name": TEXT})),
                                    **SETTING,
                                }
                            ),
                        ]
                    }
                ),
            }
        ),
        "batchSize": {"type": "integer", "minimum": 1},
    },
    {"serviceVersion": TEXT},
)
CANDIDATE = record(
    {
        "id": TEXT,
        "name": TEXT,
        "description": ANY_TEXT,
        "type": many(NAMED, minItems=1),
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "features": many(record({"id": TEXT, "value": {"type": ["number", "boolean"]}})),
        "match": {"type": "boolean"},
    }
)
DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
CELL = {
    "oneOf": [
        NAMED,
        record({"str": ANY_TEXT}),
        record({"int": {"type": "integer"}}),
        record({"float": {"type": "number"}}),
        record({"date": DAY}),
    ]
}
FORMS = {
    "manifest": MANIFEST,
    "reconciliation-result-batch": by_id(record({"result": many(CANDIDATE)})),
    "suggest-entities-response": record(
        {"result": many(record({"id": TEXT, "name": TEXT, "description": ANY_TEXT, "notable": many(NAMED)}))}
    ),
    "suggest-properties-response": record({"result": many(record({"id": TEXT, "name": TEXT, "description": TEXT}))}),
    "suggest-types-response": record({"result": many(TYPE)}),
    "data-extension-response": record(
        {"meta": many(record({"id": TEXT, "name": TEXT}, {"type": NAMED})), "rows": by_id(by_id(many(CELL)))}
    ),
}
"""By the name that the published schema of the same thing bears."""


def check(form: str, value: Any) -> Any:
    """Return a value that has the form; fail, saying where, for one that has not."""
    Draft202012Validator(FORMS[form]).validate(value)
    if folder := os.environ.get("KGPUB_RECONCILIATION_SCHEMAS"):
        published(Path(folder), form).validate(value)
    return value


def published(folder: Path, form: str) -> Draft202012Validator:
    schemas = {file.name: json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))}
    # They name a draft of no year; what they use means the same in all that came after.
    resources = [(one["$id"], Resource(contents=one, specification=DRAFT202012)) for one in schemas.values()]
    return Draft202012Validator(schemas[f"{form}.json"], registry=Registry().with_resources(resources))
