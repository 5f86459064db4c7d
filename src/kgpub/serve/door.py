"""Who is connected: how many at once, from where, and who is cut off for taking too long.

Connections (connections.py) come in by `enter` and go by `leave`. One timer looks at all of them, since a timer for each would
be set and cancelled with every piece that comes. It runs as long as anybody is connected.
"""

from __future__ import annotations

import asyncio
import ipaddress
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from kgpub.serve.limits import Limits

if sys.platform == "win32":
    resource = None
else:
    import resource

__all__ = ["Door", "Visitor"]

_LINGERING: Final = 100
"""How many that are cut off may read why; beyond, they are closed without a word."""
_OWN_FILES: Final = 256
"""File descriptors that the service needs for itself and its workers."""
_PACE: Final = 1.0
_LOOKS: Final = 4
"""How often at least a connection is looked at within the shortest of its limits."""


class Visitor(Protocol):
    """What the door must know of a connection."""

    address: str

    def idle_since(self) -> float | None:
        """Return since when it has waited for a request to be whole; None while it is answered."""

    def judge(self, now: float) -> None:
        """Cut the connection off if it has taken longer than it may."""

    def abort(self, reason: str) -> None:
        """Close the connection at once, and count it."""


class Door:
    """The connections of one server, and the limits they are held to."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.most = limits.connections
        self.is_proxy: Callable[[str], bool] | None = None
        self.open: set[Visitor] = set()
        self.leaving: set[Visitor] = set()
        self.cut: Counter[str] = Counter()
        self.stopping = False
        self._clients: Counter[str] = Counter()
        self._timer: asyncio.TimerHandle | None = None
        seconds = (limits.header_seconds, limits.body_seconds, limits.keep_alive_seconds, limits.write_seconds)
        self._pace = min(_PACE, *(one / _LOOKS for one in seconds))

    def fit_files(self) -> None:
        """Ask the system for the file descriptors that so many connections need, and take fewer where it gives fewer."""
        if resource is None:
            return
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft == resource.RLIM_INFINITY:
            return
        # A download has its file open beside the connection.
        needed = 2 * self.limits.connections + _OWN_FILES
        if soft < needed:
            soft = needed if hard == resource.RLIM_INFINITY else min(hard, needed)
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        self.most = max(1, min(self.limits.connections, (soft - _OWN_FILES) // 2))

    def enter(self, one: Visitor, host: str) -> str:
        """Let a connection in and return nothing; or return which limit it is beyond, when nobody can be sent away for it."""
        self._watch()
        one.address = "" if not host or (self.is_proxy and self.is_proxy(host)) else _network(host)
        if len(self.open) >= self.most and not self._make_room(self.open):
            return "connections"
        if one.address and self._clients[one.address] >= self.limits.client_connections:
            own = [other for other in self.open if other.address == one.address]
            if not self._make_room(own):
                return "client_connections"
        self.open.add(one)
        if one.address:
            self._clients[one.address] += 1
        return ""

    def leave(self, one: Visitor) -> None:
        """Count a connection out; one that has left already is left as it is."""
        if one in self.open:
            self.open.remove(one)
            if one.address and self._clients[one.address] > 1:
                self._clients[one.address] -= 1
            else:
                del self._clients[one.address]

    def linger(self, one: Visitor) -> bool:
        """Count a connection out that may still read why; False where too many do."""
        self.leave(one)
        if len(self.leaving) >= _LINGERING:
            return False
        self.leaving.add(one)
        return True

    def _make_room(self, among: Iterable[Visitor]) -> bool:
        """Send away who has waited longest without asking anything; False where everybody is being answered."""
        waiting = [(since, id(one), one) for one in among if (since := one.idle_since()) is not None]
        if not waiting:
            return False
        _, _, longest = min(waiting)
        longest.abort("room")
        return True

    def _watch(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._pace, self._look)

    def _look(self) -> None:
        self._timer = None
        everybody = (*self.open, *self.leaving)
        if everybody:
            self._watch()
        now = asyncio.get_running_loop().time()
        for one in everybody:
            one.judge(now)


def _network(host: str) -> str:
    """Return what counts as one client: an IPv4 address, or the network of 64 bits that one IPv6 client has."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(ipaddress.ip_network((int(address), 64), strict=False))
