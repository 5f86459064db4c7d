"""A reconciliation service as the protocol has it, with two invented people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.link.servers import Answer

__all__ = ["Service"]

MANIFEST: dict[str, Any] = {
    "versions": ["0.1", "0.2"],
    "name": "Invented",
    "identifierSpace": "http://www.wikidata.org/entity/",
    "schemaSpace": "http://www.wikidata.org/prop/direct/",
    "batchSize": 2,
    "extend": {},
}
PEOPLE = {"Ada Quill": ["Q900001", "Q900002"], "Bruno Sand": ["Q910002"]}
NAMES = {"Q900001": "Ada Quill"}
FACTS: dict[str, dict[str, list[dict[str, str]]]] = {
    "Q900001": {
        "P569": [{"date": "1851-03-04T00:00:00Z"}],
        "P570": [{}],
        "P39": [{"id": "Q950001", "name": "keeper of Skerry Point"}],
        "P131": [{"id": "Q940001", "name": "Mereland"}],
        "P625": [{"str": "54.5,-3.25"}],
    }
}


class Service:
    """What the server does, and what it was asked."""

    def __init__(self, **changes: Any) -> None:
        self.manifest = {name: value for name, value in {**MANIFEST, **changes}.items() if value is not None}
        self.asked: list[dict[str, Any]] = []

    def answer(self, method: str, headers: Mapping[str, str], form: Mapping[str, str]) -> Answer:
        if method == "GET":
            return self._json(self.manifest)
        if "extend" in form:
            asked = json.loads(form["extend"])
            rows = {
                item: {one["id"]: FACTS.get(item, {}).get(one["id"], []) for one in asked["properties"]}
                for item in asked["ids"]
            }
            return self._json({"meta": [], "rows": rows})
        queries = json.loads(form["queries"])
        self.asked.append(queries)
        return self._json({key: {"result": self._found(one["query"])} for key, one in queries.items()})

    def _found(self, text: str) -> list[dict[str, Any]]:
        people = [
            {
                "id": one,
                "name": NAMES.get(one, text),
                "type": [{"id": "Q5", "name": "human"}],
                "score": 100,
                "match": True,
            }
            for one in PEOPLE.get(text, [text] if text in FACTS else [])
        ]
        return [*people, {"id": "L123", "name": text, "score": 1, "match": False}]

    def _json(self, value: Any) -> Answer:
        return 200, {"Content-Type": "application/json"}, json.dumps(value).encode()
