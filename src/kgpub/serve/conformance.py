"""What is tested of each protocol, as bench/conformance.py measured it for this version: a page, and EARL as JSON-LD."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from kgpub.serve.pages import Pages
from kgpub.serve.wanted import wanted

__all__ = ["Conformance"]

_JSONLD: Final = "application/ld+json"
_OFFERED: Final = (_JSONLD, "application/json", "text/html")
_NAMES: Final = {"jsonld": _JSONLD, "json": "application/json", "html": "text/html"}


@dataclass(frozen=True, slots=True)
class _Suite:
    """One suite as the page shows it; one without tests was not run, and `how` says why."""

    title: str
    how: str
    of: str
    tests: tuple[tuple[str, int, str], ...]

    @property
    def counts(self) -> Counter[str]:
        """How many tests came out in which way."""
        return Counter(outcome for _, _, outcome in self.tests)


class Conformance:
    """The measured results; they are read once, as they belong to the version and not to a publication."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._text = (files("kgpub.serve") / "conformance.json").read_text("utf-8")
        graph = json.loads(self._text)["@graph"]
        self._version = next(one["hasVersion"] for one in graph if one["@type"] == "Software")
        self._day = next((one["result"]["date"] for one in graph if one["@type"] == "Assertion"), "")
        self._suites = _suites(graph)

    def respond(self, request: Request) -> Response:
        """Answer with the page to a browser, with EARL to everyone else."""
        media_type = wanted(request, _NAMES, _OFFERED)
        if media_type != "text/html":
            return Response(self._text, media_type=media_type, headers={"Vary": "Accept"})
        run = [suite for suite in self._suites if suite.tests]
        left = [suite for suite in self._suites if not suite.tests]
        return self._pages.html(
            request, "conformance.html", version=self._version, day=self._day, suites=run, not_run=left
        )


def _suites(graph: list[dict[str, Any]]) -> list[_Suite]:
    assertions = [one for one in graph if one["@type"] == "Assertion"]
    found = []
    for one in graph:
        if one["@type"] == "TestRequirement":
            own = [each for each in assertions if each["test"]["isPartOf"] == one["@id"]]
            tests = tuple(
                (each["test"]["title"], each["test"]["extent"], each["result"]["outcome"].removeprefix("earl:"))
                for each in own
            )
            found.append(_Suite(one["title"], one["description"], one.get("conformsTo", ""), tests))
    return found
