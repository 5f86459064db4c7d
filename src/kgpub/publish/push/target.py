"""Where a release goes: the three addresses of a triple store, and what is particular to its maker."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from kgpub.errors import BadInput

__all__ = ["KINDS", "Kind", "Target", "find_target"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A maker's habits: how the Graph Store address ends, and what stands there instead for queries and updates."""

    ending: str
    query: str
    update: str
    seen_half: bool = False
    """Readers were seen to find half a graph during a PUT over one."""
    switch: int = 0
    """At most so many statements are copied by one update; 0 is no limit, and the whole release changes in one request."""
    media_type: str = "application/n-triples"
    head: bytes = b""
    """What a body begins with."""


KINDS = {
    "oxigraph": Kind("/store", "/query", "/update"),
    # Measured on 7.2.5: PUT over 20,000 statements let a reader count 18,334, then none. Its transaction log has a limit.
    # It guesses what a body is from its beginning, and takes N-Triples with a long first literal for plain text.
    "virtuoso": Kind(
        "/sparql-graph-crud-auth",
        "/sparql-auth",
        "/sparql-auth",
        seen_half=True,
        switch=100_000,
        media_type="text/turtle",
        head=b"@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n",
    ),
    "fuseki": Kind("/data", "/query", "/update"),
    "graphdb": Kind("/rdf-graphs/service", "", "/statements"),
}
_UNKNOWN = Kind("", "", "")


@dataclass(frozen=True, slots=True)
class Target:
    """The addresses of one store; without `update` each graph is replaced where it stands."""

    store: str
    query: str
    update: str
    kind: Kind


def find_target(store: str, *, kind: str = "", query: str = "", update: str = "", in_place: bool = False) -> Target:
    """Return the addresses; those for queries and updates are told by the store's kind, which its address tells mostly."""
    for url in filter(None, (store, query, update)):
        _check(url)
    path = urlsplit(store).path.rstrip("/")
    known = KINDS.get(kind) or next((one for one in KINDS.values() if path.endswith(one.ending)), None)
    if known is None and not (query and (update or in_place)):
        raise BadInput(
            f"{store}: the addresses for queries and updates cannot be told from this one",
            advice=f"Say --kind {'|'.join(KINDS)}, or --query-endpoint and --update-endpoint.",
        )
    if in_place and known is not None and known.seen_half:
        raise BadInput(
            "this store shows its readers half a graph while it replaces one",
            advice="Leave --in-place out: graphs are then laid beside the old ones and exchanged by an update.",
        )
    if known is not None:
        query, update = query or _sibling(store, known, known.query), update or _sibling(store, known, known.update)
    return Target(store, query, "" if in_place else update, known or _UNKNOWN)


def _check(url: str) -> None:
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise BadInput(
            f"{parts.scheme}://…@{parts.hostname}{parts.path}: a password in an address ends in logs and histories",
            advice="Set KGPUB_PUSH_USER and KGPUB_PUSH_PASSWORD, or write it into ~/.netrc.",
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInput(
            f"{url}: is no address of a store", advice="Such as http://127.0.0.1:7878/store (see docs/push.md)."
        )


def _sibling(store: str, kind: Kind, ending: str) -> str:
    parts = urlsplit(store)
    path = parts.path.rstrip("/")
    if not path.endswith(kind.ending):
        raise BadInput(
            f"{store}: does not end in {kind.ending}, as the Graph Store of this kind does",
            advice="Correct the address, or say --query-endpoint and --update-endpoint as well.",
        )
    return urlunsplit((parts.scheme, parts.netloc, path.removesuffix(kind.ending) + ending, "", ""))
