"""Who is next: one queue a client, and the clients take turns, so that a hundred requests of one hold up no other's first."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Generic, TypeVar

__all__ = ["FairQueue"]

_Item = TypeVar("_Item")


class FairQueue(Generic[_Item]):
    """A queue with a limit for all and one for each client."""

    def __init__(self, limit: int, limit_each: int) -> None:
        self._limit = limit
        self._limit_each = limit_each
        self._queues: OrderedDict[int, deque[_Item]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def push(self, client: int, item: _Item) -> bool:
        """Put an item at the end of its client's queue; return False where there is no room."""
        waiting = self._queues.get(client)
        if self._length >= self._limit or (waiting is not None and len(waiting) >= self._limit_each):
            return False
        self._queues.setdefault(client, deque()).append(item)
        self._length += 1
        return True

    def pop(self) -> _Item:
        """Return the first item of the client whose turn it is; that client then waits for all others."""
        client, waiting = self._queues.popitem(last=False)
        item = waiting.popleft()
        self._length -= 1
        if waiting:
            self._queues[client] = waiting
        return item

    def remove(self, client: int, item: _Item) -> bool:
        """Take an item out; return False where it is not waiting."""
        waiting = self._queues.get(client)
        if waiting is None or item not in waiting:
            return False
        waiting.remove(item)
        self._length -= 1
        if not waiting:
            del self._queues[client]
        return True
