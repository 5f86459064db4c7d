"""Paging: which rows of an answer are given, and the links that lead to the others.

A canned query puts its rows in an order that leaves no two of them equal (tests/test_site_queries.py holds each to it), and a
release does not change while it is served, so pages neither overlap nor leave anything out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kgpub.serve.guard import Refusal

__all__ = ["Page", "read_page"]

TOTAL = "X-Total-Count"
TRUNCATED = "X-Kgpub-Truncated"


@dataclass(frozen=True, slots=True)
class Page:
    """So many rows from an offset on; `asked` is whether the client set their number itself."""

    limit: int
    offset: int
    asked: bool

    def given(self, head: Mapping[str, Any]) -> Page:
        """Return the page that was given: a shorter one, where a worker says that bytes ended it."""
        return Page(head["rows"], self.offset, asked=False) if head["truncated"] else self

    def links(self, asked: Mapping[str, str], total: int) -> dict[str, str]:
        """Return the query strings of the first, previous and next page, where there are such."""
        offsets = {}
        if self.offset:
            offsets = {"first": 0, "prev": max(0, self.offset - self.limit)}
        if self.offset + self.limit < total:
            offsets["next"] = self.offset + self.limit
        rest = {name: value for name, value in asked.items() if name not in ("limit", "offset")}
        return {rel: "?" + urlencode({**rest, "limit": self.limit, "offset": at}) for rel, at in offsets.items()}

    def headers(self, asked: Mapping[str, str], total: int) -> dict[str, str]:
        """Return the headers of a page: how many rows there are in all, and where the others are."""
        links = ", ".join(f'<{href}>; rel="{rel}"' for rel, href in self.links(asked, total).items())
        cut = not self.asked and self.offset + self.limit < total
        return {
            TOTAL: str(total),
            **({"Link": links} if links else {}),
            # Who asked for all of it is told that this is not all.
            **({TRUNCATED: f"rows={self.limit}"} if cut else {}),
        }


def read_page(asked: Mapping[str, str], *, most: int, usual: int) -> Page:
    """Return the page that `limit` and `offset` ask for; raise Refusal, naming the bounds, where they are none."""
    limit = _number(asked, "limit", 1, most)
    offset = _number(asked, "offset", 0, None)
    return Page(min(usual, most) if limit is None else limit, offset or 0, asked=limit is not None)


def _number(asked: Mapping[str, str], name: str, least: int, most: int | None) -> int | None:
    text = asked.get(name, "").strip()
    if not text:
        return None
    # 15 digits: Python refuses to read numbers of thousands of them.
    value = int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else -1
    if value < least or (most is not None and value > most):
        upto = f" to {most}" if most is not None else " or more"
        raise Refusal(400, f"{name}={text[:40]} is not taken. Give a whole number, {least}{upto}.")
    return value
