"""Pictures as plain values: shapes with classes, so that the page's own colours paint them, and texts that are broken to fit."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.page import Link

__all__ = ["Picture", "Shape", "circle", "curve", "line", "linked", "rect", "text", "wrapped"]

_WIDTH: Final = 0.56
"""How wide a letter is on the average, in parts of the size of the type."""


_NOTHING: Final = Link("")


@dataclass(frozen=True, slots=True)
class Shape:
    """One element of SVG: its name, class, attributes; a text has its words, a link its parts."""

    tag: str
    css: str
    attributes: tuple[tuple[str, str], ...] = ()
    words: Link = _NOTHING
    parts: tuple[Shape, ...] = ()
    """What a link (`a`) is drawn with."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG: its size in pixels, what it shows in words, and its shapes from back to front."""

    id: str
    title: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


def rect(x: float, y: float, width: float, height: float, css: str) -> Shape:
    """Return a box."""
    return Shape("rect", css, _numbers(x=x, y=y, width=width, height=height, rx=2))


def circle(x: float, y: float, radius: float, css: str) -> Shape:
    """Return a dot."""
    return Shape("circle", css, _numbers(cx=x, cy=y, r=radius))


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> Shape:
    """Return a straight line."""
    return Shape("line", css, _numbers(x1=x1, y1=y1, x2=x2, y2=y2))


def curve(x1: float, y1: float, x2: float, y2: float, css: str) -> Shape:
    """Return a line that leaves and arrives level."""
    half = (x1 + x2) / 2
    d = f"M{_n(x1)} {_n(y1)}C{_n(half)} {_n(y1)} {_n(half)} {_n(y2)} {_n(x2)} {_n(y2)}"
    return Shape("path", css, (("d", d),))


def text(x: float, y: float, words: str, css: str = "", size: int = 13, anchor: str = "", lang: str = "") -> Shape:
    """Return a line of text; `anchor` is SVG's text-anchor."""
    placed = (*_numbers(x=x, y=y), ("font-size", str(size)), *((("text-anchor", anchor),) if anchor else ()))
    return Shape("text", css, placed, Link(words, lang=lang))


def linked(link: Link, *parts: Shape) -> Shape:
    """Return shapes that are together one link, so that it is large enough to be hit."""
    return Shape("a", "", (), link, parts)


def wrapped(words: str, width: float, size: int, most: int = 4) -> list[str]:
    """Return text broken into lines that fit a width in pixels; what needs more than `most` lines ends in an ellipsis."""
    room = max(6, int(width / (size * _WIDTH)))
    return textwrap.wrap(words, room, max_lines=most, placeholder=" …", break_on_hyphens=True) or [""]


def _numbers(**values: float) -> tuple[tuple[str, str], ...]:
    return tuple((name, _n(value)) for name, value in values.items())


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
