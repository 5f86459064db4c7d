"""A SPARQL endpoint on the net that holds Wikidata's RDF model, asked through SPARQLWrapper."""

from __future__ import annotations

import io
import json
import urllib.error
from collections.abc import Iterable
from email.message import Message

from pyoxigraph import RdfFormat, Triple, parse
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    EndPointNotFound,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
    URITooLong,
)

from kgpub.errors import BadService
from kgpub.link.items import item_of
from kgpub.link.names import Name
from kgpub.link.polite import Polite

__all__ = ["WIKIDATA", "Endpoint"]

WIKIDATA = "https://query.wikidata.org/sparql"

_CODES: dict[type[SPARQLWrapperException], int] = {
    QueryBadFormed: 400,
    Unauthorized: 401,
    EndPointNotFound: 404,
    URITooLong: 414,
    EndPointInternalError: 500,
}


class Endpoint:
    """Answers the questions of `wikidata.py`; every answer is kept by the manners it is asked with."""

    def __init__(self, address: str, polite: Polite) -> None:
        self.name = address
        self.polite = polite

    def pairs(self, query: str) -> list[tuple[str, Name]]:
        """Return the answers to a SELECT of ?item and ?name."""
        try:
            rows = json.loads(self._ask(query, JSON))["results"]["bindings"]
            pairs = [(item_of(row["item"]["value"]), row["name"]) for row in rows]
            return [(item, Name(name["value"], name.get("xml:lang", ""))) for item, name in pairs if item]
        except (ValueError, KeyError, TypeError) as error:
            raise self._odd("results of a query in JSON") from error

    def triples(self, query: str) -> Iterable[Triple]:
        """Return the triples that a CONSTRUCT makes."""
        content = self._ask(query, TURTLE)
        # Some servers answer in RDF/XML whatever they are asked for.
        form = RdfFormat.RDF_XML if content.lstrip().startswith(b"<?xml") else RdfFormat.TURTLE
        try:
            return [quad.triple for quad in parse(content, format=form)]
        except SyntaxError as error:
            raise self._odd("RDF") from error

    def _ask(self, query: str, form: str) -> bytes:
        return self.polite.get(self.name, f"{form}\n{query}", lambda: self._send(query, form))

    def _send(self, query: str, form: str) -> bytes:
        wrapper = SPARQLWrapper(self.name, agent=self.polite.manners.agent)
        wrapper.setMethod(POST)
        wrapper.setTimeout(int(self.polite.manners.timeout))
        wrapper.setReturnFormat(form)
        wrapper.setOnlyConneg(True)
        wrapper.setQuery(query)
        try:
            answer: bytes = wrapper.query().response.read()
        except SPARQLWrapperException as error:
            # The wrapper gives five codes classes of their own, without the headers.
            code = _CODES.get(type(error), 500)
            raise urllib.error.HTTPError(self.name, code, error.msg, Message(), io.BytesIO()) from error
        return answer

    def _odd(self, what: str) -> BadService:
        advice = f"Name a SPARQL endpoint with Wikidata's data model, as {WIKIDATA}."
        return BadService(f"{self.name}: the answer is no {what}", advice=advice)
