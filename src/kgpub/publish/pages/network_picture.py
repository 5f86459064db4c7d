"""The network drawn: senders on the left, relays in the middle, recipients on the right, flows as wide as there are letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.drawing import Picture, Shape, linked, rect, text
from kgpub.publish.pages.page import Link

__all__ = ["Flow", "Node", "flows"]

_WIDTH: Final = 1000
_BAR: Final = 9
_AT: Final = {"from": 262, "via": 424, "to": 738}
"""Where a column begins; relays are boxes, senders and recipients bars with names beside them."""
_RELAY: Final = 152
_ROW: Final = 19.0
_UNIT: Final = 3.0
"""How wide a letter flows."""
_GAP: Final = 6.0
_TOP: Final = 30.0
_NAME: Final = 34
"""How many letters of a name fit beside its bar."""


@dataclass(frozen=True, slots=True)
class Node:
    """An actor in a role: "from", "via" or "to", and how many letters they have in it."""

    role: str
    iri: str
    link: Link
    count: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Letters from one column to a later one."""

    start: Node
    end: Node
    count: int
    href: str
    says: str


_Spans = dict[Node, tuple[float, float]]


def flows(nodes: Sequence[Node], known: Sequence[Flow]) -> Picture:
    """Return the picture."""
    out, into = _sums(known, lambda one: one.start), _sums(known, lambda one: one.end)
    thick = {node: _UNIT * max(out.get(node, 0), into.get(node, 0)) for node in nodes}
    sides = [_column((one for one in nodes if one.role == role), thick, _TOP) for role in ("from", "to")]
    low = max(end for side in sides for _, end in side.values())
    spans = sides[0] | sides[1]
    spans |= _relays([one for one in nodes if one.role == "via"], known, spans, thick, low)
    heads = {
        "from": (_AT["from"], "WROTE", "end"),
        "via": (500, "PASSED ON", "middle"),
        "to": (_AT["to"], "RECEIVED", ""),
    }
    shapes = [text(x, 14, words, "head", 11, anchor) for x, words, anchor in heads.values()]
    shapes += _ribbons(known, spans)
    for node in nodes:
        shapes += _node(node, *spans[node])
    bottom = max(end for _, end in spans.values())
    title = "Who wrote to whom, and through whom; a table below says the same"
    return Picture("network", title, _WIDTH, round(bottom + 12), tuple(shapes))


def _sums(known: Iterable[Flow], side: Callable[[Flow], Node]) -> dict[Node, int]:
    found: defaultdict[Node, int] = defaultdict(int)
    for flow in known:
        found[side(flow)] += flow.count
    return dict(found)


def _column(nodes: Iterable[Node], thick: dict[Node, float], top: float) -> _Spans:
    """Lay actors below each other, those with most letters first."""
    found, y = {}, top
    for node in sorted(nodes, key=lambda one: (-one.count, one.link.text, one.iri)):
        high = max(_ROW, thick[node])
        found[node] = (y, y + high)
        y += high + _GAP
    return found


def _relays(
    nodes: Sequence[Node], known: Sequence[Flow], spans: _Spans, thick: dict[Node, float], low: float
) -> _Spans:
    """Lay relays near the middle of those whose letters they passed on, without overlap."""
    wish = {}
    for node in nodes:
        ends = [
            (flow.end if flow.start == node else flow.start, flow.count)
            for flow in known
            if node in (flow.start, flow.end)
        ]
        places = [(sum(spans[other]) / 2, count) for other, count in ends if other in spans]
        wish[node] = sum(y * count for y, count in places) / max(1, sum(count for _, count in places))
    order = sorted(nodes, key=lambda one: (wish[one], one.iri))
    high = {node: max(_ROW + 2, thick[node]) for node in order}
    spare = max(0.0, low - _TOP - sum(high.values())) / (len(order) + 1)
    found, y = {}, _TOP + spare
    for node in order:
        found[node] = (y, y + high[node])
        y += high[node] + max(spare, _GAP)
    return found


def _ribbons(known: Sequence[Flow], spans: _Spans) -> list[Shape]:
    """Return the flows, each beside the others at both its ends, the widest at the back."""
    starts = _places(known, spans, lambda one: one.start, lambda one: one.end)
    ends = _places(known, spans, lambda one: one.end, lambda one: one.start)
    shapes = []
    for flow in sorted(known, key=lambda one: (-one.count, one.start.iri, one.end.iri, one.end.role)):
        x1 = _AT["from"] + _BAR if flow.start.role == "from" else _AT["via"] + _RELAY
        x2 = _AT["via"] if flow.end.role == "via" else _AT["to"] - _BAR
        half = (x1 + x2) / 2
        y1, y2 = starts[flow], ends[flow]
        d = f"M{x1} {y1:.1f}C{half:.0f} {y1:.1f} {half:.0f} {y2:.1f} {x2} {y2:.1f}"
        css = "flow direct" if flow.start.role == "from" and flow.end.role == "to" else "flow relayed"
        wide = f"{max(1.4, _UNIT * flow.count - 0.6):.1f}"
        ribbon = Shape("path", css, (("d", d), ("stroke-width", wide)))
        shapes.append(linked(Link(flow.says, flow.href, title=flow.says), ribbon))
    return shapes


def _places(
    known: Sequence[Flow], spans: _Spans, near: Callable[[Flow], Node], far: Callable[[Flow], Node]
) -> dict[Flow, float]:
    """Return where each flow meets one of its ends, in the order of where they come from or go to."""
    found: dict[Flow, float] = {}
    for node, (top, bottom) in spans.items():
        own = [one for one in known if near(one) == node]
        y = (top + bottom - _UNIT * sum(one.count for one in own)) / 2
        for flow in sorted(own, key=lambda one: (sum(spans[far(one)]), far(one).iri)):
            found[flow] = y + _UNIT * flow.count / 2
            y += _UNIT * flow.count
    return found


def _node(node: Node, top: float, bottom: float) -> list[Shape]:
    x, middle = _AT[node.role], (top + bottom) / 2
    name = node.link.text if len(node.link.text) <= _NAME else node.link.text[: _NAME - 1].rstrip() + "…"
    full = Link(node.link.text, node.link.href, title=f"{node.link.text}: {node.count}")
    if node.role == "via":
        box = rect(x, top, _RELAY, bottom - top, "relay")
        return [linked(full, box, text(x + _RELAY / 2, middle + 4, f"{name[:22]} {node.count}", "", 12, "middle"))]
    if node.role == "from":
        bar = rect(x, top, _BAR, bottom - top, "sender")
        return [linked(full, bar, text(x - 6, middle + 4.5, f"{name} {node.count}", "", 13, "end"))]
    bar = rect(x - _BAR, top, _BAR, bottom - top, "recipient")
    return [linked(full, bar, text(x + 6, middle + 4.5, f"{node.count} {name}", "", 13))]
