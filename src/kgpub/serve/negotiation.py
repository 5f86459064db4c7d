"""Choosing a format by the Accept header, as RFC 9110 section 12.5.1 has it (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["abridged", "choose", "prefers_html"]

_SAID = 200
_LONG: Final = 500
"""Characters from which a header is not remembered."""


@dataclass(frozen=True, slots=True)
class _Range:
    kind: str
    subkind: str
    parameters: frozenset[str]
    quality: float

    def fit(self, media_type: str) -> int:
        """Return how closely the range names a media type: 0 not at all, 1 `*/*`, 2 `text/*`, 3 and more the type itself."""
        name, *parameters = (part.strip() for part in media_type.lower().split(";"))
        kind, _, subkind = name.partition("/")
        if not self.parameters <= frozenset(parameters):
            return 0
        if self.kind == "*":
            return 1
        if self.kind != kind:
            return 0
        if self.subkind == "*":
            return 2
        return 3 + len(self.parameters) if self.subkind == subkind else 0


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered media type that an Accept header likes best, or None where it takes none of them.

    An empty header takes the first; of equals the one offered first wins.
    """
    if len(accept) > _LONG:
        return _chosen(accept, tuple(offered))
    return _known(accept, tuple(offered))


def _chosen(accept: str, offered: tuple[str, ...]) -> str | None:
    if not accept.strip():
        return offered[0]
    ranges = [parsed for part in accept.split(",") if (parsed := _parse(part))]
    best, best_quality = None, 0.0
    for media_type in offered:
        # The closest range decides, whatever its quality: `text/*, text/html;q=0` refuses HTML.
        fits = [(one.fit(media_type), one.quality) for one in ranges if one.fit(media_type)]
        quality = max(fits)[1] if fits else 0.0
        if quality > best_quality:
            best, best_quality = media_type, quality
    return best


_known = lru_cache(512)(_chosen)
"""Clients send few different headers, and each of them with every request."""


def abridged(accept: str) -> str:
    """Return an Accept header as an error repeats it: a long one is cut."""
    return accept if len(accept) <= _SAID else f"{accept[:_SAID]} …"


def prefers_html(accept: str) -> bool:
    """Return whether the sender reads HTML rather than data: a browser does, a client that takes anything does not."""
    return choose(accept, ("text/plain", "text/html")) == "text/html"


def _parse(text: str) -> _Range | None:
    name, *rest = (part.strip() for part in text.lower().split(";"))
    kind, slash, subkind = name.partition("/")
    if not slash:
        # Java's default Accept header has a bare `*`.
        if kind != "*":
            return None
        subkind = "*"
    quality = 1.0
    parameters = []
    for part in rest:
        if part.startswith("q="):
            quality = _quality(part[2:])
            break  # what follows q are extensions of Accept, not of the type
        if not part.startswith("charset="):
            parameters.append(part)
    return _Range(kind, subkind, frozenset(filter(None, parameters)), quality)


def _quality(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return min(max(value, 0.0), 1.0) if value == value else 0.0
