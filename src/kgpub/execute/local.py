"""Maps a function over items on this machine: in this process, or in a pool of spawned ones."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

__all__ = ["map_local"]

Item = TypeVar("Item")
Result = TypeVar("Result")


def map_local(
    function: Callable[[Item], Result], items: Sequence[Item], *, workers: int = 1, serial_below: int = 8
) -> Iterator[Result]:
    """Yield the result of each item, in the order of the items.

    Few items are done here: a spawned process takes longer to start than they take. With more, `function` and the items
    must be picklable; an exception in a worker is raised here, at its item.
    """
    if workers < 2 or len(items) < serial_below:
        yield from map(function, items)
        return
    # Spawn, not fork: it is the same on every system, and nothing of this process leaks into the workers.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(items)), mp_context=context) as pool:
        chunk = max(1, len(items) // (workers * 8))
        yield from pool.map(function, items, chunksize=chunk)
