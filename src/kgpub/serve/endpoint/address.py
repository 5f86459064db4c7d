"""Where the store behind the service is, how it is asked over all graphs of the release, and how it may be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kgpub.errors import BadProject
from kgpub.serve.limits import PREFIX

if TYPE_CHECKING:
    import httpx

__all__ = ["Address", "read_endpoint"]


@dataclass(frozen=True, slots=True)
class Address:
    """The query endpoint of a store that holds the release.

    `union` are the parameters of a request by which its default graph is that of all `graphs` of the release.
    """

    url: str
    graphs: frozenset[str]
    union: tuple[tuple[str, str], ...] = ()
    auth: httpx.Auth | None = field(default=None, compare=False)


def read_endpoint(table: Mapping[str, Any], environ: Mapping[str, str], option: str | None, file: str) -> str:
    """Return the address that the command line, the environment or kgpub.toml names, empty where none does.

    Raises BadProject, naming where, for what is no web address or holds a password.
    """
    given = [
        ("--endpoint", option),
        (f"the environment: {PREFIX}ENDPOINT", environ.get(f"{PREFIX}ENDPOINT")),
        (f"{file}: serve.endpoint", table.get("endpoint")),
    ]
    where, url = next(((where, value) for where, value in given if value), ("", ""))
    if not url:
        return ""
    parts = urlsplit(url) if isinstance(url, str) else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadProject(
            f"{where}: {url!r} is no address", advice="Such as http://127.0.0.1:7878/query (docs/push.md)."
        )
    if "@" in parts.netloc:
        raise BadProject(
            f"{where}: a password in an address ends in logs and histories",
            advice="Set KGPUB_ENDPOINT_USER and KGPUB_ENDPOINT_PASSWORD, or write it into ~/.netrc.",
        )
    return str(url)
