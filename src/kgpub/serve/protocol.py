"""What a request asks, by whichever way of the SPARQL 1.1 Protocol it came (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote_to_bytes

from starlette.requests import Request

from kgpub.serve.bodies import read_body
from kgpub.serve.formats import NAMES
from kgpub.serve.guard import Refusal, graph_iri

__all__ = ["Asked", "accepted", "parameters", "read"]

QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
FORM: Final = "application/x-www-form-urlencoded"
_FIELDS: Final = 1_000
_GRAPHS: Final = ("default-graph-uri", "named-graph-uri")
_USING: Final = ("using-graph-uri", "using-named-graph-uri")
_MISTAKEN: Final = ("q", "sparql", "querystring", "query-string")
"""What is sent by mistake for `query`."""
_ANYTHING: Final = ("", "*/*", "*")
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
    format: str = ""
    explain: str = ""

    @property
    def has_dataset(self) -> bool:
        """Whether the request names graphs: these then win over the query's own FROM."""
        return bool(self.default_graphs or self.named_graphs)


async def read(request: Request, characters: int) -> Asked:
    """Return what a request asks; raise Refusal where it is malformed, too long, or an update."""
    found = parameters(request)
    if request.method != "POST":
        _without_body(request)
        return _asked(found, needed=False)
    kind, charset = _content_type(request.headers.get("content-type", ""))
    if kind == UPDATE:
        raise Refusal(403, _UPDATES, reason="update")
    if kind not in (QUERY, FORM):
        raise Refusal(
            415,
            f"A POST of type {kind[:100] or 'none'} is not understood. Send {QUERY} with the query as the body, "
            f"or {FORM} with the parameter `query` (curl does so with --data-urlencode 'query=…').",
        )
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Refusal(415, f"The charset {charset[:40]} is not understood: SPARQL is sent as UTF-8.")
    if (coding := request.headers.get("content-encoding", "identity").strip().lower()) not in ("", "identity"):
        raise Refusal(415, f"A body that is encoded as {coding[:40]} is not read: send it as it is.")
    body = await _body(request, characters, 4 if kind == QUERY else 3 * 4)  # a form escapes a byte as three
    if kind == FORM:
        return _asked([*_fields(body), *found], needed=True)
    if any(name == "query" for name, _ in found):
        two = "There are two queries, one in the address and one in the body: send one."
        none = f"The query is in the address, but {QUERY} has it as the body: send it there, or by GET."
        raise Refusal(400, two if body else none)
    try:
        return _asked([("query", body.decode()), *found], needed=True)
    except UnicodeDecodeError as error:
        raise Refusal(400, f"The query is not UTF-8 from byte {error.start + 1} on: encode it as UTF-8.") from None


def parameters(request: Request) -> list[tuple[str, str]]:
    """Return the parameters of a request's address, in their order; raise Refusal where they are not UTF-8."""
    return _fields(request.scope["query_string"])


def accepted(request: Request, name: str) -> str:
    """Return the formats that a request takes: a `format` of ours before its Accept header."""
    header = request.headers.get("accept", "")
    if name in NAMES:
        return ", ".join(NAMES[name])
    # Clients send names of their own beside a proper Accept header (SPARQLWrapper: format=turtle): only ours count.
    if not name or header.strip() not in _ANYTHING:
        return header
    if "/" in name:
        return name.replace(" ", "+")  # a plus that was not escaped
    raise Refusal(400, f"{name[:40]!r} is not a format. Formats: {', '.join(NAMES)}, or a media type.")


def _without_body(request: Request) -> None:
    length = request.headers.get("content-length", "0").strip()
    if length not in ("", "0") or "transfer-encoding" in request.headers:
        raise Refusal(
            400,
            f"A {request.method} has its query in the address (?query=…) and no body: move it there, or send it by POST.",
        )


def _fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        name = next(part.partition(b"=")[0] for part in text.split(b"&") if not _is_utf8(part))
        shown = name[:40].decode("ascii", "backslashreplace")
        raise Refusal(400, f"The parameter `{shown}` is not UTF-8: escape the bytes of its UTF-8 form.") from None
    except ValueError:
        raise Refusal(400, f"There are more than {_FIELDS} parameters: send fewer.") from None


def _is_utf8(part: bytes) -> bool:
    try:
        unquote_to_bytes(part).decode()
    except UnicodeDecodeError:
        return False
    return True


def _content_type(header: str) -> tuple[str, str]:
    kind, *rest = (part.strip() for part in header.lower().split(";"))
    charset = next((part.removeprefix("charset=").strip("\"'") for part in rest if part.startswith("charset=")), "")
    return kind, charset


async def _body(request: Request, characters: int, each: int) -> bytes:
    room = characters * each
    body = await read_body(request, room)
    if body is None:
        raise Refusal(413, f"The request is larger than {room:,} bytes; a query has at most {characters:,} characters.")
    return body


def _asked(found: list[tuple[str, str]], *, needed: bool) -> Asked:
    # A text file of Windows may begin with a byte order mark, which is no part of the query.
    queries = [value.removeprefix("\ufeff") for name, value in found if name == "query"]
    if any(name == "update" for name, _ in found):
        raise Refusal(403, _UPDATES, reason="update")
    if len(queries) > 1:
        raise Refusal(400, "There are two queries: send one.")
    for name, _ in found:
        if name in _USING:
            raise Refusal(400, f"`{name}` is for updates, which are refused: a query takes {' and '.join(_GRAPHS)}.")
        if not queries and (name.lower() == "query" or name.lower() in _MISTAKEN):
            raise Refusal(400, f"There is no query: `{name}` is no parameter here, its name is `query`.")
    if (needed and not queries) or (queries and not queries[0].strip()):
        raise Refusal(400, f"There is no query: send it as the parameter `query`, or POST it as {QUERY}.")
    form, explain = (next((value for key, value in found if key == name), "") for name in ("format", "explain"))
    default, named = (_named(found, name) for name in _GRAPHS)
    return Asked(queries[0] if queries else None, default, named, form, explain)


def _named(found: list[tuple[str, str]], parameter: str) -> tuple[str, ...]:
    """Return the graphs that a parameter names.

    The W3C's own test `query_multiple_dataset` escapes the `&` between two of them as well, and expects both.
    """
    values = [value for name, value in found if name == parameter]
    return tuple(graph_iri(iri) for value in values for iri in value.split(f"&{parameter}="))
