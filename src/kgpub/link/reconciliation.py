"""A client of the Reconciliation Service API 0.2 (w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/).

Names are asked in batches by POST; facts come by data extension where the service offers it, and are read as the triples
that they stand for. Qualifiers are out of its reach, so positions have no dates here.
"""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Store

from kgpub.errors import BadService
from kgpub.link.items import ENTITY, GEO_WKT, PS, WDT, Item, P, read_item
from kgpub.link.names import Name
from kgpub.link.polite import Polite
from kgpub.link.source import Progress, batches

__all__ = ["ReconciliationService"]

_FACTS = ("P31", "P569", "P570", "P571", "P576", "P580", "P582", "P585", "P625", "P17", "P131", "P361", "P749", "P39")
_LIMIT = 10
_MOST = 20
"""Queries in one batch where the service does not say."""
_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_TIME = NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")


class ReconciliationService:
    """Candidates from a reconciliation service whose items are Wikidata's."""

    def __init__(self, address: str, polite: Polite) -> None:
        self.name = address
        self.polite = polite
        self.store = Store()
        self.manifest = self._manifest()

    def search(self, wanted: Mapping[str, Sequence[Name]], progress: Progress) -> dict[str, tuple[str, ...]]:
        """Return for each key the candidates for each of its names, in the order of their ids."""
        found = self._find(sorted({name.text for names in wanted.values() for name in names}), progress)
        return {
            key: tuple(sorted({item for name in names for item in found[name.text]}, key=lambda one: (len(one), one)))
            for key, names in wanted.items()
        }

    def _find(self, texts: Sequence[str], progress: Progress) -> dict[str, set[str]]:
        """Ask for names or, as the protocol has it, for ids; what comes back is kept."""
        found: dict[str, set[str]] = {}
        size = self.manifest.get("batchSize")
        runs = batches(texts, size if isinstance(size, int) and size > 0 else _MOST)
        for number, batch in enumerate(runs, 1):
            queries = {f"q{index}": {"query": text, "limit": _LIMIT} for index, text in enumerate(batch)}
            answer = self._post("queries", queries)
            for index, text in enumerate(batch):
                found[text] = set(self._candidates(answer.get(f"q{index}", {})))
            progress("names", number, len(runs))
        return found

    def fetch(self, items: Sequence[str], progress: Progress) -> dict[str, Item]:
        """Return what the service says of each item: its name, and facts where it extends data."""
        self._find([one for one in items if not read_item(self.store, one).known], progress)
        if "extend" in self.manifest:
            properties = [{"id": one} for one in _FACTS]
            for number, batch in enumerate(runs := batches(sorted(items), 50), 1):
                rows = self._post("extend", {"ids": list(batch), "properties": properties}).get("rows", {})
                for item, row in rows.items():
                    for property_, values in row.items():
                        self.store.extend(self._facts(item, property_, values))
                progress("items", number, len(runs))
        return {one: read_item(self.store, one) for one in items}

    def _manifest(self) -> Mapping[str, Any]:
        manifest = self._json("manifest", urllib.request.Request(self.name))
        space = manifest.get("identifierSpace", "")
        if str(space).replace("https:", "http:") != ENTITY:
            advice = f"The ledger holds Wikidata's items: name a service whose identifierSpace is {ENTITY}."
            raise BadService(f"{self.name}: identifies things by {space!r}", advice=advice)
        versions = manifest.get("versions", ["0.1"])
        if not {"0.1", "0.2"} & set(versions):
            advice = "Version 0.2 is what kgpub speaks."
            raise BadService(f"{self.name}: speaks version {', '.join(versions)} of the protocol", advice=advice)
        return manifest

    def _candidates(self, answer: Mapping[str, Any]) -> Iterator[str]:
        for one in answer.get("result", ()):
            item = str(one.get("id", ""))
            if item.startswith("Q") and item[1:].isdigit():
                node = NamedNode(ENTITY + item)
                # The protocol does not say in which language the name is; it is compared by its script.
                self.store.add(Quad(node, _LABEL, Literal(str(one.get("name", "")), language="mul")))
                for type_ in one.get("type", ()):
                    id_ = type_ if isinstance(type_, str) else str(type_.get("id", ""))
                    if id_.startswith("Q") and id_[1:].isdigit():
                        self.store.add(Quad(node, NamedNode(f"{WDT}P31"), NamedNode(ENTITY + id_)))
                yield item

    def _facts(self, item: str, property_: str, values: Sequence[Mapping[str, Any]]) -> Iterator[Quad]:
        node, direct = NamedNode(ENTITY + item), NamedNode(WDT + property_)
        for index, value in enumerate(values):
            if "date" in value:
                yield Quad(node, direct, Literal(str(value["date"]), datatype=_TIME))
            elif "str" in value and property_ == "P625":
                lat, _, long = str(value["str"]).partition(",")
                yield Quad(node, direct, Literal(f"Point({long.strip()} {lat.strip()})", datatype=NamedNode(GEO_WKT)))
            elif str(value.get("id", "")).startswith("Q"):
                other = NamedNode(ENTITY + str(value["id"]))
                yield Quad(other, _LABEL, Literal(str(value.get("name", "")), language="mul"))
                if property_ != "P39":
                    yield Quad(node, direct, other)
                    continue
                statement = NamedNode(f"{ENTITY}statement/{item}-P39-{index}")
                yield Quad(node, NamedNode(f"{P}P39"), statement)
                yield Quad(statement, NamedNode(f"{PS}P39"), other)

    def _post(self, field: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        body = urllib.parse.urlencode({field: text}).encode()
        return self._json(f"{field}={text}", urllib.request.Request(self.name, data=body))

    def _json(self, question: str, request: urllib.request.Request) -> Mapping[str, Any]:
        request.add_header("User-Agent", self.polite.manners.agent)
        request.add_header("Accept", "application/json")
        content = self.polite.get(self.name, question, lambda: self._send(request))
        try:
            answer = json.loads(content)
        except ValueError as error:
            answer = error
        if not isinstance(answer, dict):
            advice = "Name the endpoint of a reconciliation service; a SPARQL endpoint is named with --endpoint."
            raise BadService(f"{self.name}: the answer is no JSON object", advice=advice)
        return answer

    def _send(self, request: urllib.request.Request) -> bytes:
        with urllib.request.urlopen(request, timeout=self.polite.manners.timeout) as answer:
            content: bytes = answer.read()
        return content
