"""What a request asks, by whichever way of the SPARQL 1.1 Protocol it came (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from kgpub.serve.formats import NAMES
from kgpub.serve.guard import Refusal, graph_iri

__all__ = ["Asked", "accepted", "parameters", "read"]

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
FORM: Final = "application/x-www-form-urlencoded"
_FIELDS: Final = 1_000
_UPDATES: Final = (
    "Updates are refused: this endpoint is read-only. To change the data, change its corpus and build it anew; "
    "queries are sent as the parameter `query`, or as application/sparql-query."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the dataset that the request gives it; `query` is None where there is none, which asks for the description."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    explain: str = ""
    """What the parameter `explain` says."""

    @property
    def has_dataset(self) -> bool:
        """Whether the request names graphs: these then win over the query's own FROM."""
        return bool(self.default_graphs or self.named_graphs)


async def read(request: Request, characters: int) -> Asked:
    """Return what a request asks; raise Refusal where it is malformed, too long, or an update."""
    found = parameters(request)
    if request.method != "POST":
        return _asked(found, needed=False)
    kind, charset = _content_type(request.headers.get("content-type", ""))
    if kind == UPDATE:
        raise Refusal(403, _UPDATES, reason="update")
    if kind not in (QUERY, FORM):
        raise Refusal(
            415,
            f"A POST of type {kind or 'none'} is not understood. Send {QUERY} with the query as the body, "
            f"or {FORM} with the parameter `query`.",
        )
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refusal(415, f"The charset {charset} is not understood: SPARQL is sent as UTF-8.")
    body = await _body(request, characters, 4 if kind == QUERY else 3 * 4)  # a form escapes a byte as three
    if kind == FORM:
        return _asked([*_fields(body), *found], needed=True)
    if any(name == "query" for name, _ in found):
        raise Refusal(400, "There are two queries, one in the address and one in the body: send one.")
    try:
        return _asked([("query", body.decode()), *found], needed=True)
    except UnicodeDecodeError as error:
        raise Refusal(400, f"The query is not UTF-8 from byte {error.start + 1} on: encode it as UTF-8.") from None


def parameters(request: Request) -> list[tuple[str, str]]:
    """Return the parameters of a request's address, in their order; raise Refusal where they are not UTF-8."""
    return _fields(request.scope["query_string"])


def accepted(request: Request, found: Iterable[tuple[str, str]]) -> str:
    """Return the formats that a request takes: a `format` of ours before its Accept header."""
    # Clients send names of their own beside a proper Accept header (SPARQLWrapper: format=turtle): only ours count.
    name = next((value for name, value in found if name == "format"), "")
    return ", ".join(NAMES.get(name, ())) or request.headers.get("accept", "")


def _fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        raise Refusal(400, "A parameter is not UTF-8: escape the bytes of its UTF-8 form.") from None
    except ValueError:
        raise Refusal(400, f"There are more than {_FIELDS} parameters: send fewer.") from None


def _content_type(header: str) -> tuple[str, str]:
    kind, *rest = (part.strip() for part in header.lower().split(";"))
    charset = next((part.removeprefix("charset=").strip("\"'") for part in rest if part.startswith("charset=")), "")
    return kind, charset


async def _body(request: Request, characters: int, each: int) -> bytes:
    # The length is not taken on trust: a chunked body states none.
    room = characters * each
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > room:
            raise Refusal(
                413, f"The request is larger than {room:,} bytes; a query has at most {characters:,} characters."
            )
    return bytes(body)


def _asked(found: list[tuple[str, str]], *, needed: bool) -> Asked:
    queries = [value for name, value in found if name == "query"]
    if any(name == "update" for name, _ in found):
        raise Refusal(403, _UPDATES, reason="update")
    if len(queries) > 1:
        raise Refusal(400, "There are two queries: send one.")
    if (needed and not queries) or (queries and not queries[0].strip()):
        raise Refusal(400, f"There is no query: send it as the parameter `query`, or POST it as {QUERY}.")
    graphs = [
        tuple(graph_iri(value) for key, value in found if key == name)
        for name in ("default-graph-uri", "named-graph-uri")
    ]
    explain = next((value for name, value in found if name == "explain"), "")
    return Asked(queries[0] if queries else None, graphs[0], graphs[1], explain)
